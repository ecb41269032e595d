import { GraphQLDate } from 'graphql-scalars';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { Computed, EstimatedMoney, MoneyField, SettledMoney } from '../../graphql/money.ts';
import type { EarningsBy, EarningsFilter, EarningsRow } from './earnings.loaders.ts';

const EarningsByEnum = declareEnum<EarningsBy>('EarningsBy', 'By what earnings are put together.', {
  DAY: "By the day on which the lines were placed, in the alliance's time zone.",
  PLAN: 'By the plan that applied; lines of campaigns together under none.',
  PRODUCT: 'By product.',
  CONTENT:
    'By the live session in which the lines were placed, or else the promotion link that they came by.',
  CAMPAIGN: 'By the recruiting campaign that applied; lines of plans together under none.',
});

@ArgsType()
export class EarningsArgs extends PageArgs implements EarningsFilter {
  @Field(() => EarningsByEnum, { defaultValue: 'DAY', description: 'By what they are put together.' })
  by!: EarningsBy;

  @Field(() => GraphQLDate, {
    nullable: true,
    description: 'The first day on which the lines were placed; when left out, 29 days before the last one.',
  })
  from?: Date | null;

  @Field(() => GraphQLDate, {
    nullable: true,
    description: 'The last day, of at most 92; when left out, 29 days after the first one, or else today.',
  })
  to?: Date | null;
}

@Access(withParent)
@ObjectType({
  description:
    'What came of one day, plan, product, content or campaign, in one currency, of order lines that were paid and not ' +
    'cancelled. The two tracks are never mixed: each line counts on one of them.',
})
export class EarningsGroup {
  @Computed<EarningsRow>(({ by, groupKey }) => (by === 'DAY' ? groupKey : null))
  @Field(() => GraphQLDate, { nullable: true, description: 'The day, where it is by day.' })
  day?: string | null;

  @Computed<EarningsRow>(({ lines }) => lines)
  @Field(() => Int, { description: 'How many order lines.' })
  orderLines!: number;

  @MoneyField('gmvMinor', {
    nullable: true,
    description:
      'What buyers paid for the goods, before refunds; null for an agency that may not see ORDERS.',
  })
  gmv?: unknown;

  @MoneyField('estimatedMinor', { type: EstimatedMoney, description: 'Of the lines that are not settled.' })
  estimated!: unknown;

  @MoneyField('settledMinor', {
    type: SettledMoney,
    description: 'Of the lines that are settled, less what was taken back since.',
  })
  settled!: unknown;
}
