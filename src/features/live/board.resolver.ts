import { Args, Resolver, Root, Subscription } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { notFound } from '../../graphql/errors.ts';
import { followBoard } from '../../graphql/follow-board.ts';
import { idOfType } from '../../kernel/ids.ts';
import { type BoardRow, LiveSessionBoard, LiveSessionBoardArgs } from './board.types.ts';
import { hostOf, standingOf } from './follow-board.ts';

@Resolver()
export class LiveBoardResolver {
  @Access(signedIn)
  @Subscription(() => LiveSessionBoard, {
    subscribe: (given) => boards(given as { args: LiveSessionBoardArgs; context: RequestContext }) as never,
    description:
      'Tells how a live session stands, at once and then whenever its stock, its orders or its cart have changed, at most ' +
      'once a second; for its creator and operators. It ends when the session is over.',
  })
  liveSessionBoard(
    @Root() row: BoardRow,
    @Args(() => LiveSessionBoardArgs) _args: LiveSessionBoardArgs,
  ): BoardRow {
    return row;
  }
}

/** Whose board it is not is told before the stream begins. */
async function boards({
  args,
  context,
}: {
  args: LiveSessionBoardArgs;
  context: RequestContext;
}): Promise<AsyncIterable<BoardRow>> {
  const id = idOfType(args.liveSessionId, 'LiveSession');
  const creatorId = id === undefined ? undefined : await hostOf(context.database, id);
  const { actor } = context;
  if (id === undefined || creatorId === undefined || !(isMember(actor, creatorId) || isOperator(actor)))
    throw notFound('live session of yours');
  return boardOf(context, id);
}

async function* boardOf(context: RequestContext, liveSessionId: string): AsyncGenerator<BoardRow, void> {
  for await (const { at } of followBoard(context, () => standingOf(context.database, liveSessionId)))
    yield { liveSessionId, at };
}
