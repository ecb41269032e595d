import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import type { MutationTx } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { unknown } from '../../graphql/user-errors.ts';
import { idOfType } from '../../kernel/ids.ts';
import { brandById } from '../brand/index.ts';
import type { PlanChange } from './change-plan.ts';
import type { NewPlan } from './create-plan.ts';
import { planById, type ReadPlan } from './plan.loaders.ts';
import type { PlanDraftInput, PlanEditInput, RateTierInput } from './plan-input.types.ts';
import type { Tier } from './plan-rates.ts';

/** Reads a plan to open from the input of a caller who may act for the brand. */
export async function toNewPlan(
  context: RequestContext,
  tx: MutationTx,
  input: PlanDraftInput,
): Promise<NewPlan> {
  const brand = await namedRow(tx, input.brandId, {
    field: 'brandId',
    type: 'Brand',
    load: brandById,
    allows: ({ id }) => mayWrite(context.actor, id, 'cooperation:write'),
  });
  const { kind, title, commissionRate, boostCommissionRate, opensAt, closesAt } = input;
  return {
    brandId: brand.id,
    productId: input.productId == null ? null : localId(input.productId, 'Product', 'productId'),
    kind,
    title,
    commissionBp: commissionRate,
    boostBp: boostCommissionRate ?? null,
    tiers: toTiers(input.tiers),
    creatorIds: localIds(input.creatorIds, 'creatorIds'),
    opensAt,
    closesAt,
  };
}

/** Reads a change of a plan from the input of a caller who may act for its brand. */
export async function toPlanChange(
  context: RequestContext,
  tx: MutationTx,
  input: PlanEditInput,
): Promise<PlanChange> {
  const plan = await toOwnPlan(context, tx, input.planId);
  return {
    planId: plan.id,
    title: input.title ?? undefined,
    commissionBp: input.commissionRate ?? undefined,
    boostBp: input.boostCommissionRate,
    tiers: input.tiers == null ? undefined : toTiers(input.tiers),
    addCreatorIds: localIds(input.addCreatorIds, 'addCreatorIds'),
    removeCreatorIds: localIds(input.removeCreatorIds, 'removeCreatorIds'),
    closesAt: input.closesAt,
  };
}

/** The plan of a brand that the caller may act for. */
export const toOwnPlan = (context: RequestContext, tx: MutationTx, id: string): Promise<ReadPlan> =>
  namedRow(tx, id, {
    field: 'planId',
    type: 'Plan',
    load: planById,
    allows: ({ brandId }) => mayWrite(context.actor, brandId, 'cooperation:write'),
  });

const toTiers = (tiers: readonly RateTierInput[]): Tier[] =>
  tiers.map(({ afterLines, commissionRate }) => ({ afterLines, commissionBp: commissionRate }));

const localIds = (ids: readonly string[], field: string): string[] =>
  ids.map((id) => localId(id, 'Creator', field));

function localId(globalId: string, type: string, field: string): string {
  const id = idOfType(globalId, type);
  if (id === undefined) throw unknown(['input', field], type.toLowerCase());
  return id;
}
