import type { Tx } from '../../src/db/database.ts';
import {
  acceptProposal,
  contractById,
  endContract,
  inviteCreator,
  proposalById,
  proposeChange,
} from '../../src/features/contract/index.ts';
import { CONTRACT_VISIBILITIES } from '../../src/features/creator/index.ts';
import { ANONYMOUS } from '../../src/graphql/actor.ts';
import { type MutationTx, withLoaders } from '../../src/graphql/mutate.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';

interface Sides {
  readonly creatorId: string;
  readonly agencyId: string;
  readonly formerAgencyId: string;
  readonly recruiterId: string;
}

/** Seven days before the agency follows the former one. */
const NOTICE = new Date('2026-06-24T00:00:00Z');
export const MANAGED_FROM = new Date('2026-07-01T00:00:00Z');

const TERMS = { shareBp: 2000, visibility: CONTRACT_VISIBILITIES };

/** A contract that is over, the one that follows it with a change proposed, and an invitation by another agency. */
export async function makeContracts(world: World, sides: Sides) {
  const { creatorId, agencyId, formerAgencyId, recruiterId } = sides;
  const ended = await sign(world, { creatorId, agencyId: formerAgencyId }, EARLY);
  await at(world, NOTICE, async (tx) => {
    const contract = await tx.loaders.one(contractById, ended);
    await endContract(tx, contract as never, { askedBy: creatorId, reason: 'Between us' }, NOTICE);
  });
  const running = await sign(world, { creatorId, agencyId }, MANAGED_FROM);
  const change = await at(world, MANAGED_FROM, async (tx) => {
    const contract = await tx.loaders.one(contractById, running);
    const next = { ...TERMS, shareBp: 2500, endsAt: null };
    const proposed = { proposedBy: agencyId, next, message: 'Between us' };
    return proposeChange(tx, contract as never, proposed, MANAGED_FROM);
  });
  const invitation = { ...TERMS, agencyId: recruiterId, creatorId };
  const invited = await at(world, MANAGED_FROM, (tx) => inviteCreator(tx, invitation, MANAGED_FROM));
  return {
    CreatorContract: toGlobalId('CreatorContract', running),
    'CreatorContract, ended': toGlobalId('CreatorContract', ended),
    'ContractProposal, change': toGlobalId('ContractProposal', change),
    'ContractProposal, of another agency': toGlobalId('ContractProposal', invited),
  };
}

/** An invitation that is accepted at once. */
const sign = (world: World, sides: Pick<Sides, 'creatorId' | 'agencyId'>, now: Date): Promise<string> =>
  at(world, now, async (tx) => {
    const id = await inviteCreator(tx, { ...TERMS, ...sides }, now);
    const proposal = await tx.loaders.one(proposalById, id);
    return (await acceptProposal(tx, proposal as never, now)).id;
  });

const at = <Result>(world: World, now: Date, work: (tx: MutationTx) => Promise<Result>): Promise<Result> =>
  world.tx((tx: Tx) => work(withLoaders(tx, ANONYMOUS, now)));
