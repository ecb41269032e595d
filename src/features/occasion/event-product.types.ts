import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { type EventProductRow, eventProductById } from './event-product.loaders.ts';
import type { EventProductState } from './event-state.ts';
import { eventBrandSide, visibleEventProduct } from './occasion.access.ts';
import type { ProductReview } from './register-product.ts';

const StateEnum = declareEnum<EventProductState>(
  'OfficialEventProductState',
  'How far the registration of a product for an official event is.',
  {
    REGISTERED: 'Waiting for the review of an operator.',
    APPROVED: 'It takes part.',
    REJECTED: 'Refused, with a note that says why; it may be registered again while that is open.',
    WITHDRAWN: 'Taken back by the brand before the event started.',
    REMOVED: 'Removed by an operator, with a note that says why; what was ordered before counts.',
    CANCELLED: 'The event was cancelled.',
  },
);

const DecisionEnum = declareEnum<ProductReview['decision']>(
  'OfficialEventProductDecision',
  'What an operator decides on a product that was registered for an official event.',
  {
    APPROVED: 'It takes part; decided before the event starts.',
    REJECTED: 'It does not take part; decided before the event starts, with a note.',
    REMOVED: 'It was approved and takes part no longer, with a note.',
  },
);

@Access(visibleEventProduct)
@ObjectType({ implements: Node, description: 'A product that a brand has registered for an official event.' })
export class OfficialEventProduct
  extends Node
  implements Pick<EventProductRow, 'state' | 'note' | 'registeredAt' | 'reviewedAt'>
{
  @Field(() => StateEnum, { description: 'How far it is.' })
  state!: EventProductState;

  @Access<EventProductRow>(eventBrandSide)
  @Field(() => String, {
    nullable: true,
    description: 'Why it was rejected or removed. For the brand and operators.',
  })
  note!: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was registered.' })
  registeredAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When an operator last decided on it.' })
  reviewedAt!: Date | null;
}
nodeType(OfficialEventProduct, eventProductById);

@InputType({ description: 'A product that is registered for an official event.' })
export class EventProductRegisterInput {
  @Field(() => ID, { description: 'The event, which is REGISTERING.' })
  officialEventId!: string;

  @Field(() => ID, { description: 'The product, which is in the pool.' })
  productId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Which registration is taken back.' })
export class EventProductWithdrawInput {
  @Field(() => ID, { description: 'The registration.' })
  eventProductId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What is decided on a registered product.' })
export class EventProductReviewInput {
  @Field(() => ID, { description: 'The registration.' })
  eventProductId!: string;

  @Field(() => DecisionEnum, { description: 'What is decided.' })
  decision!: ProductReview['decision'];

  @Field(() => String, { nullable: true, description: 'Why, of 1 to 500 characters, unless it is approved.' })
  note?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}
