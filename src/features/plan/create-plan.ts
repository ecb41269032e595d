import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { Refusal, unknown } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { refusePenalised } from '../account/index.ts';
import { announceOpened } from './announce-plan.ts';
import { checkCreators, MAX_CREATORS } from './check-creators.ts';
import { refuseConflicts } from './find-conflicts.ts';
import { PlanCreatorRow, type PlanKind, PlanRow, PlanTermsRow } from './plan.entity.ts';
import { checkRates, type Rates, toTerms } from './plan-rates.ts';
import { refreshPool } from './refresh-pool.ts';

export interface NewPlan extends Rates {
  readonly id?: string;
  readonly brandId: string;
  /** The product; null for SHOP_TARGETED, which covers all of the brand. */
  readonly productId: string | null;
  readonly kind: PlanKind;
  readonly title: string;
  /** The creators that it names: none for OPEN, at least one for the others. */
  readonly creatorIds: readonly string[];
  /** From when; now when left out. */
  readonly opensAt?: Date | null;
  readonly closesAt?: Date | null;
}

/** So many plans that are not over may stand on one product, or on a brand as a whole: all are read to resolve terms. */
const MAX_PLANS = 100;
const YEAR_MS = 366 * 86_400_000;

/** Opens a plan with its first terms and takes the product into the pool. */
export async function createPlan(tx: Tx, plan: NewPlan, now: Date): Promise<PlanRow> {
  check(plan, now);
  const { brandId, productId, kind, creatorIds } = plan;
  const opensAt = plan.opensAt ?? now;
  const closesAt = plan.closesAt ?? null;
  await checkGoods(tx, plan, now);
  await checkCreators(tx, brandId, creatorIds, now, 'creatorIds');
  await refuseConflicts(tx, { planId: null, brandId, productId, kind, creatorIds, opensAt, closesAt });
  if (kind === 'TARGETED') await requireOpenPlan(tx, productId, opensAt);
  const row = insertPlan(tx, plan, opensAt, closesAt, now);
  await tx.em.flush();
  if (productId !== null) await refreshPool(tx, [productId], now);
  await announceOpened(tx, row, plan.commissionBp, null, now);
  return row;
}

function insertPlan(tx: Tx, plan: NewPlan, opensAt: Date, closesAt: Date | null, now: Date): PlanRow {
  const { brandId, productId, kind, title, creatorIds } = plan;
  const id = plan.id ?? newId();
  const span = { opensAt, closesAt };
  const row = tx.em.create(PlanRow, {
    ...{ id, brandId, productId, kind, title, announcedClosesAt: closesAt, createdAt: now },
    ...span,
  });
  for (const creatorId of creatorIds) {
    const naming = { planId: id, creatorId, brandId, productId, kind, dropped: false, ...span };
    tx.em.create(PlanCreatorRow, naming);
  }
  const version = { id: newId(), planId: id, version: 1, validFrom: opensAt, validTo: closesAt };
  tx.em.create(PlanTermsRow, { ...version, ...toTerms(plan) });
  return row;
}

function check(plan: NewPlan, now: Date): void {
  const { kind, creatorIds } = plan;
  const opensAt = plan.opensAt ?? now;
  const named = creatorIds.length;
  const checks = new Checks()
    .text(plan.title, 'title', 1, 100)
    .that(
      kind === 'OPEN' ? named === 0 : named >= 1,
      'creatorIds',
      'OPEN names no creator; the other kinds name some.',
    )
    .that(named <= MAX_CREATORS, 'creatorIds', `A plan names at most ${MAX_CREATORS} creators.`)
    .that(new Set(creatorIds).size === named, 'creatorIds', 'A plan names each creator once.')
    .that(
      (kind === 'SHOP_TARGETED') === (plan.productId === null),
      'productId',
      'Only SHOP_TARGETED has no product.',
    )
    .that(
      opensAt >= now && opensAt.getTime() <= now.getTime() + YEAR_MS,
      'opensAt',
      'A plan opens now or within a year.',
    )
    .that(plan.closesAt == null || plan.closesAt > opensAt, 'closesAt', 'A plan closes after it opens.');
  checkRates(checks, toTerms(plan));
  checks.done();
}

/** The product must be the brand's own and free for new plans, and not have more of them than can be read at once. */
async function checkGoods(tx: Tx, { brandId, productId }: NewPlan, now: Date): Promise<void> {
  const [found] = await tx.rows(sql<{ product: boolean; restricted: boolean; plans: bigint }>`
    select
      exists (select from product where id = ${productId} and brand_id = ${brandId}) as product,
      exists (select from product where id = ${productId} and restricted)
        or exists (select from brand where id = ${brandId} and restricted) as restricted,
      (select count(*) from plan where brand_id = ${brandId} and product_id is not distinct from ${productId}
        and (closes_at is null or closes_at > ${now})) as plans`);
  if (productId !== null && !found?.product) throw unknown(['input', 'productId'], 'product');
  if (found?.restricted) {
    throw refusal('RestrictedFromPlans', 'The brand or product is RESTRICTED and gets no new plans.');
  }
  await refusePenalised(tx, brandId, now, ['input']);
  new Checks()
    .that(
      Number(found?.plans) < MAX_PLANS,
      'productId',
      `No more than ${MAX_PLANS} plans stand side by side.`,
    )
    .done();
}

/** A TARGETED plan needs an OPEN one when it begins. The lock keeps that one from being ended at the same moment. */
async function requireOpenPlan(tx: Tx, productId: string | null, at: Date): Promise<void> {
  const open = await tx.rows(sql`
    select from plan where product_id = ${productId} and kind = 'OPEN'
      and tstzrange(opens_at, closes_at) @> ${at}::timestamptz for share`);
  if (open.length === 0) {
    throw refusal('OpenPlanMissing', 'A TARGETED plan needs an OPEN plan on the product when it begins.');
  }
}

const refusal = (typename: string, message: string): Refusal =>
  new Refusal([{ __typename: typename, message, path: ['input'] }]);
