import { blockParty } from '../../src/features/block/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';

/** The brand has blocked the agency that manages the creator, which ends nothing of what a side has. */
export async function makeBlocks(world: World, { brandId, agencyId }: { brandId: string; agencyId: string }) {
  const id = newId();
  const [blocker, blocked] = [
    { id: brandId, kind: 'BRAND' } as const,
    { id: agencyId, kind: 'AGENCY' } as const,
  ];
  await world.tx((tx) => blockParty(tx, { id, blocker, blocked, reason: 'Between us' }, EARLY));
  return { PartyBlock: toGlobalId('PartyBlock', id) };
}
