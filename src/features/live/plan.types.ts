import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { hostSide } from './live.access.ts';
import {
  type HighlightValue,
  type LiveAudience,
  type LivePlanRow,
  type LivePlanVersionRow,
  livePlanById,
  type MerchandiseRow,
} from './plan.loaders.ts';

const LiveAudienceEnum = declareEnum<LiveAudience>(
  'LiveAudience',
  'For whom something of a live session is meant.',
  {
    EVERYBODY: 'For every viewer.',
    NEW_FANS: 'For new fans, to win them.',
    OLD_FANS: 'For old fans, to keep them.',
  },
);

@Access(hostSide)
@ObjectType({ implements: Node, description: 'The plan of a live session, made before it begins (STAGE).' })
export class LivePlan extends Node implements Pick<LivePlanRow, 'createdAt'> {
  @Field(() => GraphQLDateTimeISO, { description: 'When it was first made.' })
  createdAt!: Date;
}

@Access(withParent)
@ObjectType({ description: 'A highlight of a planned session.' })
export class LivePlanHighlight implements HighlightValue {
  @Field(() => Int, { description: 'How many minutes after the start.' })
  minute!: number;

  @Field(() => String, { description: 'What happens.' })
  text!: string;
}

@Access(withParent)
@ObjectType({ description: 'A version of the plan of a live session. It is never edited.' })
export class LivePlanVersion
  implements Pick<LivePlanVersionRow, 'version' | 'title' | 'startsAt' | 'plannedMinutes' | 'madeAt'>
{
  @Field(() => Int, { description: 'Its number, from 1.' })
  version!: number;

  @Field(() => String, { description: 'The title of the session.' })
  title!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When the session is to begin.' })
  startsAt!: Date;

  @Field(() => Int, { description: 'How many minutes it is to last.' })
  plannedMinutes!: number;

  @MoneyField('budgetMinor', { description: 'What is to be spent on traffic.' })
  trafficBudget!: unknown;

  @Field(() => [String], { description: 'What viewers are given, at most 20.' })
  gifts!: readonly string[];

  @Field(() => [LivePlanHighlight], { description: 'Its highlights, at most 20.' })
  highlights!: readonly HighlightValue[];

  @Field(() => GraphQLDateTimeISO, { description: 'When this version was made.' })
  madeAt!: Date;
}

@Access(withParent)
@ObjectType({ description: 'What a planned session is to sell.' })
export class LivePlanMerchandise implements Pick<MerchandiseRow, 'audience' | 'stock'> {
  @Field(() => LiveAudienceEnum, { description: 'For whom.' })
  audience!: LiveAudience;

  @MoneyField('priceMinor', { description: 'What one piece is to cost.' })
  price!: unknown;

  @Field(() => Int, { description: 'How many pieces.' })
  stock!: number;
}

@InputType({ description: 'What a planned session is to sell.' })
export class LivePlanMerchandiseInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => LiveAudienceEnum, { defaultValue: 'EVERYBODY', description: 'For whom.' })
  audience!: LiveAudience;

  @Field(() => BigIntText, {
    description: "What one piece is to cost, in minor units of the plan's currency.",
  })
  priceMinor!: bigint;

  @Field(() => Int, { description: 'How many pieces, from 1.' })
  stock!: number;
}

@InputType({ description: 'A highlight of a planned session.' })
export class LivePlanHighlightInput {
  @Field(() => Int, { description: 'How many minutes after the start.' })
  minute!: number;

  @Field(() => String, { description: 'What happens, 1 to 200 characters.' })
  text!: string;
}

@InputType({ description: 'What a plan of a live session says.' })
export class LivePlanContentInput {
  @Field(() => String, { description: 'The title of the session, 1 to 100 characters.' })
  title!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it is to begin.' })
  startsAt!: Date;

  @Field(() => Int, { description: 'How many minutes it is to last, 1 to 1440.' })
  plannedMinutes!: number;

  @Field(() => BigIntText, {
    defaultValue: 0n,
    description: "The traffic budget in minor units of the alliance's currency.",
  })
  trafficBudgetMinor!: bigint;

  @Field(() => [LivePlanMerchandiseInput], { description: 'What is to be sold, at most 200 in their order.' })
  merchandise!: LivePlanMerchandiseInput[];

  @Field(() => [String], { defaultValue: [], description: 'Gifts, at most 20 of 1 to 200 characters.' })
  gifts!: string[];

  @Field(() => [LivePlanHighlightInput], { defaultValue: [], description: 'Highlights, at most 20.' })
  highlights!: LivePlanHighlightInput[];
}

@InputType({ description: 'The plan of a live session.' })
export class LivePlanCreateInput {
  @Field(() => ID, { description: 'The creator.' })
  creatorId!: string;

  @Field(() => LivePlanContentInput, { description: 'What it says.' })
  content!: LivePlanContentInput;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'The plan that becomes a session.' })
export class LivePlanStartInput {
  @Field(() => ID, { description: 'The plan.' })
  livePlanId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A new version of a plan.' })
export class LivePlanChangeInput extends LivePlanStartInput {
  @Field(() => LivePlanContentInput, { description: 'All that it says from now on.' })
  content!: LivePlanContentInput;
}

nodeType(LivePlan, livePlanById);
