import { sql } from 'kysely';
import type { ChangeRow } from '../../db/read-changes.ts';
import { HEAD_XID } from '../../db/read-changes.ts';
import { oneByKey, select } from '../../graphql/loaders.ts';

/** An event with those whom it is for. */
export type ReadChange = ChangeRow & { readonly partyIds: readonly string[] };

const COLUMNS = ['xid', 'id', 'kind', 'at', 'subjectType', 'subjectId', 'brandId', 'data', 'partyIds'];

/** An event by its id, once the feed shows it. */
export const changeById = oneByKey<ReadChange>({
  name: 'changeById',
  columns: COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(sql<ReadChange>`
      select ${select('t', COLUMNS)} from outbox_event t where t.id = any(${ids}::uuid[]) and t.xid < ${HEAD_XID}`),
  keyOf: ({ id }) => id,
});
