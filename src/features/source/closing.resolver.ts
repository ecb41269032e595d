import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, signedIn } from '../../graphql/access.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { closeSource, reopenSource } from './close-source.ts';
import { type ClosingRow, closingById, closingCursor, closingsPage } from './closing.loaders.ts';
import { OutsideClosing, OutsideSourceCloseInput, OutsideSourceReopenInput } from './closing.types.ts';

const ClosePayload = payloadOf('outsideSourceClose', 'closing', () => OutsideClosing);
const ReopenPayload = payloadOf('outsideSourceReopen', 'closing', () => OutsideClosing);
const ClosingConnection = connectionOf(OutsideClosing);

type Answer = Promise<Payload<ClosingRow>>;

const found = {
  idOf: ({ id }: ClosingRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(closingById, id),
};

@Resolver()
export class OutsideClosingResolver {
  @Access(signedIn)
  @Query(() => ClosingConnection, {
    description: 'All closings of outside shops, those that begin last first.',
  })
  async outsideClosings(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'outsideClosings');
    return toConnection(await database.rows(closingsPage(page)), page, closingCursor);
  }

  @Access(actingOperators)
  @Mutation(() => ClosePayload, {
    description:
      'Closes an outside shop from a moment: from then on none of its products is listed, and those that are leave the pool. ' +
      'Placed orders keep their terms.',
  })
  outsideSourceClose(
    @Arg('input', () => OutsideSourceCloseInput) input: OutsideSourceCloseInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return mutate(context, { ...found, operation: 'outsideSourceClose', input }, async (tx) => {
      const now = context.clock.now();
      const { source, from, reason } = input;
      return readAgain(tx, closingById, await closeSource(tx, { source, from, reason }, now), now);
    });
  }

  @Access(actingOperators)
  @Mutation(() => ReopenPayload, {
    description:
      'Opens an outside shop again from a moment, or takes back a closing that has not begun. Brands resume their products.',
  })
  outsideSourceReopen(
    @Arg('input', () => OutsideSourceReopenInput) input: OutsideSourceReopenInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return mutate(context, { ...found, operation: 'outsideSourceReopen', input }, async (tx) => {
      const now = context.clock.now();
      return readAgain(tx, closingById, await reopenSource(tx, input.source, input.from ?? null, now), now);
    });
  }
}
