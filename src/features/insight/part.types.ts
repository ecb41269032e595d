import { ArgsType, Field, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, BigIntText, Computed, EstimatedMoney, MoneyField } from '../../graphql/money.ts';
import { DaysArgs } from './days.types.ts';
import type { PartRow, PartsBy, PartsFilter } from './parts.loaders.ts';
import { rateBp } from './shares.ts';

const PartsByEnum = declareEnum<PartsBy>('InsightPartsBy', 'By what sales are divided.', {
  PRODUCT: 'By product.',
  CREATOR: 'By the creator who is credited; what is credited to nobody together.',
  PRODUCT_AND_CREATOR: 'By product and creator at once.',
});

@ArgsType()
export class InsightPartsArgs extends DaysArgs implements PartsFilter {
  @Field(() => PartsByEnum, { defaultValue: 'PRODUCT', description: 'By what they are divided.' })
  by!: PartsBy;
}

@Access(withParent)
@ObjectType({
  description:
    'What a product, a creator, or the one through the other has sold on some days, in one currency.',
})
export class InsightPart implements Pick<PartRow, 'units' | 'returnedLines'> {
  @MoneyField('gmvMinor', { description: 'What buyers paid for the goods, before refunds.' })
  gmv!: unknown;

  @MoneyField('refundedMinor', { description: 'What of it they got back.' })
  refunded!: unknown;

  @Computed<PartRow>(({ lines }) => lines)
  @Field(() => BigIntText, { description: 'Order lines.' })
  orderLines!: bigint;

  @Field(() => BigIntText, { description: 'Pieces.' })
  units!: bigint;

  @Field(() => BigIntText, { description: 'Lines of which money was given back.' })
  returnedLines!: bigint;

  @Computed<PartRow>(({ returnedLines, lines }) => rateBp(returnedLines, lines))
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The return rate: returned lines of all lines, rounded down.',
  })
  returnRate?: number | null;

  @MoneyField('commissionMinor', {
    type: EstimatedMoney,
    description: 'The commission net of returns: for a brand what it pays, for a creator what it keeps.',
  })
  estimatedCommission!: unknown;

  @MoneyField('feeMinor', {
    type: EstimatedMoney,
    description: 'The service fees that a brand pays beside it, net of returns.',
  })
  estimatedServiceFee!: unknown;

  @Computed<PartRow>(({ commissionMinor, gmvMinor, refundedMinor }) =>
    rateBp(commissionMinor, gmvMinor - refundedMinor),
  )
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description:
      'The effective commission rate: commission net of returns per GMV net of returns, rounded down; null where all came back.',
  })
  effectiveCommissionRate?: number | null;
}
