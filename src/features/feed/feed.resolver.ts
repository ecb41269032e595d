import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { type ChangeRow, headPlace } from '../../db/read-changes.ts';
import { Access, accessOf, signedIn } from '../../graphql/access.ts';
import { connectionOf } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { Node, nodeKey, nodeTypeOf } from '../../graphql/node.ts';
import { ChangeEvent, ChangesArgs } from './change.types.ts';
import { cursorOf, KEPT_DAYS, readFeed } from './read-feed.ts';

const ChangeEventConnection = connectionOf(ChangeEvent as never);

@Resolver(() => ChangeEventConnection)
export class FeedResolver {
  @Access(signedIn)
  @Query(() => ChangeEventConnection, {
    description:
      'Every event that concerns the caller, without a gap, in one order that is the same for all readers, for ' +
      `${KEPT_DAYS} days. Keep \`pageInfo.endCursor\` and go on from it; it moves on also when there is nothing for you.`,
  })
  changes(@Args(() => ChangesArgs) args: ChangesArgs, @Ctx() context: RequestContext) {
    return readFeed(context, args);
  }

  @FieldResolver(() => String, {
    description:
      'The cursor behind everything that has happened by now: to begin here rather than with the oldest event.',
  })
  async latestCursor(@Ctx() { database }: RequestContext): Promise<string> {
    return cursorOf(await headPlace(database));
  }
}

@Resolver(() => ChangeEvent)
export class ChangeEventResolver {
  @FieldResolver(() => Node, {
    nullable: true,
    description: 'What it is about, as it is now; null where that is not open to the caller any more.',
  })
  async subject(@Root() change: ChangeRow, @Ctx() context: RequestContext): Promise<object | null> {
    const { subjectType, subjectId: id, brandId } = change;
    const type = nodeTypeOf(subjectType);
    const key = type && nodeKey(type, { type: subjectType, id, brandId: brandId ?? undefined });
    if (type === undefined || key === undefined) return null;
    const row = await context.loaders.one(type.load, key);
    if (row === undefined || !accessOf(type.type).allows(context.actor, row as never)) return null;
    return { ...row, __typename: subjectType };
  }
}
