import { sql } from 'kysely';
import { isOperator, partyIds } from '../../graphql/actor.ts';
import { type Key, keyColumns, manyByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import { payoutTransactionId } from './payout-accounts.ts';
import { PAYOUT_COLUMNS, type PayoutRow } from './payout-rows.ts';

/** A stretch of the money that has ever come in to an account; what goes out takes it in the same order. */
interface Stretch {
  /** The place of the share that it belongs to, among the keys. */
  readonly place: number;
  readonly accountId: string;
  readonly fromMinor: bigint;
  readonly toMinor: bigint;
}

type PlacedPayout = PayoutRow & { readonly place: number; readonly accountId: string };
/** A payout with the share that it has paid, by its key. */
type SharePayout = PayoutRow & { readonly shareKey: Key };

/** A payout that failed comes back and is paid by a later one, which may fail again: so often that is followed. */
const MOST_ROUNDS = 5;

/**
 * The payouts that have paid what a payee was given by a settlement, first in, first out: the balance of an account is
 * spent in the order in which it came. One that failed is followed to the one that has paid its money instead. Only a
 * payee itself and operators are told. By transaction, brand and payee.
 */
export const payoutsOfShare = manyByKey<SharePayout>({
  name: 'payoutsOfShare',
  columns: PAYOUT_COLUMNS,
  read: async (keys, scope) => {
    const found = new Map<string, SharePayout>();
    let stretches = await settledStretches(keys, scope);
    for (let round = 0; round < MOST_ROUNDS && stretches.length > 0; round++) {
      const payouts = await payoutsOver(stretches, scope);
      for (const { place, accountId: _account, ...payout } of payouts)
        found.set(`${place}/${payout.id}`, { ...payout, shareKey: keys[place] as Key });
      stretches = await returnedStretches(payouts, scope);
    }
    return [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  },
  keyOf: ({ shareKey }) => shareKey,
});

function settledStretches(keys: readonly Key[], { sql: db }: ReadScope): Promise<Stretch[]> {
  const [transactions = [], brands = [], payees = []] = keyColumns(keys, 3);
  return db.rows(sql<Stretch>`
    select k.place, t.to_account_id as "accountId", t.to_in_minor - t.amount_minor as "fromMinor", t.to_in_minor as "toMinor"
    from unnest(${keys.map((_, place) => place)}::int[], ${transactions}::uuid[], ${brands}::uuid[], ${payees}::uuid[])
      k (place, transaction_id, brand_id, payee_id)
    join ledger_transfer t on t.transaction_id = k.transaction_id and t.brand_id = k.brand_id and t.kind = 'SETTLEMENT'
    join ledger_account a on a.id = t.to_account_id and a.party_id = k.payee_id and a.kind = 'PAYABLE'`);
}

/** The payouts that have taken a part of these stretches out of their accounts. */
async function payoutsOver(
  stretches: readonly Stretch[],
  { sql: db, actor }: ReadScope,
): Promise<PlacedPayout[]> {
  const rows = await db.rows(sql<PlacedPayout & { transactionId: string }>`
    select s.place, s.account_id as "accountId", d.transaction_id as "transactionId", ${select('t', PAYOUT_COLUMNS)}
    from unnest(${stretches.map(({ place }) => place)}::int[], ${stretches.map(({ accountId }) => accountId)}::uuid[],
      ${stretches.map(({ fromMinor }) => fromMinor)}::bigint[], ${stretches.map(({ toMinor }) => toMinor)}::bigint[])
      s (place, account_id, from_minor, to_minor)
    join ledger_account a on a.id = s.account_id
    join ledger_transfer d on d.from_account_id = s.account_id and d.kind = 'PAYOUT' and d.from_out_minor > s.from_minor
      and d.from_out_minor - d.amount_minor < s.to_minor
    join payout t on t.payee_id = a.party_id and t.currency = a.currency and t.gross_minor = d.amount_minor
    where ${isOperator(actor)} or a.party_id = any(${partyIds(actor)}::uuid[])`);
  // The ledger names the act, and the act names its transaction.
  return rows.filter(({ id, transactionId, endings }) =>
    Array.from({ length: endings + 1 }, (_, no) => payoutTransactionId(id, no)).includes(transactionId),
  );
}

/** Where the money of payouts that failed has come in again. */
async function returnedStretches(
  payouts: readonly PlacedPayout[],
  { sql: db }: ReadScope,
): Promise<Stretch[]> {
  const failed = payouts.filter(({ state }) => state === 'FAILED');
  if (failed.length === 0) return [];
  return db.rows(sql<Stretch>`
    select k.place, t.to_account_id as "accountId", t.to_in_minor - t.amount_minor as "fromMinor", t.to_in_minor as "toMinor"
    from unnest(${failed.map(({ place }) => place)}::int[],
      ${failed.map(({ id, endings }) => payoutTransactionId(id, endings))}::uuid[]) k (place, transaction_id)
    join ledger_transfer t using (transaction_id) where t.kind = 'PAYOUT_RETURNED'`);
}
