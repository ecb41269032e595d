import { type RawBuilder, sql } from 'kysely';
import { type ManyByKey, manyByKey } from '../../graphql/loaders.ts';
import type { AccountKind } from '../ledger/index.ts';

interface OfParty {
  readonly partyId: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** What a payee has in one currency, in minor units. */
export interface PayeeBalance extends OfParty {
  readonly availableMinor: bigint;
  readonly reservedMinor: bigint;
  /** Not below zero: what is owed. */
  readonly owedMinor: bigint;
  readonly onItsWayMinor: bigint;
  /** Of the first three; below zero where more is owed than there is. */
  readonly balanceMinor: bigint;
}

/** What a brand has in one currency. */
export interface EscrowBalance extends OfParty {
  /** Below zero by what it owes. */
  readonly escrowMinor: bigint;
}

/** What the alliance itself has in one currency. */
export interface AllianceBalance extends OfParty {
  readonly revenueMinor: bigint;
  readonly subsidyMinor: bigint;
  /** Below zero by what has come in from outside. */
  readonly cashMinor: bigint;
  readonly withholdingMinor: bigint;
}

/** SQL: the balance of the accounts of these kinds. */
const of = (...kinds: AccountKind[]) =>
  sql`coalesce(sum(balance_minor) filter (where kind = any(${kinds}::text[])), 0)::bigint`;

/**
 * Balances of parties, a row per currency. A party has one account per currency and kind, so that this adds a handful of
 * balances and never transfers.
 */
const balances = <Row extends OfParty>(
  name: string,
  kinds: readonly AccountKind[],
  columns: Readonly<Record<Exclude<keyof Row & string, keyof OfParty>, RawBuilder<unknown>>>,
): ManyByKey<Row> =>
  manyByKey<Row>({
    name,
    columns: ['currency', ...Object.keys(columns)],
    read: (parties, { sql: db }) => {
      const sums = Object.entries<RawBuilder<unknown>>(columns).map(
        ([as, sum]) => sql`${sum} as ${sql.id(as)}`,
      );
      return db.rows(sql<Row>`
        select party_id as "partyId", currency, ${sql.join(sums)} from ledger_account
        where party_id = any(${parties}::uuid[]) and kind = any(${kinds}::text[])
        group by party_id, currency order by currency`);
    },
    keyOf: ({ partyId }) => partyId,
  });

export const balancesOfPayee = balances<PayeeBalance>(
  'balancesOfPayee',
  ['PAYABLE', 'RESERVE', 'RECEIVABLE', 'PAYOUT_CLEARING'],
  {
    availableMinor: of('PAYABLE'),
    reservedMinor: of('RESERVE'),
    owedMinor: sql`(-${of('RECEIVABLE')})`,
    onItsWayMinor: of('PAYOUT_CLEARING'),
    balanceMinor: of('PAYABLE', 'RESERVE', 'RECEIVABLE'),
  },
);

export const balancesOfBrand = balances<EscrowBalance>('balancesOfBrand', ['ESCROW'], {
  escrowMinor: of('ESCROW'),
});

export const balancesOfAlliance = balances<AllianceBalance>(
  'balancesOfAlliance',
  ['REVENUE', 'SUBSIDY', 'CASH', 'WITHHOLDING'],
  {
    revenueMinor: of('REVENUE'),
    subsidyMinor: of('SUBSIDY'),
    cashMinor: of('CASH'),
    withholdingMinor: of('WITHHOLDING'),
  },
);
