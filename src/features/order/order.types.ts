import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { LineState } from './line-life.ts';
import { shopSide, visibleLine } from './order.access.ts';
import { lineById, type ReadLine } from './order.loaders.ts';

const LineStateEnum = declareEnum<LineState>('OrderLineState', 'How far an order line is.', {
  PLACED: 'Ordered, not paid.',
  PAID: 'Paid, not shipped.',
  SHIPPED: 'On its way.',
  RECEIVED: 'With the buyer.',
  CANCELLED: 'Called off before shipping.',
});

const AttributionEnum = declareEnum<ReadLine['attribution']>(
  'Attribution',
  'How an order line was credited.',
  {
    LINK: 'By the link code on the line.',
    CLICK: "By the buyer's last click on the product within the window.",
    LIVE_SESSION: 'By the live session in which it was placed.',
    CLAIM: 'By a claim of the creator, which was upheld after it was placed.',
    NONE: 'To nobody: the reason stands beside it.',
  },
);

type Reason = NonNullable<ReadLine['unattributedReason']>;
const UnattributedReasonEnum = declareEnum<Reason>(
  'UnattributedReason',
  'Why a line is credited to nobody.',
  {
    NO_TRACE: 'No link code, no click within the window, no live session.',
    LINK_UNKNOWN: 'No promotion link has the code.',
    LINK_OF_ANOTHER_PRODUCT: 'The link is one of another product.',
    LIVE_SESSION_NOT_RUNNING: 'The live session named did not run at that moment.',
    NO_OFFER_IN_FORCE: 'A creator was found, but no offer held for them at that moment.',
  },
);

@Access(visibleLine)
@ObjectType({ implements: Node, description: 'An order line 订单行: one product of one order of one buyer.' })
export class OrderLine
  extends Node
  implements Pick<ReadLine, 'orderNo' | 'lineNo' | 'state' | 'quantity' | 'placedAt'>
{
  @Field(() => String, { description: "The shop's number of the order." })
  orderNo!: string;

  @Field(() => Int, { description: 'The number of the line in the order, from 1.' })
  lineNo!: number;

  @Field(() => LineStateEnum, { description: 'How far it is.' })
  state!: LineState;

  @Field(() => Int, { description: 'Pieces ordered.' })
  quantity!: number;

  @Field(() => Boolean, { description: 'Whether the order was won by a boost.' })
  boosted!: boolean;

  @Access(shopSide)
  @Field(() => String, { nullable: true, description: 'The buyer, opaque; for the brand and operators.' })
  buyerRef?: string | null;

  @Access(shopSide)
  @Field(() => Int, {
    nullable: true,
    description: 'Pieces of the stock that it holds; for the brand and operators.',
  })
  reserved?: number | null;

  @Field(() => AttributionEnum, { description: 'How it was credited.' })
  attribution!: ReadLine['attribution'];

  @Field(() => UnattributedReasonEnum, {
    nullable: true,
    description: 'Why it is credited to nobody, if so.',
  })
  unattributedReason?: Reason | null;

  @MoneyField('itemTotalMinor', { description: 'List price times quantity, before any discount.' })
  itemTotal!: unknown;

  @MoneyField('brandDiscountMinor', { description: 'The discount that the brand bears.' })
  brandDiscount!: unknown;

  @MoneyField('platformDiscountMinor', { description: 'The discount that the platform bears.' })
  platformDiscount!: unknown;

  @MoneyField('creatorDiscountMinor', { description: 'The discount that the creator bears.' })
  creatorDiscount!: unknown;

  @MoneyField('freightMinor', { description: 'Freight; never in the commission base.' })
  freight!: unknown;

  @MoneyField('taxMinor', { description: 'Tax; never in the commission base.' })
  tax!: unknown;

  @MoneyField('goodsPaidMinor', { description: 'What the buyer paid for the goods.' })
  goodsPaid!: unknown;

  @MoneyField('refundedMinor', { description: 'What the buyer got back, at most what was paid.' })
  refunded!: unknown;

  @MoneyField('baseMinor', { description: 'The commission base 计佣基数, frozen when it was placed.' })
  commissionBase!: unknown;

  @MoneyField('remainingBaseMinor', { description: 'What is left of the commission base after refunds.' })
  remainingBase!: unknown;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was placed: the terms of this moment hold.' })
  placedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was paid.' })
  paidAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was shipped.' })
  shippedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When the buyer received it.' })
  receivedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was called off.' })
  cancelledAt?: Date | null;
}

nodeType(OrderLine, lineById, { withBrand: true });
