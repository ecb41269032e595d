import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { type Actor, mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { Blocked } from '../account/index.ts';
import { AgencyNotCertified, agencyById } from '../agency/index.ts';
import { brandById } from '../brand/index.ts';
import { creatorById } from '../creator/index.ts';
import { acceptOffer, endOffer } from './answer-offer.ts';
import { cancelEngagement } from './cancel-engagement.ts';
import type { EngagementSide, ProviderKind } from './engagement.entity.ts';
import { engagementById, type ReadEngagement } from './engagement.loaders.ts';
import { Engagement } from './engagement.types.ts';
import {
  EngagementAcceptInput,
  EngagementCancelInput,
  EngagementDeclineInput,
  EngagementOfferInput,
  EngagementWithdrawInput,
} from './engagement-inputs.types.ts';
import { offerEngagement } from './offer-engagement.ts';

const result = () => Engagement;
const OfferPayload = payloadOf('engagementOffer', 'engagement', result, [Blocked, AgencyNotCertified]);
const AcceptPayload = payloadOf('engagementAccept', 'engagement', result, [Blocked, AgencyNotCertified]);
const DeclinePayload = payloadOf('engagementDecline', 'engagement', result);
const WithdrawPayload = payloadOf('engagementWithdraw', 'engagement', result);
const CancelPayload = payloadOf('engagementCancel', 'engagement', result);

type Answer = Promise<Payload<ReadEngagement>>;

@Resolver()
export class EngagementResolver {
  @Access(signedIn)
  @Mutation(() => OfferPayload, {
    description: 'Offers work to a creator or an agency, which has 7 days to answer.',
  })
  engagementOffer(
    @Arg('input', () => EngagementOfferInput) input: EngagementOfferInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'engagementOffer', input, async (tx, now) => {
      const brand = await namedRow(tx, input.brandId, {
        field: 'brandId',
        type: 'Brand',
        load: brandById,
        allows: ({ id }) => mayWrite(context.actor, id, 'cooperation:write'),
      });
      const provider = await namedProvider(tx, input.providerId);
      const productIds = input.productIds.map((id) => idOfType(id, 'Product') ?? NO_ID);
      const { currency, id: brandId } = brand;
      return offerEngagement(tx, { ...input, ...provider, brandId, currency, productIds }, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => AcceptPayload, {
    description: 'Takes the work that is offered. From then on the price of each milestone is held.',
  })
  engagementAccept(
    @Arg('input', () => EngagementAcceptInput) input: EngagementAcceptInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'engagementAccept', input, async (tx, now) => {
      const engagement = await namedEngagement(tx, context.actor, input, ['PROVIDER']);
      await acceptOffer(tx, engagement, now);
      return engagement.id;
    });
  }

  @Access(signedIn)
  @Mutation(() => DeclinePayload, { description: 'Does not take the work that is offered.' })
  engagementDecline(
    @Arg('input', () => EngagementDeclineInput) input: EngagementDeclineInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'engagementDecline', input, async (tx, now) => {
      const { id } = await namedEngagement(tx, context.actor, input, ['PROVIDER']);
      await endOffer(tx, { id, answer: 'DECLINED', note: input.note ?? null }, now);
      return id;
    });
  }

  @Access(signedIn)
  @Mutation(() => WithdrawPayload, { description: 'Takes back an offer that was not answered.' })
  engagementWithdraw(
    @Arg('input', () => EngagementWithdrawInput) input: EngagementWithdrawInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'engagementWithdraw', input, async (tx, now) => {
      const { id } = await namedEngagement(tx, context.actor, input, ['BRAND']);
      await endOffer(tx, { id, answer: 'WITHDRAWN', note: input.note ?? null }, now);
      return id;
    });
  }

  @Access(signedIn)
  @Mutation(() => CancelPayload, {
    description:
      'Cancels work before it is delivered: at once where it is overdue for the brand or the other side has asked ' +
      'for the same; else it asks the other side. An operator needs nobody.',
  })
  engagementCancel(
    @Arg('input', () => EngagementCancelInput) input: EngagementCancelInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return write(context, 'engagementCancel', input, async (tx, now) => {
      const engagement = await namedEngagement(tx, context.actor, input, ['BRAND', 'PROVIDER']);
      const given = input.milestoneIds?.map((id) => idOfType(id, 'EngagementMilestone') ?? NO_ID);
      const milestoneIds = given === undefined ? null : [...new Set(given)];
      const by = sidesOf(context.actor, engagement);
      await cancelEngagement(
        tx,
        { engagementId: engagement.id, milestoneIds, reason: input.reason, by },
        now,
      );
      return engagement.id;
    });
  }
}

/** Runs a use case that gives the id of the engagement, and reads it as it stands then. */
function write(
  context: RequestContext,
  operation: string,
  input: { readonly idempotencyKey: string },
  work: (tx: MutationTx, now: Date) => Promise<string>,
): Answer {
  const find = (tx: MutationTx, id: string) => tx.loaders.one(engagementById, id);
  return mutate<ReadEngagement>(context, { operation, input, idOf: ({ id }) => id, find }, async (tx) => {
    const now = context.clock.now();
    const id = await work(tx, now);
    tx.loaders.renew(now);
    return (await find(tx, id)) as ReadEngagement;
  });
}

/** The sides of an engagement that the caller may act for. */
export function sidesOf(actor: Actor, row: { brandId: string; providerId: string }): EngagementSide[] {
  const sides: EngagementSide[] = [];
  if (mayWrite(actor, row.brandId, 'cooperation:write')) sides.push('BRAND');
  if (mayWrite(actor, row.providerId, 'cooperation:write')) sides.push('PROVIDER');
  return sides;
}

/** The engagement that the input names, which is found only by who may act for one of these sides. */
const namedEngagement = (
  tx: MutationTx,
  actor: Actor,
  { engagementId }: { readonly engagementId: string },
  sides: readonly EngagementSide[],
): Promise<ReadEngagement> =>
  namedRow(tx, engagementId, {
    field: 'engagementId',
    type: 'Engagement',
    load: engagementById,
    allows: (row) => sidesOf(actor, row).some((side) => sides.includes(side)),
  });

async function namedProvider(tx: MutationTx, globalId: string) {
  const creator = idOfType(globalId, 'Creator');
  const agency = idOfType(globalId, 'Agency');
  const found = creator
    ? await tx.loaders.one(creatorById, creator)
    : await tx.loaders.one(agencyById, agency ?? NO_ID);
  if (found === undefined) throw unknown(['input', 'providerId'], 'creator or agency');
  const providerKind: ProviderKind = creator ? 'CREATOR' : 'AGENCY';
  return { providerId: found.id, providerKind };
}
