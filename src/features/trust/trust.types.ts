import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { type ProtectionKind, ProtectionKindEnum } from '../product/index.ts';
import type { LineProtectionValue } from './line-protections.ts';
import type { MembershipState } from './membership-state.ts';
import type { ScoreComponentName, ScoreComponentValue } from './score.ts';
import type { BrandTrustRow, CardRow, MembershipRow, ProductTrustRow, ScoreRow } from './trust.loaders.ts';
import type { TrustRuleName, TrustRuleValue } from './trust-rule.ts';

const MembershipStateEnum = declareEnum<MembershipState>(
  'TrustBuyState',
  'Where a brand stands with Trust Buy.',
  {
    APPLIED: 'It has applied, and is admitted as soon as it meets the rules.',
    MEMBER: 'It is a member: its products may carry protections.',
    LEFT: 'It has left, or taken its application back.',
    EXPELLED: 'It was expelled.',
  },
);

const ProtectedByEnum = declareEnum<LineProtectionValue['by']>(
  'ProtectedBy',
  'Where a protection of an order line comes from.',
  {
    PRODUCT: 'The product carried it when the line was placed.',
    TRUST_CARD: 'The Trust Card of the buyer adds it.',
  },
);

const TrustRuleNameEnum = declareEnum<TrustRuleName>('TrustRuleName', 'A rule of Trust Buy or of its card.', {
  SHOP_SCORE: 'The shop score is at least so high.',
  LINES_RECEIVED: 'At least so many order lines were received within the window.',
  NOT_RESTRICTED: 'The brand meets the admission rules of the alliance: 1 for yes.',
  WAITED_AFTER_EXPULSION: 'So many days have passed since the last expulsion, if there was one.',
  LINES_COMPLETED: 'The buyer has completed at least so many order lines within the window.',
  CLAIMS_DISMISSED: 'At most so many claims of the buyer were dismissed within the window.',
});

const ComponentNameEnum = declareEnum<ScoreComponentName>('TrustScoreComponentName', 'A part of a score.', {
  CLAIMS: 'Order lines on which a claim was upheld.',
  RETURNS: 'Order lines received that money went back for, other than by a claim.',
  CANCELLATIONS: 'Order lines called off before shipping.',
});

@Access(withParent)
@ObjectType({ description: 'What covers a product now.' })
export class ProductTrust implements Pick<ProductTrustRow, 'trustBuy'> {
  @Field(() => Boolean, { description: 'Whether its brand is in Trust Buy 信任购.' })
  trustBuy!: boolean;

  @Field(() => [ProtectionKindEnum], {
    description: 'The protections that it carries: orders placed now have them.',
  })
  protections!: ProtectionKind[];
}

@Access(withParent)
@ObjectType({ description: 'Whether a brand is in Trust Buy.' })
export class BrandTrust implements Pick<BrandTrustRow, 'trustBuy'> {
  @Field(() => Boolean, { description: 'Whether it is in Trust Buy 信任购 now.' })
  trustBuy!: boolean;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Since when, if it is.' })
  since?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'One rule, with what it needs and what there is.' })
export class TrustRule implements TrustRuleValue {
  @Field(() => TrustRuleNameEnum, { description: 'Which rule it is.' })
  rule!: TrustRuleName;

  @Field(() => Int, { description: 'What it needs.' })
  needed!: number;

  @Field(() => Int, { description: 'What there is.' })
  actual!: number;

  @Field(() => Boolean, { description: 'Whether it is met.' })
  holds!: boolean;
}

@Access(withParent)
@ObjectType({ description: 'The last membership of a brand in Trust Buy, or its application.' })
export class TrustBuyMembership implements Pick<MembershipRow, 'state' | 'appliedAt'> {
  @Field(() => MembershipStateEnum, { description: 'Where it stands.' })
  state!: MembershipState;

  @Field(() => GraphQLDateTimeISO, { description: 'When the brand applied.' })
  appliedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'From when on it was a member.' })
  memberFrom?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it ended: what was ordered from then on has no protections.',
  })
  endedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was expelled.' })
  reason?: string | null;

  @Field(() => [TrustRule], { description: 'The rules of admission, held against the brand as it is now.' })
  rules!: readonly TrustRule[];
}

