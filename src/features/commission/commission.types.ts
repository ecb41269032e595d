import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, Computed, EstimatedMoney, MoneyField } from '../../graphql/money.ts';
import { LostOffer, Offer } from '../plan/index.ts';
import type { PayeeRole } from './build-forest.ts';
import type { BasePart, Explained, ExplainedEntry, ExplainedStep, StepRow } from './explain-line.ts';
import type { VisibleNode } from './visible-waterfall.ts';

export const PayeeRoleEnum = declareEnum<PayeeRole>(
  'PayeeRole',
  'In which capacity somebody is paid from a line.',
  {
    CREATOR: 'The creator who promoted.',
    MCN: "The creator's managing agency.",
    RECRUITER: 'The agency that recruited the product.',
    SECOND_RECRUITER: 'A second-level agency, paid by the first.',
    TECHNICAL_FEE: "The alliance's own cut 技术服务费.",
  },
);

const AppliesToEnum = declareEnum('RateAppliesTo', 'What a rate is applied to.', {
  BASE: "The line's commission base.",
  REST: 'What the paying node has left after the payees before.',
});

const StepKindEnum = declareEnum<StepRow['kind']>(
  'CommissionStepKind',
  'What moved the commission of a line.',
  {
    ACCRUAL: 'The payment: the whole base is divided.',
    REFUND: 'A refund: the base that is left is divided afresh.',
    CANCELLATION: 'A cancellation: nothing is left.',
  },
);

const BasePartEnum = declareEnum<BasePart['name']>('BasePartName', 'A part of the commission base.', {
  ITEM_TOTAL: 'List price times quantity.',
  BRAND_DISCOUNT: 'The discount that the brand bears.',
  PLATFORM_DISCOUNT: 'The discount that the platform bears.',
  CREATOR_DISCOUNT: 'The discount that the creator bears.',
});

const BaseEffectEnum = declareEnum<BasePart['effect']>(
  'BasePartEffect',
  'What a part does to the commission base.',
  {
    ADDED: 'It is in the base.',
    TAKEN_OFF: 'It lowers the base.',
    LEFT_IN_BASE: 'The policy leaves it in the base: the payees do not feel it.',
  },
);

@Access(withParent)
@ObjectType({
  description:
    'One payee of a line. The brand and operators see all; a payee its own node, the gross of the node that pays it, ' +
    'and what it passes on. What is not open to the caller is null.',
})
export class WaterfallNode implements Pick<VisibleNode, 'nodeNo' | 'role'> {
  @Field(() => Int, { description: 'Its number, from 0, in the order of the division.' })
  nodeNo!: number;

  @Field(() => Int, { nullable: true, description: 'The node that pays it; null where the brand pays it.' })
  parentNo?: number | null;

  @Field(() => PayeeRoleEnum, { description: 'In which capacity it is paid.' })
  role!: PayeeRole;

  @Computed<VisibleNode>(({ rateBp }) => rateBp)
  @Field(() => BasisPointsScalar, { nullable: true, description: 'Its rate.' })
  rate?: number | null;

  @Computed<VisibleNode>(({ of }) => of)
  @Field(() => AppliesToEnum, { nullable: true, description: 'What the rate is applied to.' })
  appliesTo?: VisibleNode['of'];

  @MoneyField('grossMinor', { type: EstimatedMoney, description: 'What it is paid, before its own payees.' })
  estimatedGross!: unknown;

  @MoneyField('netMinor', {
    type: EstimatedMoney,
    nullable: true,
    description: 'What it keeps after its own payees.',
  })
  estimatedNet?: unknown;
}

@Access(withParent)
@ObjectType({ description: 'How the commission of a line is divided 分佣, on the estimated track.' })
export class Waterfall {
  @Field(() => [WaterfallNode], {
    description: 'The nodes that are open to the caller, in the order of the division.',
  })
  nodes!: VisibleNode[];

  @Field(() => Boolean, {
    description: 'The sum check: what all payees keep together is what the brand pays.',
  })
  sumsUp!: boolean;
}

@Access(withParent)
@ObjectType({ description: 'What a line was credited by.' })
export class AttributionEvidence {
  @Field(() => String, { nullable: true, description: 'LINK, CLICK or LIVE_SESSION; null for nobody.' })
  method?: string | null;

