import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Tx } from '../db/database.ts';
import { violatedConstraint } from '../db/database.ts';
import type { Actor } from './actor.ts';
import { type AuditedCall, auditDone } from './audit.ts';
import type { RequestContext } from './context.ts';
import { LoaderCache } from './loaders.ts';
import { invalid, type Payload, Refusal, type UserErrorValue } from './user-errors.ts';

/**
 * The transaction of a mutation, with loaders that read in it. The request's own loaders would wait for a second
 * connection, and when all are held by mutations that wait so, none goes on.
 */
export interface MutationTx extends Tx {
  readonly loaders: LoaderCache;
}

export interface MutationOptions<Result> {
  /** The name of the mutation. */
  readonly operation: string;
  /** The input as the caller sent it; its `idempotencyKey`, where there is one, makes the call repeatable. */
  readonly input: object & { readonly idempotencyKey?: string };
  /** The id by which the result is found again when the call is repeated. */
  readonly idOf?: (result: Result) => string;
  readonly find?: (tx: MutationTx, id: string) => Promise<Result | undefined>;
  /** What a constraint of the database says to the caller when a write runs into it. */
  readonly constraints?: Readonly<Record<string, () => UserErrorValue>>;
}

/**
 * Runs a use case in one transaction and shapes its outcome into a payload. A refusal undoes everything. A call that
 * is repeated with the same idempotency key and content gives the first result again; with another content it is refused.
 */
export async function mutate<Result>(
  context: RequestContext,
  options: MutationOptions<Result>,
  work: (tx: MutationTx) => Promise<Result>,
): Promise<Payload<Result>> {
  const call: AuditedCall = context.audit ?? { operation: options.operation, input: options.input };
  let isRepeat = false;
  try {
    const result = await context.database.transaction(async (plain) => {
      const before = await claimKey(plain, context, options);
      // Only now, after whatever was waited for: what came before is to be seen as it holds after it.
      const tx = withLoaders(plain, context.actor, context.clock.now());
      isRepeat = before !== undefined;
      if (before !== undefined) return again(tx, options, before);
      const done = await work(tx);
      await keepAnswer(tx, context, options, done);
      await auditDone(tx, context, call, done);
      return done;
    });
    Object.assign(call, { entered: !isRepeat, repeated: isRepeat });
    context.loaders.renew(context.clock.now());
    return { result, userErrors: [] };
  } catch (error) {
    if (error instanceof Refusal) return { result: null, userErrors: error.errors };
    const told = options.constraints?.[violatedConstraint(error) ?? ''];
    if (told !== undefined) return { result: null, userErrors: [told()] };
    throw error;
  }
}

/** A transaction with loaders that read in it, at a moment. */
export const withLoaders = (tx: Tx, actor: Actor, now: Date): MutationTx => ({
  ...tx,
  loaders: new LoaderCache({ sql: tx, actor, now }),
});

/** Whose idempotency key it is: the key's, or the person's, who need not be known here before the first call. */
function ownerOf({ actor }: RequestContext): string {
  if (actor.apiKeyId !== undefined) return actor.apiKeyId;
  return v5(JSON.stringify([actor.issuer, actor.subject]), v5.URL);
}

function hashOf(input: object): Buffer {
  const text = JSON.stringify(input, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value));
  return createHash('sha256').update(text).digest();
}

/** Takes the key, or gives the answer that was kept under it. A call at the same moment waits for the first one. */
async function claimKey<Result>(
  tx: Tx,
  context: RequestContext,
  { operation, input }: MutationOptions<Result>,
): Promise<string | undefined> {
  const key = input.idempotencyKey;
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{8,100}$/.test(key)) {
    throw new Refusal([
      invalid(['input', 'idempotencyKey'], 'An idempotency key has 8 to 100 visible ASCII characters.'),
    ]);
  }
  const hash = hashOf(input);
  const claimed = await tx.rows(sql`
    insert into idempotency_key (owner_id, operation, key, request_hash, created_at)
    values (${ownerOf(context)}, ${operation}, ${key}, ${hash}, ${context.clock.now()})
    on conflict do nothing returning key`);
  if (claimed.length > 0) return undefined;
  const [kept] = await tx.rows(sql<{ hash: Buffer; resultId: string }>`
    select request_hash as hash, result_id as "resultId" from idempotency_key
    where owner_id = ${ownerOf(context)} and operation = ${operation} and key = ${key}`);
  if (kept?.hash.equals(hash)) return kept.resultId;
  throw new Refusal([
    {
      __typename: 'IdempotencyKeyReused',
      message: 'This idempotency key was used before with another input. Take a new key for a new request.',
      path: ['input', 'idempotencyKey'],
    },
  ]);
}

async function again<Result>(tx: MutationTx, options: MutationOptions<Result>, id: string): Promise<Result> {
  const result = await options.find?.(tx, id);
  if (result === undefined) throw new Error(`The result ${id} of ${options.operation} is gone.`);
  return result;
}

async function keepAnswer<Result>(
  tx: Tx,
  context: RequestContext,
  options: MutationOptions<Result>,
  result: Result,
) {
  const id = options.idOf?.(result) ?? '';
  await tx.em.flush();
  if (options.input.idempotencyKey === undefined) return;
  await tx.rows(sql`update idempotency_key set result_id = ${id}
    where owner_id = ${ownerOf(context)} and operation = ${options.operation} and key = ${options.input.idempotencyKey}`);
}
