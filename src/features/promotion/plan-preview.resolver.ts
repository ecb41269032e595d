import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { type Tx, violatedConstraint } from '../../db/database.ts';
import { Access, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { LoaderCache } from '../../graphql/loaders.ts';
import type { MutationTx } from '../../graphql/mutate.ts';
import { invalid, type Payload, payloadOf, Refusal, type UserErrorValue } from '../../graphql/user-errors.ts';
import { Blocked } from '../account/index.ts';
import {
  CONFLICTS,
  changePlan,
  closePlan,
  createPlan,
  OpenPlanMissing,
  PlanConflict,
  RestrictedFromPlans,
  toNewPlan,
  toOwnPlan,
  toPlanChange,
} from '../plan/index.ts';
import { PlanPreview, PreviewPlanInput } from './plan-preview.types.ts';
import { type PlanPreviewValue, type PlanStep, previewPlan } from './preview-plan.ts';

const PreviewPayload = payloadOf('previewPlan', 'preview', () => PlanPreview, [
  Blocked,
  PlanConflict,
  OpenPlanMissing,
  RestrictedFromPlans,
]);

@Resolver()
export class PlanPreviewResolver {
  @Access(signedIn)
  @Query(() => PreviewPayload, {
    description:
      'What opening, changing or ending a plan would do, to whom, and at what cost. Nothing of it is saved.',
  })
  async previewPlan(
    @Arg('input', () => PreviewPlanInput) input: PreviewPlanInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PlanPreviewValue>> {
    const now = context.clock.now();
    try {
      const result = await previewPlan(context.database, (tx) => take(context, tx, input), now);
      return { result, userErrors: [] };
    } catch (error) {
      return { result: null, userErrors: errorsOf(error) };
    }
  }
}

/** Takes the one step that the input names, as its mutation would. */
async function take(context: RequestContext, plain: Tx, input: PreviewPlanInput): Promise<PlanStep> {
  const { create, change, closePlanId } = input;
  const now = context.clock.now();
  const tx: MutationTx = { ...plain, loaders: new LoaderCache({ sql: plain, actor: context.actor, now }) };
  const steps = [create, change, closePlanId].filter((step) => step != null);
  if (steps.length !== 1)
    throw new Refusal([invalid(['input'], 'Give one of create, change and closePlanId.')]);
  if (create != null) {
    const plan = await createPlan(tx, await toNewPlan(context, tx, create), now);
    return { plan, takesEffectAt: plan.opensAt };
  }
  if (change != null) return changePlan(tx, await toPlanChange(context, tx, change), now);
  const { id } = await toOwnPlan(context, tx, closePlanId as string);
  const plan = await closePlan(tx, id, now);
  return { plan, takesEffectAt: plan.closesAt as Date };
}

/** What the mutation would refuse, with paths that begin in the step. */
function errorsOf(error: unknown): readonly UserErrorValue[] {
  if (error instanceof Refusal) return error.errors;
  const told = (CONFLICTS as Record<string, () => UserErrorValue>)[violatedConstraint(error) ?? ''];
  if (told === undefined) throw error;
  return [told()];
}