  @Field(() => String, { nullable: true, description: 'The link code that the line carried.' })
  linkCode?: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the buyer clicked, where a click decided.',
  })
  clickedAt?: string | null;

  @Field(() => [String], { description: 'Stronger traces that there were, and why they did not count.' })
  passedOver!: string[];
}

@Access(withParent)
@ObjectType({ description: 'A part of the commission base.' })
export class CommissionBasePart implements Pick<BasePart, 'name' | 'effect'> {
  @Field(() => BasePartEnum, { description: 'Which part it is.' })
  name!: BasePart['name'];

  @MoneyField('amountMinor', { description: 'Its amount.' })
  amount!: unknown;

  @Field(() => BaseEffectEnum, { description: 'What it does to the base.' })
  effect!: BasePart['effect'];
}

@Access(withParent)
@ObjectType({ description: "What a step made of one node's net." })
export class CommissionStepEntry implements Pick<ExplainedEntry, 'nodeNo'> {
  @Field(() => Int, { description: 'The node of the waterfall.' })
  nodeNo!: number;

  @MoneyField('beforeMinor', { type: EstimatedMoney, description: 'Its net before the step.' })
  estimatedBefore!: unknown;

  @MoneyField('postedMinor', { type: EstimatedMoney, description: 'What the step posted: the difference.' })
  estimatedPosted!: unknown;

  @MoneyField('afterMinor', { type: EstimatedMoney, description: 'Its net after the step.' })
  estimatedAfter!: unknown;
}

@Access(withParent)
@ObjectType({ description: 'One move of the commission of a line to a new target.' })
export class CommissionStep implements Pick<ExplainedStep, 'stepNo' | 'kind' | 'eventId' | 'occurredAt'> {
  @Field(() => Int, { description: 'Its number, from 1.' })
  stepNo!: number;

  @Field(() => StepKindEnum, { description: 'What moved it.' })
  kind!: StepRow['kind'];

  @Field(() => String, { description: 'The event that brought it, as the shop system names it.' })
  eventId!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When that happened.' })
  occurredAt!: Date;

  @MoneyField('refundedMinor', { description: 'All refunds of the line up to it.' })
  refunded!: unknown;

  @MoneyField('remainingBaseBeforeMinor', { description: 'The base that was left before.' })
  remainingBaseBefore!: unknown;

  @MoneyField('remainingBaseMinor', { description: 'The base that is left after.' })
  remainingBaseAfter!: unknown;

  @Field(() => [CommissionStepEntry], {
    description: 'What it posted for the nodes that are open to the caller.',
  })
  entries!: readonly ExplainedEntry[];
}

@Access(withParent)
@ObjectType({
  description:
    'The ordered proof of a commission: everything in it was frozen or posted, and can be run again.',
})
export class CommissionExplanation {
  @Computed<Explained>(({ evidence }) => evidence)
  @Field(() => AttributionEvidence, { description: 'What the line was credited by.' })
  attribution!: unknown;

  @Field(() => Offer, {
    nullable: true,
    description: 'The offer that applied when it was placed; null where the caller may not see EARNINGS.',
  })
  winner?: Explained['winner'];

  @Field(() => [LostOffer], {
    description: 'The offers that competed and why each lost, as far as the caller may know.',
  })
  losers!: Explained['losers'];

  @Field(() => Int, { description: "The version of the alliance's policy that was in force." })
  policyVersion!: number;

  @Computed<Explained>(({ technicalFeeBp }) => technicalFeeBp)
  @Field(() => BasisPointsScalar, { description: 'The technical fee of that version.' })
  technicalFeeRate!: number;

  @Field(() => ID, {
    nullable: true,
    description: "The version of the creator's contract, for its two sides, the brand and operators.",
  })
  contractTermsId?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When the terms were frozen here.' })
  frozenAt!: Date;

  @Field(() => [CommissionBasePart], { description: 'The parts of the base.' })
  baseParts!: readonly BasePart[];

  @MoneyField('baseMinor', { description: 'The commission base.' })
  base!: unknown;

  @Field(() => [CommissionStep], { description: 'The steps from payment on, in order.' })
  steps!: readonly ExplainedStep[];
}
