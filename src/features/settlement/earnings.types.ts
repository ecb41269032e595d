import { GraphQLDate } from 'graphql-scalars';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { Computed, CurrencyCode, EstimatedMoney, MoneyField, SettledMoney } from '../../graphql/money.ts';
import type { EarningsBy, EarningsFilter, EarningsRow } from './earnings.loaders.ts';

const EarningsByEnum = declareEnum<EarningsBy>('EarningsBy', 'By what earnings are put together.', {
  DAY: "By the day on which the lines were placed, in the alliance's time zone.",
  PLAN: 'By the plan that applied; lines of campaigns together under none.',
  PRODUCT: 'By product.',
  CONTENT: 'By the live session, or else the promotion link, that they are credited to.',
  CAMPAIGN: 'By the recruiting campaign that applied; lines of plans together under none.',
});

@ArgsType()
export class EarningsArgs extends PageArgs implements EarningsFilter {
  @Field(() => EarningsByEnum, { description: 'By what they are put together.' })
  by!: EarningsBy;

  @Field(() => GraphQLDate, { description: 'The first day.' })
  from!: Date;

  @Field(() => GraphQLDate, { description: 'The last day; 92 days at most.' })
  to!: Date;
}

@Access(withParent)
@ObjectType({
  description:
    'What came of one day, plan, product, content or campaign. The two tracks are never mixed: a line counts on one of them.',
})
export class EarningsGroup implements Pick<EarningsRow, 'currency' | 'lines'> {
  @Computed<EarningsRow>(({ by, groupKey }) => (by === 'DAY' ? groupKey : null))
  @Field(() => GraphQLDate, { nullable: true, description: 'The day, where it is by day.' })
  day?: string | null;

  @Field(() => CurrencyCode, { description: 'The currency.' })
  currency!: string;

  @Field(() => Int, { description: 'How many order lines.' })
  lines!: number;

  @MoneyField('estimatedMinor', { type: EstimatedMoney, description: 'Of the lines that are not settled.' })
  estimated!: unknown;

  @MoneyField('settledMinor', {
    type: SettledMoney,
    description: 'Of the lines that are settled, less what was taken back since.',
  })
  settled!: unknown;
}
