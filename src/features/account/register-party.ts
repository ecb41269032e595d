import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { Actor, PartyKind, Role } from '../../graphql/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { PartyRow } from './account.entity.ts';

export interface NewParty {
  readonly kind: PartyKind;
  readonly name: string;
  readonly id?: string;
}

/**
 * Enters a party and makes the person who calls its owner. The row of the brand, agency or creator itself is the
 * caller's to add. Gives the party's id.
 */
export async function registerParty(
  tx: Tx,
  party: NewParty,
  actor: Actor | undefined,
  now: Date,
): Promise<string> {
  const id = party.id ?? newId();
  tx.em.create(PartyRow, { id, kind: party.kind, name: party.name, createdAt: now });
  await tx.em.flush();
  if (actor?.issuer !== undefined && actor.subject !== undefined) {
    await seatUser(tx, { issuer: actor.issuer, subject: actor.subject, name: actor.name }, id, 'OWNER', now);
  }
  return id;
}

/** Somebody as their access token names them. */
export interface Person {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
}

/**
 * Gives a person, known by the issuer and subject of their token, a role in an organisation in place of an earlier one.
 * Who is known already keeps their name: it is not for another organisation to change.
 */
export async function seatUser(
  tx: Tx,
  person: Person,
  partyId: string,
  role: Role,
  now: Date,
): Promise<void> {
  const [user] = await tx.rows(sql<{ id: string }>`
    insert into app_user (id, issuer, subject, name, created_at)
    values (${newId()}, ${person.issuer}, ${person.subject}, ${person.name}, ${now})
    on conflict (issuer, subject) do update set name = app_user.name returning id`);
  if (user === undefined) throw new Error('An upsert always gives its row.');
  await tx.rows(sql`
    insert into membership (id, user_id, party_id, role, created_at)
    values (${newId()}, ${user.id}, ${partyId}, ${role}, ${now})
    on conflict (user_id, party_id) do update set role = excluded.role`);
}
