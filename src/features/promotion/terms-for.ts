import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { enrolmentEnd, enrolmentTables, termsAt } from '../campaign/index.ts';
import {
  holdsLock,
  type OfferValue,
  partOf,
  type RateTerms,
  rateOf,
  resolveTerms,
  type TermsResolutionValue,
} from '../plan/index.ts';

/** A creator, a product and a moment: for which terms are asked. */
export interface TermsQuestion {
  readonly creatorId: string;
  readonly productId: string;
  readonly brandId: string;
  /** The enrolment that the creator picked the product from, if any. */
  readonly enrolmentId: string | null;
  /** The creator's part of a SPREAD enrolment's rate, as the link fixes it. */
  readonly creatorPartBp?: number | null;
  /** Whether the order was won by a boost. */
  readonly boosted?: boolean;
  readonly at: Date;
}

/** An offer as it is read: what rateOf works the rate out of stands beside what is known already. */
type OfferRow = Omit<OfferValue, 'commissionBp' | 'rateSource'> &
  RateTerms & {
    readonly question: number;
    readonly boosted: boolean;
    /** For SPREAD: the creator's part, fixed on the link, with all that the brand pays as the rate. */
    readonly isSpread: boolean;
    readonly creatorPartBp: number | null;
  };

/** Resolves the terms of many questions with one statement; the answers stand at the questions' places. */
export async function termsFor(
  db: Sql,
  questions: readonly TermsQuestion[],
): Promise<TermsResolutionValue[]> {
  if (questions.length === 0) return [];
  const byQuestion = Map.groupBy(await readOffers(db, questions), ({ question }) => question);
  return questions.map(({ at }, i) => resolveTerms((byQuestion.get(i) ?? []).map(toOffer), at));
}

function toOffer(row: OfferRow): OfferValue {
  const { commissionBp, rateSource } = row.isSpread
    ? // All that the brand pays goes to the agency, which passes the creator's part on.
      { commissionBp: partOf(row.commissionBp, row.creatorPartBp ?? 0), rateSource: 'LINK' as const }
    : rateOf(row, row);
  return {
    kind: row.kind,
    offerId: row.offerId,
    termsId: row.termsId,
    commissionBp,
    rateSource,
    settledLines: row.settledLines,
    serviceFeeBp: row.isSpread ? row.commissionBp - commissionBp : row.serviceFeeBp,
    reachesCreator: row.reachesCreator,
    blocked: row.blocked,
    since: row.since,
    lockedFrom: row.lockedFrom,
    lockedUntil: row.lockedUntil,
    validFrom: row.validFrom,
    validTo: row.validTo,
  };
}

/** SQL: what each question says of something, an array; said once where all say the same. */
function column<Value>(
  questions: readonly TermsQuestion[],
  of: (question: TermsQuestion) => Value,
  type: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const values = questions.map(of);
  const [first] = values;
  return values.every((value) => value?.valueOf() === first?.valueOf())
    ? sql`array_fill(${first}::${type}, array[${values.length}::int])`
    : sql`${values}::${type}[]`;
}

/**
 * All versions in force at the moment asked for, those that a lock of the creator keeps, and of an enrolment picked
 * from also what is over.
 */
const readOffers = (db: Sql, questions: readonly TermsQuestion[]): Promise<OfferRow[]> =>
  db.rows(sql<OfferRow>`
    with q as (
      select q.*, ${isBlocked} as blocked from unnest(
        array(select generate_series(0, ${questions.length - 1})),
        ${questions.map(({ creatorId }) => creatorId)}::uuid[],
        ${questions.map(({ productId }) => productId)}::uuid[],
        ${questions.map(({ brandId }) => brandId)}::uuid[],
        ${questions.map(({ enrolmentId }) => enrolmentId)}::uuid[],
        ${column(questions, ({ creatorPartBp }) => creatorPartBp ?? null, sql`int`)},
        ${column(questions, ({ boosted }) => boosted ?? false, sql`boolean`)},
        ${column(questions, ({ at }) => at, sql`timestamptz`)}
      ) as q (i, creator_id, product_id, brand_id, enrolment_id, part_bp, boosted, at)
    ), candidate as (${plansInForce} union all ${plansLocked})
    select c.i as question, c.kind, c.plan_id as "offerId", c.id as "termsId", c.commission_bp as "commissionBp",
      c.boost_bp as "boostBp", c.tier_after as "tierAfter", c.tier_bp as "tierBp", c.boosted,
      coalesce(y.lines, 0)::int as "settledLines", 0 as "serviceFeeBp", c.reaches as "reachesCreator", c.blocked,
      c.since, c.locked_from as "lockedFrom", c.locked_until as "lockedUntil", c.valid_from as "validFrom",
      c.valid_to as "validTo", false as "isSpread", null::int as "creatorPartBp"
    from candidate c
    left join lateral (select y.lines from plan_tally y
      where c.tier_after <> '{}' and y.plan_id = c.plan_id and y.creator_id = c.creator_id and y.at <= c.at
      order by y.at desc limit 1) y on true
    union all ${enrolmentsPicked}
    union all ${enrolmentsLocked}`);

