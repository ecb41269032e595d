import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, operatorsOnly } from '../../graphql/access.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { decideFinding } from './decide-finding.ts';
import { type FindingRow, findingById, openFindings } from './finding.loaders.ts';
import { ClaimFinding, ClaimFindingDecideInput } from './finding.types.ts';

const DecidePayload = payloadOf('claimFindingDecide', 'claimFinding', () => ClaimFinding);
const FindingConnection = connectionOf(ClaimFinding);

@Resolver()
export class ClaimFindingResolver {
  @Access(operatorsOnly)
  @Query(() => FindingConnection, {
    description:
      'What the screening has found or members have reported, and waits for a decision, the oldest first.',
  })
  async openClaimFindings(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'openClaimFindings');
    return toConnection(await database.rows(openFindings(page)), page, ({ id }) => [id]);
  }

  @Access(actingOperators)
  @Mutation(() => DecidePayload, {
    description: 'Decides a finding, once; one that is upheld may carry a penalty of whoever wrote the text.',
  })
  claimFindingDecide(
    @Arg('input', () => ClaimFindingDecideInput) input: ClaimFindingDecideInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<FindingRow>> {
    const find = (tx: MutationTx, id: string) => tx.loaders.one(findingById, id);
    const options = { operation: 'claimFindingDecide', input, idOf: ({ id }: FindingRow) => id, find };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      const naming = { field: 'claimFindingId', type: 'ClaimFinding', load: findingById };
      const finding = await namedRow(tx, input.claimFindingId, naming);
      const { outcome, reason, penalty } = input;
      const given = penalty == null ? null : { kind: penalty.kind, endsAt: penalty.endsAt ?? null };
      await decideFinding(tx, finding, { outcome, reason, penalty: given }, now);
      return readAgain(tx, findingById, finding.id, now);
    });
  }
}
