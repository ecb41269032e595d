import { sql } from 'kysely';
import { seatUser } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';
import type { Objects } from './sides.ts';

/** A clerk of the brand, and the rules of the alliance, which both sides have in common. */
export async function makeAccount(world: World, brandId: string): Promise<Objects> {
  const person = { issuer: 'urn:elsewhere', subject: `clerk-${brandId}`, name: 'Clerk' };
  await world.tx((tx) => seatUser(tx, person, brandId, 'VIEWER', EARLY));
  const [row] = await world.database.rows(sql<{ member: string; policy: string }>`
    select m.id as member, p.id as policy from membership m join app_user u on u.id = m.user_id, alliance_policy p
    where u.subject = ${person.subject} and p.valid_to is null`);
  return {
    'OrganisationMember, of the brand': toGlobalId('OrganisationMember', row?.member ?? ''),
    AlliancePolicy: toGlobalId('AlliancePolicy', row?.policy ?? ''),
  };
}