/** Blocked by the brand, and no longer among those who promote the product under the alliance's lock days. */
const isBlocked = sql`exists (select from party_block b
  where b.blocker_id = q.brand_id and b.blocked_id = q.creator_id
    and b.takes_effect_at <= q.at and (b.lifted_at is null or b.lifted_at > q.at)
    and not (b.running_until > q.at and exists (select from showcase_item i
      where i.creator_id = q.creator_id and i.product_id = q.product_id
        and i.picked_at < b.takes_effect_at and (i.removed_at is null or i.removed_at > q.at))))`;

/** SQL: what a version of a plan `t` says. */
const RATES = sql`t.id, t.commission_bp, t.boost_bp, t.tier_after, t.tier_bp, t.valid_from, t.valid_to`;

const plansInForce = sql`
  select q.i, q.creator_id, q.at, q.boosted, q.blocked, p.kind, p.id as plan_id, ${RATES},
    (p.kind = 'OPEN' or n.opens_at is not null) as reaches, greatest(p.opens_at, n.opens_at) as since,
    null::timestamptz as locked_from, null::timestamptz as locked_until
  from q
  join lateral (
    select p.* from plan p where p.product_id = q.product_id
    union all select p.* from plan p where p.brand_id = q.brand_id and p.kind = 'SHOP_TARGETED'
  ) p on p.opens_at <= q.at and (p.closes_at is null or p.closes_at > q.at)
  join plan_terms t on t.plan_id = p.id and t.valid_from <= q.at and (t.valid_to is null or t.valid_to > q.at)
  left join lateral (select n.opens_at from plan_creator n
    where p.kind <> 'OPEN' and n.plan_id = p.id and n.creator_id = q.creator_id
      and n.opens_at <= q.at and (n.closes_at is null or n.closes_at > q.at)) n on true`;

const held = holdsLock({ lock: 'r', creator: sql`q.creator_id`, product: sql`q.product_id`, at: sql`q.at` });
const isRunning = sql`r.locked_from <= q.at and r.locked_until > q.at`;

/** A lock is a right: a block does not end it. */
const plansLocked = sql`
  select q.i, q.creator_id, q.at, q.boosted, false, r.kind, r.offer_id, ${RATES}, true, r.locked_from, r.locked_from,
    r.locked_until
  from q
  join lateral (
    select r.* from rate_lock r where r.product_id = q.product_id and r.kind <> 'CAMPAIGN'
    union all select r.* from rate_lock r where r.brand_id = q.brand_id and r.product_id is null
  ) r on ${isRunning}
  join plan_terms t on t.id = r.terms_id
  where ${held}`;

/** Since when the creator has had the product, or a link of it, from the enrolment. */
const pickedSince = sql`least(
  (select min(i.picked_at) from showcase_item i
    where i.creator_id = q.creator_id and i.product_id = q.product_id and i.enrolment_id = e.id
      and i.picked_at <= q.at and (i.removed_at is null or i.removed_at > q.at)),
  (select min(l.created_at) from promotion_link l where l.creator_id = q.creator_id and l.enrolment_id = e.id))`;

/**
 * Below a second-level agency's enrolment stands the first one's: what the brand pays is its terms, while it is in force. The
 * planner takes id and product for independent and expects one row of hundreds, for which it reads all campaigns each time: what
 * coalesce hides from it, it takes for half of them.
 */
const enrolmentsPicked = sql`
  select q.i, 'CAMPAIGN', e.id, coalesce(m.id, t.id), coalesce(m.commission_bp, t.commission_bp), null::int,
    '{}'::int[], '{}'::int[], q.boosted, 0, coalesce(m.service_fee_bp, t.service_fee_bp),
    g.pays = 'SERVICE_FEE' or q.part_bp is not null, q.blocked,
    greatest(coalesce(e.decided_at, t.valid_from), g.opens_at, ${pickedSince}), null::timestamptz, null::timestamptz,
    greatest(t.valid_from, g.opens_at, m.valid_from, fg.opens_at), least(t.valid_to, m.valid_to, ${enrolmentEnd}),
    g.pays = 'SPREAD', q.part_bp
  from q
  join (${enrolmentTables}) on e.id = q.enrolment_id and coalesce(e.product_id = q.product_id, false)
    and e.state in ('APPROVED', 'ENDED')
  ${termsAt('e', 't', sql`q.at`)} ${termsAt('f', 'm', sql`q.at`)}
  where t.id is not null`;

const enrolmentsLocked = sql`
  select q.i, 'CAMPAIGN', e.id, t.id, t.commission_bp, null::int, '{}'::int[], '{}'::int[], q.boosted, 0,
    t.service_fee_bp, g.pays = 'SERVICE_FEE' or q.part_bp is not null, false, r.locked_from, r.locked_from,
    r.locked_until, t.valid_from, t.valid_to, g.pays = 'SPREAD', q.part_bp
  from q
  join enrolment e on e.id = q.enrolment_id and e.product_id = q.product_id
  join recruiting_campaign g on g.id = e.campaign_id
  join rate_lock r on r.kind = 'CAMPAIGN' and r.offer_id = coalesce(e.parent_id, e.id) and ${isRunning}
  join enrolment_terms t on t.id = r.terms_id
  where ${held}`;
