import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar } from '../../graphql/money.ts';
import type { PlanKind } from './plan.entity.ts';
import { PlanKindEnum } from './plan.types.ts';

@InputType({ description: 'A rate that a creator is to get from a number of settled lines on.' })
export class RateTierInput {
  @Field(() => Int, { description: 'After so many settled lines of the creator under the plan, 1 or more.' })
  afterLines!: number;

  @Field(() => BasisPointsScalar, { description: 'The commission from then on, higher than before.' })
  commissionRate!: number;
}

@InputType({ description: 'A plan as it is to be opened.' })
export class PlanDraftInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @Field(() => ID, { nullable: true, description: 'The product; left out for SHOP_TARGETED only.' })
  productId?: string | null;

  @Field(() => PlanKindEnum, { description: 'Whom it is for.' })
  kind!: PlanKind;

  @Field(() => String, { description: 'A title for it, 1 to 100 characters.' })
  title!: string;

  @Field(() => BasisPointsScalar, { description: 'The commission, 1 to 9000.' })
  commissionRate!: number;

  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'Another commission for orders won by a boost, 1 to 9000.',
  })
  boostCommissionRate?: number | null;

  @Field(() => [RateTierInput], {
    defaultValue: [],
    description: 'Higher rates after a number of settled lines: ten at most, counts and rates rising.',
  })
  tiers!: RateTierInput[];

  @Field(() => [ID], {
    defaultValue: [],
    description: 'The creators that it names; none for OPEN, at most 500.',
  })
  creatorIds!: string[];

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when it is open, within a year; at once when left out.',
  })
  opensAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when it is open; until it is closed when left out.',
  })
  closesAt?: Date | null;
}

@InputType({ description: 'A plan to open.' })
export class PlanCreateInput extends PlanDraftInput {
  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({
  description: 'What of a plan is to be different. What is left out stays as it is in force now.',
})
export class PlanEditInput {
  @Field(() => ID, { description: 'The plan.' })
  planId!: string;

  @Field(() => String, { nullable: true, description: 'Another title, 1 to 100 characters.' })
  title?: string | null;

  @Field(() => BasisPointsScalar, { nullable: true, description: 'Another commission, 1 to 9000.' })
  commissionRate?: number | null;

  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'Another commission for orders won by a boost; null to treat them as others.',
  })
  boostCommissionRate?: number | null;

  @Field(() => [RateTierInput], {
    nullable: true,
    description: 'Other tiers in place of all that there are; an empty list for none.',
  })
  tiers?: RateTierInput[] | null;

  @Field(() => [ID], { defaultValue: [], description: 'Creators whom it is to name too, at once.' })
  addCreatorIds!: string[];

  @Field(() => [ID], {
    defaultValue: [],
    description: 'Creators whom it is to name no longer, from the next midnight.',
  })
  removeCreatorIds!: string[];

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Another end: a later one at once, a sooner one from the next midnight on; null for no end.',
  })
  closesAt?: Date | null;
}

@InputType({ description: 'A plan to change.' })
export class PlanChangeInput extends PlanEditInput {
  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A plan to end.' })
export class PlanCloseInput {
  @Field(() => ID, { description: 'The plan.' })
  planId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}
