import { sql } from 'kysely';
import { keyset } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import type { PartyBlockRow } from './block.entity.ts';

const COLUMNS = [
  'id',
  'blockerId',
  'blockedId',
  'reason',
  'blockedAt',
  'takesEffectAt',
  'runningUntil',
  'liftedAt',
] as const;

export const blockById = oneByKey<PartyBlockRow>({
  name: 'blockById',
  columns: COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(
      sql<PartyBlockRow>`select ${select('t', COLUMNS)} from party_block t where t.id = any(${ids}::uuid[])`,
    ),
  keyOf: (row) => row.id,
});

/** The blocks that a party has made, also lifted ones, newest first. */
export const blocksOfParty = pageByKey<PartyBlockRow>({
  name: 'blocksOfParty',
  columns: COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`b.id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<PartyBlockRow>`
      select ${select('t', COLUMNS)} from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select b.* from party_block b where b.blocker_id = k.id and ${where}
        order by ${order} limit ${page.first + 1}) t
      order by t.id desc`);
  },
  keyOf: (row) => row.blockerId,
  cursorOf: (row) => [row.id],
});
