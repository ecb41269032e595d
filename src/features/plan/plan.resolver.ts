import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { Blocked } from '../account/index.ts';
import { changePlan } from './change-plan.ts';
import { closePlan } from './close-plan.ts';
import { createPlan } from './create-plan.ts';
import { CONFLICTS } from './find-conflicts.ts';
import { planById, type ReadPlan } from './plan.loaders.ts';
import { Plan } from './plan.types.ts';
import { OpenPlanMissing, PlanConflict, RestrictedFromPlans } from './plan-conflict.types.ts';
import { PlanChangeInput, PlanCloseInput, PlanCreateInput } from './plan-input.types.ts';
import { toNewPlan, toOwnPlan, toPlanChange } from './read-plan-input.ts';

const PlanCreatePayload = payloadOf('planCreate', 'plan', () => Plan, [
  Blocked,
  PlanConflict,
  OpenPlanMissing,
  RestrictedFromPlans,
]);
const PlanChangePayload = payloadOf('planChange', 'plan', () => Plan, [Blocked, PlanConflict]);
const PlanClosePayload = payloadOf('planClose', 'plan', () => Plan);

@Resolver()
export class PlanResolver {
  @Access(signedIn)
  @Mutation(() => PlanCreatePayload, {
    description:
      'Opens a plan, now or later. Plans that cannot hold together are refused, by the database itself.',
  })
  planCreate(
    @Arg('input', () => PlanCreateInput) input: PlanCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadPlan>> {
    const options = { ...found, operation: 'planCreate', input, constraints: CONFLICTS };
    return withList(() =>
      mutate(context, options, async (tx) => {
        const { id } = await createPlan(tx, await toNewPlan(context, tx, input), context.clock.now());
        return written(context, tx, id);
      }),
    );
  }

  @Access(signedIn)
  @Mutation(() => PlanChangePayload, {
    description:
      'Changes a plan. Rates that only rise take effect at once; a change that lowers any waits for the next midnight.',
  })
  planChange(
    @Arg('input', () => PlanChangeInput) input: PlanChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadPlan>> {
    const options = { ...found, operation: 'planChange', input, constraints: CONFLICTS };
    return withList(() =>
      mutate(context, options, async (tx) => {
        const change = await toPlanChange(context, tx, input);
        const { plan } = await changePlan(tx, change, context.clock.now());
        return written(context, tx, plan.id);
      }),
    );
  }

  @Access(signedIn)
  @Mutation(() => PlanClosePayload, {
    description:
      'Ends a plan at the next midnight; one that is not open yet at once. Orders placed under it keep their terms.',
  })
  planClose(
    @Arg('input', () => PlanCloseInput) input: PlanCloseInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ReadPlan>> {
    return mutate(context, { ...found, operation: 'planClose', input }, async (tx) => {
      const plan = await toOwnPlan(context, tx, input.planId);
      await closePlan(tx, plan.id, context.clock.now());
      return written(context, tx, plan.id);
    });
  }
}

/** How a plan is found again when a call is repeated. */
const found = {
  idOf: ({ id }: ReadPlan) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(planById, id),
};

/** The plan as it stands after the write. */
async function written(context: RequestContext, tx: MutationTx, id: string): Promise<ReadPlan> {
  tx.loaders.renew(context.clock.now());
  return (await tx.loaders.one(planById, id)) as ReadPlan;
}

/**
 * When the database refuses what came at the same moment, the other plans are not known there. They are committed by
 * then, so that a second attempt finds and lists them.
 */
async function withList(attempt: () => Promise<Payload<ReadPlan>>): Promise<Payload<ReadPlan>> {
  const answer = await attempt();
  const isBare = answer.userErrors.some(
    ({ conflicts }) => Array.isArray(conflicts) && conflicts.length === 0,
  );
  return isBare ? attempt() : answer;
}
