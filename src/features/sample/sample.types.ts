import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { BigIntText, Computed, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import { visibleAddress, visibleSample, visibleSampleRule } from './sample.access.ts';
import type { ContentWanted, SampleApproval, SampleRequirement, ShortFalls } from './sample.entity.ts';
import {
  type ReadAddress,
  type ReadSample,
  type ReadSampleRule,
  sampleById,
  sampleRuleById,
} from './sample.loaders.ts';
import {
  ContentWantedEnum,
  FulfilledByEnum,
  SampleApprovalEnum,
  SampleRequirementEnum,
  SampleStateEnum,
  ShortFallsEnum,
} from './sample-enums.ts';
import { isLate } from './sample-life.ts';
import type { SampleState } from './sample-state.ts';

@Access(visibleSampleRule)
@ObjectType({
  implements: Node,
  description: 'Under what a brand gives samples of a product. A change closes it and opens another.',
})
export class SampleRule
  extends Node
  implements
    Pick<ReadSampleRule, 'approval' | 'shortFalls' | 'minFollowers' | 'quota' | 'perCreator' | 'createdAt'>
{
  @Field(() => SampleApprovalEnum, { description: 'Who lets a creator have a sample.' })
  approval!: SampleApproval;

  @Field(() => ShortFallsEnum, {
    description: 'What becomes of creators who fall short of the requirements.',
  })
  shortFalls!: ShortFalls;

  @Field(() => BigIntText, { description: 'The least followers.' })
  minFollowers!: bigint;

  @MoneyField('minGmvMinor', { description: "The least GMV of 30 days, in the brand's currency." })
  minGmv!: unknown;

  @Computed(({ minOrders }: ReadSampleRule) => minOrders)
  @Field(() => Int, { description: 'The least orders of 30 days that their buyers have received.' })
  minCompletedOrders!: number;

  @MoneyField('priceCapMinor', {
    nullable: true,
    description: 'A dearer SKU is not given; null without a cap.',
  })
  priceCap!: unknown;

  @Field(() => Int, { description: 'How many samples are given under the rule at most, ever.' })
  quota!: number;

  @Computed(({ quota, taken }: ReadSampleRule) => quota - taken)
  @Field(() => Int, { description: 'How many are left.' })
  left!: number;

  @Field(() => Int, {
    description: 'How many samples of the product one creator gets at most, one after the other.',
  })
  perCreator!: number;

  @Computed(({ shipDays }: ReadSampleRule) => shipDays)
  @Field(() => Int, { description: 'Days in which the brand ships.' })
  daysToShip!: number;

  @Computed(({ contentDays }: ReadSampleRule) => contentDays)
  @Field(() => Int, { description: 'Days after arrival in which content is due.' })
  daysForContent!: number;

  @Field(() => ContentWantedEnum, { description: 'What content the brand wants.' })
  contentWanted!: ContentWanted;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when samples are offered under it.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was closed; null while it is live.',
  })
  closedAt?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'The figures of a creator at the moment of asking for a sample.' })
export class SampleFigures {
  @Field(() => BigIntText, { description: 'How many followed the creator.' })
  followers!: bigint;

  @MoneyField('gmvMinor', {
    description: "What buyers had paid in 30 days, in the brand's currency, cancelled lines left out.",
  })
  gmv!: unknown;

  @Field(() => Int, { description: 'Orders of 30 days that their buyers had received.' })
  completedOrders!: number;

  @Field(() => Int, {
    description: 'Samples that had become overdue in 90 days; with 3 nothing is approved automatically.',
  })
  overdueSamples!: number;

  @Field(() => [SampleRequirementEnum], { description: 'The requirements that the creator fell short of.' })
  shortOf!: readonly SampleRequirement[];
}

@Access(visibleSample)
@ObjectType({
  implements: Node,
  description: 'A request of a creator for a sample 申样, and what became of it.',
})
export class SampleRequest
  extends Node
  implements Pick<ReadSample, 'state' | 'message' | 'askedAt' | 'answerDueAt'>
{
  @Field(() => SampleStateEnum, { description: 'Where it is.' })
  state!: SampleState;

  @Field(() => String, { description: 'What the creator wrote to the brand.' })
  message!: string;

  @Computed((row: ReadSample) => row)
  @Field(() => SampleFigures, { description: 'The figures of the creator at the moment of asking.' })
  figures!: SampleFigures;

  @Field(() => ContentWantedEnum, { description: 'What content was agreed.' })
  contentWanted!: ContentWanted;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  askedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when the brand may answer.' })
  answerDueAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was approved.' })
  approvedAt?: Date | null;

  @Field(() => Boolean, { description: 'Whether the rule approved it, and not a person.' })
  automatic!: boolean;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when the brand may ship.' })
  shipDueAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was shipped.' })
  shippedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Who carries the parcel.' })
  carrier?: string | null;

  @Field(() => String, { nullable: true, description: 'The number of the parcel with its carrier.' })
  trackingNumber?: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when on the parcel counts as arrived.',
  })
  arrivalDueAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it arrived, or counted as arrived.' })
  arrivedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'By when content is due.' })
  contentDueAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the date for content passed without any.',
  })
  overdueAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was fulfilled.' })
  fulfilledAt?: Date | null;

  @Field(() => FulfilledByEnum, { nullable: true, description: 'What fulfilled it.' })
  fulfilledBy?: 'CONTENT' | 'ORDER' | null;

  @Computed(isLate)
  @Field(() => Boolean, { description: 'Whether it was fulfilled after its date.' })
  late!: boolean;

  @Field(() => String, { nullable: true, description: 'The title of the content.' })
  contentTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'The address of the video.' })
  contentUrl?: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was rejected, withdrawn or not shipped in time.',
  })
  endedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or given up.' })
  reason?: string | null;
}

@Access(visibleAddress)
@ObjectType({
  description: 'Where a sample is sent: for the creator, and for who ships it while it is to be shipped.',
})
export class SampleAddress implements Pick<ReadAddress, 'recipient' | 'phone' | 'region'> {
  @Field(() => String, { description: 'Who receives it.' })
  recipient!: string;

  @Field(() => String, { description: 'The phone number that the carrier may call.' })
  phone!: string;

  @Field(() => String, { description: 'Province, city and district.' })
  region!: string;

  @Field(() => [String], { description: 'Street, house and the like.' })
  lines!: readonly string[];
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The samples under the rule have all been given away.' })
export class SampleQuotaUsedUp extends UserError {}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The creator falls short of what the brand asks for.' })
export class SampleRequirementsUnmet extends UserError {
  @Field(() => [SampleRequirementEnum], { description: 'The requirements that are not met.' })
  shortOf!: SampleRequirement[];
}

@ArgsType()
export class SampleRequestArgs extends PageArgs {
  @Field(() => SampleStateEnum, { nullable: true, description: 'Only requests in this state.' })
  state?: SampleState | null;
}

nodeType(SampleRule, sampleRuleById);
nodeType(SampleRequest, sampleById);