@Access(withParent)
@ObjectType({ description: 'A protection that an order line was placed under.' })
export class LineProtection implements Pick<LineProtectionValue, 'kind' | 'by' | 'days'> {
  @Field(() => ProtectionKindEnum, { description: 'Which protection it is.' })
  kind!: ProtectionKind;

  @Field(() => ProtectedByEnum, { description: 'Where it comes from.' })
  by!: LineProtectionValue['by'];

  @Field(() => Int, {
    description: 'How many days of 24 hours after receipt it may be claimed, with what a Trust Card adds.',
  })
  days!: number;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when it may be claimed; null before the goods are received.',
  })
  claimableUntil?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'A part of a score, and the points that it costs.' })
export class TrustScoreComponent
  implements Pick<ScoreComponentValue, 'name' | 'count' | 'of' | 'weight' | 'effect'>
{
  @Field(() => ComponentNameEnum, { description: 'Which part it is.' })
  name!: ScoreComponentName;

  @Field(() => Int, { description: 'How many order lines it counts.' })
  count!: number;

  @Field(() => Int, { description: 'Of how many; fewer than 20 are counted as 20.' })
  of!: number;

  @Computed<ScoreComponentValue>(({ shareBp }) => shareBp)
  @Field(() => BasisPointsScalar, { description: 'The share of the one in the other, rounded down.' })
  share!: number;

  @Computed<ScoreComponentValue>(({ limitBp }) => limitBp)
  @Field(() => BasisPointsScalar, { description: 'The share from which on it costs its whole weight.' })
  limit!: number;

  @Field(() => Int, { description: 'The points that it can cost at most.' })
  weight!: number;

  @Field(() => Int, { description: 'The points that it takes off: 0 or below.' })
  effect!: number;
}

@Access(withParent)
@ObjectType({
  description: 'A score from 0 to 100, worked out once a day: 100 and the effects of its components.',
})
export class TrustScore implements Pick<ScoreRow, 'score' | 'windowDays' | 'countedAt'> {
  @Field(() => Int, { description: 'The score.' })
  score!: number;

  @Field(() => Int, { description: 'Over how many days it was counted.' })
  windowDays!: number;

  @Computed<ScoreRow>(({ placed }) => placed)
  @Field(() => Int, { description: 'The order lines placed within them.' })
  orderLines!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was counted.' })
  countedAt!: Date;

  @Field(() => [TrustScoreComponent], { description: 'What it consists of.' })
  components!: readonly TrustScoreComponent[];
}

@Access(withParent)
@ObjectType({
  description:
    'The Trust Card 信任卡 of the buyer of an order line: an honest buyer has longer protections, and the freight of ' +
    'returns with every product of a Trust Buy brand.',
})
export class TrustCard implements Pick<CardRow, 'heldWhenPlaced' | 'extraDays'> {
  @Field(() => Boolean, {
    description: 'Whether it was held when the line was placed, and widens its protections.',
  })
  heldWhenPlaced!: boolean;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Since when it is held now, if it is.' })
  heldSince?: Date | null;

  @Field(() => Int, { description: 'The days that it adds to each protection, by the rules of now.' })
  extraDays!: number;

  @Field(() => [TrustRule], { description: 'The rules of the card, held against the figures of the buyer.' })
  rules!: readonly TrustRule[];
}

@InputType({ description: 'A brand that joins Trust Buy.' })
export class BrandTrustBuyJoinInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A brand that leaves Trust Buy.' })
export class BrandTrustBuyLeaveInput extends BrandTrustBuyJoinInput {}

@InputType({ description: 'A brand to expel from Trust Buy.' })
export class BrandTrustBuyExpelInput extends BrandTrustBuyJoinInput {
  @Field(() => String, { description: 'Why, 1 to 500 characters; the brand reads it.' })
  reason!: string;
}

@InputType({ description: 'What a product carries from now on.' })
export class ProductProtectionsSetInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => [ProtectionKindEnum], { description: 'All of its protections, each once; none to end them.' })
  protections!: ProtectionKind[];

  @IdempotencyKey()
  idempotencyKey!: string;
}
