import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, rule, signedIn } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { brandAndOperators, seesProduct, visibleProduct } from './product.access.ts';
import type { CategoryRow, ProductRow, ProductSource, SkuRow } from './product.entity.ts';
import { categoryById, productById, type ReadSku, skuById } from './product.loaders.ts';
import type { ProductState } from './product-state.ts';

const ProductStateEnum = declareEnum<ProductState>(
  'ProductState',
  'Where a product is in its life in the pool.',
  {
    DRAFT: 'Being written, or sent back by the review.',
    IN_REVIEW: 'Waiting for the operator.',
    LISTED: 'In the pool while a plan is open.',
    SUSPENDED: 'Taken out of the pool for now.',
    DELISTED: 'Taken out for good.',
  },
);

export const ProductSourceEnum = declareEnum<ProductSource>(
  'ProductSource',
  'The shop that a product is sold in.',
  {
    OWN_SHOP: "The brand's own shop in the alliance.",
    TAOBAO: 'Taobao 淘宝.',
    TMALL: 'Tmall 天猫.',
    JD: 'JD 京东.',
    PINDUODUO: 'Pinduoduo 拼多多.',
    YOUZAN: 'Youzan 有赞.',
    MOKUAI: 'Mokuai 魔筷.',
  },
);

@Access(signedIn)
@ObjectType({ implements: Node, description: 'A category 类目 of products; the tree has three levels.' })
export class Category extends Node implements Pick<CategoryRow, 'nameZh' | 'nameEn' | 'level' | 'slug'> {
  @Field(() => String, { description: 'Its name in Chinese.' })
  nameZh!: string;

  @Field(() => String, { description: 'Its name in English.' })
  nameEn!: string;

  @Field(() => String, { description: 'Its short name in addresses.' })
  slug!: string;

  @Field(() => Int, { description: 'Its level in the tree, from 1 at the top to 3.' })
  level!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      "Days from receipt until an order of this category is due; the alliance's default where null.",
  })
  holdingDays?: number | null;
}

@Access(visibleProduct)
@ObjectType({ implements: Node, description: 'A product 商品 that a brand offers for promotion.' })
export class Product extends Node implements Pick<ProductRow, 'title' | 'description' | 'state' | 'source'> {
  @Field(() => String, { description: 'Its title, as buyers read it.' })
  title!: string;

  @Field(() => String, { description: 'What it is, in the words of the brand.' })
  description!: string;

  @Field(() => ProductStateEnum, { description: 'Where it is in its life in the pool.' })
  state!: ProductState;

  @Access(brandAndOperators)
  @Field(() => String, {
    nullable: true,
    description: 'What the last review or suspension said; for the brand and operators.',
  })
  reviewNote?: string | null;

  @Field(() => ProductSourceEnum, { description: 'The shop that it is sold in.' })
  source!: ProductSource;

  @Field(() => String, { nullable: true, description: 'Its address in an outside shop.' })
  sourceUrl?: string | null;

  @Field(() => Boolean, {
    description: 'Whether it no longer meets the admission rules: then it gets no new plans.',
  })
  restricted!: boolean;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was first listed.' })
  listedAt?: Date | null;
}

const visibleSku = rule<ReadSku>('whoever may see the product', seesProduct);

@Access(visibleSku)
@ObjectType({ implements: Node, description: 'One option of a product, as it is bought.' })
export class Sku extends Node implements Pick<SkuRow, 'code' | 'optionName' | 'stock'> {
  @Field(() => String, {
    description: "The shop's own code, unique within the brand. Order events may name it.",
  })
  code!: string;

  @Field(() => String, { description: 'Which option it is, such as a size.' })
  optionName!: string;

  @MoneyField('priceMinor', { description: 'The list price of one piece.' })
  price!: unknown;

  @Field(() => BigIntText, { description: 'Pieces that are not reserved by an order.' })
  stock!: bigint;
}

@InputType({ description: 'A SKU of a new product.' })
export class SkuInput {
  @Field(() => String, { description: "The shop's own code, unique within the brand, 1 to 64 characters." })
  code!: string;

  @Field(() => String, { description: 'Which option it is, 1 to 100 characters.' })
  optionName!: string;

  @Field(() => BigIntText, { description: "The list price in minor units of the brand's currency." })
  priceMinor!: bigint;

  @Field(() => BigIntText, { description: 'Pieces in stock.' })
  stock!: bigint;
}

@InputType({ description: 'A product to enter as a draft.' })
export class ProductCreateInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @Field(() => ID, { description: 'A category of the third level.' })
  categoryId!: string;

  @Field(() => String, { description: 'The title, 1 to 200 characters.' })
  title!: string;

  @Field(() => String, { description: 'What it is, at most 10,000 characters.' })
  description!: string;

  @Field(() => ProductSourceEnum, { defaultValue: 'OWN_SHOP', description: 'The shop that it is sold in.' })
  source!: ProductSource;

  @Field(() => String, { nullable: true, description: 'The https address in an outside shop.' })
  sourceUrl?: string | null;

  @Field(() => [SkuInput], { description: 'Its options, 1 to 100.' })
  skus!: SkuInput[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What a product says from now on.' })
export class ProductTextChangeInput {
  @Field(() => ID, { description: 'The product, which is a DRAFT or SUSPENDED.' })
  productId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The title, 1 to 200 characters; unchanged when left out.',
  })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is, at most 10,000 characters; unchanged when left out.',
  })
  description?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A product to move on in its life.' })
export class ProductMoveInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why, at most 500 characters; for whoever reads the product next.',
  })
  note?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'The decision of the review of a product.' })
export class ProductReviewInput extends ProductMoveInput {
  @Field(() => Boolean, {
    description: 'Whether it is listed; otherwise it returns to its brand, with the note as the reason.',
  })
  approve!: boolean;
}

@InputType({ description: 'The price and stock of a SKU, as they shall be.' })
export class SkuUpdateInput {
  @Field(() => ID, { description: 'The SKU.' })
  skuId!: string;

  @Field(() => BigIntText, {
    nullable: true,
    description: 'The list price in minor units; unchanged when left out.',
  })
  priceMinor?: bigint | null;

  @Field(() => BigIntText, {
    nullable: true,
    description: 'Pieces not reserved by an order; unchanged when left out.',
  })
  stock?: bigint | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(Category, categoryById);
nodeType(Product, productById);
nodeType(Sku, skuById);
