import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type BoostRow, boostsWhere } from './boost.loaders.ts';
import {
  type ChargedBoost,
  type ChargeOutcome,
  type Counted,
  type Judged,
  judgeCharge,
  type ReportedCharge,
} from './charge.ts';
import { endBoosts } from './move-boosts.ts';

/** A charge with the boost that it names. */
export type NamedCharge = ReportedCharge & { readonly boostId: string };

/** What became of a charge that was reported. */
export interface ChargeResult {
  readonly outcome: ChargeOutcome;
  readonly chargedMinor: bigint;
  readonly currency: string | null;
}

type Known = Pick<NamedCharge, 'exposures' | 'priceMinor' | 'shownAt'> & { readonly chargedMinor: bigint };
type Pauses = ChargedBoost['pauses'];

/** A boost under its lock, with its pauses. */
type LockedBoost = BoostRow & { readonly pauses: Pauses };

/**
 * Takes what was shown of boosts from their budgets, each charge once, and answers each by itself in the order in which they
 * came. A boost is under lock while its charges are judged, so that many reports at once spend its budget to the last unit and
 * never beyond; the boost that has spent it ends. A fixed number of statements.
 */
export async function chargeBoosts(
  tx: Sql,
  charges: readonly NamedCharge[],
  now: Date,
): Promise<ChargeResult[]> {
  const ids = [...new Set(charges.map(({ boostId }) => boostId))];
  const rows = await tx.rows(boostsWhere(sql`t.id = any(${ids}::uuid[]) order by t.id for update`));
  const pauses = await pausesOf(tx, rows);
  const boosts = new Map(rows.map((row): [string, LockedBoost] => [row.id, { ...row, pauses: pauses(row) }]));
  const known = await knownCharges(tx, charges);
  const hours = await hoursOf(tx, charges);
  const fresh: (NamedCharge & { readonly costMinor: bigint; readonly chargedMinor: bigint })[] = [];
  const results = charges.map((charge, i): ChargeResult => {
    const boost = boosts.get(charge.boostId);
    const { outcome, counted, before } = judged(boost, charge, known.get(keyOf(charge)), hours[i] ?? 0);
    if (counted !== undefined && boost !== undefined) {
      fresh.push({ ...charge, ...counted });
      known.set(keyOf(charge), { ...charge, chargedMinor: counted.chargedMinor });
      boosts.set(boost.id, spentBy(boost, charge, counted));
    }
    const chargedMinor = counted?.chargedMinor ?? before ?? 0n;
    return { outcome, chargedMinor, currency: boost?.currency ?? null };
  });
  await enterCharges(tx, fresh, now);
  const charged = new Set(fresh.map(({ boostId }) => boostId));
  const moved = [...boosts.values()].filter(({ id }) => charged.has(id));
  await enterSpend(tx, moved);
  const isSpent = ({ spentMinor, budgetMinor }: BoostRow) => spentMinor === budgetMinor;
  await endBoosts(tx, moved.filter(isSpent), 'BUDGET_SPENT', now);
  return results;
}

function judged(
  boost: LockedBoost | undefined,
  charge: NamedCharge,
  before: Known | undefined,
  hour: number,
): Judged & { readonly before?: bigint } {
  if (boost === undefined) return { outcome: 'UNKNOWN_BOOST' };
  if (before === undefined) {
    // In one report, the charge that spends the budget has others behind it.
    const isSpent = boost.spentMinor === boost.budgetMinor;
    return isSpent ? { outcome: 'NOT_RUNNING' } : judgeCharge(boost, charge, hour);
  }
  const isSame =
    before.exposures === charge.exposures &&
    before.priceMinor === charge.priceMinor &&
    before.shownAt.getTime() === charge.shownAt.getTime();
  if (!isSame) return { outcome: 'CONTENT_DIFFERS' };
  return { outcome: 'REPEATED', before: before.chargedMinor };
}

