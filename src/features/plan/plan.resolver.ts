import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf, type UserErrorValue, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { brandById } from '../brand/index.ts';
import { closePlan } from './close-plan.ts';
import { createPlan } from './create-plan.ts';
import { planById, type ReadPlan } from './plan.loaders.ts';
import {
  OpenPlanMissing,
  Plan,
  PlanCloseInput,
  PlanConflict,
  PlanCreateInput,
  RestrictedFromPlans,
} from './plan.types.ts';

const PlanCreatePayload = payloadOf('planCreate', 'plan', () => Plan, [
  PlanConflict,
  OpenPlanMissing,
  RestrictedFromPlans,
]);
const PlanClosePayload = payloadOf('planClose', 'plan', () => Plan);

const conflict = (rule: string, message: string) => (): UserErrorValue => ({
  __typename: 'PlanConflict',
  message,
  path: ['input'],
  rule,
});

/** What the exclusion constraints of the database say to whoever runs into them. */
const CONFLICTS = {
  one_open_plan_per_product: conflict('ONE_OPEN_PLAN', 'The product already has an OPEN plan at that time.'),
  open_and_exclusive_exclude_each_other: conflict(
    'OPEN_OR_EXCLUSIVE',
    'OPEN and EXCLUSIVE plans exclude each other on a product.',
  ),
  one_named_plan_per_creator_and_product: conflict(
    'ONE_PLAN_PER_CREATOR',
    'Another plan of this kind already names one of the creators for this product.',
  ),
  one_shop_plan_per_creator: conflict(
    'ONE_SHOP_PLAN_PER_CREATOR',
    'Another SHOP_TARGETED plan of the brand already names one of the creators.',
  ),
};

@Resolver()
export class PlanResolver {
  @Access(signedIn)
  @Mutation(() => PlanCreatePayload, {
    description: 'Opens a plan. Plans that cannot hold together are refused, by the database itself.',
  })
  async planCreate(
    @Arg('input', () => PlanCreateInput) input: PlanCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadPlan>> {
    return mutate(
      context,
      { ...found, operation: 'planCreate', input, constraints: CONFLICTS },
      async (tx) => {
        const brandId = idOfType(input.brandId, 'Brand') ?? NO_ID;
        const brand = await tx.loaders.one(brandById, brandId);
        if (brand === undefined || !mayWrite(context.actor, brandId, 'cooperation:write'))
          throw unknown(['input', 'brandId'], 'brand');
        const row = await createPlan(
          tx,
          {
            brandId,
            productId: input.productId == null ? null : localId(input.productId, 'Product', 'productId'),
            kind: input.kind,
            title: input.title,
            commissionBp: input.commissionRate,
            creatorIds: input.creatorIds.map((id) => localId(id, 'Creator', 'creatorIds')),
            closesAt: input.closesAt,
          },
          context.clock.now(),
        );
        return { ...row, commissionBp: input.commissionRate, namesViewer: false };
      },
    );
  }

  @Access(signedIn)
  @Mutation(() => PlanClosePayload, {
    description: 'Ends a plan now. Orders placed under it keep their terms.',
  })
  async planClose(
    @Arg('input', () => PlanCloseInput) input: PlanCloseInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadPlan>> {
    return mutate(context, { ...found, operation: 'planClose', input }, async (tx) => {
      const plan = await tx.loaders.one(planById, localId(input.planId, 'Plan', 'planId'));
      if (plan === undefined || !mayWrite(context.actor, plan.brandId, 'cooperation:write')) {
        throw unknown(['input', 'planId'], 'plan');
      }
      const closed = await closePlan(tx, plan.id, context.clock.now());
      return { ...plan, closesAt: closed.closesAt, commissionBp: null };
    });
  }
}

/** How a plan is found again when a call is repeated. */
const found = {
  idOf: ({ id }: ReadPlan) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(planById, id),
};

function localId(globalId: string, type: string, field: string): string {
  const id = idOfType(globalId, type);
  if (id === undefined) throw unknown(['input', field], type.toLowerCase());
  return id;
}
