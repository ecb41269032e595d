import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { type Actor, mayWrite, partyIds } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { Blocked } from '../account/index.ts';
import { AgencyNotCertified } from '../agency/index.ts';
import { brandById } from '../brand/index.ts';
import { findBatch } from './answer-batch.ts';
import { enrolmentSides, seesCampaign, seesEnrolment } from './campaign.access.ts';
import { campaignById } from './campaign.loaders.ts';
import { ownCampaign } from './campaign.resolver.ts';
import { changeEnrolment } from './change-enrolment.ts';
import { enrolProducts } from './enrol-products.ts';
import { enrolmentById, faultsOfEnrolment, type ReadEnrolment } from './enrolment.loaders.ts';
import {
  AlreadyEnrolled,
  type Answer,
  type Batch,
  CampaignFull,
  Committed,
  Enrolment,
  EnrolmentAnswer,
  EnrolmentBatch,
  EnrolmentFaultEnum,
  ProductUnfit,
  RejectedForGood,
} from './enrolment.types.ts';
import {
  EnrolmentChangeInput,
  EnrolmentInput,
  EnrolmentReenrolInput,
  EnrolmentsCreateInput,
  EnrolmentsReviewInput,
} from './enrolment-input.types.ts';
import { type Acting, agreeToLeave, declineToLeave, leaveEnrolment } from './leave-enrolment.ts';
import { reenrolProduct } from './reenrol-product.ts';
import { reviewEnrolments } from './review-enrolments.ts';
import { withdrawEnrolment } from './withdraw-enrolment.ts';

const CreatePayload = payloadOf('enrolmentsCreate', 'enrolled', () => EnrolmentBatch, [
  AlreadyEnrolled,
  Blocked,
  CampaignFull,
  ProductUnfit,
  RejectedForGood,
]);
const ReviewPayload = payloadOf('enrolmentsReview', 'reviewed', () => EnrolmentBatch, [
  AgencyNotCertified,
  CampaignFull,
  ProductUnfit,
]);
const WithdrawPayload = payloadOf('enrolmentWithdraw', 'enrolment', () => Enrolment);
const ChangePayload = payloadOf('enrolmentChange', 'enrolment', () => Enrolment, [Committed, ProductUnfit]);
const LeavePayload = payloadOf('enrolmentLeave', 'enrolment', () => Enrolment);
const AgreePayload = payloadOf('enrolmentLeaveAgree', 'enrolment', () => Enrolment);
const DeclinePayload = payloadOf('enrolmentLeaveDecline', 'enrolment', () => Enrolment);
const ReenrolPayload = payloadOf('enrolmentReenrol', 'enrolment', () => Enrolment, [
  AgencyNotCertified,
  Blocked,
  CampaignFull,
]);

@Resolver(() => EnrolmentAnswer)
export class EnrolmentAnswerResolver {
  @FieldResolver(() => Enrolment, {
    nullable: true,
    description: 'The enrolment, where there is one that is open to the caller.',
  })
  async enrolment(@Root() { enrolmentId }: Answer, @Ctx() { loaders, actor }: RequestContext) {
    const row = enrolmentId === null ? undefined : await loaders.one(enrolmentById, enrolmentId);
    return row !== undefined && seesEnrolment(actor, row) ? row : null;
  }
}

@Resolver(() => Enrolment)
export class EnrolmentResolver {
  @Access(enrolmentSides)
  @FieldResolver(() => [EnrolmentFaultEnum], {
    description:
      'In what it does not fit the campaign now; nothing once it is not, or no longer, in it. For its sides.',
  })
  async invalidBecause(@Root() { id }: ReadEnrolment, @Ctx() { loaders }: RequestContext) {
    return (await loaders.one(faultsOfEnrolment, id))?.because ?? [];
  }

