import type { Caller, Json } from '../kit/alliance.ts';

const INGEST = /* GraphQL */ `
  mutation ($input: OrderEventsIngestInput!) {
    orderEventsIngest(input: $input) {
      ingested { results { eventId status error { code message path } } }
      userErrors { __typename ... on UserError { message path } }
    }
  }
`;

/** One answer as `STATUS` or `STATUS CODE path.in.input`. */
const told = ({ status, error }: Json): string =>
  error === null ? status : `${status} ${error.code} ${error.path.join('.')}`;

/** Reports events as they stand on the wire, with whatever is in them, and gives the whole answer. */
export const report = (caller: Caller, events: readonly object[], source = 'shop') =>
  caller.query(INGEST, { input: { source, events } });

/** Reports events and gives what became of each, in words. Throws where the call as a whole was refused. */
export async function told1By1(
  caller: Caller,
  events: readonly object[],
  source = 'shop',
): Promise<string[]> {
  const { status, data, errors } = await report(caller, events, source);
  if (status !== 200 || errors !== undefined) throw new Error(`HTTP ${status}: ${JSON.stringify(errors)}`);
  const { ingested, userErrors } = data.orderEventsIngest;
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return ingested.results.map(told);
}

/** An event on the wire: PAID of line 1 at noon, unless told otherwise. */
export const wire = (eventId: string, orderNo: string, more: object = {}): object => ({
  eventId,
  kind: 'PAID',
  orderNo,
  lineNo: 1,
  occurredAt: '2026-06-16T12:01:00Z',
  ...more,
});

/** A PLACED event on the wire: one piece at 100.00. */
export const wirePlaced = (
  eventId: string,
  orderNo: string,
  skuCode: string,
  detail: object = {},
  more: object = {},
) =>
  wire(eventId, orderNo, {
    kind: 'PLACED',
    occurredAt: '2026-06-16T12:00:00Z',
    placed: { skuCode, quantity: 1, buyerRef: 'buyer-1', itemTotalMinor: '10000', ...detail },
    ...more,
  });
