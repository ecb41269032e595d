import { sql } from 'kysely';
import type { Database, Sql, Tx } from '../../db/database.ts';
import type { PlanRow, TermsResolutionValue } from '../plan/index.ts';
import { type TermsQuestion, termsFor } from './terms-for.ts';

/** What a plan step would do: the plan as it would stand, and from when all of it would hold. */
export interface PlanStep {
  readonly plan: PlanRow;
  readonly takesEffectAt: Date;
}

/** A creator and a product that the plan concerns: which terms apply now, and which would apply. */
export interface PreviewedTerms {
  readonly creatorId: string;
  readonly productId: string;
  readonly termsNow: TermsResolutionValue;
  readonly termsThen: TermsResolutionValue;
}

/** Commission on the orders of the last 30 days, in minor units: as it was promised, and as it would be. */
export interface PreviewedCost {
  readonly lines: bigint;
  readonly baseMinor: bigint;
  readonly actualMinor: bigint;
  readonly underPlanMinor: bigint;
  /** Whether all groups of lines are in it, and not only those that sold most. */
  readonly isComplete: boolean;
  readonly currency: string;
}

export interface PlanPreviewValue {
  readonly takesEffectAt: Date;
  readonly pairCount: number;
  readonly creators: readonly PreviewedTerms[];
  readonly cost: PreviewedCost;
}

/** So many creators are told of one by one. */
const MAX_PAIRS = 100;
/** Lines of one creator, product and way of picking have one rate; so many of such groups are reckoned. */
const MAX_GROUPS = 2000;
const DAYS = 30;

/** Carries the answer out of a transaction that is undone. */
class Undone<Answer> extends Error {
  constructor(readonly answer: Answer) {
    super('This transaction was for looking only.');
  }
}

/**
 * Takes the step for real, looks at what has become of everybody's terms, and undoes all of it: what is previewed is by
 * construction what would happen, and nothing of it is ever seen by anybody else.
 */
export async function previewPlan(
  database: Database,
  step: (tx: Tx) => Promise<PlanStep>,
  now: Date,
): Promise<PlanPreviewValue> {
  try {
    return await database.transaction<never>(async (tx) => {
      await tx.rows(sql`savepoint as_it_is`);
      const { plan, takesEffectAt } = await step(tx);
      const { count, pairs } = await concerned(tx, plan, now);
      const then = await resolved(tx, pairs, takesEffectAt);
      const cost = await costOf(tx, plan, takesEffectAt, now);
      await tx.rows(sql`rollback to savepoint as_it_is`);
      const today = await resolved(tx, pairs, now);
      const creators = pairs.map(
        (pair, i) => ({ ...pair, termsNow: today[i], termsThen: then[i] }) as PreviewedTerms,
      );
      throw new Undone({ takesEffectAt, pairCount: Number(count), creators, cost });
    });
  } catch (error) {
    if (error instanceof Undone) return error.answer as PlanPreviewValue;
    throw error;
  }
}

type Pair = Omit<TermsQuestion, 'at'>;

const resolved = (tx: Sql, pairs: readonly Pair[], at: Date): Promise<TermsResolutionValue[]> =>
  termsFor(
    tx,
    pairs.map((pair) => ({ ...pair, at })),
  );

/**
 * Whom the plan concerns: those whom it names, for SHOP_TARGETED with what they show of the brand, and of an OPEN plan
 * those who show the product.
 */
async function concerned(tx: Sql, { id, kind, brandId, productId }: PlanRow, now: Date) {
  const named = sql`(select distinct creator_id from plan_creator
    where plan_id = ${id} and (closes_at is null or closes_at > ${now})) n`;
  const shown = sql`i.product_id = ${productId} and i.removed_at is null`;
  const from =
    kind === 'OPEN'
      ? sql`select i.creator_id, i.product_id, i.enrolment_id from showcase_item i where ${shown}`
      : kind === 'SHOP_TARGETED'
        ? sql`select i.creator_id, i.product_id, i.enrolment_id from ${named}
            join showcase_item i using (creator_id) where i.brand_id = ${brandId} and i.removed_at is null`
        : sql`select n.creator_id, ${productId}::uuid as product_id, i.enrolment_id from ${named}
            left join showcase_item i on i.creator_id = n.creator_id and ${shown}`;
  const pairs = await tx.rows(sql<Pair & { count: bigint }>`
    select creator_id as "creatorId", product_id as "productId", ${brandId}::uuid as "brandId",
      enrolment_id as "enrolmentId", count(*) over () as count
    from (${from}) c order by creator_id, product_id limit ${MAX_PAIRS}`);
  return { count: pairs[0]?.count ?? 0n, pairs };
}

