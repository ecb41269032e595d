import { sql } from 'kysely';
import { oneByKey, selectAsked } from '../../graphql/loaders.ts';
import type { Managed } from './creator.access.ts';
import type { CreatorRow } from './creator.entity.ts';

/** A creator as it is read: with the name of its party, and who manages it now and may see what. */
export type NamedCreator = Managed<CreatorRow> & { readonly name: string };

export const CREATOR_COLUMNS = ['id', 'tier', 'city', 'about', 'followers'] as const;

export const creatorById = oneByKey<NamedCreator>({
  name: 'creatorById',
  columns: [...CREATOR_COLUMNS, 'name', 'managedBy', 'visibility'],
  read: (ids, scope) =>
    scope.sql.rows(sql<NamedCreator>`
      select ${selectAsked('t', CREATOR_COLUMNS, scope, 'id')}, p.name, c.agency_id as "managedBy", c.visibility
      from creator t join party p using (id)
      left join contract_terms c on c.creator_id = t.id and tstzrange(c.valid_from, c.valid_to) @> ${scope.now}::timestamptz
      where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});
