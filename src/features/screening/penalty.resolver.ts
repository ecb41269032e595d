import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, operatorsOnly, signedIn } from '../../graphql/access.ts';
import { isMember, mayWrite } from '../../graphql/actor.ts';
import { connectionOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow, readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { appealPenalty, decideAppeal } from './appeal-penalty.ts';
import { openAppeals, type PenaltyRow, penaltyById } from './penalty.loaders.ts';
import { ClaimAppealDecideInput, ClaimPenalty, ClaimPenaltyAppealInput } from './penalty.types.ts';

const AppealPayload = payloadOf('claimPenaltyAppeal', 'claimPenalty', () => ClaimPenalty);
const DecidePayload = payloadOf('claimAppealDecide', 'claimPenalty', () => ClaimPenalty);
const PenaltyConnection = connectionOf(ClaimPenalty);

type Answer = Promise<Payload<PenaltyRow>>;

const found = {
  idOf: ({ id }: PenaltyRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(penaltyById, id),
};
const NAMED = { field: 'claimPenaltyId', type: 'ClaimPenalty', load: penaltyById };

@Resolver()
export class ClaimPenaltyResolver {
  @Access(operatorsOnly)
  @Query(() => PenaltyConnection, {
    description: 'The penalties whose appeals wait for a decision, the oldest first.',
  })
  async openClaimAppeals(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'openClaimAppeals');
    return toConnection(await database.rows(openAppeals(page)), page, ({ id }) => [id]);
  }

  @Access(signedIn)
  @Mutation(() => AppealPayload, {
    description: 'Appeals against a penalty of the screening, once, within 30 days. For its party.',
  })
  claimPenaltyAppeal(
    @Arg('input', () => ClaimPenaltyAppealInput) input: ClaimPenaltyAppealInput,
    @Ctx() context: RequestContext,
  ): Answer {
    const { actor, clock } = context;
    return mutate(context, { ...found, operation: 'claimPenaltyAppeal', input }, async (tx) => {
      const allows = ({ partyId }: PenaltyRow) =>
        isMember(actor, partyId) && mayWrite(actor, partyId, 'cooperation:write');
      const { id } = await namedRow(tx, input.claimPenaltyId, { ...NAMED, allows });
      await appealPenalty(tx, id, input.text, clock.now());
      return readAgain(tx, penaltyById, id, clock.now());
    });
  }

  @Access(actingOperators)
  @Mutation(() => DecidePayload, {
    description: 'Decides an appeal, once. A penalty whose appeal is granted is lifted.',
  })
  claimAppealDecide(
    @Arg('input', () => ClaimAppealDecideInput) input: ClaimAppealDecideInput,
    @Ctx() context: RequestContext,
  ): Answer {
    return mutate(context, { ...found, operation: 'claimAppealDecide', input }, async (tx) => {
      const now = context.clock.now();
      const { id } = await namedRow(tx, input.claimPenaltyId, NAMED);
      await decideAppeal(tx, id, { outcome: input.outcome, note: input.note }, now);
      return readAgain(tx, penaltyById, id, now);
    });
  }
}
