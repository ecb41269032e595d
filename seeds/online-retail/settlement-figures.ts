import { sql } from 'kysely';
import type { Sql } from '../../src/db/database.ts';
import { type ByRole, coveredLines, exact, type Sums } from './figures.ts';
import { AGENCIES, CREATORS, creatorName, recruiterNo } from './names.ts';
import { agencyId, creatorId } from './world-rows.ts';

/** What the ledger says of the settlement of the lines that were replayed; whole pence. */
export interface SettlementFigures {
  /** Lines that were settled, also those that refunds had left nothing of; unattributed ones never are. */
  readonly settledLines: number;
  /** Refunds that were posted at or after the settlement of their line, also where rounding makes them move nothing. */
  readonly clawbackRefunds: number;
  /** What those refunds took back, which is below zero. */
  readonly clawbackByRole: ByRole;
  /** What the ledger has for each role after everything: payable, reserve and what is owed; the alliance's revenue. */
  readonly balancesByRole: ByRole;
  /** The creators with the five highest balances, equal ones by their numbers. */
  readonly topCreators: readonly (readonly [string, number])[];
}

const TOP = 5;

/**
 * Reads the figures of settlement from the ledger: counts and clawbacks of the lines that the rows cover, and balances
 * as they stand in the accounts, never summed from entries. The balances are thus of all that was ever settled.
 */
export async function settlementFigures(
  db: Sql,
  allianceId: string,
  rowsOfOrder: ReadonlyMap<string, number>,
): Promise<SettlementFigures> {
  const covered = coveredLines(allianceId, rowsOfOrder);
  const balances = await readBalances(db);
  return {
    ...(await countSettled(db, covered)),
    clawbackByRole: byRole(await readClawbacks(db, covered), allianceId),
    balancesByRole: byRole(balances, allianceId),
    topCreators: topCreators(balances),
  };
}

type Covered = ReturnType<typeof coveredLines>;

async function countSettled(
  db: Sql,
  covered: Covered,
): Promise<Pick<SettlementFigures, 'settledLines' | 'clawbackRefunds'>> {
  const [counts] = await db.rows(sql<Sums>`
    with ${covered}
    select
      (select count(*) from covered c join line_settlement s on s.brand_id = c.brand_id and s.line_id = c.id)
        as "settledLines",
      (select count(*) from covered c join commission_step t on t.brand_id = c.brand_id and t.line_id = c.id
        where t.kind = 'REFUND' and t.transaction_id is not null) as "clawbackRefunds"`);
  return exact(counts) as Pick<SettlementFigures, 'settledLines' | 'clawbackRefunds'>;
}

interface PartyAmount {
  readonly partyId: string;
  readonly amountMinor: bigint;
}

/** What the transfers of refunds after settlement moved for each party; rounding may give one a penny more. */
function readClawbacks(db: Sql, covered: Covered): Promise<PartyAmount[]> {
  return db.rows(sql<PartyAmount>`
    with ${covered}
    select a.party_id as "partyId",
      sum(case m.kind when 'CLAWBACK' then -m.amount_minor else m.amount_minor end)::bigint as "amountMinor"
    from covered c
    join commission_step t on t.brand_id = c.brand_id and t.line_id = c.id and t.transaction_id is not null
    join ledger_transfer m on m.transaction_id = t.transaction_id and m.kind in ('CLAWBACK', 'ADJUSTMENT')
    join ledger_account a on a.id = case m.kind when 'CLAWBACK' then m.from_account_id else m.to_account_id end
    group by a.party_id`);
}

/** What each party has in pounds, 0 where it has no account yet: a payee's balance, and the alliance's own revenue. */
function readBalances(db: Sql): Promise<PartyAmount[]> {
  return db.rows(sql<PartyAmount>`
    select p.id as "partyId", coalesce(sum(a.balance_minor), 0)::bigint as "amountMinor"
    from party p left join ledger_account a
      on a.party_id = p.id and a.currency = 'GBP' and a.kind in ('PAYABLE', 'RESERVE', 'RECEIVABLE', 'REVENUE')
    where p.kind in ('CREATOR', 'AGENCY', 'ALLIANCE')
    group by p.id`);
}

const creators = new Map(Array.from({ length: CREATORS }, (_, n) => [creatorId(n), n]));
const agencies = new Map(Array.from({ length: AGENCIES }, (_, n) => [agencyId(n), n]));

function roleOf(partyId: string, allianceId: string): keyof ByRole | undefined {
  if (partyId === allianceId) return 'platform';
  if (creators.has(partyId)) return 'creator';
  const agency = agencies.get(partyId);
  if (agency === undefined) return undefined;
  // No agency has both roles: the rule numbers the recruiting ones after those that manage creators.
  return agency < recruiterNo(0) ? 'mcn' : 'recruiter';
}

function byRole(amounts: readonly PartyAmount[], allianceId: string): ByRole {
  const sums = { creator: 0n, mcn: 0n, recruiter: 0n, platform: 0n };
  for (const { partyId, amountMinor } of amounts) {
    const role = roleOf(partyId, allianceId);
    if (role !== undefined) sums[role] += amountMinor;
  }
  return exact(sums) as unknown as ByRole;
}

function topCreators(balances: readonly PartyAmount[]): SettlementFigures['topCreators'] {
  return balances
    .flatMap(({ partyId, amountMinor }) => {
      const n = creators.get(partyId);
      return n === undefined ? [] : [{ n, amount: Number(amountMinor) }];
    })
    .sort((a, b) => b.amount - a.amount || a.n - b.n)
    .slice(0, TOP)
    .map(({ n, amount }) => [creatorName(n), amount] as const);
}
