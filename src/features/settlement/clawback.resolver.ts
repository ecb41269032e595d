import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, operatorsOnly } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import { connectionOf, keyset, limitOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { select } from '../../graphql/loaders.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { CLAWBACK_COLUMNS, type ClawbackRow, clawbackById } from './clawback.loaders.ts';
import { Clawback, ClawbackWriteOffInput } from './clawback.types.ts';
import { operatorsOfMoney } from './settlement.access.ts';
import { writeOffClawback } from './write-off-clawback.ts';

const WriteOffPayload = payloadOf('clawbackWriteOff', 'clawback', () => Clawback);
const ClawbackConnection = connectionOf(Clawback);

const found = {
  idOf: ({ id }: ClawbackRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(clawbackById, id),
};

@Resolver()
export class ClawbackResolver {
  @Access(operatorsOnly)
  @Query(() => ClawbackConnection, {
    description: 'What payees still owe after clawbacks, the oldest first.',
  })
  async waitingClawbacks(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'waitingClawbacks');
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
    const rows = await database.rows(sql<ClawbackRow>`
      select ${select('t', CLAWBACK_COLUMNS)} from clawback t
      where t.state = 'WAITING' and ${where} order by ${order} ${limitOf(page)}`);
    return toConnection(rows, page, ({ id }) => [id]);
  }

  @Access(operatorsOfMoney)
  @Mutation(() => WriteOffPayload, {
    description:
      "Gives up what is still owed of a clawback, at the alliance's own cost. For operators with money:write.",
  })
  clawbackWriteOff(
    @Arg('input', () => ClawbackWriteOffInput) input: ClawbackWriteOffInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ClawbackRow>> {
    return mutate(context, { ...found, operation: 'clawbackWriteOff', input }, async (tx) => {
      new Checks().text(input.reason, 'reason', 1, 500).done();
      const now = context.clock.now();
      const naming = { field: 'clawbackId', type: 'Clawback', load: clawbackById };
      const clawback = await namedRow(tx, input.clawbackId, naming);
      await writeOffClawback(tx, clawback, input.reason.trim(), now);
      return readAgain(tx, clawbackById, clawback.id, now);
    });
  }
}
