import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import {
  BasisPointsScalar,
  BigIntText,
  Computed,
  CurrencyCode,
  Money,
  MoneyField,
} from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { PurseKind } from '../settlement/index.ts';
import type { OfficialEventState } from './event-state.ts';
import {
  type Board,
  type OfficialEventRow,
  officialEventById,
  type PrizeRow,
  type PurseRow,
} from './official-event.loaders.ts';

const StateEnum = declareEnum<OfficialEventState>('OfficialEventState', 'Where an official event is.', {
  ANNOUNCED: 'Registration has not begun.',
  REGISTERING: 'Brands register products.',
  PREPARING: 'Registration is over; what was registered is reviewed until it starts.',
  RUNNING: 'What is ordered counts.',
  COUNTING: 'It has ended: what comes back is still taken off, until it is closed.',
  CLOSED: 'Bonuses and prizes are paid.',
  CANCELLED: 'It does not take place.',
});

export const BoardEnum = declareEnum<Board>('OfficialEventBoardKind', 'Who is ranked on a board.', {
  CREATORS: 'Creators, by the orders that they are credited with.',
  BRANDS: 'Brands, by what they have sold.',
});

const PurseKindEnum = declareEnum<PurseKind>(
  'OfficialEventPurseKind',
  'Who is given something on an order.',
  {
    SUBSIDY: 'The brand, a part of what the buyer pays for the goods; paid when the order is settled.',
    BONUS: 'The creator, a part of the commission base; paid when the event is closed.',
  },
);

@Access(signedIn)
@ObjectType({
  implements: Node,
  description:
    'An official event 官方活动 of the alliance, such as 616 品质购物节: brands register products, which are reviewed beforehand; ' +
    'the alliance gives something on each of their orders that is credited to a creator, and prizes to who sells most.',
})
export class OfficialEvent
  extends Node
  implements
    Pick<
      OfficialEventRow,
      'code' | 'name' | 'state' | 'registerFrom' | 'registerUntil' | 'startsAt' | 'endsAt' | 'closesAt'
    >
{
  @Field(() => String, { description: 'Its code, such as 616-2026.' })
  code!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => StateEnum, { description: 'Where it is.' })
  state!: OfficialEventState;

  @Computed<OfficialEventRow>(({ currency }) => currency)
  @Field(() => CurrencyCode, { description: 'Orders in this currency count.' })
  currencyCode!: string;

  @Computed<OfficialEventRow>(({ minCommissionBp }) => minCommissionBp)
  @Field(() => BasisPointsScalar, {
    description: 'The lowest commission, open to every creator, that a product is registered with.',
  })
  minCommission!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on products are registered.' })
  registerFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when products are registered.' })
  registerUntil!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'What is ordered from then on counts.' })
  startsAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'What is ordered from then on no longer counts.' })
  endsAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    description: 'When bonuses and prizes are paid; what comes back before it does not count.',
  })
  closesAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was closed.' })
  closedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was cancelled.' })
  cancelledAt?: Date | null;
}
nodeType(OfficialEvent, officialEventById);

@Access(withParent)
@ObjectType({
  description: 'What an official event gives on each order line, and the budget that it comes out of.',
})
export class OfficialEventPurse implements Pick<PurseRow, 'kind'> {
  @Field(() => PurseKindEnum, { description: 'Who is given it, and on what.' })
  kind!: PurseKind;

  @Computed<PurseRow>(({ rateBp }) => rateBp)
  @Field(() => BasisPointsScalar, { description: 'The part that is given.' })
  rate!: number;

  @MoneyField('capMinor', {
    nullable: true,
    description: 'The most for one order line; null without a limit.',
  })
  cap?: object | null;

  @MoneyField('budgetMinor', { description: 'What was put aside.' })
  budget!: object;

  @MoneyField('grantedMinor', { description: 'What of it is granted on orders, never more than the budget.' })
  granted!: object;

  @Computed<PurseRow>(({ budgetMinor, grantedMinor, releasedMinor, currency }) => ({
    minorUnits: budgetMinor - grantedMinor - releasedMinor,
    currencyCode: currency,
  }))
  @Field(() => Money, { description: 'What of it is left for orders to come.' })
  left!: object;
}

@Access(withParent)
@ObjectType({ description: 'A prize for a place on a board.' })
export class OfficialEventPrize implements Pick<PrizeRow, 'board' | 'rank'> {
  @Field(() => BoardEnum, { description: 'The board.' })
  board!: Board;

  @Field(() => Int, { description: 'The place, from 1.' })
  rank!: number;

  @MoneyField('amountMinor', {
    description: 'The prize. Who share a rank share the prizes of the places that they take together.',
  })
  amount!: object;
}

@Access(withParent)
@ObjectType({ description: 'What an official event gives on an order line.' })
export class OfficialEventGrant {
  @MoneyField('grantedMinor', {
    description:
      'What is granted: less than is due where the budget was spent, until something comes back to it.',
  })
  granted!: object;

  @MoneyField('dueMinor', { description: 'What is due by the rate, on what has not come back.' })
  due!: object;
}

@InputType({ description: 'What is given on each order line, out of a budget.' })
export class OfficialEventPurseInput {
  @Field(() => BasisPointsScalar, { description: 'The part that is given, above 0 and at most 90 %.' })
  rate!: number;

  @Field(() => BigIntText, { nullable: true, description: 'The most for one order line, in minor units.' })
  capMinor?: bigint | null;

  @Field(() => BigIntText, { description: 'The budget, in minor units; it is put aside at once.' })
  budgetMinor!: bigint;
}

@InputType({ description: 'A prize for a place on a board.' })
export class OfficialEventPrizeInput {
  @Field(() => BoardEnum, { description: 'The board.' })
  board!: Board;

  @Field(() => Int, { description: 'The place, 1 to 100.' })
  rank!: number;

  @Field(() => BigIntText, { description: 'The prize, in minor units; it is put aside at once.' })
  amountMinor!: bigint;
}

@InputType({ description: 'A new official event.' })
export class OfficialEventOpenInput {
  @Field(() => String, { description: 'Its code: 2 to 32 capitals, figures and hyphens, such as 616-2026.' })
  code!: string;

  @Field(() => String, { description: 'Its name, of 1 to 100 characters.' })
  name!: string;

  @Field(() => CurrencyCode, { description: 'Orders in this currency count; all amounts are in it.' })
  currency!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on products are registered.' })
  registerFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when products are registered.' })
  registerUntil!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it starts.' })
  startsAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it ends, at most 92 days later.' })
  endsAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    description: 'When bonuses and prizes are paid: late enough for what may come back.',
  })
  closesAt!: Date;

  @Field(() => [ID], {
    defaultValue: [],
    description: 'The categories, of any level, whose products take part; all when left out.',
  })
  categoryIds!: string[];

  @Field(() => BasisPointsScalar, {
    defaultValue: 0,
    description: 'The lowest commission, open to every creator.',
  })
  minCommission!: number;

  @Field(() => OfficialEventPurseInput, { nullable: true, description: 'What brands are given.' })
  subsidy?: OfficialEventPurseInput | null;

  @Field(() => OfficialEventPurseInput, { nullable: true, description: 'What creators are given.' })
  bonus?: OfficialEventPurseInput | null;

  @Field(() => [OfficialEventPrizeInput], { defaultValue: [], description: 'Prizes, at most 200.' })
  prizes!: OfficialEventPrizeInput[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Which official event is cancelled.' })
export class OfficialEventCancelInput {
  @Field(() => ID, { description: 'The event, which has not started.' })
  officialEventId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}
