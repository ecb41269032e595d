import { toDecimal } from '../../kernel/money.ts';
import type { Said } from './payout-state.ts';
import { type PayoutOrder, type PayoutProvider, type ProviderReport, ProviderUnsure } from './provider.ts';

export interface HttpProviderOptions {
  /** Without a slash at the end; `/payouts` is added. */
  readonly url: string;
  readonly token: string;
  /** How long an answer is waited for. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

const SAID: Readonly<Record<string, Said>> = {
  pending: 'PENDING',
  confirmed: 'CONFIRMED',
  failed: 'FAILED',
};

/**
 * A provider over HTTP: `POST /payouts` with the payout's id as `Idempotency-Key`, `GET /payouts/{id}`. It answers
 * `{ id, status: pending | confirmed | failed, code, detail }`; with 400 or 422 and `failed` it has refused for good.
 * Every other answer, and none in time, leaves open what has happened.
 */
export function newHttpProvider({ url, token, timeoutMs = TIMEOUT_MS }: HttpProviderOptions): PayoutProvider {
  const call = async (path: string, init: RequestInit): Promise<{ status: number; body: unknown }> => {
    try {
      const headers = { accept: 'application/json', authorization: `Bearer ${token}`, ...init.headers };
      const signal = AbortSignal.timeout(timeoutMs);
      // A redirect would carry the token elsewhere.
      const response = await fetch(`${url}${path}`, { ...init, headers, signal, redirect: 'error' });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch {
      throw new ProviderUnsure('The provider has not answered in time, or not in JSON.');
    }
  };
  return {
    async send(order) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': order.payoutId };
      const { status, body } = await call('/payouts', { method: 'POST', headers, body: bodyOf(order) });
      const report = readReport(body, order.payoutId);
      const isRefusal = (status === 400 || status === 422) && report.said === 'FAILED';
      if ((status >= 200 && status < 300) || isRefusal) return report;
      throw new ProviderUnsure(`The provider has answered with ${status}.`);
    },
    async poll(payoutId) {
      const { status, body } = await call(`/payouts/${payoutId}`, { method: 'GET' });
      if (status === 404) return undefined;
      if (status === 200) return readReport(body, payoutId);
      throw new ProviderUnsure(`The provider has answered with ${status}.`);
    },
  };
}

const bodyOf = ({ payoutId, amountMinor, currency, account, holder, country }: PayoutOrder): string =>
  JSON.stringify({
    id: payoutId,
    amount: toDecimal(amountMinor, currency),
    currency,
    account,
    holder,
    country,
  });

/** Reads what a provider says of a payout, in an answer or a callback. Throws ProviderUnsure for anything else. */
export function readReport(body: unknown, payoutId?: string): ProviderReport & { readonly id: string } {
  const { id, status, code, detail } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const said = typeof status === 'string' && Object.hasOwn(SAID, status) ? SAID[status] : undefined;
  if (typeof id !== 'string' || said === undefined || (payoutId !== undefined && id !== payoutId)) {
    throw new ProviderUnsure('The provider has answered something that says nothing of this payout.');
  }
  return { id, said, code: shortText(code, 35), detail: shortText(detail, 500) };
}

/** A text of theirs, cut to what is kept of it; PostgreSQL takes no null characters. */
const shortText = (value: unknown, length: number): string | undefined =>
  typeof value === 'string' ? value.replaceAll('\0', '').slice(0, length).toWellFormed() : undefined;
