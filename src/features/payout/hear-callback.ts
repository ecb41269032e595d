import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import type { Database } from '../../db/database.ts';
import { UUID } from '../../kernel/ids.ts';
import { applyAnswers } from './apply-answers.ts';
import { readReport } from './http-provider.ts';
import { type ProviderReport, ProviderUnsure } from './provider.ts';

/** What became of a callback; everything but HEARD has changed nothing. */
export type CallbackOutcome = 'HEARD' | 'UNSIGNED' | 'MALFORMED' | 'UNKNOWN_PAYOUT';

export interface Callback {
  /** The body, byte by byte as it was signed. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Hears a callback of the provider, signed by Standard Webhooks: `{ data: { id, status, code, detail } }`. A signature
 * that is wrong, missing or older than five minutes is none. A callback that comes twice says twice the same.
 */
export async function hearCallback(
  database: Database,
  secret: string,
  { body, headers }: Callback,
  now: Date,
): Promise<CallbackOutcome> {
  if (!isSigned(secret, body, headers)) return 'UNSIGNED';
  const report = reportOf(body);
  if (report === undefined) return 'MALFORMED';
  if (!UUID.test(report.id)) return 'UNKNOWN_PAYOUT';
  return database.transaction(async (tx) => {
    const known = await tx.rows(sql`select from payout where id = ${report.id} and route = 'PROVIDER'`);
    if (known.length === 0) return 'UNKNOWN_PAYOUT';
    await applyAnswers(tx, [{ ...report, payoutId: report.id, source: 'CALLBACK' }], now);
    return 'HEARD';
  });
}

function isSigned(secret: string, body: string, headers: Callback['headers']): boolean {
  const single = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  try {
    new Webhook(secret).verify(body, Object.fromEntries(single), { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

function reportOf(body: string): (ProviderReport & { readonly id: string }) | undefined {
  try {
    return readReport((JSON.parse(body) as { data?: unknown } | null)?.data);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ProviderUnsure) return undefined;
    throw error;
  }
}
