import { GraphQLDate, GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import {
  BasisPointsScalar,
  BigIntText,
  Computed,
  EstimatedMoney,
  Money,
  MoneyField,
} from '../../graphql/money.ts';
import { toGlobalId } from '../../kernel/ids.ts';
import { DaysArgs } from './days.types.ts';
import type { InsightBy, InsightFilter, InsightRow } from './insight.loaders.ts';
import { InsightPathShare } from './path.types.ts';
import { type PathRow, pathsOf } from './path-shares.ts';
import { rateBp } from './shares.ts';
import { InsightTakenApart, type TakenApartRow } from './taken-apart.types.ts';

const InsightByEnum = declareEnum<InsightBy>('InsightBy', 'By what figures are put together.', {
  DAY: "By the day on which the lines were placed, in the alliance's time zone.",
  WEEK: 'By week, from Monday to Sunday, as far as its days were asked for.',
  EVENT: 'By the official event that the lines count for; other lines are left out.',
  PERIOD: 'All days that were asked for together.',
});

@ArgsType()
export class InsightArgs extends DaysArgs implements InsightFilter {
  @Field(() => InsightByEnum, { defaultValue: 'DAY', description: 'By what they are put together.' })
  by!: InsightBy;
}

/** Rounded down to a whole minor unit; null where there is nothing to divide by. */
const per = (gmvMinor: bigint, count: bigint | null, currencyCode: string) =>
  count === null || count === 0n ? null : { minorUnits: gmvMinor / count, currencyCode };

type Counts = 'orders' | 'units' | 'returnedLines' | 'cancelledLines' | 'buyers' | 'repeatBuyers';

@Access(withParent)
@ObjectType({
  description:
    'What was sold on some days, in one currency: order lines that were paid and not called off before shipping, by the day ' +
    'on which they were placed. Days without any line are left out.',
})
export class Insight implements Pick<InsightRow, Counts> {
  @Computed<InsightRow>(({ fromDay }) => fromDay)
  @Field(() => GraphQLDate, { description: 'The first day.' })
  from!: string;

  @Computed<InsightRow>(({ toDay }) => toDay)
  @Field(() => GraphQLDate, { description: 'The last day.' })
  to!: string;

  @Computed<InsightRow>(({ eventId }) => eventId && toGlobalId('OfficialEvent', eventId))
  @Field(() => ID, { nullable: true, description: 'The official event, where it is by event.' })
  officialEventId?: string | null;

  @Field(() => String, { nullable: true, description: 'Its code, such as 616-2026.' })
  eventCode?: string | null;

  @MoneyField('gmvMinor', { description: 'What buyers paid for the goods, before refunds.' })
  gmv!: unknown;

  @MoneyField('refundedMinor', { description: 'What of it they got back.' })
  refunded!: unknown;

  @Field(() => BigIntText, {
    description: 'Orders, each on the first of these days on which something of it was sold.',
  })
  orders!: bigint;

  @Computed<InsightRow>(({ lines }) => lines)
  @Field(() => BigIntText, { description: 'Order lines.' })
  orderLines!: bigint;

  @Field(() => BigIntText, { description: 'Pieces.' })
  units!: bigint;

  @Field(() => BigIntText, { description: 'Lines of which money was given back.' })
  returnedLines!: bigint;

  @Field(() => BigIntText, {
    description:
      'Lines that were paid and called off before shipping. They are no returns, and in no other figure.',
  })
  cancelledLines!: bigint;

  @Computed<InsightRow>(({ returnedLines, lines }) => rateBp(returnedLines, lines))
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The return rate: returned lines of all lines, rounded down; null without lines.',
  })
  returnRate?: number | null;

  @Field(() => BigIntText, { description: 'Buyers who ordered something, each once.' })
  buyers!: bigint;

  @Field(() => BigIntText, { description: 'Buyers with two orders or more.' })
  repeatBuyers!: bigint;

  @Computed<InsightRow>(({ repeatBuyers, buyers }) => rateBp(repeatBuyers, buyers))
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description:
      'The repurchase rate: buyers with two orders or more of all buyers, rounded down; null without buyers.',
  })
  repurchaseRate?: number | null;

  @Computed<InsightRow>(({ gmvMinor, orders, currency }) => per(gmvMinor, orders, currency))
  @Field(() => Money, { nullable: true, description: 'GMV per order, rounded down; null without orders.' })
  valuePerOrder?: object | null;

  @Computed<InsightRow>(({ gmvMinor, followers, currency }) => per(gmvMinor, followers, currency))
  @Field(() => Money, {
    nullable: true,
    description: 'GMV of a creator per fan, by the followers of today, rounded down; null for others.',
  })
  valuePerFan?: object | null;

  @MoneyField('commissionAccruedMinor', {
    type: EstimatedMoney,
    description:
      'The commission when the lines were paid for, before any return: for a brand what it pays, for a creator or an agency ' +
      'what it keeps.',
  })
  accruedCommission!: unknown;

  @MoneyField('commissionMinor', {
    type: EstimatedMoney,
    description: 'The same by now, net of returns, whether or not it is settled.',
  })
  estimatedCommission!: unknown;

  @MoneyField('feeAccruedMinor', {
    type: EstimatedMoney,
    description: 'The service fees that brands pay beside it, before any return.',
  })
  accruedServiceFee!: unknown;

  @MoneyField('feeMinor', {
    type: EstimatedMoney,
    description: 'The same by now, net of returns.',
  })
  estimatedServiceFee!: unknown;

  @Computed<InsightRow>(({ commissionMinor, gmvMinor, refundedMinor }) =>
    rateBp(commissionMinor, gmvMinor - refundedMinor),
  )
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description:
      'The effective commission rate: commission net of returns per GMV net of returns, rounded down. It may be more than ' +
      '10000 where discounts stand in the commission base; null where all came back.',
  })
  effectiveCommissionRate?: number | null;

  @Computed<InsightRow>(pathsOf)
  @Field(() => [InsightPathShare], { description: 'On which paths the GMV came: all five, in one order.' })
  paths!: PathRow[];

  @Computed<InsightRow>(({ live, currency }) => live && { ...live, currency })
  @Field(() => InsightTakenApart, {
    nullable: true,
    description:
      'The GMV of live sessions taken apart, of a creator and of the alliance, for the creator and operators; null for others, ' +
      'by event, and where nothing is reported of a session.',
  })
  takenApart?: TakenApartRow | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'What has happened to lines until then is counted; null before the first count.',
  })
  countedAt?: Date | null;
}
