import { type RawBuilder, sql } from 'kysely';
import { oneByKey, select } from '../../graphql/loaders.ts';
import type { AgencyRow, BeltRow } from './agency.entity.ts';
import { type Standing, standingOf } from './certification-standing.ts';

/** An agency as it is read: with the name of its party, and how it stands with its certificates now. */
export type NamedAgency = AgencyRow & Standing & { readonly name: string };

const AGENCY_COLUMNS = ['id', 'services', 'city', 'about'] as const;

/** Selects agencies by a condition on `t`, `p` and `c`. */
export const agenciesWhere = (condition: RawBuilder<unknown>, now: Date) => sql<NamedAgency>`
  select ${select('t', AGENCY_COLUMNS)}, p.name, c.*
  from agency t join party p using (id) cross join lateral (${standingOf(sql`t.id`, now)}) c
  where ${condition}`;

export const agencyById = oneByKey<NamedAgency>({
  name: 'agencyById',
  columns: [...AGENCY_COLUMNS, 'name', 'certification', 'certifiedUntil', 'certifiedFor'],
  read: (ids, { sql: db, now }) => db.rows(agenciesWhere(sql`t.id = any(${ids}::uuid[])`, now)),
  keyOf: (row) => row.id,
});

const BELT_COLUMNS = ['id', 'name', 'region', 'agencyId', 'about'] as const;

export const beltById = oneByKey<BeltRow>({
  name: 'beltById',
  columns: BELT_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(
      sql<BeltRow>`select ${select('t', BELT_COLUMNS)} from industrial_belt t where t.id = any(${ids}::uuid[])`,
    ),
  keyOf: (row) => row.id,
});
