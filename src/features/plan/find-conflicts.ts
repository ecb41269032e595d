import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Refusal, type UserErrorValue } from '../../graphql/user-errors.ts';
import { toGlobalId } from '../../kernel/ids.ts';
import type { PlanKind } from './plan.entity.ts';

/** What a plan takes up: the goods, whom it names, and the time. */
export interface PlanWindow {
  /** The plan itself, when it is there already: it does not stand in its own way. */
  readonly planId: string | null;
  readonly brandId: string;
  readonly productId: string | null;
  readonly kind: PlanKind;
  readonly creatorIds: readonly string[];
  readonly opensAt: Date;
  readonly closesAt: Date | null;
}

/** The rules that two plans can break together, each with what it says. */
export const PLAN_RULES = {
  ONE_OPEN_PLAN: 'The product already has an OPEN plan at that time.',
  OPEN_OR_EXCLUSIVE: 'OPEN and EXCLUSIVE plans exclude each other on a product.',
  ONE_PLAN_PER_CREATOR: 'Another plan of this kind already names one of the creators for this product.',
  ONE_SHOP_PLAN_PER_CREATOR: 'Another SHOP_TARGETED plan of the brand already names one of the creators.',
} as const;
export type PlanRule = keyof typeof PLAN_RULES;

/** Another plan that stands in the way, and the time that both would take up. */
export interface Conflict {
  readonly rule: PlanRule;
  readonly planId: string;
  /** The creator whom both would name. */
  readonly creatorId: string | null;
  readonly from: Date;
  readonly until: Date | null;
}

/** No error lists more than this. */
const MAX_LISTED = 100;

/** The plans that cannot hold together with this one: a hundred at most, in one statement. */
function findConflicts(db: Sql, window: PlanWindow): Promise<Conflict[]> {
  const { planId, brandId, productId, kind, creatorIds, opensAt, closesAt } = window;
  const wanted = sql`tstzrange(${opensAt}::timestamptz, ${closesAt}::timestamptz)`;
  const common = (
    alias: string,
  ) => sql`greatest(${sql.ref(`${alias}.opens_at`)}, ${opensAt}::timestamptz) as "from",
    least(${sql.ref(`${alias}.closes_at`)}, ${closesAt}::timestamptz) as "until"`;
  return db.rows(sql<Conflict>`
    select case when p.kind = ${kind} then 'ONE_OPEN_PLAN' else 'OPEN_OR_EXCLUSIVE' end as rule, p.id as "planId",
      null::uuid as "creatorId", ${common('p')}
    from plan p
    where p.product_id = ${productId} and p.id is distinct from ${planId}
      and (p.kind, ${kind}) in (('OPEN', 'OPEN'), ('OPEN', 'EXCLUSIVE'), ('EXCLUSIVE', 'OPEN'))
      and tstzrange(p.opens_at, p.closes_at) && ${wanted}
    union all
    select case when n.product_id is null then 'ONE_SHOP_PLAN_PER_CREATOR' else 'ONE_PLAN_PER_CREATOR' end, n.plan_id,
      n.creator_id, ${common('n')}
    from plan_creator n
    where n.creator_id = any(${creatorIds}::uuid[]) and n.kind = ${kind} and n.plan_id is distinct from ${planId}
      and n.brand_id = ${brandId} and n.product_id is not distinct from ${productId}
      and tstzrange(n.opens_at, n.closes_at) && ${wanted}
    order by 1, 2, 3 limit ${MAX_LISTED}`);
}

const planConflict = (rule: PlanRule, conflicts: readonly Conflict[]): UserErrorValue => ({
  __typename: 'PlanConflict',
  message: PLAN_RULES[rule],
  path: ['input'],
  rule,
  conflicts: conflicts.map(({ planId, creatorId, ...rest }) => ({
    ...rest,
    planId: toGlobalId('Plan', planId),
    creatorId: creatorId === null ? null : toGlobalId('Creator', creatorId),
  })),
});

/** Refuses a plan that others stand in the way of, with the list of them. */
export async function refuseConflicts(db: Sql, window: PlanWindow): Promise<void> {
  const conflicts = await findConflicts(db, window);
  const [first] = conflicts;
  if (first !== undefined) throw new Refusal([planConflict(first.rule, conflicts)]);
}

/** What the exclusion constraints of the database say to whoever runs into them; the list is not known there. */
export const CONFLICTS = {
  one_open_plan_per_product: () => planConflict('ONE_OPEN_PLAN', []),
  open_and_exclusive_exclude_each_other: () => planConflict('OPEN_OR_EXCLUSIVE', []),
  one_named_plan_per_creator_and_product: () => planConflict('ONE_PLAN_PER_CREATOR', []),
  one_shop_plan_per_creator: () => planConflict('ONE_SHOP_PLAN_PER_CREATOR', []),
};
