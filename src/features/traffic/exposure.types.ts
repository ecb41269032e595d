import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar, BigIntText, Computed } from '../../graphql/money.ts';
import type { ExposureRow } from './exposure.loaders.ts';
import type { TierReason } from './exposure-tier.ts';

const ReasonEnum = declareEnum<TierReason>(
  'ExposureTierReason',
  'Why a product is at its tier of exposure.',
  {
    BASE: 'It has not had its base exposure yet.',
    CLIMBED: 'It converted so much better than all products together that it climbed.',
    KEPT: 'It converted about as well as all products together.',
    FELL: 'It converted so much worse than all products together that it fell.',
  },
);

@Access(withParent)
@ObjectType({
  description:
    'What exposure a product was allotted 普惠 on its last day, and why. What is shown less than it was allotted stands first ' +
    'in the recommended order of the pool.',
})
export class ProductExposure
  implements
    Pick<ExposureRow, 'tier' | 'reason' | 'shown' | 'recentShown' | 'recentConversions' | 'allotted' | 'day'>
{
  @Field(() => String, { description: "The day, such as 2026-07-31, by the alliance's time zone." })
  day!: string;

  @Field(() => Int, { description: 'Its tier, from 0: what converts climbs to the next.' })
  tier!: number;

  @Field(() => ReasonEnum, { description: 'Why it is at this tier.' })
  reason!: TierReason;

  @Field(() => BigIntText, { description: 'The exposures that it was allotted for the day.' })
  allotted!: bigint;

  @Field(() => BigIntText, {
    nullable: true,
    description: 'What it is still owed of them; null while it is not in the pool.',
  })
  owed?: bigint | null;

  @Field(() => BigIntText, { description: 'How often it had been shown in all its time before.' })
  shown!: bigint;

  @Field(() => BigIntText, { description: 'How often it was shown in the seven days before.' })
  recentShown!: bigint;

  @Field(() => BigIntText, { description: 'The order lines placed within them and not cancelled.' })
  recentConversions!: bigint;

  @Computed<ExposureRow>(({ rate }) => rate)
  @Field(() => BigIntText, { description: 'What it is estimated to convert, per million exposures.' })
  conversionsPerMillion!: bigint;

  @Computed<ExposureRow>(({ commonRate }) => commonRate)
  @Field(() => BigIntText, { description: 'What all products together converted, per million exposures.' })
  commonConversionsPerMillion!: bigint;

  @Computed<ExposureRow>(({ head }) => head)
  @Field(() => Boolean, { description: 'Whether its brand sells so much that it counts as HEAD 头部.' })
  isHead!: boolean;

  @Field(() => Int, { description: 'The version of the rules that it was allotted by.' })
  policyVersion!: number;
}

/** A day whose exposures were allotted. */
export interface AllotmentRow {
  readonly day: string;
  readonly policyVersion: number;
  readonly products: number;
  readonly capacity: bigint;
  readonly allotted: bigint;
  readonly giniBp: number;
  readonly nonHeadShareBp: number;
  readonly allottedAt: Date;
}

@Access(signedIn)
@ObjectType({ description: 'What the allotment of exposure over the products of the pool came to on a day.' })
export class ExposureAllotment
  implements Pick<AllotmentRow, 'day' | 'policyVersion' | 'products' | 'capacity' | 'allotted' | 'allottedAt'>
{
  @Field(() => String, { description: "The day, such as 2026-07-31, by the alliance's time zone." })
  day!: string;

  @Field(() => Int, { description: 'The version of the rules that it went by.' })
  policyVersion!: number;

  @Field(() => Int, { description: 'How many products were in the pool.' })
  products!: number;

  @Field(() => BigIntText, { description: 'How many exposures there were to divide.' })
  capacity!: bigint;

  @Field(() => BigIntText, { description: 'How many of them were allotted.' })
  allotted!: bigint;

  @Computed<AllotmentRow>(({ giniBp }) => giniBp)
  @Field(() => BasisPointsScalar, { description: 'The Gini coefficient of what was allotted.' })
  gini!: number;

  @Computed<AllotmentRow>(({ nonHeadShareBp }) => nonHeadShareBp)
  @Field(() => BasisPointsScalar, { description: 'The part that went to members that are not HEAD.' })
  nonHeadShare!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was allotted.' })
  allottedAt!: Date;
}

@InputType({ description: 'How often a product was shown.' })
export class ExposureInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => Int, { description: 'How often, 1 to 1,000,000.' })
  count!: number;

  @Field(() => GraphQLDateTimeISO, {
    description: 'When, or around when: it counts for the day of this moment.',
  })
  shownAt!: Date;
}

@InputType({ description: 'Exposures to count.' })
export class ExposuresReportInput {
  @Field(() => [ExposureInput], { description: 'The exposures, 1 to 1,000 products a call.' })
  exposures!: ExposureInput[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@Access(withParent)
@ObjectType({ description: 'What became of reported exposures.' })
export class ExposuresReported {
  @Field(() => BigIntText, {
    description:
      "How many exposures were counted; the others are of products that are not the caller's to report.",
  })
  counted!: bigint;
}
