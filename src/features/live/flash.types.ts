import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText } from '../../graphql/money.ts';
import type { FlashRow } from './cart.loaders.ts';

@Access(withParent)
@ObjectType({ description: 'A product that was listed in a running session 闪电购, for it alone.' })
export class LiveFlash implements Pick<FlashRow, 'title' | 'photoUrl' | 'listedAt' | 'skuCode'> {
  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => String, { description: 'Where its photo lies.' })
  photoUrl!: string;

  @Field(() => String, { description: 'The code of its SKU, which orders of the session name.' })
  skuCode!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was listed.' })
  listedAt!: Date;
}

@InputType({ description: 'What is listed at once in a running session.' })
export class LiveFlashListInput {
  @Field(() => ID, { description: 'The running session; the caller acts for its creator and for the brand.' })
  liveSessionId!: string;

  @Field(() => ID, { description: 'The brand that sells it.' })
  brandId!: string;

  @Field(() => ID, { description: 'A category of the third level.' })
  categoryId!: string;

  @Field(() => String, { description: 'The title, 1 to 200 characters.' })
  title!: string;

  @Field(() => String, { description: 'The https address of a photo, at most 500 characters.' })
  photoUrl!: string;

  @Field(() => String, {
    nullable: true,
    description: "The shop's own code of its SKU, 1 to 64 characters; one is made when left out.",
  })
  skuCode?: string | null;

  @Field(() => BigIntText, { description: 'What one piece costs, in minor units.' })
  priceMinor!: bigint;

  @Field(() => Int, { description: 'Pieces that there are, from 1.' })
  stock!: number;

  @Field(() => Int, {
    defaultValue: 15,
    description: 'After how many minutes an order that is not paid gives its pieces back, 1 to 1440.',
  })
  payWithinMinutes!: number;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'The product of a flash listing, after its session.' })
export class LiveFlashDropInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A flash listing that becomes a product like any other.' })
export class LiveFlashCompleteInput extends LiveFlashDropInput {
  @Field(() => String, { nullable: true, description: 'Another title; unchanged when left out.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is, at most 10,000 characters.' })
  description?: string | null;
}
