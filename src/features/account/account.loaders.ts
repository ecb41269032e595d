import { sql } from 'kysely';
import { keyset } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import type { ApiKeyRow, PartyRow } from './account.entity.ts';

const PARTY_COLUMNS = ['id', 'kind', 'name', 'createdAt'] as const;

export const partyById = oneByKey<PartyRow>({
  name: 'partyById',
  columns: PARTY_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(
      sql<PartyRow>`select ${select('t', PARTY_COLUMNS)} from party t where t.id = any(${ids}::uuid[])`,
    ),
  keyOf: (row) => row.id,
});

/** What of a key may be shown; the hash of its secret may not. */
export type ShownApiKey = Pick<
  ApiKeyRow,
  'id' | 'partyId' | 'name' | 'scopes' | 'createdAt' | 'lastUsedAt' | 'revokedAt'
>;

const API_KEY_COLUMNS = ['id', 'partyId', 'name', 'scopes', 'createdAt', 'lastUsedAt', 'revokedAt'] as const;

export const apiKeyById = oneByKey<ShownApiKey>({
  name: 'apiKeyById',
  columns: API_KEY_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(
      sql<ShownApiKey>`select ${select('t', API_KEY_COLUMNS)} from api_key t where t.id = any(${ids}::uuid[])`,
    ),
  keyOf: (row) => row.id,
});

export const apiKeysOfParty = pageByKey<ShownApiKey>({
  name: 'apiKeysOfParty',
  columns: API_KEY_COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<ShownApiKey>`
      select ${select('r', API_KEY_COLUMNS)} from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select t.* from api_key t where t.party_id = k.id and ${where}
        order by ${order} limit ${page.first + 1}) r order by r.id desc`);
  },
  keyOf: (row) => row.partyId,
  cursorOf: (row) => [row.id],
});
