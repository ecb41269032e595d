import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, type UserErrorValue, unknown } from '../../graphql/user-errors.ts';
import { notAfter } from '../../kernel/clock.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { isCleanText } from '../../kernel/text.ts';
import { Blocked } from '../account/index.ts';
import { operatorsOfOrders } from '../order/index.ts';
import { type BoostRow, boostById } from './boost.loaders.ts';
import { Boost, BoostAboveBalance, BoostBuyInput, BoostMoveInput } from './boost.types.ts';
import { buyBoost } from './buy-boost.ts';
import { type AnsweredCharge, BoostChargesReported, BoostChargesReportInput } from './charge.types.ts';
import { type ChargeResult, chargeBoosts } from './charge-boosts.ts';
import { pauseBoost, resumeBoost, stopBoost } from './steer-boost.ts';

const BuyPayload = payloadOf('boostBuy', 'boost', () => Boost, [BoostAboveBalance, Blocked]);
const PausePayload = payloadOf('boostPause', 'boost', () => Boost);
const ResumePayload = payloadOf('boostResume', 'boost', () => Boost);
const StopPayload = payloadOf('boostStop', 'boost', () => Boost);
const ReportPayload = payloadOf('boostChargesReport', 'reported', () => BoostChargesReported);

const MOST_CHARGES = 1000;
const MOST_EXPOSURES = 1_000_000;

const found = {
  idOf: ({ id }: BoostRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(boostById, id),
};
const constraints = {
  one_boost_at_a_time: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'You have a boost of this product in that time already: stop it, or begin when it is over.',
    path: ['input', 'startsAt'],
    state: 'BOOSTED',
  }),
};

@Resolver()
export class BoostResolver {
  @Access(signedIn)
  @Mutation(() => BuyPayload, {
    description: 'Buys a boost and puts its budget aside. For brands and creators, with money:write.',
  })
  boostBuy(
    @Arg('input', () => BoostBuyInput) input: BoostBuyInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<BoostRow>> {
    return mutate(context, { ...found, operation: 'boostBuy', input, constraints }, async (tx) => {
      const now = context.clock.now();
      const payerId = idOfType(input.payerId, 'Brand', 'Creator') ?? NO_ID;
      if (!mayWrite(context.actor, payerId, 'money:write')) throw unknown(['input', 'payerId'], 'payer');
      const productId = idOfType(input.productId, 'Product') ?? NO_ID;
      const id = await buyBoost(tx, { ...input, payerId, productId }, now);
      return readAgain(tx, boostById, id, now);
    });
  }

  @Access(signedIn)
  @Mutation(() => PausePayload, { description: 'Shows a boost no further until it is resumed.' })
  boostPause(
    @Arg('input', () => BoostMoveInput) input: BoostMoveInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<BoostRow>> {
    return steer(context, 'boostPause', input, pauseBoost);
  }

  @Access(signedIn)
  @Mutation(() => ResumePayload, { description: 'Shows a paused boost again.' })
  boostResume(
    @Arg('input', () => BoostMoveInput) input: BoostMoveInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<BoostRow>> {
    return steer(context, 'boostResume', input, resumeBoost);
  }

  @Access(signedIn)
  @Mutation(() => StopPayload, {
    description: 'Ends a boost before its time, and gives back what is left of its budget.',
  })
  boostStop(
    @Arg('input', () => BoostMoveInput) input: BoostMoveInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<BoostRow>> {
    return steer(context, 'boostStop', input, stopBoost);
  }

  @Access(operatorsOfOrders)
  @Mutation(() => ReportPayload, {
    description:
      'Charges boosts for what was shown of them; each charge counts once by its boost and id, and is answered by itself. For ' +
      'operators with orders:write.',
  })
  boostChargesReport(
    @Arg('input', () => BoostChargesReportInput) input: BoostChargesReportInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<{ results: AnsweredCharge[] }>> {
    return mutate(context, { operation: 'boostChargesReport', input }, async (tx) => {
      const now = context.clock.now();
      check(input, now);
      const charges = input.charges.map((charge) => ({
        ...charge,
        boostId: idOfType(charge.boostId, 'Boost') ?? NO_ID,
      }));
      const results = await chargeBoosts(tx, charges, now);
      return {
        results: input.charges.map(({ boostId, eventId }, i) => ({
          ...(results[i] as ChargeResult),
          boostId,
          eventId,
        })),
      };
    });
  }
}

function steer(
  context: RequestContext,
  operation: string,
  input: BoostMoveInput,
  move: (tx: MutationTx, id: string, now: Date) => Promise<void>,
): Promise<Payload<BoostRow>> {
  return mutate(context, { ...found, operation, input }, async (tx) => {
    const now = context.clock.now();
    const { id } = await namedRow(tx, input.boostId, {
      field: 'boostId',
      type: 'Boost',
      load: boostById,
      allows: ({ payerId }) => mayWrite(context.actor, payerId, 'money:write'),
    });
    await move(tx, id, now);
    return readAgain(tx, boostById, id, now);
  });
}

function check({ charges }: BoostChargesReportInput, now: Date): void {
  const { length } = charges;
  const checks = new Checks().that(
    length >= 1 && length <= MOST_CHARGES,
    'charges',
    `1 to ${MOST_CHARGES} charges a call.`,
  );
  for (const [i, { eventId, exposures, priceMinor, shownAt }] of charges.slice(0, MOST_CHARGES).entries()) {
    const field = `charges.${i}`;
    const isId = eventId.length >= 1 && eventId.length <= 100 && isCleanText(eventId);
    const isPast = notAfter(shownAt, now);
    checks
      .that(isId, `${field}.eventId`, 'An id has 1 to 100 characters and no control characters.')
      .that(
        exposures >= 1 && exposures <= MOST_EXPOSURES,
        `${field}.exposures`,
        `From 1 to ${MOST_EXPOSURES}.`,
      )
      .that(priceMinor >= 0n, `${field}.priceMinor`, 'A price is 0 or more, in minor units.')
      .that(isPast, `${field}.shownAt`, 'An exposure lies in the past.');
  }
  checks.done();
}
