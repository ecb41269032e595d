import { sql } from 'kysely';
import { keyColumns, manyByKey, oneByKey, select } from '../../graphql/loaders.ts';
import { rowById } from '../../graphql/table-loaders.ts';
import { ACCOUNT_KINDS, type AccountKey } from '../ledger/index.ts';

/** An account of the ledger as it is read. */
export interface AccountRow extends AccountKey {
  readonly id: string;
  readonly balanceMinor: bigint;
}

const COLUMNS = ['id', 'partyId', 'currency', 'kind', 'balanceMinor'] as const;
/** In the order in which money goes through them. */
const KINDS = Object.keys(ACCOUNT_KINDS);

export const accountById = rowById<AccountRow>({
  name: 'accountById',
  table: 'ledger_account',
  columns: COLUMNS,
});

/** The accounts of a party: one per currency and kind, as far as they have come to be. */
export const accountsOfParty = manyByKey<AccountRow>({
  name: 'accountsOfParty',
  columns: COLUMNS,
  read: (parties, { sql: db }) =>
    db.rows(sql<AccountRow>`
      select ${select('t', COLUMNS)} from ledger_account t where t.party_id = any(${parties}::uuid[])
      order by t.currency, array_position(${KINDS}::text[], t.kind)`),
  keyOf: ({ partyId }) => partyId,
});

interface BalanceAt {
  readonly id: string;
  readonly at: string;
  readonly balanceMinor: bigint;
}

/**
 * The balances of accounts at moments, by the account and the moment as text. Each is one look into each of the indexes
 * by time: the last transfer on either side, and of the two the later one by its posting number.
 */
export const balanceOfAccountAt = oneByKey<BalanceAt>({
  name: 'balanceOfAccountAt',
  columns: ['balanceMinor'],
  read: (keys, { sql: db }) => {
    const [accounts = [], moments = []] = keyColumns(keys, 2);
    return db.rows(sql<BalanceAt>`
      select k.id, k.at, b.balance as "balanceMinor"
      from unnest(${accounts}::uuid[], ${moments}::text[]) k (id, at)
      cross join lateral (
        (select t.from_balance_minor as balance, t.from_posting as posting from ledger_transfer t
          where t.from_account_id = k.id and t.posted_at <= k.at::timestamptz
          order by t.posted_at desc, t.from_posting desc limit 1)
        union all
        (select t.to_balance_minor, t.to_posting from ledger_transfer t
          where t.to_account_id = k.id and t.posted_at <= k.at::timestamptz
          order by t.posted_at desc, t.to_posting desc limit 1)
        order by posting desc limit 1) b`);
  },
  keyOf: ({ id, at }) => [id, at],
});
