import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, Computed, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { type LiveItemRow, type LiveOfferRow, liveItemById, liveOfferById } from './cart.loaders.ts';

@Access(signedIn)
@ObjectType({ implements: Node, description: 'A product in the cart 小黄车 of a live session.' })
export class LiveItem extends Node implements Pick<LiveItemRow, 'position' | 'pinned' | 'addedAt'> {
  @Field(() => Int, { description: 'Its place in the cart, from 1.' })
  position!: number;

  @Field(() => Boolean, { description: 'Whether it is the one that is being explained 讲解中.' })
  pinned!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was put into the cart.' })
  addedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was taken out, if it was.' })
  removedAt?: Date | null;
}

@Access(signedIn)
@ObjectType({
  implements: Node,
  description: 'A price and a stock that are for one live session alone 直播专享, of one SKU.',
})
export class LiveOffer extends Node implements Pick<LiveOfferRow, 'stock' | 'payWithinMinutes'> {
  @MoneyField('priceMinor', { description: 'What one piece costs at most in the session.' })
  price!: unknown;

  @Field(() => Int, { description: 'Pieces set aside for the session.' })
  stock!: number;

  @Field(() => Int, { description: 'Pieces of them that orders hold.' })
  taken!: number;

  @Computed<LiveOfferRow>(({ closedAt, stock, taken }) => (closedAt === null ? stock - taken : 0))
  @Field(() => Int, { description: 'Pieces that can be ordered in the session now.' })
  left!: number;

  @Field(() => Int, { description: 'An order that is not paid after so many minutes gives its pieces back.' })
  payWithinMinutes!: number;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was closed: with the session, or when its item left the cart.',
  })
  closedAt?: Date | null;
}

@InputType({ description: 'A product for the cart of a live session.' })
export class LiveItemAddInput {
  @Field(() => ID, { description: 'The session, which is running.' })
  liveSessionId!: string;

  @Field(() => ID, { description: 'A product that its creator may promote.' })
  productId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An item to take out of the cart.' })
export class LiveItemRemoveInput {
  @Field(() => ID, { description: 'The item.' })
  liveItemId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An item to pin, or to pin no longer.' })
export class LiveItemPinInput {
  @Field(() => ID, { description: 'The item.' })
  liveItemId!: string;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is to be pinned.' })
  pinned!: boolean;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'The order of a cart.' })
export class LiveCartArrangeInput {
  @Field(() => ID, { description: 'The session.' })
  liveSessionId!: string;

  @Field(() => [ID], { description: 'All items of the cart, each once, in their new order.' })
  liveItemIds!: string[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A price and a stock for a live session alone.' })
export class LiveOfferSetInput {
  @Field(() => ID, { description: 'The item in the cart of the session.' })
  liveItemId!: string;

  @Field(() => ID, { description: 'The SKU, of the product of the item.' })
  skuId!: string;

  @Field(() => BigIntText, { description: 'What one piece costs, in minor units; at most its list price.' })
  priceMinor!: bigint;

  @Field(() => Int, {
    description: 'Pieces for the session, 0 to 1,000,000,000: they are taken from the stock of the SKU.',
  })
  stock!: number;

  @Field(() => Int, {
    defaultValue: 15,
    description: 'After how many minutes an order that is not paid gives its pieces back, 1 to 1440.',
  })
  payWithinMinutes!: number;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(LiveItem, liveItemById);
nodeType(LiveOffer, liveOfferById);
