import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { creatorById } from '../creator/index.ts';
import { LiveSession, type LiveSessionRow, liveSessionById } from '../promotion/index.ts';
import { ownSession } from './cart.resolver.ts';
import { LiveViewersReportInput } from './figures.types.ts';
import { type LivePlanRow, livePlanById } from './plan.loaders.ts';
import {
  LivePlan,
  LivePlanChangeInput,
  type LivePlanContentInput,
  LivePlanCreateInput,
  LivePlanStartInput,
} from './plan.types.ts';
import { changePlan, type PlanContent, planSession, startPlanned } from './plan-session.ts';
import { reportViewers } from './report-viewers.ts';

const CreatePayload = payloadOf('livePlanCreate', 'livePlan', () => LivePlan);
const ChangePayload = payloadOf('livePlanChange', 'livePlan', () => LivePlan);
const StartPayload = payloadOf('livePlanStart', 'liveSession', () => LiveSession);
const ViewersPayload = payloadOf('liveViewersReport', 'liveSession', () => LiveSession);

const idOf = ({ id }: { id: string }): string => id;
const findPlan = (tx: MutationTx, id: string) => tx.loaders.one(livePlanById, id);
const findSession = (tx: MutationTx, id: string) => tx.loaders.one(liveSessionById, id);

@Resolver()
export class LivePlanResolver {
  @Access(signedIn)
  @Mutation(() => CreatePayload, { description: 'Makes the plan of a live session that is to come.' })
  livePlanCreate(
    @Arg('input', () => LivePlanCreateInput) input: LivePlanCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LivePlanRow>> {
    return mutate(context, { operation: 'livePlanCreate', input, idOf, find: findPlan }, async (tx) => {
      const now = context.clock.now();
      const allows = ({ id }: { id: string }) => mayWrite(context.actor, id, 'cooperation:write');
      const naming = { field: 'creatorId', type: 'Creator', load: creatorById, allows };
      const { id: creatorId } = await namedRow(tx, input.creatorId, naming);
      const id = await planSession(tx, { creatorId, content: toContent(input.content) }, now);
      return readAgain(tx, livePlanById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => ChangePayload, {
    description: 'Puts a new version of a plan beside those before; until its session has begun.',
  })
  livePlanChange(
    @Arg('input', () => LivePlanChangeInput) input: LivePlanChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LivePlanRow>> {
    return mutate(context, { operation: 'livePlanChange', input, idOf, find: findPlan }, async (tx) => {
      const plan = await ownPlan(tx, context, input.livePlanId);
      await changePlan(tx, plan.id, toContent(input.content), context.clock.now());
      return readAgain(tx, livePlanById, plan.id, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => StartPayload, {
    description: 'Begins the session of a plan, with what may be promoted of its merchandise in the cart.',
  })
  livePlanStart(
    @Arg('input', () => LivePlanStartInput) input: LivePlanStartInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveSessionRow>> {
    return mutate(context, { operation: 'livePlanStart', input, idOf, find: findSession }, async (tx) => {
      const plan = await ownPlan(tx, context, input.livePlanId);
      return startPlanned(tx, plan, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => ViewersPayload, { description: 'Says how many viewers a live session had.' })
  liveViewersReport(
    @Arg('input', () => LiveViewersReportInput) input: LiveViewersReportInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<LiveSessionRow>> {
    return mutate(context, { operation: 'liveViewersReport', input, idOf, find: findSession }, async (tx) => {
      const session = await ownSession(tx, context, input.liveSessionId);
      await reportViewers(tx, session.id, input, context.clock.now());
      return session;
    });
  }
}

const ownPlan = (tx: MutationTx, { actor }: RequestContext, id: string): Promise<LivePlanRow> =>
  namedRow(tx, id, {
    field: 'livePlanId',
    type: 'LivePlan',
    load: livePlanById,
    allows: ({ creatorId }) => mayWrite(actor, creatorId, 'cooperation:write'),
  });

const toContent = ({ merchandise, ...content }: LivePlanContentInput): PlanContent => ({
  ...content,
  merchandise: merchandise.map(({ productId, ...goods }) => ({
    ...goods,
    productId: idOfType(productId, 'Product') ?? NO_ID,
  })),
});
