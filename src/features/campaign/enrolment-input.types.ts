import { Field, ID, InputType } from 'type-graphql';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar } from '../../graphql/money.ts';
import type { Decision } from './review-enrolments.ts';

const EnrolmentDecisionEnum = declareEnum<Decision>(
  'EnrolmentDecision',
  'What an agency decides on an enrolment.',
  {
    APPROVE: 'It is in the campaign, takes a place, and binds the brand.',
    REJECT: 'It is not taken; the brand may enrol it again.',
    REJECT_FOR_GOOD: 'It is not taken, and cannot be enrolled in the campaign again.',
  },
);

@InputType({ description: 'A product to enrol, with what the brand pays.' })
export class EnrolmentProductInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => BasisPointsScalar, { description: 'The commission; in a SPREAD campaign the rate in all.' })
  commissionRate!: number;

  @Field(() => BasisPointsScalar, {
    defaultValue: 0,
    description: 'The service fee for the agency; 0 in a SPREAD campaign.',
  })
  serviceFeeRate!: number;
}

@InputType({ description: 'Products of a brand to enrol in a campaign.' })
export class EnrolmentsCreateInput {
  @Field(() => ID, { description: 'The campaign.' })
  campaignId!: string;

  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @Field(() => [EnrolmentProductInput], { description: 'The products, 1 to 500.' })
  products!: EnrolmentProductInput[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A decision on one enrolment.' })
export class EnrolmentDecisionInput {
  @Field(() => ID, { description: 'The enrolment.' })
  enrolmentId!: string;

  @Field(() => EnrolmentDecisionEnum, { description: 'What is decided.' })
  decision!: Decision;

  @Field(() => String, {
    nullable: true,
    description: 'What the agency says with it, at most 500 characters; required with a rejection.',
  })
  note?: string | null;
}

@InputType({ description: 'Decisions on enrolments of a campaign.' })
export class EnrolmentsReviewInput {
  @Field(() => ID, { description: 'The campaign.' })
  campaignId!: string;

  @Field(() => [EnrolmentDecisionInput], { description: 'The decisions, 1 to 500.' })
  decisions!: EnrolmentDecisionInput[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An enrolment to act on.' })
export class EnrolmentInput {
  @Field(() => ID, { description: 'The enrolment.' })
  enrolmentId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'New rates of an enrolment.' })
export class EnrolmentChangeInput {
  @Field(() => ID, { description: 'The enrolment.' })
  enrolmentId!: string;

  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The new commission; as it is when left out.',
  })
  commissionRate?: number | null;

  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The new service fee; as it is when left out.',
  })
  serviceFeeRate?: number | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: "Another agency's enrolment to take into a campaign of one's own." })
export class EnrolmentReenrolInput {
  @Field(() => ID, { description: 'The enrolment with the first agency.' })
  enrolmentId!: string;

  @Field(() => ID, { description: 'The campaign of the second agency.' })
  campaignId!: string;

  @Field(() => BasisPointsScalar, {
    description: "The part of the first agency's fee, 1 to the whole of it.",
  })
  serviceFeeRate!: number;

  @IdempotencyKey()
  idempotencyKey!: string;
}
