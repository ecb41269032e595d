import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, operatorsOnly, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { acceptDelivery, askChanges, disputeDelivery } from './answer-delivery.ts';
import { deliverMilestone } from './deliver-milestone.ts';
import type { EngagementSide } from './engagement.entity.ts';
import { sidesOf } from './engagement.resolver.ts';
import {
  DisputeResolveInput,
  MilestoneAcceptInput,
  MilestoneAskChangesInput,
  MilestoneDeliverInput,
  MilestoneDisputeInput,
} from './engagement-inputs.types.ts';
import { milestoneById, type ReadMilestone } from './milestone.loaders.ts';
import { EngagementMilestone } from './milestone.types.ts';
import { resolveDispute } from './resolve-dispute.ts';

const result = () => EngagementMilestone;
const DeliverPayload = payloadOf('milestoneDeliver', 'milestone', result);
const AcceptPayload = payloadOf('milestoneAccept', 'milestone', result);
const AskChangesPayload = payloadOf('milestoneAskChanges', 'milestone', result);
const DisputePayload = payloadOf('milestoneDispute', 'milestone', result);
const ResolvePayload = payloadOf('disputeResolve', 'milestone', result);

type Answer = Promise<Payload<ReadMilestone>>;

@Resolver()
export class MilestoneResolver {
  @Access(signedIn)
  @Mutation(() => DeliverPayload, {
    description: 'Hands in the work of a milestone, which the brand then answers.',
  })
  milestoneDeliver(
    @Arg('input', () => MilestoneDeliverInput) input: MilestoneDeliverInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'milestoneDeliver', input, 'PROVIDER', (tx, milestone, now) =>
      deliverMilestone(tx, { milestone, note: input.note, links: input.links }, now),
    );
  }

  @Access(signedIn)
  @Mutation(() => AcceptPayload, {
    description: 'Takes delivered work: its price is released to the provider.',
  })
  milestoneAccept(
    @Arg('input', () => MilestoneAcceptInput) input: MilestoneAcceptInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'milestoneAccept', input, 'BRAND', acceptDelivery);
  }

  @Access(signedIn)
  @Mutation(() => AskChangesPayload, {
    description: 'Gives delivered work back with what is to be changed, as often as was agreed.',
  })
  milestoneAskChanges(
    @Arg('input', () => MilestoneAskChangesInput) input: MilestoneAskChangesInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'milestoneAskChanges', input, 'BRAND', (tx, milestone, now) =>
      askChanges(tx, milestone, input.note, now),
    );
  }

  @Access(signedIn)
  @Mutation(() => DisputePayload, {
    description: 'Does not take delivered work: an operator decides, and the price stays held until then.',
  })
  milestoneDispute(
    @Arg('input', () => MilestoneDisputeInput) input: MilestoneDisputeInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'milestoneDispute', input, 'BRAND', (tx, milestone, now) =>
      disputeDelivery(tx, milestone, input.reason, now),
    );
  }

  @Access(operatorsOnly)
  @Mutation(() => ResolvePayload, {
    description:
      'Ends a dispute: a part of the price to the provider, the rest back to the brand. For operators.',
  })
  disputeResolve(
    @Arg('input', () => DisputeResolveInput) input: DisputeResolveInput,
    @Ctx() context: RequestContext,
  ): Answer {
    const { toProviderMinor, reason } = input;
    return write(context, 'disputeResolve', input, 'BRAND', (tx, milestone, now) =>
      resolveDispute(tx, { milestone, toProviderMinor, reason }, now),
    );
  }
}

/** Runs a use case on the milestone that the input names, which is found only by who may act for the side. */
function write(
  context: RequestContext,
  operation: string,
  input: { readonly idempotencyKey: string; readonly milestoneId: string },
  side: EngagementSide,
  work: (tx: MutationTx, milestone: ReadMilestone, now: Date) => Promise<void>,
): Answer {
  const find = (tx: MutationTx, id: string) => tx.loaders.one(milestoneById, id);
  return mutate<ReadMilestone>(context, { operation, input, idOf: ({ id }) => id, find }, async (tx) => {
    const now = context.clock.now();
    const milestone = await namedRow(tx, input.milestoneId, {
      field: 'milestoneId',
      type: 'EngagementMilestone',
      load: milestoneById,
      allows: (row) => sidesOf(context.actor, row).includes(side),
    });
    await work(tx, milestone, now);
    tx.loaders.renew(now);
    return (await find(tx, milestone.id)) as ReadMilestone;
  });
}
