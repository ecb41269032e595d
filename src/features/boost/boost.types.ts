import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, Computed, CurrencyCode, Decimal, Money, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import { payerSide } from './boost.access.ts';
import { type BoostFiguresRow, type BoostRow, boostById, type ChargeRow } from './boost.loaders.ts';
import type { BoostState, EndedBecause } from './boost-state.ts';
import { returnOnSpend } from './return-on-spend.ts';

const BoostStateEnum = declareEnum<BoostState>('BoostState', 'Where a boost is in its life.', {
  ACTIVE: 'It is shown within its schedule.',
  PAUSED: 'It is not shown until it is resumed; its time goes on.',
  ENDED: 'It is over, and what was left of its budget was given back.',
});

const EndedBecauseEnum = declareEnum<EndedBecause>('BoostEndedBecause', 'Why a boost has ended.', {
  BUDGET_SPENT: 'Its budget was spent to the last unit.',
  TIME_OVER: 'Its time is over, and with it the hour in which its last exposures may be reported.',
  STOPPED: 'Whoever pays for it has stopped it.',
});

@Access(payerSide)
@ObjectType({
  implements: Node,
  description:
    'Exposure that a brand or a creator buys for a product 小店通 / 磁力金牛: with a budget that is put aside and spent ' +
    'exactly, a bid that no thousand exposures cost more than, and a schedule.',
})
export class Boost
  extends Node
  implements
    Pick<BoostRow, 'startsAt' | 'endsAt' | 'fromHour' | 'untilHour' | 'state' | 'exposures' | 'createdAt'>
{
  @Field(() => BoostStateEnum, { description: 'Where it is in its life.' })
  state!: BoostState;

  @MoneyField('budgetMinor', { description: 'What was put aside for it.' })
  budget!: object;

  @MoneyField('spentMinor', { description: 'What of the budget is spent.' })
  spent!: object;

  @Computed<BoostRow>(({ budgetMinor, spentMinor, currency }) => ({
    minorUnits: budgetMinor - spentMinor,
    currencyCode: currency,
  }))
  @Field(() => Money, { description: 'What of the budget is not spent; given back when it has ended.' })
  rest!: object;

  @MoneyField('bidMinor', { description: 'The most that a thousand exposures may cost.' })
  bid!: object;

  @Field(() => BigIntText, { description: 'How often it was shown and charged.' })
  exposures!: bigint;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on it is shown.' })
  startsAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when it is shown.' })
  endsAt!: Date;

  @Field(() => Int, { description: "The hour of the alliance's day from which on it is shown, 0 to 23." })
  fromHour!: number;

  @Field(() => Int, {
    description: 'The hour until which it is shown, 1 to 24; over midnight where it is less than fromHour.',
  })
  untilHour!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was bought.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Since when it is paused.' })
  pausedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ended.' })
  endedAt?: Date | null;

  @Field(() => EndedBecauseEnum, { nullable: true, description: 'Why it ended.' })
  endedBecause?: EndedBecause | null;
}
nodeType(Boost, boostById);

@Access(withParent)
@ObjectType({
  description:
    'What a boost has brought so far: the order lines that the shop has marked as boosted, of its product, placed while it ' +
    'ran; of a boost of a creator those credited to the creator. Paid, and not cancelled before shipping. A line that the brand ' +
    'and the creator have both paid for counts for both: the figures of two payers do not add up.',
})
export class BoostFigures implements Pick<BoostFiguresRow, 'orders' | 'units' | 'returnedLines'> {
  @Field(() => Int, { description: 'The orders that these lines are of.' })
  orders!: number;

  @Field(() => Int, { description: 'The pieces that were ordered.' })
  units!: number;

  @Field(() => Int, { description: 'The lines of which something was refunded.' })
  returnedLines!: number;

  @MoneyField('gmvMinor', { description: 'What buyers have paid for the goods.' })
  gmv!: object;

  @MoneyField('refundedMinor', { description: 'What of it was refunded.' })
  refunded!: object;

  @Computed<BoostFiguresRow>(returnOnSpend)
  @Field(() => Decimal, {
    nullable: true,
    description:
      'The GMV less what was refunded, for each unit spent, down to the hundredth; null while nothing is spent.',
  })
  returnOnSpend?: string | null;
}

@Access(withParent)
@ObjectType({ description: 'What was shown of a boost, and what that has cost.' })
export class BoostCharge implements Pick<ChargeRow, 'eventId' | 'exposures' | 'shownAt'> {
  @Field(() => String, { description: 'The id that it was reported under.' })
  eventId!: string;

  @Field(() => Int, { description: 'How often the product was shown.' })
  exposures!: number;

  @MoneyField('priceMinor', { description: 'What a thousand exposures cost.' })
  price!: object;

  @MoneyField('costMinor', { description: 'What these would have cost.' })
  cost!: object;

  @MoneyField('chargedMinor', { description: 'What was taken of the budget: less where less was left.' })
  charged!: object;

  @Field(() => GraphQLDateTimeISO, { description: 'When they were shown, or around when.' })
  shownAt!: Date;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'There is not so much to put aside for a boost.' })
export class BoostAboveBalance extends UserError {
  @Field(() => BigIntText, { description: 'What could be put aside, in minor units.' })
  availableMinor!: bigint;

  @Field(() => CurrencyCode, { description: 'The currency.' })
  currency!: string;
}

@InputType({ description: 'A boost to buy.' })
export class BoostBuyInput {
  @Field(() => ID, {
    description: 'Who pays: the brand of the product, or a creator with the product in the showcase.',
  })
  payerId!: string;

  @Field(() => ID, { description: 'The product, which is in the pool.' })
  productId!: string;

  @Field(() => BigIntText, { description: 'The budget, in minor units.' })
  budgetMinor!: bigint;

  @Field(() => BigIntText, { description: 'The most that a thousand exposures may cost, in minor units.' })
  bidMinor!: bigint;

  @Field(() => CurrencyCode, { description: 'The currency of both: that of the brand.' })
  currency!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on it is shown.' })
  startsAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when, at most 90 days later.' })
  endsAt!: Date;

  @Field(() => Int, {
    defaultValue: 0,
    description: "The hour of the alliance's day from which on, 0 to 23.",
  })
  fromHour!: number;

  @Field(() => Int, {
    defaultValue: 24,
    description: 'The hour until which, 1 to 24; over midnight where it is less than fromHour.',
  })
  untilHour!: number;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A boost to pause, resume or stop.' })
export class BoostMoveInput {
  @Field(() => ID, { description: 'The boost.' })
  boostId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}
