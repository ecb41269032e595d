import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, BigIntText } from '../../graphql/money.ts';
import {
  type ProductSource,
  ProductSourceEnum,
  type ProtectionKind,
  ProtectionKindEnum,
  type SourceKind,
  SourceKindEnum,
} from '../product/index.ts';
import type { PoolOrder } from './search-pool.ts';

const PoolOrderEnum = declareEnum<PoolOrder>('PoolOrder', 'How the pool is ordered.', {
  RECOMMENDED:
    'Most of its exposure of the day still owed first, those in Trust Buy first among equals, then by sales and commission.',
  COMMISSION_RATE: 'Highest commission rate first.',
  COMMISSION_AMOUNT: 'Highest commission on one piece first.',
  SALES: 'Most pieces sold in 30 days first; counted anew every five minutes.',
  NEWEST: 'Newest in the pool first.',
  PRICE_ASC: 'Cheapest first.',
  PRICE_DESC: 'Dearest first.',
});

@InputType({ description: 'What narrows the pool; what is left out lets all products through.' })
export class PoolFilterInput {
  @Field(() => String, {
    nullable: true,
    description: 'Words in Chinese or English, in title, brand or category. Slips are forgiven.',
  })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'A category of any level, with all below it.' })
  categoryId?: string | null;

  @Field(() => ID, { nullable: true, description: 'One brand.' })
  brandId?: string | null;

  @Field(() => ID, { nullable: true, description: 'One industrial belt.' })
  beltId?: string | null;

  @Field(() => ProductSourceEnum, { nullable: true, description: 'The shop that products are sold in.' })
  source?: ProductSource | null;

  @Field(() => BigIntText, { nullable: true, description: 'The lowest price, in minor units.' })
  minPriceMinor?: bigint | null;

  @Field(() => BigIntText, { nullable: true, description: 'The highest price, in minor units.' })
  maxPriceMinor?: bigint | null;

  @Field(() => BasisPointsScalar, { nullable: true, description: 'The lowest commission rate.' })
  minCommissionRate?: number | null;

  @Field(() => BigIntText, { nullable: true, description: 'At least so many pieces sold in 30 days.' })
  minSales?: bigint | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether creators can ask for a sample of it: true for those, false for the others.',
  })
  sampleOffered?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its brand is in Trust Buy 信任购: true for those, false for the others.',
  })
  trustBuy?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether its source story is verified, source goods 源头好货: true for those, false for the others.',
  })
  sourceGoods?: boolean | null;

  @Field(() => SourceKindEnum, {
    nullable: true,
    description: 'The kind of its verified source story. With `beltId`, the verified goods of a belt.',
  })
  sourceKind?: SourceKind | null;

  @Field(() => [ProtectionKindEnum], {
    nullable: true,
    description: 'Protections that a product must carry, all of them.',
  })
  protections?: ProtectionKind[] | null;
}

@ArgsType()
export class PoolArgs extends PageArgs {
  @Field(() => PoolFilterInput, { nullable: true, description: 'What narrows the pool.' })
  filter?: PoolFilterInput | null;

  @Field(() => PoolOrderEnum, { defaultValue: 'RECOMMENDED', description: 'How the pool is ordered.' })
  orderBy!: PoolOrder;
}
