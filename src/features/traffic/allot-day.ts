import { sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { allotExposure, type Work } from './allot-exposure.ts';
import { commonRate, estimatedRate, nextTier, type TierReason } from './exposure-tier.ts';
import { giniBp } from './gini.ts';
import { oweExposure } from './owe-exposure.ts';
import { partBp } from './parts.ts';
import { type TrafficPolicyRow, trafficRulesAt } from './traffic-policy.ts';

/** A product of the pool as the allotment finds it, with what it stands for since. */
interface Found {
  readonly productId: string;
  readonly brandId: string;
  readonly trustBuy: boolean;
  readonly head: boolean;
  readonly tier: number;
  readonly shown: number;
  readonly recentShown: number;
  readonly recentConversions: number;
}

interface Placed extends Found {
  readonly reason: TierReason;
  readonly rate: number;
}

/** Over how many whole days exposures and sales are counted. */
const RECENT_DAYS = 7;
/** Products that are written by one statement. */
const AT_ONCE = 5000;

/**
 * Allots the exposures of the alliance's day over the products of the pool: moves each to its tier, divides as many
 * exposures as a day of the last week had, at least a base exposure for each product, and orders the pool by them. A day is
 * allotted once, whoever comes first. Gives how many products there were, or nothing when it had been done.
 */
export function allotDay(database: Database, now: Date): Promise<{ products: number } | undefined> {
  return database.transaction(async (tx) => {
    await tx.rows(sql`select from alliance for no key update`);
    const [today] = await tx.rows(sql<{ day: string; isDone: boolean }>`
      select d.day::text, exists (select from exposure_allotment x where x.day = d.day) as "isDone"
      from (select (${now}::timestamptz at time zone time_zone)::date as day from alliance) d`);
    if (today === undefined || today.isDone) return undefined;
    const policy = await trafficRulesAt(tx, now);
    const found = await readProducts(tx, today.day, policy);
    const common = commonRate(found);
    const placed = found.map((product): Placed => {
      const { tier, reason } = nextTier(product, common, policy);
      return { ...product, tier, reason, rate: estimatedRate(product, common) };
    });
    const capacity = await capacityOf(tx, today.day, placed.length * policy.tierExposures[0]!);
    const given = allotExposure(
      placed.map((product): Work => ({ ...product, reach: capacity })),
      capacity,
      policy,
    );
    await writeDay(tx, { day: today.day, policy, placed, given, capacity, now });
    for (let i = 0; i < placed.length; i += AT_ONCE) {
      await writeProducts(tx, placed.slice(i, i + AT_ONCE), given.slice(i, i + AT_ONCE), today.day, common);
    }
    await oweExposure(tx, now);
    return { products: placed.length };
  });
}

async function readProducts(tx: Sql, day: string, { headSales }: TrafficPolicyRow): Promise<Found[]> {
  const rows = await tx.rows(sql<Omit<Found, Counted> & Record<Counted, bigint>>`
    with sold as (
      select l.product_id, count(*) as conversions from order_line l, alliance a
      where l.placed_at >= (${day}::date - ${RECENT_DAYS}::int)::timestamp at time zone a.time_zone
        and l.placed_at < ${day}::date::timestamp at time zone a.time_zone and l.state <> 'CANCELLED'
      group by 1),
    shown as (
      select product_id, sum(shown)::bigint as shown from exposure_day
      where day >= ${day}::date - ${RECENT_DAYS}::int and day < ${day}::date group by 1),
    brand as (select brand_id, sum(sales) as sales from pool_entry group by 1)
    select e.product_id as "productId", e.brand_id as "brandId", e.trust_buy as "trustBuy",
      b.sales >= ${headSales} as head, coalesce(x.tier, 0) as tier, coalesce(t.shown, 0)::bigint as shown,
      coalesce(r.shown, 0)::bigint as "recentShown", coalesce(s.conversions, 0)::bigint as "recentConversions"
    from pool_entry e join brand b on b.brand_id = e.brand_id
    left join product_exposure x on x.product_id = e.product_id
    left join exposure_total t on t.brand_id = e.brand_id and t.product_id = e.product_id
    left join shown r on r.product_id = e.product_id
    left join sold s on s.product_id = e.product_id
    order by e.listed_at, e.product_id`);
  return rows.map(({ shown, recentShown, recentConversions, ...row }) => ({
    ...row,
    shown: Number(shown),
    recentShown: Number(recentShown),
    recentConversions: Number(recentConversions),
  }));
}
type Counted = 'shown' | 'recentShown' | 'recentConversions';

/** The exposures that a day is expected to have: those of an average day of the last week, at least so many. */
async function capacityOf(tx: Sql, day: string, least: number): Promise<number> {
  const [row] = await tx.rows(sql<{ average: bigint }>`
    select coalesce(sum(shown) / count(distinct day), 0)::bigint as average from exposure_day
    where day >= ${day}::date - ${RECENT_DAYS}::int and day < ${day}::date`);
  return Math.max(least, Number(row?.average ?? 0n));
}

interface Day {
  readonly day: string;
  readonly policy: TrafficPolicyRow;
  readonly placed: readonly Placed[];
  readonly given: readonly number[];
  readonly capacity: number;
  readonly now: Date;
}

async function writeDay(tx: Sql, { day, policy, placed, given, capacity, now }: Day): Promise<void> {
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const allotted = sum(given);
  const ofOthers = sum(given.filter((_, i) => !placed[i]!.head));
  await tx.rows(sql`
    insert into exposure_allotment (day, policy_id, products, capacity, allotted, gini_bp, non_head_share_bp, allotted_at)
    values (${day}, ${policy.id}, ${placed.length}, ${capacity}, ${allotted}, ${giniBp(given)},
      ${partBp(ofOthers, allotted)}, ${now})`);
}

const writeProducts = (
  tx: Sql,
  placed: readonly Placed[],
  given: readonly number[],
  day: string,
  common: number,
): Promise<unknown> =>
  tx.rows(sql`
    insert into product_exposure (product_id, brand_id, tier, reason, head, shown, recent_shown, recent_conversions, rate,
      allotted, common_rate, day)
    select v.*, ${common}::bigint, ${day}::date from unnest(
      ${placed.map(({ productId }) => productId)}::uuid[],
      ${placed.map(({ brandId }) => brandId)}::uuid[],
      ${placed.map(({ tier }) => tier)}::int[],
      ${placed.map(({ reason }) => reason)}::text[],
      ${placed.map(({ head }) => head)}::boolean[],
      ${placed.map(({ shown }) => shown)}::bigint[],
      ${placed.map(({ recentShown }) => recentShown)}::bigint[],
      ${placed.map(({ recentConversions }) => recentConversions)}::bigint[],
      ${placed.map(({ rate }) => rate)}::bigint[],
      ${given}::bigint[]) v
    on conflict (product_id) do update set tier = excluded.tier, reason = excluded.reason, head = excluded.head,
      shown = excluded.shown, recent_shown = excluded.recent_shown, recent_conversions = excluded.recent_conversions,
      rate = excluded.rate, common_rate = excluded.common_rate, allotted = excluded.allotted, day = excluded.day`);
