import { GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import type { EventProblemCode } from './check-event.ts';
import type { EventAnswer } from './classify-events.ts';
import type { OrderEventKind } from './order-event.ts';

const OrderEventKindEnum = declareEnum<OrderEventKind>('OrderEventKind', 'What happened to an order line.', {
  PLACED: 'The buyer ordered; the terms are frozen at this moment.',
  PAID: 'The buyer paid; the commission is estimated from now on.',
  SHIPPED: 'The goods left.',
  RECEIVED: 'The buyer has the goods.',
  CANCELLED: 'Called off: before shipping no return; after shipping it counts as a return of all.',
  REFUNDED: 'Money or pieces were given back, in part or whole.',
});

const EventStatusEnum = declareEnum<EventAnswer['status']>(
  'OrderEventStatus',
  'What became of a reported event.',
  {
    APPLIED: 'It counts.',
    WAITING: 'It is kept until its line is placed.',
    DUPLICATE: 'It was reported before with the same content; nothing changed.',
    REJECTED: 'It was not taken; the error says why.',
  },
);

const EventErrorCodeEnum = declareEnum<EventProblemCode>(
  'OrderEventErrorCode',
  'Why an event was not taken.',
  {
    INVALID: 'A field has not the form that it must have.',
    OUT_OF_RANGE: 'A number is outside its range.',
    OCCURRED_AT_OUT_OF_RANGE: 'The time lies before the year 2000, or more than ten minutes ahead.',
    EVENT_ID_REUSED: 'An event with this id was reported before with another content.',
    LINE_ALREADY_PLACED: 'Another event placed the line.',
    LINE_DETACHED: 'The line lies in an old month that the alliance has put away.',
    SKU_NOT_FOUND: 'The brand has no such SKU.',
    BRAND_NOT_FOUND: 'No such brand that the caller may report for.',
    CURRENCY_MISMATCH: 'The brand sells in another currency.',
    LIVE_STOCK_SOLD_OUT: 'The live session has not so many pieces left: do not sell it at the live price.',
    SKU_ONLY_IN_LIVE_SESSION: 'The SKU was listed in a live session and is sold in that alone.',
    LIVE_PRICE_EXCEEDED: 'The goods cost more than the price of the live session.',
  },
);

/** What a number that is none becomes, to be refused for its event alone. */
const NOT_A_NUMBER = -1n;

const toInteger = (value: unknown): bigint => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : NOT_A_NUMBER;
  return typeof value === 'string' && /^-?\d{1,40}$/.test(value) ? BigInt(value) : NOT_A_NUMBER;
};

const fromLiteral = (node: ValueNode): unknown =>
  node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : valueFromASTUntyped(node);

export const ReportedInteger = new GraphQLScalarType<bigint, string>({
  name: 'ReportedInteger',
  description:
    'A whole number as text or number. What is none, or out of range, is answered at its event alone.',
  serialize: (value) => String(value),
  parseValue: toInteger,
  parseLiteral: (node) => toInteger(fromLiteral(node)),
});

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
const toTime = (value: unknown): Date =>
  new Date(typeof value === 'string' && RFC3339.test(value) && isOnCalendar(value) ? value : Number.NaN);

/** JavaScript reads 30 February as 2 March and 24:00 as the next day; a shop that says so has a fault. */
function isOnCalendar(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    !Number.isNaN(day.getTime()) &&
    day.getUTCDate() === Number(text.slice(8, 10)) &&
    text.slice(11, 13) < '24'
  );
}

export const ReportedTime = new GraphQLScalarType<Date, string>({
  name: 'ReportedTime',
  description:
    'A time of RFC 3339, such as 2026-06-16T20:00:00Z. What is none is answered at its event alone.',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: toTime,
  parseLiteral: (node) => toTime(fromLiteral(node)),
});

@Access(withParent)
@ObjectType({
  description:
    'An event that is kept until its line is placed, such as a refund of something never ordered here.',
})
export class WaitingOrderEvent {
  @Field(() => String, { description: 'The id of the event, as reported.' })
  eventId!: string;

  @Field(() => OrderEventKindEnum, { description: 'What happened.' })
  kind!: OrderEventKind;

  @Field(() => String, { description: "The shop's number of the order." })
  orderNo!: string;

  @Field(() => Int, { description: 'The number of the line in the order.' })
  lineNo!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it happened.' })
  occurredAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was reported.' })
  receivedAt!: Date;

  @Field(() => String, { nullable: true, description: "Why, in the shop's words." })
  reason?: string | null;
}

const AMOUNT = 'in minor units; 0 when left out.';

@InputType({ description: 'What was placed. Amounts are in minor units.' })
export class PlacedInput {
  @Field(() => String, { description: "The shop's own code of the SKU." })
  skuCode!: string;

