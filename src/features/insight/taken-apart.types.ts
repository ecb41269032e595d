import { Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BigIntText, Computed, MoneyField } from '../../graphql/money.ts';
import { type Factor, type FactorName, factorsOf } from './factors.ts';
import type { InsightRow } from './insight.loaders.ts';

const FactorEnum = declareEnum<FactorName>('InsightFactorName', 'What the GMV of live sessions is made of.', {
  VIEWERS: 'Unique viewers of each session, together.',
  WATCH_TIME: 'Hours that each viewer watched.',
  BUYERS_PER_HOUR: 'Buyers won per watched hour: their first orders in a session.',
  REPURCHASE: 'Orders per buyer.',
  VALUE_PER_ORDER: 'GMV per order, in minor units.',
});

@Access(withParent)
@ObjectType({ description: 'A factor, as an exact fraction.' })
export class InsightFactor implements Factor {
  @Field(() => FactorEnum, { description: 'Which factor.' })
  name!: FactorName;

  @Field(() => BigIntText, { description: 'Above the line.' })
  numerator!: bigint;

  @Field(() => BigIntText, { description: 'Below the line; never 0.' })
  denominator!: bigint;
}

/** What is known of live sessions together, in one currency. */
export type TakenApartRow = NonNullable<InsightRow['live']> & { readonly currency: string };

@Access(withParent)
@ObjectType({
  description:
    'The GMV of live sessions taken apart: of those that began on these days, and of which viewers and watched time are reported.',
})
export class InsightTakenApart
  implements Pick<TakenApartRow, 'viewers' | 'watchedSeconds' | 'buyers' | 'orders'>
{
  @Computed<TakenApartRow>(({ sessions }) => sessions)
  @Field(() => Int, { description: 'How many sessions.' })
  liveSessions!: number;

  @Field(() => BigIntText, { description: 'Viewers, each once in a session.' })
  viewers!: bigint;

  @Field(() => BigIntText, { description: 'Seconds that all of them watched together.' })
  watchedSeconds!: bigint;

  @Field(() => BigIntText, { description: 'Buyers, each once in a session for each brand.' })
  buyers!: bigint;

  @Field(() => BigIntText, { description: 'Orders in the sessions; one goes to one brand.' })
  orders!: bigint;

  @MoneyField('gmvMinor', { description: 'The GMV of these sessions.' })
  gmv!: unknown;

  @Computed<TakenApartRow>(factorsOf)
  @Field(() => [InsightFactor], {
    nullable: true,
    description:
      'Factors whose product is this GMV in minor units, exactly; null where nobody watched or nobody bought.',
  })
  factors?: Factor[] | null;
}
