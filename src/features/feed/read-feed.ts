import type { Sql } from '../../db/database.ts';
import type { ChangeRow } from '../../db/read-changes.ts';
import { type Audience, FEED_START, type FeedPlace, readChanges } from '../../db/read-changes.ts';
import { type Actor, isOperator, partyIds } from '../../graphql/actor.ts';
import { type Connection, toConnection, toCursor, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { failure } from '../../graphql/errors.ts';
import { UUID } from '../../kernel/ids.ts';
import type { ChangesArgs } from './change.types.ts';

/** The name of the list in its cursors. */
const LIST = 'changes';
/** For so long events are kept. */
export const KEPT_DAYS = 90;

/** Whose events a caller reads: those of their organisations; operators read all. */
export const audienceOf = (actor: Actor): Audience => (isOperator(actor) ? 'EVERYBODY' : partyIds(actor));

export const cursorOf = ({ xid, id }: FeedPlace): string => toCursor([LIST, xid, id]);

/** Reads a cursor of the feed. Throws BAD_USER_INPUT for every other text. */
export function placeOf(after: string | null | undefined): FeedPlace | undefined {
  const [xid = '', id = ''] = toPage({ first: 0, after }, LIST).after ?? [];
  if (after == null) return undefined;
  if (/^\d{1,18}$/.test(xid) && UUID.test(id)) return { xid: BigInt(xid), id };
  throw foreign();
}

/** A page of the feed, with the cursor to go on from, which moves on also where there is nothing for the caller. */
export async function readFeed(context: RequestContext, args: ChangesArgs): Promise<Connection<ChangeRow>> {
  const page = toPage(args, LIST);
  const after = placeOf(args.after);
  const kinds = wanted(args.kinds);
  const { events, place, hasMore, standing } = await readChanges(context.database, {
    audience: audienceOf(context.actor),
    after: after ?? FEED_START,
    kinds,
    limit: page.first,
  });
  if (after !== undefined) refuseUnfit(standing);
  const { edges, nodes, pageInfo } = toConnection(events, page, ({ xid, id }) => [xid, id]);
  return { edges, nodes, pageInfo: { ...pageInfo, hasNextPage: hasMore, endCursor: cursorOf(place) } };
}

/** The place of a cursor. Throws where it is none, or where events behind it are no longer kept. */
export async function checkedPlace(
  db: Sql,
  after: string | null | undefined,
): Promise<FeedPlace | undefined> {
  const place = placeOf(after);
  if (place === undefined) return undefined;
  const { standing } = await readChanges(db, { audience: [], after: place, limit: 0 });
  refuseUnfit(standing);
  return place;
}

/** The kinds that are asked for, each once; all when it is undefined. */
export function wanted(kinds: ChangesArgs['kinds']): readonly ChangeRow['kind'][] | undefined {
  if (kinds == null) return undefined;
  if (kinds.length === 0)
    throw failure('BAD_USER_INPUT', '"kinds" names one kind at least, or is left out for all.');
  return [...new Set(kinds)];
}

/** Throws where the feed cannot be read on from a place without a gap. */
export function refuseUnfit(standing: 'KEPT' | 'DELETED' | 'AHEAD'): void {
  if (standing === 'AHEAD') throw foreign();
  if (standing === 'KEPT') return;
  throw failure(
    'CURSOR_EXPIRED',
    `Events after this cursor are older than ${KEPT_DAYS} days and no longer kept, so that some would be missed. Take ` +
      '"latestCursor", read anew what you keep a copy of, and go on from that cursor.',
  );
}

const foreign = () =>
  failure('BAD_USER_INPUT', 'The cursor in "after" is none of the change feed of this alliance.');
