import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError, type UserErrorValue } from '../../graphql/user-errors.ts';
import { enrolmentParties, enrolmentSides, visibleEnrolment } from './campaign.access.ts';
import type { EnrolmentTermsRow } from './campaign.entity.ts';
import { enrolmentById, type ReadEnrolment } from './enrolment.loaders.ts';
import type { EnrolmentState } from './enrolment-state.ts';
import type { Fault } from './product-faults.ts';

const EnrolmentStateEnum = declareEnum<EnrolmentState>(
  'EnrolmentState',
  'How far the enrolment of a product is.',
  {
    PENDING: 'Waiting for the agency.',
    APPROVED: 'In the campaign.',
    REJECTED: 'Refused, with a note that says why; it may be enrolled again.',
    REJECTED_FOR_GOOD: 'Refused, and it cannot be enrolled in the campaign again.',
    WITHDRAWN: 'Taken back by the brand before it was decided.',
    ENDED: 'No longer in the campaign.',
  },
);

export const EnrolmentFaultEnum = declareEnum<Fault>(
  'EnrolmentFault',
  'Why a product does not fit a recruiting campaign.',
  {
    PRODUCT_NOT_LISTED: 'The product is not LISTED.',
    BRAND_RESTRICTED: 'The brand is RESTRICTED, or suspended or expelled by the screening.',
    PRODUCT_RESTRICTED: 'The product is RESTRICTED.',
    OUT_OF_STOCK: 'No SKU of the product has any stock.',
    CATEGORY_NOT_CALLED_FOR: 'The campaign does not call for the category of the product.',
    COMMISSION_BELOW_MINIMUM: 'The commission is below the lowest one for the category.',
    SERVICE_FEE_BELOW_MINIMUM: 'The service fee is below the lowest one of the campaign.',
    BLOCKED: 'The brand has blocked the agency, or the agency the brand.',
    WINDOW_OVER: 'The campaign closed before the enrolment was decided.',
  },
);

@Access(visibleEnrolment)
@ObjectType({
  implements: Node,
  description: 'A product in a recruiting campaign, with a service fee for the agency.',
})
export class Enrolment extends Node implements Pick<ReadEnrolment, 'state'> {
  @Field(() => EnrolmentStateEnum, { description: 'How far it is.' })
  state!: EnrolmentState;

  @Computed<ReadEnrolment>(({ commissionBp }) => commissionBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: "The creator's commission in force; in a SPREAD campaign all that the brand pays.",
  })
  commissionRate?: number | null;

  @Computed<ReadEnrolment>(({ serviceFeeBp }) => serviceFeeBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description:
      "What the agency gets beside it; for a second-level agency, its part of the first one's fee.",
  })
  serviceFeeRate?: number | null;

  @Access(enrolmentSides)
  @Field(() => String, {
    nullable: true,
    description: 'What the agency said with its decision; for the two sides.',
  })
  note?: string | null;

  @Access(enrolmentSides)
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was decided, if it was.' })
  decidedAt?: Date | null;

  @Access(enrolmentParties)
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when the brand is bound: before that it ends, or pays less, only by consent.',
  })
  committedUntil?: Date | null;

  @Access(enrolmentParties)
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it ends or has ended, if that is fixed.',
  })
  endsAt?: Date | null;

  @Access(enrolmentParties)
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Since when one side wants it to end and waits for the others to agree.',
  })
  leaveAskedAt?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'One version of what an enrolment pays.' })
export class EnrolmentTerms implements Pick<EnrolmentTermsRow, 'version' | 'validFrom'> {
  @Field(() => Int, { description: 'Its number, counted from 1.' })
  version!: number;

  @Computed<EnrolmentTermsRow>(({ commissionBp }) => commissionBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: "The commission; null for a second-level agency, whose products have the first one's.",
  })
  commissionRate?: number | null;

  @Computed<EnrolmentTermsRow>(({ serviceFeeBp }) => serviceFeeBp)
  @Field(() => BasisPointsScalar, { description: 'The service fee.' })
  serviceFeeRate!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when it holds.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when, if that is fixed; the same as from when where a later change took it back.',
  })
  validTo?: Date | null;
}

@ArgsType()
export class EnrolmentsArgs extends PageArgs {
  @Field(() => EnrolmentStateEnum, { nullable: true, description: 'Only those in this state.' })
  state?: EnrolmentState | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Only those that wait or are in the campaign and do not fit it now.',
  })
  invalidOnly?: boolean | null;
}

/** What became of one item of a bulk call. */
export interface Answer {
  readonly enrolmentId: string | null;
  readonly error: UserErrorValue | null;
}

@Access(withParent)
@ObjectType({ description: 'What became of one item of a bulk call.' })
export class EnrolmentAnswer {
  @Field(() => UserError, {
    nullable: true,
    description: 'Why nothing was done with this one; null when it was.',
  })
  error?: UserErrorValue | null;
}

/** What became of a bulk call, as it is kept. */
export interface Batch {
  readonly id: string;
  readonly answers: readonly Answer[];
}

@Access(withParent)
@ObjectType({ description: 'What became of a bulk call on enrolments.' })
export class EnrolmentBatch {
  @Computed<Batch>(({ answers }) => answers.filter(({ error }) => error === null).length)
  @Field(() => Int, { description: 'With how many it was done.' })
  done!: number;

  @Computed<Batch>(({ answers }) => answers.filter(({ error }) => error !== null).length)
  @Field(() => Int, { description: 'How many were refused, each for its own reason.' })
  refused!: number;

  @Field(() => [EnrolmentAnswer], { description: 'One answer per item of the call, in its order.' })
  answers!: Answer[];
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'All places of the campaign are taken.' })
export class CampaignFull extends UserError {
  @Field(() => Int, { description: 'How many products it takes.' })
  places!: number;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The product does not fit the campaign.' })
export class ProductUnfit extends UserError {
  @Field(() => [EnrolmentFaultEnum], { description: 'Everything in which it does not.' })
  because!: Fault[];
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The product is enrolled in the campaign already.' })
export class AlreadyEnrolled extends UserError {
  @Field(() => ID, { description: 'The enrolment that waits or is approved.' })
  enrolmentId!: string;
}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The product was rejected for good: it cannot be enrolled in the campaign again.',
})
export class RejectedForGood extends UserError {}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The brand is bound: until then this takes the consent of the other side.',
})
export class Committed extends UserError {
  @Field(() => GraphQLDateTimeISO, { description: 'Until when.' })
  committedUntil!: Date;
}

nodeType(Enrolment, enrolmentById);