  @Access(signedIn)
  @Mutation(() => CreatePayload, {
    description: 'Enrols up to 500 products of a brand in a campaign. Each is answered by itself.',
  })
  enrolmentsCreate(
    @Arg('input', () => EnrolmentsCreateInput) input: EnrolmentsCreateInput,
    @Ctx() context: RequestContext,
  ) {
    const options = { ...batch, constraints: TWICE, operation: 'enrolmentsCreate', input };
    return mutate(context, options, async (tx) => {
      const { actor } = context;
      const brand = await namedRow(tx, input.brandId, {
        field: 'brandId',
        type: 'Brand',
        load: brandById,
        allows: ({ id }) => mayWrite(actor, id, 'cooperation:write'),
      });
      const campaign = await namedRow(tx, input.campaignId, {
        field: 'campaignId',
        type: 'RecruitingCampaign',
        load: campaignById,
        allows: (row) => seesCampaign(actor, row),
      });
      const products = input.products.map(({ productId, commissionRate, serviceFeeRate }) => ({
        productId: idOfType(productId, 'Product') ?? NO_ID,
        commissionBp: commissionRate,
        serviceFeeBp: serviceFeeRate,
      }));
      return enrolProducts(tx, { campaignId: campaign.id, brandId: brand.id }, products, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => ReviewPayload, {
    description: 'Decides on up to 500 enrolments of a campaign. Each is answered by itself.',
  })
  enrolmentsReview(
    @Arg('input', () => EnrolmentsReviewInput) input: EnrolmentsReviewInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, { ...batch, operation: 'enrolmentsReview', input }, async (tx) => {
      const campaign = await ownCampaign(tx, context, input.campaignId);
      const reviews = input.decisions.map(({ enrolmentId, decision, note }) => ({
        enrolmentId: idOfType(enrolmentId, 'Enrolment') ?? NO_ID,
        decision,
        note: note ?? null,
      }));
      return reviewEnrolments(tx, campaign.id, reviews, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => WithdrawPayload, {
    description: 'Takes back an enrolment that the agency has not decided on.',
  })
  enrolmentWithdraw(
    @Arg('input', () => EnrolmentInput) input: EnrolmentInput,
    @Ctx() context: RequestContext,
  ) {
    const mayAct = ({ brandId }: ReadEnrolment) => mayWrite(context.actor, brandId, 'cooperation:write');
    return act(context, 'enrolmentWithdraw', input, mayAct, withdrawEnrolment);
  }

  @Access(signedIn)
  @Mutation(() => ChangePayload, {
    description:
      'Changes the rates of an enrolment: the brand those of its own, a second-level agency its part of the fee. ' +
      'What costs the other side takes effect at the next midnight, everything else at once.',
  })
  enrolmentChange(
    @Arg('input', () => EnrolmentChangeInput) input: EnrolmentChangeInput,
    @Ctx() context: RequestContext,
  ) {
    const mayAct = ({ brandId, agencyId, parentId }: ReadEnrolment) =>
      mayWrite(context.actor, parentId == null ? brandId : agencyId, 'cooperation:write');
    const rates = { commissionBp: input.commissionRate, serviceFeeBp: input.serviceFeeRate };
    return act(context, 'enrolmentChange', input, mayAct, (tx, row, now) =>
      changeEnrolment(tx, row, rates, now),
    );
  }

  @Access(signedIn)
  @Mutation(() => LeavePayload, {
    description:
      'Ends an enrolment at the next midnight. Where that takes the consent of others, it asks them: `leaveAskedAt` is then set.',
  })
  enrolmentLeave(@Arg('input', () => EnrolmentInput) input: EnrolmentInput, @Ctx() context: RequestContext) {
    return act(context, 'enrolmentLeave', input, anybody, withParties(context.actor, leaveEnrolment));
  }

  @Access(signedIn)
  @Mutation(() => AgreePayload, {
    description: 'Agrees that an enrolment ends, as another party of it has asked.',
  })
  enrolmentLeaveAgree(
    @Arg('input', () => EnrolmentInput) input: EnrolmentInput,
    @Ctx() context: RequestContext,
  ) {
    return act(context, 'enrolmentLeaveAgree', input, anybody, withParties(context.actor, agreeToLeave));
  }

  @Access(signedIn)
  @Mutation(() => DeclinePayload, {
    description: 'Declines that an enrolment ends, or takes the own wish back: it goes on.',
  })
  enrolmentLeaveDecline(
    @Arg('input', () => EnrolmentInput) input: EnrolmentInput,
    @Ctx() context: RequestContext,
  ) {
    return act(context, 'enrolmentLeaveDecline', input, anybody, withParties(context.actor, declineToLeave));
  }

  @Access(signedIn)
  @Mutation(() => ReenrolPayload, {
    description:
      "Takes a product that is in another agency's campaign into one's own, for a part of the first agency's fee.",
  })
  enrolmentReenrol(
    @Arg('input', () => EnrolmentReenrolInput) input: EnrolmentReenrolInput,
    @Ctx() context: RequestContext,
  ) {
    const options = { ...found, constraints: TWICE, operation: 'enrolmentReenrol', input };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const first = await visible(tx, context.actor, input.enrolmentId, anybody);
      const campaign = await ownCampaign(tx, context, input.campaignId);
      const reenrolment = { campaignId: campaign.id, serviceFeeBp: input.serviceFeeRate };
      return read(tx, await reenrolProduct(tx, first, reenrolment, now), now);
    });
  }
}

type UseCase = (tx: MutationTx, enrolment: ReadEnrolment, now: Date) => Promise<void>;
type Allows = (row: ReadEnrolment) => boolean;

const anybody: Allows = () => true;

/** Runs a use case on an enrolment that the caller sees and may act on, and gives it as it is then. */
function act(
  context: RequestContext,
  operation: string,
  input: EnrolmentInput,
  mayAct: Allows,
  work: UseCase,
) {
  return mutate(context, { ...found, operation, input }, async (tx) => {
    const now = context.clock.now();
    const row = await visible(tx, context.actor, input.enrolmentId, mayAct);
    await work(tx, row, now);
    return read(tx, row.id, now);
  });
}

/** Use cases that are for parties of the enrolment alone, not for operators: they agree with each other. */
function withParties(
  actor: Actor,
  work: (tx: MutationTx, enrolment: ReadEnrolment, acting: Acting, now: Date) => Promise<void>,
): UseCase {
  const acting = partyIds(actor).filter((id) => mayWrite(actor, id, 'cooperation:write'));
  return (tx, enrolment, now) => work(tx, enrolment, acting, now);
}

const visible = (tx: MutationTx, actor: Actor, id: string, mayAct: Allows): Promise<ReadEnrolment> =>
  namedRow(tx, id, {
    field: 'enrolmentId',
    type: 'Enrolment',
    load: enrolmentById,
    allows: (row) => seesEnrolment(actor, row) && mayAct(row),
  });

async function read(tx: MutationTx, id: string, now: Date): Promise<ReadEnrolment> {
  tx.loaders.renew(now);
  return (await tx.loaders.one(enrolmentById, id)) as ReadEnrolment;
}

const found = {
  idOf: ({ id }: ReadEnrolment) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(enrolmentById, id),
};

const batch = { idOf: ({ id }: Batch) => id, find: findBatch };

/** What the database says when the product has come into the campaign by another way. */
const TWICE = {
  one_live_enrolment_or_a_refusal_for_good: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'The product is in the campaign already.',
    path: ['input'],
    state: 'ENROLLED',
  }),
};
