import { sql } from 'kysely';
import type { Role } from '../../graphql/actor.ts';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { oneByKey, pageByKey } from '../../graphql/loaders.ts';

/** A person in an organisation: their role there, and how their tokens name them. */
export interface Member {
  readonly id: string;
  readonly partyId: string;
  readonly userId: string;
  readonly role: Role;
  readonly since: Date;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
}

const MEMBER = sql`t.id, t.party_id as "partyId", t.user_id as "userId", t.role, t.created_at as since,
  u.name, u.issuer, u.subject`;

export const memberById = oneByKey<Member>({
  name: 'memberById',
  columns: ['id', 'partyId', 'userId', 'role', 'since', 'name', 'issuer', 'subject'],
  read: (ids, { sql: db }) =>
    db.rows(sql<Member>`
      select ${MEMBER} from membership t join app_user u on u.id = t.user_id where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

export const membersOfParty = pageByKey<Member>({
  name: 'membersOfParty',
  columns: memberById.columns,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<Member>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${MEMBER} from membership t join app_user u on u.id = t.user_id
        where t.party_id = k.id and ${where} order by ${order} ${limitOf(page)}) r
      order by r.id desc`);
  },
  keyOf: (row) => row.partyId,
  cursorOf: (row) => [row.id],
});
