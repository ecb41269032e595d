import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import type { Role } from '../../graphql/actor.ts';
import { Refusal } from '../../graphql/user-errors.ts';
import type { Member } from './member.loaders.ts';
import { type Person, seatUser } from './register-party.ts';

/** Gives a person a role in place of an earlier one. Refused when that would leave the organisation without an owner. */
export async function grantMembership(
  tx: Tx,
  person: Person,
  partyId: string,
  role: Role,
  now: Date,
): Promise<void> {
  const owners = await lockOwners(tx, partyId);
  await seatUser(tx, person, partyId, role, now);
  await keepAnOwner(tx, partyId, owners, ['input', 'role']);
}

/** Takes a person's role away. Refused when that would leave the organisation without an owner. */
export async function revokeMembership(tx: Tx, member: Pick<Member, 'id' | 'partyId'>): Promise<void> {
  const owners = await lockOwners(tx, member.partyId);
  await tx.rows(sql`delete from membership where id = ${member.id}`);
  await keepAnOwner(tx, member.partyId, owners, ['input', 'memberId']);
}

/** Makes whoever changes the members of the organisation wait for each other; gives how many owners there are. */
async function lockOwners(tx: Sql, partyId: string): Promise<number> {
  await tx.rows(sql`select from party where id = ${partyId} for no key update`);
  return countOwners(tx, partyId);
}

async function countOwners(tx: Sql, partyId: string): Promise<number> {
  const [row] = await tx.rows(sql<{ n: number }>`
    select count(*)::int as n from membership where party_id = ${partyId} and role = 'OWNER'`);
  return row?.n ?? 0;
}

/** Two owners who take each other's role away at once would otherwise leave nobody. */
async function keepAnOwner(tx: Sql, partyId: string, before: number, path: readonly string[]): Promise<void> {
  if (before === 0 || (await countOwners(tx, partyId)) > 0) return;
  const message = 'The organisation would have no owner any more. Make somebody else an owner first.';
  throw new Refusal([{ __typename: 'LastOwner', message, path }]);
}
