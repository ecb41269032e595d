import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BigIntText, Computed, Money } from '../../graphql/money.ts';
import type { ChargeOutcome } from './charge.ts';
import type { ChargeResult } from './charge-boosts.ts';

const ChargeOutcomeEnum = declareEnum<ChargeOutcome>(
  'BoostChargeOutcome',
  'What became of a reported charge.',
  {
    CHARGED: 'All that it costs was taken of the budget.',
    CUT_TO_BUDGET: 'What was left of the budget was taken, which is less than it costs; the boost has ended.',
    REPEATED: 'It was reported before under this id and counts once.',
    CONTENT_DIFFERS: 'Something else was reported before under this id; nothing was done.',
    ABOVE_BID: 'It costs more than the boost bids; nothing was taken.',
    NOT_SCHEDULED: 'It was shown outside of the days or hours of the boost; nothing was taken.',
    NOT_RUNNING: 'The boost was paused or had ended; nothing was taken.',
    UNKNOWN_BOOST: 'There is no such boost.',
  },
);

@InputType({ description: 'What was shown of a boost.' })
export class BoostChargeInput {
  @Field(() => ID, { description: 'The boost.' })
  boostId!: string;

  @Field(() => String, {
    description: 'An id of your own, of 1 to 100 characters: reported again it counts once.',
  })
  eventId!: string;

  @Field(() => Int, { description: 'How often it was shown, 1 to 1,000,000.' })
  exposures!: number;

  @Field(() => BigIntText, { description: 'What a thousand exposures cost, in minor units.' })
  priceMinor!: bigint;

  @Field(() => GraphQLDateTimeISO, { description: 'When, or around when.' })
  shownAt!: Date;
}

@InputType({ description: 'What was shown of boosts.' })
export class BoostChargesReportInput {
  @Field(() => [BoostChargeInput], { description: 'The charges, 1 to 1,000 a call.' })
  charges!: BoostChargeInput[];
}

/** What became of a charge, under the ids by which the caller knows it. */
export type AnsweredCharge = ChargeResult & Pick<BoostChargeInput, 'boostId' | 'eventId'>;

@Access(withParent)
@ObjectType({ description: 'What became of a reported charge.' })
export class BoostChargeResult implements Pick<AnsweredCharge, 'boostId' | 'eventId' | 'outcome'> {
  @Field(() => ID, { description: 'The boost that it names.' })
  boostId!: string;

  @Field(() => String, { description: 'Its id.' })
  eventId!: string;

  @Field(() => ChargeOutcomeEnum, { description: 'What became of it.' })
  outcome!: ChargeOutcome;

  @Computed<AnsweredCharge>(({ chargedMinor, currency }) =>
    currency === null ? null : { minorUnits: chargedMinor, currencyCode: currency },
  )
  @Field(() => Money, {
    nullable: true,
    description: 'What was taken of the budget for it, now or before; null where there is no such boost.',
  })
  charged?: object | null;
}

@Access(withParent)
@ObjectType({ description: 'What became of reported charges.' })
export class BoostChargesReported {
  @Field(() => [BoostChargeResult], { description: 'One result for each charge, in their order.' })
  results!: AnsweredCharge[];
}
