import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { operatorsOfMoney } from '../settlement/index.ts';
import { eventsPage, type OfficialEventRow, officialEventById } from './official-event.loaders.ts';
import {
  OfficialEvent,
  OfficialEventCancelInput,
  OfficialEventOpenInput,
  type OfficialEventPurseInput,
} from './official-event.types.ts';
import { cancelEvent, openEvent } from './open-event.ts';

const OpenPayload = payloadOf('officialEventOpen', 'officialEvent', () => OfficialEvent);
const CancelPayload = payloadOf('officialEventCancel', 'officialEvent', () => OfficialEvent);
const EventConnection = connectionOf(OfficialEvent);

const found = {
  idOf: ({ id }: OfficialEventRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(officialEventById, id),
};
const constraints = {
  one_official_event_per_code: (): UserErrorValue => ({
    __typename: 'StateConflict',
    message: 'There is an official event with this code already.',
    path: ['input', 'code'],
    state: 'OPENED',
  }),
};

@Resolver()
export class OfficialEventResolver {
  @Access(signedIn)
  @Query(() => EventConnection, { description: 'All official events, those that start last first.' })
  async officialEvents(@Args(() => PageArgs) args: PageArgs, @Ctx() { database, clock }: RequestContext) {
    const page = toPage(args, 'officialEvents');
    const rows = await eventsPage(database, page, clock.now());
    return toConnection(rows, page, ({ startsAt, id }) => [startsAt, id]);
  }

  @Access(operatorsOfMoney)
  @Mutation(() => OpenPayload, {
    description:
      'Opens an official event, and puts aside what it may give away. For operators with money:write.',
  })
  officialEventOpen(
    @Arg('input', () => OfficialEventOpenInput) input: OfficialEventOpenInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<OfficialEventRow>> {
    const options = { ...found, operation: 'officialEventOpen', input, constraints };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const { subsidy, bonus, categoryIds, minCommission: minCommissionBp } = input;
      const event = {
        ...input,
        categoryIds: categoryIds.map((id) => idOfType(id, 'Category') ?? NO_ID),
        minCommissionBp,
        subsidy: purseOf(subsidy),
        bonus: purseOf(bonus),
      };
      return readAgain(tx, officialEventById, await openEvent(tx, event, now), now);
    });
  }

  @Access(operatorsOfMoney)
  @Mutation(() => CancelPayload, {
    description:
      'Cancels an official event that has not started; what was put aside comes back. For operators with money:write.',
  })
  officialEventCancel(
    @Arg('input', () => OfficialEventCancelInput) input: OfficialEventCancelInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<OfficialEventRow>> {
    return mutate(context, { ...found, operation: 'officialEventCancel', input }, async (tx) => {
      const now = context.clock.now();
      const naming = { field: 'officialEventId', type: 'OfficialEvent', load: officialEventById };
      const { id } = await namedRow(tx, input.officialEventId, naming);
      await cancelEvent(tx, id, now);
      return readAgain(tx, officialEventById, id, now);
    });
  }
}

const purseOf = (purse: OfficialEventPurseInput | null | undefined) =>
  purse == null
    ? null
    : { rateBp: purse.rate, capMinor: purse.capMinor ?? null, budgetMinor: purse.budgetMinor };
