import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { Blocked } from '../account/index.ts';
import { creatorById } from '../creator/index.ts';
import { approveSample, rejectSample, withdrawSample } from './answer-sample.ts';
import { quotaUsedUp, requestSample } from './request-sample.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import { sampleById } from './sample.loaders.ts';
import { SampleQuotaUsedUp, SampleRequest, SampleRequirementsUnmet } from './sample.types.ts';
import {
  SampleContentSubmitInput,
  SampleMoveInput,
  SampleRejectInput,
  SampleRequestInput,
  SampleShipInput,
} from './sample-input.types.ts';
import { receiveSample, shipSample } from './ship-sample.ts';
import { submitSampleContent } from './submit-sample-content.ts';

const payload = (mutation: string, ...own: Parameters<typeof payloadOf>[3] & object) =>
  payloadOf(mutation, 'sampleRequest', () => SampleRequest, own);
const RequestPayload = payload('sampleRequest', Blocked, SampleQuotaUsedUp, SampleRequirementsUnmet);
const ApprovePayload = payload('sampleApprove', Blocked, SampleQuotaUsedUp);
const RejectPayload = payload('sampleReject');
const WithdrawPayload = payload('sampleWithdraw');
const ShipPayload = payload('sampleShip');
const ReceivedPayload = payload('sampleReceived');
const SubmitPayload = payload('sampleContentSubmit');

const found = {
  idOf: ({ id }: SampleRequestRow) => id,
  find: (tx: MutationTx, id: string): Promise<SampleRequestRow | undefined> => tx.loaders.one(sampleById, id),
};

const conflict = (state: string, message: string) => (): UserErrorValue => ({
  __typename: 'StateConflict',
  message,
  path: ['input', 'productId'],
  state,
});
const NUMBER_REACHED = conflict(
  'NUMBER_REACHED',
  'The creator has had as many samples of the product as the brand gives to one.',
);

/** What the constraints of the database say to whoever runs into them. */
const CONSTRAINTS = {
  no_more_samples_than_the_quota: () => quotaUsedUp(['input']),
  one_open_sample_per_creator_and_product: conflict(
    'OPEN_ALREADY',
    'The creator has a request for a sample of the product that is not over.',
  ),
  samples_within_the_creators_number: NUMBER_REACHED,
  one_sample_per_place_of_a_creator: NUMBER_REACHED,
};

@Resolver()
export class SampleResolver {
  @Access(signedIn)
  @Mutation(() => RequestPayload, {
    description:
      "Asks for a sample. By the product's rule it is approved at once, or waits for the brand for 7 days.",
  })
  sampleRequest(
    @Arg('input', () => SampleRequestInput) input: SampleRequestInput,
    @Ctx() context: RequestContext,
  ) {
    const options = { ...found, operation: 'sampleRequest', input, constraints: CONSTRAINTS };
    const allows = ({ id }: { id: string }) => mayWrite(context.actor, id, 'cooperation:write');
    return mutate(context, options, async (tx) => {
      const naming = { field: 'creatorId', type: 'Creator', load: creatorById, allows };
      const { id: creatorId } = await namedRow(tx, input.creatorId, naming);
      const productId = idOfType(input.productId, 'Product') ?? NO_ID;
      const skuId = idOfType(input.skuId, 'Sku') ?? NO_ID;
      return requestSample(tx, { ...input, id: undefined, creatorId, productId, skuId }, context.clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => ApprovePayload, {
    description: 'Lets the creator have the sample; it takes one of the quota. For the brand.',
  })
  sampleApprove(@Arg('input', () => SampleMoveInput) input: SampleMoveInput, @Ctx() context: RequestContext) {
    return move(context, 'sampleApprove', 'brandId', input, approveSample);
  }

  @Access(signedIn)
  @Mutation(() => RejectPayload, {
    description: 'Refuses a request that waits, with a reason. For the brand.',
  })
  sampleReject(
    @Arg('input', () => SampleRejectInput) input: SampleRejectInput,
    @Ctx() context: RequestContext,
  ) {
    return move(context, 'sampleReject', 'brandId', input, (tx, requestId, now) =>
      rejectSample(tx, { requestId, reason: input.reason }, now),
    );
  }

  @Access(signedIn)
  @Mutation(() => WithdrawPayload, {
    description: 'Takes a request back before it is shipped. For the creator.',
  })
  sampleWithdraw(
    @Arg('input', () => SampleMoveInput) input: SampleMoveInput,
    @Ctx() context: RequestContext,
  ) {
    return move(context, 'sampleWithdraw', 'creatorId', input, withdrawSample);
  }

  @Access(signedIn)
  @Mutation(() => ShipPayload, {
    description: 'Says that the parcel was handed to a carrier. For the brand.',
  })
  sampleShip(@Arg('input', () => SampleShipInput) input: SampleShipInput, @Ctx() context: RequestContext) {
    const { carrier, trackingNumber } = input;
    return move(context, 'sampleShip', 'brandId', input, (tx, requestId, now) =>
      shipSample(tx, { requestId, carrier, trackingNumber }, now),
    );
  }

  @Access(signedIn)
  @Mutation(() => ReceivedPayload, {
    description: 'Says that the parcel has arrived: the days for content begin. For the creator.',
  })
  sampleReceived(
    @Arg('input', () => SampleMoveInput) input: SampleMoveInput,
    @Ctx() context: RequestContext,
  ) {
    return move(context, 'sampleReceived', 'creatorId', input, receiveSample);
  }

  @Access(signedIn)
  @Mutation(() => SubmitPayload, {
    description: 'Hands in content for a sample, which fulfils it, also when it is late. For the creator.',
  })
  sampleContentSubmit(
    @Arg('input', () => SampleContentSubmitInput) input: SampleContentSubmitInput,
    @Ctx() context: RequestContext,
  ) {
    const { title, url } = input;
    const liveSessionId =
      input.liveSessionId == null ? null : (idOfType(input.liveSessionId, 'LiveSession') ?? NO_ID);
    return move(context, 'sampleContentSubmit', 'creatorId', input, (tx, requestId, now) =>
      submitSampleContent(tx, { requestId, title, url, liveSessionId }, now),
    );
  }
}

type UseCase = (tx: MutationTx, requestId: string, now: Date) => Promise<SampleRequestRow>;

/** Runs a move for the side of the request that may make it; for everybody else there is no such request. */
function move(
  context: RequestContext,
  operation: string,
  side: 'brandId' | 'creatorId',
  input: SampleMoveInput,
  work: UseCase,
): Promise<Payload<SampleRequestRow>> {
  return mutate(context, { ...found, operation, input, constraints: CONSTRAINTS }, async (tx) => {
    const allows = (row: SampleRequestRow) => mayWrite(context.actor, row[side], 'cooperation:write');
    const naming = { field: 'sampleRequestId', type: 'SampleRequest', load: sampleById, allows };
    const { id } = await namedRow(tx, input.sampleRequestId, naming);
    return work(tx, id, context.clock.now());
  });
}