const spentBy = (boost: LockedBoost, { exposures }: NamedCharge, counted: Counted): LockedBoost => ({
  ...boost,
  spentMinor: boost.spentMinor + counted.chargedMinor,
  exposures: boost.exposures + BigInt(exposures),
  thousandths: counted.thousandths,
});

const keyOf = ({ boostId, eventId }: Pick<NamedCharge, 'boostId' | 'eventId'>) => `${boostId}/${eventId}`;

/** When they were not shown. */
async function pausesOf(tx: Sql, boosts: readonly BoostRow[]): Promise<(boost: BoostRow) => Pauses> {
  const over = await tx.rows(sql<{ boostId: string; from: Date; until: Date }>`
    select boost_id as "boostId", paused_at as from, resumed_at as until from boost_pause
    where boost_id = any(${boosts.map(({ id }) => id)}::uuid[])`);
  const byBoost = Map.groupBy(over, ({ boostId }) => boostId);
  return ({ id, pausedAt }) => [
    ...(byBoost.get(id) ?? []),
    ...(pausedAt === null ? [] : [{ from: pausedAt, until: null }]),
  ];
}

/** What was reported before under the same ids. Read under the locks of the boosts, so that no other report comes between. */
async function knownCharges(tx: Sql, charges: readonly NamedCharge[]): Promise<Map<string, Known>> {
  const rows = await tx.rows(sql<Known & { boostId: string; eventId: string }>`
    select c.boost_id as "boostId", c.event_id as "eventId", c.exposures, c.price_minor as "priceMinor",
      c.shown_at as "shownAt", c.charged_minor as "chargedMinor"
    from unnest(${charges.map(({ boostId }) => boostId)}::uuid[], ${charges.map(({ eventId }) => eventId)}::text[])
      k (boost_id, event_id)
    join boost_charge c using (boost_id, event_id)`);
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** The hours of the alliance's day in which they were shown. */
async function hoursOf(tx: Sql, charges: readonly NamedCharge[]): Promise<number[]> {
  const rows = await tx.rows(sql<{ hour: number }>`
    select extract(hour from k.at at time zone a.time_zone)::int as hour
    from alliance a, unnest(${charges.map(({ shownAt }) => shownAt)}::timestamptz[]) with ordinality k (at, no)
    order by k.no`);
  return rows.map(({ hour }) => hour);
}

async function enterCharges(
  tx: Sql,
  charges: readonly (NamedCharge & { readonly costMinor: bigint; readonly chargedMinor: bigint })[],
  now: Date,
): Promise<void> {
  await tx.rows(sql`
    insert into boost_charge (boost_id, event_id, exposures, price_minor, cost_minor, charged_minor, shown_at, charged_at)
    select c.*, ${now} from unnest(
      ${charges.map(({ boostId }) => boostId)}::uuid[],
      ${charges.map(({ eventId }) => eventId)}::text[],
      ${charges.map(({ exposures }) => exposures)}::int[],
      ${charges.map(({ priceMinor }) => priceMinor)}::bigint[],
      ${charges.map(({ costMinor }) => costMinor)}::bigint[],
      ${charges.map(({ chargedMinor }) => chargedMinor)}::bigint[],
      ${charges.map(({ shownAt }) => shownAt)}::timestamptz[]) c`);
}

async function enterSpend(tx: Sql, boosts: readonly BoostRow[]): Promise<void> {
  await tx.rows(sql`
    update boost b set spent_minor = v.spent, exposures = v.exposures, thousandths = v.thousandths
    from unnest(
      ${boosts.map(({ id }) => id)}::uuid[],
      ${boosts.map(({ spentMinor }) => spentMinor)}::bigint[],
      ${boosts.map(({ exposures }) => exposures)}::bigint[],
      ${boosts.map(({ thousandths }) => thousandths)}::int[]) v (id, spent, exposures, thousandths)
    where b.id = v.id`);
}