/** Lines that have the same creator, product, way of picking and occasion: one rate would apply to all of them. */
type Group = Pair & Required<Pick<TermsQuestion, 'creatorPartBp' | 'boosted'>>;

/** What the commission on the last 30 days' orders was, and what it would be with the rates that would apply. */
async function costOf(tx: Sql, plan: PlanRow, takesEffectAt: Date, now: Date): Promise<PreviewedCost> {
  const groups = await tx.rows(sql<Group>`
    select creator_id as "creatorId", product_id as "productId", brand_id as "brandId", enrolment_id as "enrolmentId",
      part_bp as "creatorPartBp", boosted
    from (${linesOf(plan, now)}) l
    group by creator_id, product_id, brand_id, enrolment_id, part_bp, boosted
    order by sum(base) desc, creator_id, product_id limit ${MAX_GROUPS + 1}`);
  const reckoned = groups.slice(0, MAX_GROUPS);
  const rates = (await resolved(tx, reckoned, takesEffectAt)).map(({ winner }) => winner?.commissionBp ?? 0);
  const column = <Value>(value: (group: Group) => Value) => reckoned.map(value);
  const [sums] = await tx.rows(sql<Omit<PreviewedCost, 'isComplete'>>`
    select b.currency, count(l.brand_id) as lines, coalesce(sum(l.base), 0)::bigint as "baseMinor",
      coalesce(sum(l.base * l.rate_bp / 10000), 0)::bigint as "actualMinor",
      coalesce(sum(l.base * g.rate_bp / 10000), 0)::bigint as "underPlanMinor"
    from brand b
    left join (unnest(
      ${column(({ creatorId }) => creatorId)}::uuid[],
      ${column(({ productId }) => productId)}::uuid[],
      ${column(({ enrolmentId }) => enrolmentId)}::uuid[],
      ${column(({ creatorPartBp }) => creatorPartBp)}::int[],
      ${column(({ boosted }) => boosted)}::boolean[],
      ${rates}::bigint[]
    ) g (creator_id, product_id, enrolment_id, part_bp, boosted, rate_bp)
    join (${linesOf(plan, now)}) l on l.creator_id = g.creator_id and l.product_id = g.product_id
      and l.boosted = g.boosted and l.enrolment_id is not distinct from g.enrolment_id
      and l.part_bp is not distinct from g.part_bp) on l.brand_id = b.id
    where b.id = ${plan.brandId} group by b.currency`);
  return { ...(sums as PreviewedCost), isComplete: groups.length <= MAX_GROUPS };
}

/**
 * The attributed lines of the last 30 days that the plan concerns, each with what is left of its base after refunds,
 * the rate that was frozen for it, and the enrolment that it was picked from as the frozen candidates tell.
 */
const linesOf = ({ id, kind, brandId, productId }: PlanRow, now: Date) => sql`
  select l.brand_id, l.creator_id, l.product_id, l.boosted, l.remaining_base_minor as base,
    f.creator_part_bp as part_bp, (f.candidates #>> '{winner,commissionBp}')::bigint as rate_bp,
    (jsonb_path_query_first(f.candidates, 'strict $.** ? (@.kind == "CAMPAIGN").offerId') #>> '{}')::uuid as enrolment_id
  from order_line l join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
  where l.brand_id = ${brandId} and l.creator_id is not null and l.state <> 'CANCELLED'
    and l.placed_at > ${now}::timestamptz - make_interval(days => ${DAYS}) and l.placed_at <= ${now}
    and (${productId}::uuid is null or l.product_id = ${productId})
    and (${kind} = 'OPEN' or exists (select from plan_creator n where n.plan_id = ${id}
      and n.creator_id = l.creator_id and (n.closes_at is null or n.closes_at > ${now})))`;
