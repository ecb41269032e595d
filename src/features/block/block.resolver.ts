import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { mayWrite } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { namedRow } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, unknown } from '../../graphql/user-errors.ts';
import { fromGlobalId, NO_ID } from '../../kernel/ids.ts';
import { type PartyRow, partyById } from '../account/index.ts';
import type { PartyBlockRow } from './block.entity.ts';
import { blockById } from './block.loaders.ts';
import { AlreadyBlocked, PartyBlock, PartyBlockInput, PartyUnblockInput } from './block.types.ts';
import { blockParty } from './block-party.ts';
import { liftBlock } from './lift-block.ts';

const BlockPayload = payloadOf('partyBlock', 'block', () => PartyBlock, [AlreadyBlocked]);
const UnblockPayload = payloadOf('partyUnblock', 'block', () => PartyBlock);

const found = {
  idOf: ({ id }: PartyBlockRow) => id,
  find: (tx: MutationTx, id: string) => tx.loaders.one(blockById, id),
};

/** What the database says to whoever blocks twice. */
const ONE_AT_A_TIME = {
  one_block_at_a_time: () => ({
    __typename: 'AlreadyBlocked',
    message: 'This party is blocked already. Lift that block to give another reason.',
    path: ['input', 'blockedId'],
  }),
};

@Resolver()
export class BlockResolver {
  @Access(signedIn)
  @Mutation(() => BlockPayload, {
    description:
      'Blocks a creator or an agency for a brand, or a brand for an agency, with a reason that both read.',
  })
  partyBlock(
    @Arg('input', () => PartyBlockInput) input: PartyBlockInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PartyBlockRow>> {
    const { actor, clock } = context;
    const options = { ...found, operation: 'partyBlock', input, constraints: ONE_AT_A_TIME };
    return mutate(context, options, async (tx) => {
      const blocker = await namedParty(tx, input.blockerId, 'blockerId');
      if (!mayWrite(actor, blocker.id, 'cooperation:write')) throw unknown(['input', 'blockerId'], 'party');
      const blocked = await namedParty(tx, input.blockedId, 'blockedId');
      return blockParty(tx, { blocker, blocked, reason: input.reason }, clock.now());
    });
  }

  @Access(signedIn)
  @Mutation(() => UnblockPayload, { description: 'Lifts a block. What it has ended stays ended.' })
  partyUnblock(
    @Arg('input', () => PartyUnblockInput) input: PartyUnblockInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<PartyBlockRow>> {
    const { actor, clock } = context;
    return mutate(context, { ...found, operation: 'partyUnblock', input }, async (tx) => {
      const block = await namedRow(tx, input.blockId, {
        field: 'blockId',
        type: 'PartyBlock',
        load: blockById,
        allows: ({ blockerId }) => mayWrite(actor, blockerId, 'cooperation:write'),
      });
      return liftBlock(tx, block, clock.now());
    });
  }
}

/** The party behind the id of an organisation. */
async function namedParty(tx: MutationTx, globalId: string, field: string): Promise<PartyRow> {
  const named = fromGlobalId(globalId);
  const party = await tx.loaders.one(partyById, named?.id ?? NO_ID);
  if (party === undefined || party.kind !== named?.type.toUpperCase())
    throw unknown(['input', field], 'party');
  return party;
}
