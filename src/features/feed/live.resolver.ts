import { Args, Resolver, Root, Subscription } from 'type-graphql';
import type { EventKind } from '../../db/outbox.ts';
import { Access, signedIn } from '../../graphql/access.ts';
import type { Actor } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { notFound } from '../../graphql/errors.ts';
import { idOfType } from '../../kernel/ids.ts';
import { type Following, followChanges, followSums } from './follow-changes.ts';
import {
  ChangeAdded,
  ChangeAddedArgs,
  EarningsChanged,
  EarningsChangedArgs,
  type SumsRow,
} from './live.types.ts';
import { audienceOf, checkedPlace, cursorOf, wanted } from './read-feed.ts';

/** What moves an estimate, a balance or a payout. */
const OF_MONEY: readonly EventKind[] = [
  'ORDER_LINE_PAID',
  'ORDER_LINE_CANCELLED',
  'ORDER_LINE_REFUNDED',
  'COMMISSION_SETTLED',
  'CLAWBACK_POSTED',
  'CLAWBACK_WRITTEN_OFF',
  'RESERVE_RELEASED',
  'MILESTONE_PAID',
  'PAYOUT_REQUESTED',
  'PAYOUT_SENT',
  'PAYOUT_CONFIRMED',
  'PAYOUT_FAILED',
];

interface Subscribing<Arguments> {
  readonly args: Arguments;
  readonly context: RequestContext;
}

@Resolver()
export class LiveResolver {
  @Access(signedIn)
  @Subscription(() => ChangeAdded, {
    subscribe: (given) => addedChanges(given as Subscribing<ChangeAddedArgs>) as never,
    description:
      'The events of `changes` as they come. Keep the last `cursor`: whatever ends the subscription, nothing is missed ' +
      'by whoever begins after it again.',
  })
  changeAdded(@Root() added: ChangeAdded, @Args(() => ChangeAddedArgs) _args: ChangeAddedArgs): ChangeAdded {
    return added;
  }

  @Access(signedIn)
  @Subscription(() => EarningsChanged, {
    subscribe: (given) => changedEarnings(given as Subscribing<EarningsChangedArgs>),
    description:
      'Tells that balances, earnings or payouts of a creator or an agency have changed, with the organisation as it is now; ' +
      'many changes at once are told as one, and never more often than once a second.',
  })
  earningsChanged(
    @Root() row: SumsRow,
    @Args(() => EarningsChangedArgs) _args: EarningsChangedArgs,
  ): SumsRow & { cursor: string } {
    return { ...row, cursor: cursorOf(row.place) };
  }
}

/** What is wrong with the arguments is said before the stream begins. */
async function addedChanges({
  args,
  context,
}: Subscribing<ChangeAddedArgs>): Promise<AsyncIterable<ChangeAdded>> {
  const following = {
    audience: audienceOf(context.actor),
    after: await checkedPlace(context.database, args.after),
    kinds: wanted(args.kinds),
  };
  return oneByOne(context, following);
}

async function* oneByOne(context: RequestContext, following: Following): AsyncGenerator<ChangeAdded> {
  for await (const { events } of followChanges(context, following)) {
    for (const event of events) {
      context.loaders.renew(context.clock.now());
      yield { cursor: cursorOf(event), event };
    }
  }
}

function changedEarnings({ args, context }: Subscribing<EarningsChangedArgs>): AsyncIterable<SumsRow> {
  return sumsOf(context, payeeOf(context.actor, args.organisationId ?? undefined));
}

async function* sumsOf(context: RequestContext, payee: Omit<SumsRow, 'place'>): AsyncGenerator<SumsRow> {
  const following = { audience: [payee.creatorId ?? payee.agencyId ?? ''], kinds: OF_MONEY };
  for await (const place of followSums(context, following)) {
    context.loaders.renew(context.clock.now());
    yield { place, ...payee };
  }
}

/** The creator or agency of the caller that is asked for. Throws NOT_FOUND where it is none of theirs. */
function payeeOf({ seats }: Actor, organisationId: string | undefined): Omit<SumsRow, 'place'> {
  const own = (kind: 'CREATOR' | 'AGENCY', type: 'Creator' | 'Agency') => {
    const asked = organisationId === undefined ? undefined : (idOfType(organisationId, type) ?? '');
    return seats.find(
      ({ partyKind, partyId }) => partyKind === kind && (asked === undefined || partyId === asked),
    )?.partyId;
  };
  const creatorId = own('CREATOR', 'Creator') ?? null;
  const agencyId = creatorId === null ? (own('AGENCY', 'Agency') ?? null) : null;
  if (creatorId === null && agencyId === null) throw notFound('creator or agency of yours');
  return { creatorId, agencyId };
}
