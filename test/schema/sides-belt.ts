import { sql } from 'kysely';
import { askToJoin, foundBelt, openLiveBase } from '../../src/features/agency/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';
import type { Objects } from './sides.ts';

/** A belt of the recruiter with a live base, and the brand in it, with the request by which it asked for that. */
export async function makeBelt(
  world: World,
  { brandId, recruiterId: agencyId }: { readonly brandId: string; readonly recruiterId: string },
): Promise<Objects> {
  return world.tx(async (tx) => {
    const belt = { name: `Belt ${newId()}`, region: '浙江', agencyId, about: '' };
    const beltId = await foundBelt(tx, belt);
    const join = await askToJoin(
      tx,
      { id: brandId, beltId: null },
      { id: beltId, agencyId },
      'Between us',
      EARLY,
    );
    await tx.rows(sql`update brand set belt_id = ${beltId} where id = ${brandId}`);
    const address = { city: '南通', address: 'Street 1' };
    const base = await openLiveBase(tx, { beltId, name: 'Base', ...address, rooms: 60 }, EARLY);
    return {
      IndustrialBelt: toGlobalId('IndustrialBelt', beltId),
      BeltJoin: toGlobalId('BeltJoin', join),
      LiveBase: toGlobalId('LiveBase', base),
    };
  });
}
