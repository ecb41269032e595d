import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { type Actor, isOperator, mayWrite } from '../../graphql/actor.ts';
import { type AuditedCall, auditEntryOf } from '../../graphql/audit.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { invalid, type Payload, payloadOf, type UserErrorValue } from '../../graphql/user-errors.ts';
import { idOfType } from '../../kernel/ids.ts';
import {
  type EventAnswer,
  type OrderEventInput,
  OrderEventsIngested,
  OrderEventsIngestInput,
} from '../order/index.ts';
import { type Reporter, toOrderEvent } from './event-input.ts';
import { MAX_EVENTS } from './ingest-order-events.ts';
import { ingestTogether } from './share-commits.ts';

const OrderEventsIngestPayload = payloadOf('orderEventsIngest', 'ingested', () => OrderEventsIngested);

@Resolver()
export class IntakeResolver {
  @Access(signedIn)
  @Mutation(() => OrderEventsIngestPayload, {
    description:
      'Takes up to 1,000 events of order lines, in any order and any number of times. Each is answered by itself: what ' +
      'is wrong with one leaves the others untouched. An event is known by its source and id, so that repeating a ' +
      'call changes nothing.',
  })
  async orderEventsIngest(
    @Arg('input', () => OrderEventsIngestInput) input: OrderEventsIngestInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<OrderEventsIngested>> {
    const { events, source } = input;
    if (events.length < 1 || events.length > MAX_EVENTS) {
      return refused(
        invalid(
          ['input', 'events'],
          `A call brings 1 to ${MAX_EVENTS} events; this one had ${events.length}.`,
        ),
      );
    }
    const reporter = reporterOf(context.actor, events);
    if (reporter === undefined) {
      const message =
        'The caller may report orders for no brand: that takes a brand or an operator with orders:write.';
      return refused({ __typename: 'NotFoundError', message, path: ['input'] });
    }
    const reported = events.map((event) => toOrderEvent(event, source, reporter));
    const call: AuditedCall = context.audit ?? { operation: 'orderEventsIngest', input };
    const audited = auditEntryOf(context, call, { partyId: reporter.id });
    const answers = await ingestTogether(context, { reporterId: reporter.id, events: reported, audited });
    call.entered = true;
    return {
      result: { results: events.map((event, i) => toResult(event, answers[i] as EventAnswer, i)) },
      userErrors: [],
    };
  }
}

const refused = (error: UserErrorValue) => ({ result: null, userErrors: [error] });

/**
 * For whom the caller reports: operators for every brand, others for one brand a call that they may write for: the
 * first that an event names, else their first.
 */
function reporterOf(actor: Actor, events: readonly OrderEventInput[]): Reporter | undefined {
  const brandIds = actor.seats
    .filter(({ partyKind, partyId }) => partyKind === 'BRAND' && mayWrite(actor, partyId, 'orders:write'))
    .map(({ partyId }) => partyId);
  if (isOperator(actor) && actor.scopes.has('orders:write')) {
    const alliance = actor.seats.find(({ partyKind, role }) => partyKind === 'ALLIANCE' && role !== 'VIEWER');
    if (alliance !== undefined) return { id: alliance.partyId, brandIds, anyBrand: true };
  }
  const named = events
    .map(({ brandId }) => idOfType(brandId ?? '', 'Brand'))
    .find((id) => brandIds.includes(id ?? ''));
  const id = named ?? brandIds[0];
  return id === undefined ? undefined : { id, brandIds: [id], anyBrand: false };
}

/** The source is named once for all events of a call. */
const pathOf = (field: string, i: number): string[] =>
  field === 'source' ? ['input', 'source'] : ['input', 'events', String(i), ...field.split('.')];

function toResult({ eventId }: OrderEventInput, { status, problem }: EventAnswer, i: number) {
  const error = problem && { code: problem.code, message: problem.message, path: pathOf(problem.field, i) };
  return { eventId, status, error };
}