  @Field(() => ReportedInteger, { description: 'Pieces, from 1.' })
  quantity!: bigint;

  @Field(() => String, { description: 'The buyer, opaque, 1 to 100 characters.' })
  buyerRef!: string;

  @Field(() => String, { nullable: true, description: "The currency; the brand's when left out." })
  currencyCode?: string | null;

  @Field(() => ReportedInteger, {
    description: 'List price times quantity, before any discount, in minor units.',
  })
  itemTotalMinor!: bigint;

  @Field(() => ReportedInteger, {
    defaultValue: 0n,
    description: `The discount that the brand bears, ${AMOUNT}`,
  })
  brandDiscountMinor!: bigint;

  @Field(() => ReportedInteger, {
    defaultValue: 0n,
    description: `The discount that the platform bears, ${AMOUNT}`,
  })
  platformDiscountMinor!: bigint;

  @Field(() => ReportedInteger, {
    defaultValue: 0n,
    description: `The discount that the creator bears, ${AMOUNT}`,
  })
  creatorDiscountMinor!: bigint;

  @Field(() => ReportedInteger, { defaultValue: 0n, description: `Freight, ${AMOUNT}` })
  freightMinor!: bigint;

  @Field(() => ReportedInteger, { defaultValue: 0n, description: `Tax, ${AMOUNT}` })
  taxMinor!: bigint;

  @Field(() => String, {
    nullable: true,
    description: 'The code of the promotion link that the buyer came by.',
  })
  linkCode?: string | null;

  @Field(() => ID, { nullable: true, description: 'The live session in which it was placed.' })
  liveSessionId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the order was won by a boost: a plan may pay another rate for those.',
  })
  boosted!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The code of the link of another buyer who has shared the product.',
  })
  shareCode?: string | null;
}

@InputType({ description: 'What was refunded for goods.' })
export class RefundInput {
  @Field(() => ReportedInteger, { description: 'The money given back for goods, in minor units.' })
  amountMinor!: bigint;

  @Field(() => ReportedInteger, {
    defaultValue: 0n,
    description: 'Pieces sent back; 0 where the buyer keeps them.',
  })
  quantity!: bigint;
}

@InputType({ description: 'One event of one order line.' })
export class OrderEventInput {
  @Field(() => String, { description: "The event's id, known by it within the source, 1 to 100 characters." })
  eventId!: string;

  @Field(() => OrderEventKindEnum, { description: 'What happened.' })
  kind!: OrderEventKind;

  @Field(() => ID, {
    nullable: true,
    description: 'The brand; may be left out by callers who act for one brand only.',
  })
  brandId?: string | null;

  @Field(() => String, { description: "The shop's number of the order, 1 to 64 characters." })
  orderNo!: string;

  @Field(() => ReportedInteger, { description: 'The number of the line in the order, from 1.' })
  lineNo!: bigint;

  @Field(() => ReportedTime, { description: 'When it happened.' })
  occurredAt!: Date;

  @Field(() => PlacedInput, { nullable: true, description: 'For PLACED: what was placed.' })
  placed?: PlacedInput | null;

  @Field(() => RefundInput, { nullable: true, description: 'For REFUNDED: what was refunded.' })
  refund?: RefundInput | null;

  @Field(() => String, { nullable: true, description: "Why, in the shop's words, at most 500 characters." })
  reason?: string | null;
}

@InputType({ description: 'Events of order lines.' })
export class OrderEventsIngestInput {
  @Field(() => String, { description: 'The reporting system, by a name of your own, 1 to 60 characters.' })
  source!: string;

  @Field(() => [OrderEventInput], { description: 'The events, 1 to 1,000, in any order.' })
  events!: OrderEventInput[];
}

@Access(withParent)
@ObjectType({ description: 'Why an event was not taken.' })
export class OrderEventError {
  @Field(() => EventErrorCodeEnum, { description: 'What a program may branch on.' })
  code!: EventProblemCode;

  @Field(() => String, { description: 'What is wrong, for people.' })
  message!: string;

  @Field(() => [String], { description: 'Where in the input it stands.' })
  path!: string[];
}

@Access(withParent)
@ObjectType({ description: 'What became of one reported event, at its own place.' })
export class OrderEventResult {
  @Field(() => String, { description: 'The id of the event, as reported.' })
  eventId!: string;

  @Field(() => EventStatusEnum, { description: 'What became of it.' })
  status!: EventAnswer['status'];

  @Field(() => OrderEventError, { nullable: true, description: 'Why it was not taken, if so.' })
  error?: OrderEventError | null;
}

@Access(withParent)
@ObjectType({ description: 'What became of the reported events, each at its own place.' })
export class OrderEventsIngested {
  @Field(() => [OrderEventResult], { description: 'One answer per event, in the order of the input.' })
  results!: OrderEventResult[];
}
