import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText } from '../../graphql/money.ts';
import type { TaskKind } from './engagement.entity.ts';
import { TaskKindEnum } from './milestone.types.ts';

@InputType({ description: 'A task of a new engagement.' })
export class MilestoneInput {
  @Field(() => TaskKindEnum, { description: 'What kind of work it is.' })
  kind!: TaskKind;

  @Field(() => String, { description: 'What is to be delivered, 1 to 100 characters.' })
  title!: string;

  @Field(() => BigIntText, { description: "What it costs, in minor units of the brand's currency." })
  priceMinor!: bigint;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it is to be delivered: ahead, and within a year. Either this or `dueInDays`.',
  })
  dueAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days after the offer it is to be delivered, 1 to 365. Either this or `dueAt`.',
  })
  dueInDays?: number | null;
}

@InputType({ description: 'Work to offer to a creator or an agency.' })
export class EngagementOfferInput {
  @Field(() => ID, { description: 'The brand that orders and pays.' })
  brandId!: string;

  @Field(() => ID, { description: 'A creator, or an agency certified for CONTENT.' })
  providerId!: string;

  @Field(() => String, { description: 'What it is called, 1 to 100 characters.' })
  title!: string;

  @Field(() => String, { description: 'What is to be done, 1 to 5,000 characters.' })
  brief!: string;

  @Field(() => [ID], { defaultValue: [], description: 'Products of the brand that it is about, 20 at most.' })
  productIds!: string[];

  @Field(() => [MilestoneInput], { description: 'The tasks in their order, 1 to 20.' })
  milestones!: MilestoneInput[];

  @Field(() => Int, {
    defaultValue: 7,
    description: 'After how many days work that the brand does not answer counts as accepted, 1 to 30.',
  })
  reviewDays!: number;

  @Field(() => Int, {
    defaultValue: 2,
    description: 'How many times the brand may ask for changes of a milestone, 0 to 5.',
  })
  changeRounds!: number;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An offer to accept.' })
export class EngagementAcceptInput {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An offer not to take.' })
export class EngagementDeclineInput {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId!: string;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters.' })
  note?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An offer to take back.' })
export class EngagementWithdrawInput extends EngagementDeclineInput {}

@InputType({ description: 'Milestones to cancel.' })
export class EngagementCancelInput {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId!: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'These milestones only; all that are still to be delivered without.',
  })
  milestoneIds?: string[] | null;

  @Field(() => String, { description: 'Why, 1 to 500 characters.' })
  reason!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Work to hand in.' })
export class MilestoneDeliverInput {
  @Field(() => ID, { description: 'The milestone.' })
  milestoneId!: string;

  @Field(() => String, { description: 'What is to be said of it, 1 to 2,000 characters.' })
  note!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Where it is to be found: https addresses, 20 at most.',
  })
  links!: string[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Delivered work to accept.' })
export class MilestoneAcceptInput {
  @Field(() => ID, { description: 'The milestone.' })
  milestoneId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Changes to ask for.' })
export class MilestoneAskChangesInput {
  @Field(() => ID, { description: 'The milestone.' })
  milestoneId!: string;

  @Field(() => String, { description: 'What is to be changed, 1 to 2,000 characters.' })
  note!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Delivered work that the brand does not take.' })
export class MilestoneDisputeInput {
  @Field(() => ID, { description: 'The milestone.' })
  milestoneId!: string;

  @Field(() => String, { description: 'Why not, 1 to 2,000 characters.' })
  reason!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'How a dispute ends.' })
export class DisputeResolveInput {
  @Field(() => ID, { description: 'The milestone.' })
  milestoneId!: string;

  @Field(() => BigIntText, {
    description: 'What the provider gets, in minor units; the rest of the price goes back to the brand.',
  })
  toProviderMinor!: bigint;

  @Field(() => String, { description: 'Why, for both sides, 1 to 2,000 characters.' })
  reason!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}
