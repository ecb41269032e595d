import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { Refusal, unknown } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { PlanCreatorRow, type PlanKind, PlanRow, PlanTermsRow } from './plan.entity.ts';
import { refreshPool } from './refresh-pool.ts';

export interface NewPlan {
  readonly id?: string;
  readonly brandId: string;
  /** The product; null for SHOP_TARGETED, which covers all of the brand. */
  readonly productId: string | null;
  readonly kind: PlanKind;
  readonly title: string;
  readonly commissionBp: number;
  /** The creators that it names: none for OPEN, at least one for the others. */
  readonly creatorIds: readonly string[];
  /** From when; now when left out. */
  readonly opensAt?: Date;
  readonly closesAt?: Date | null;
}

const MAX_CREATORS = 500;

/** Opens a plan with its first terms and takes the product into the pool. */
export async function createPlan(tx: Tx, plan: NewPlan, now: Date): Promise<PlanRow> {
  check(plan, now);
  await checkParts(tx, plan, now);
  const { brandId, productId, kind, title, commissionBp } = plan;
  const opensAt = plan.opensAt ?? now;
  const closesAt = plan.closesAt ?? null;
  const row = tx.em.create(PlanRow, {
    id: plan.id ?? newId(),
    brandId,
    productId,
    kind,
    title,
    opensAt,
    closesAt,
    createdAt: now,
  });
  for (const creatorId of plan.creatorIds) {
    tx.em.create(PlanCreatorRow, { planId: row.id, creatorId, brandId, productId, kind, opensAt, closesAt });
  }
  tx.em.create(PlanTermsRow, {
    id: newId(),
    planId: row.id,
    version: 1,
    commissionBp,
    validFrom: opensAt,
    validTo: closesAt,
  });
  await tx.em.flush();
  if (productId !== null) await refreshPool(tx, [productId], now);
  return row;
}

function check(plan: NewPlan, now: Date): void {
  const named = plan.creatorIds.length;
  new Checks()
    .text(plan.title, 'title', 1, 100)
    .that(
      plan.commissionBp >= 1 && plan.commissionBp <= 9000,
      'commissionBp',
      'A commission is 1 to 9000 basis points.',
    )
    .that(
      plan.kind === 'OPEN' ? named === 0 : named >= 1,
      'creatorIds',
      'OPEN names no creator; the other kinds name some.',
    )
    .that(named <= MAX_CREATORS, 'creatorIds', `A plan names at most ${MAX_CREATORS} creators.`)
    .that(new Set(plan.creatorIds).size === named, 'creatorIds', 'A plan names each creator once.')
    .that(
      (plan.kind === 'SHOP_TARGETED') === (plan.productId === null),
      'productId',
      'Only SHOP_TARGETED has no product.',
    )
    .that(
      plan.closesAt == null || plan.closesAt > (plan.opensAt ?? now),
      'closesAt',
      'A plan closes after it opens.',
    )
    .done();
}

/** The product must be the brand's own and free for new plans, the creators must exist, and TARGETED needs an OPEN plan. */
async function checkParts(tx: Tx, plan: NewPlan, now: Date): Promise<void> {
  const at = plan.opensAt ?? now;
  const [found] = await tx.rows(sql<{
    product: boolean;
    restricted: boolean;
    creators: bigint;
    open: boolean;
  }>`
    select
      exists (select from product where id = ${plan.productId} and brand_id = ${plan.brandId}) as product,
      exists (select from product where id = ${plan.productId} and restricted)
        or exists (select from brand where id = ${plan.brandId} and restricted) as restricted,
      (select count(*) from creator where id = any(${plan.creatorIds}::uuid[])) as creators,
      exists (select from plan where product_id = ${plan.productId} and kind = 'OPEN'
        and tstzrange(opens_at, closes_at) @> ${at}::timestamptz) as open`);
  if (plan.productId !== null && !found?.product) throw unknown(['input', 'productId'], 'product');
  if (Number(found?.creators) !== plan.creatorIds.length) throw unknown(['input', 'creatorIds'], 'creator');
  if (found?.restricted)
    refuse('RestrictedFromPlans', 'The brand or product is RESTRICTED and gets no new plans.');
  if (plan.kind === 'TARGETED' && !found?.open)
    refuse('OpenPlanMissing', 'A TARGETED plan needs an OPEN plan on the product.');
}

function refuse(typename: string, message: string): never {
  throw new Refusal([{ __typename: typename, message, path: ['input'] }]);
}
