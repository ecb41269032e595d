import { Field, ID, InputType, Int } from 'type-graphql';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText } from '../../graphql/money.ts';
import type { ContentWanted, SampleApproval, ShortFalls } from './sample.entity.ts';
import { ContentWantedEnum, SampleApprovalEnum, ShortFallsEnum } from './sample-enums.ts';

@InputType({
  description: 'Under what samples of a product are to be given. It replaces the rule that is live.',
})
export class SampleRuleSetInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => SampleApprovalEnum, { description: 'Who lets a creator have a sample.' })
  approval!: SampleApproval;

  @Field(() => ShortFallsEnum, {
    defaultValue: 'REVIEWED',
    description: 'What becomes of creators who fall short of the requirements.',
  })
  shortFalls!: ShortFalls;

  @Field(() => BigIntText, { defaultValue: 0n, description: 'The least followers.' })
  minFollowers!: bigint;

  @Field(() => BigIntText, {
    defaultValue: 0n,
    description: "The least GMV of 30 days, in minor units of the brand's currency.",
  })
  minGmvMinor!: bigint;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'The least orders of 30 days that their buyers have received.',
  })
  minCompletedOrders!: number;

  @Field(() => BigIntText, {
    nullable: true,
    description: "A dearer SKU is not given, in minor units of the brand's currency; no cap without.",
  })
  priceCapMinor?: bigint | null;

  @Field(() => Int, {
    description: 'How many samples are given under the rule at most, ever: 1 to 1,000,000.',
  })
  quota!: number;

  @Field(() => Int, {
    defaultValue: 1,
    description: 'How many samples of the product one creator gets at most, one after the other: 1 to 100.',
  })
  perCreator!: number;

  @Field(() => Int, { defaultValue: 7, description: 'Days in which the brand ships: 1 to 30.' })
  daysToShip!: number;

  @Field(() => Int, { defaultValue: 14, description: 'Days after arrival in which content is due: 1 to 90.' })
  daysForContent!: number;

  @Field(() => ContentWantedEnum, { defaultValue: 'ANY', description: 'What content the brand wants.' })
  contentWanted!: ContentWanted;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A rule under which no more samples are to be given.' })
export class SampleRuleCloseInput {
  @Field(() => ID, { description: 'The rule.' })
  sampleRuleId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({
  description:
    'Where a sample is to be sent. The brand reads it from its approval on until the request is over.',
})
export class SampleAddressInput {
  @Field(() => String, { description: 'Who receives it, 1 to 100 characters.' })
  recipient!: string;

  @Field(() => String, { description: 'The phone number that the carrier may call.' })
  phone!: string;

  @Field(() => String, { description: 'Province, city and district, 1 to 200 characters.' })
  region!: string;

  @Field(() => [String], {
    description: 'Street, house and the like: 1 to 4 lines of at most 200 characters.',
  })
  lines!: string[];
}

@InputType({ description: 'A sample to ask for.' })
export class SampleRequestInput {
  @Field(() => ID, { description: 'The creator who asks.' })
  creatorId!: string;

  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => ID, { description: 'The option of the product.' })
  skuId!: string;

  @Field(() => SampleAddressInput, { description: 'Where it is to be sent.' })
  address!: SampleAddressInput;

  @Field(() => String, { defaultValue: '', description: 'A word to the brand, at most 500 characters.' })
  message!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A request for a sample to move on.' })
export class SampleMoveInput {
  @Field(() => ID, { description: 'The request.' })
  sampleRequestId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A request for a sample to refuse.' })
export class SampleRejectInput extends SampleMoveInput {
  @Field(() => String, { description: 'Why, for the creator to read: 1 to 500 characters.' })
  reason!: string;
}

@InputType({ description: 'A sample that was handed to a carrier.' })
export class SampleShipInput extends SampleMoveInput {
  @Field(() => String, { description: 'Who carries it, 1 to 60 characters.' })
  carrier!: string;

  @Field(() => String, { description: 'The number of the parcel with the carrier, 1 to 60 characters.' })
  trackingNumber!: string;
}

@InputType({ description: 'Content for a sample: a video or a live session.' })
export class SampleContentSubmitInput extends SampleMoveInput {
  @Field(() => String, { description: 'Its title, 1 to 200 characters.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The address of the video: https, at most 500 characters.',
  })
  url?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The creator's live session, begun after the sample was shipped.",
  })
  liveSessionId?: string | null;
}
