import { sql } from 'kysely';
import { Args, Resolver, Root, Subscription } from 'type-graphql';
import type { Sql } from '../../db/database.ts';
import { Access, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { notFound } from '../../graphql/errors.ts';
import { type BoardStanding, followBoard } from '../../graphql/follow-board.ts';
import { idOfType } from '../../kernel/ids.ts';
import { type EventBoardRow, OfficialEventBoard, OfficialEventBoardArgs } from './board.types.ts';

@Resolver()
export class EventBoardResolver {
  @Access(signedIn)
  @Subscription(() => OfficialEventBoard, {
    subscribe: (given) => boards(given as { args: OfficialEventBoardArgs; context: RequestContext }) as never,
    description:
      'Tells how an official event stands, at once and then whenever its boards have changed, at most once a second. It ends ' +
      'when the event is closed or cancelled.',
  })
  officialEventBoard(
    @Root() row: EventBoardRow,
    @Args(() => OfficialEventBoardArgs) _args: OfficialEventBoardArgs,
  ): EventBoardRow {
    return row;
  }
}

/** What there is not is told before the stream begins. */
async function boards({
  args,
  context,
}: {
  args: OfficialEventBoardArgs;
  context: RequestContext;
}): Promise<AsyncIterable<EventBoardRow>> {
  const id = idOfType(args.officialEventId, 'OfficialEvent');
  if (id === undefined || (await standingOf(context.database, id)) === undefined)
    throw notFound('official event');
  return boardOf(context, id);
}

const GONE: BoardStanding = { isOver: true, mark: '', partyIds: [] };

async function* boardOf(
  context: RequestContext,
  officialEventId: string,
): AsyncGenerator<EventBoardRow, void> {
  const standing = async () => (await standingOf(context.database, officialEventId)) ?? GONE;
  for await (const { at } of followBoard(context, standing)) yield { officialEventId, at };
}

/** How an event stands: what changes its boards are the events of the brands that take part. */
async function standingOf(db: Sql, eventId: string): Promise<BoardStanding | undefined> {
  const [standing] = await db.rows(sql<BoardStanding>`
    select e.closed_at is not null or e.cancelled_at is not null as "isOver",
      concat_ws('/', e.moves, e.closed_at, e.cancelled_at) as mark,
      array(select distinct p.brand_id from event_product p where p.event_id = e.id and p.state in ('APPROVED', 'REMOVED'))
        as "partyIds"
    from official_event e where e.id = ${eventId}`);
  return standing;
}
