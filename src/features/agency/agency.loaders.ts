import { type RawBuilder, sql } from 'kysely';
import { namesFor, oneByKey, select } from '../../graphql/loaders.ts';
import type { AgencyRow } from './agency.entity.ts';
import { type Standing, standingOf } from './certification-standing.ts';

/** An agency as it is read: with the name of its party, and how it stands with its certificates now. */
export type NamedAgency = AgencyRow & Standing & { readonly name: string };

const AGENCY_COLUMNS = ['id', 'services', 'city', 'about'] as const;

/** SQL: what is read of an agency `t`. */
export const agencyColumns = select('t', AGENCY_COLUMNS);

/** Selects agencies by a condition on `t`. */
export const agenciesWhere = (condition: RawBuilder<unknown>, now: Date) => sql<NamedAgency>`
  select ${agencyColumns}, p.name, c.*
  from agency t join party p using (id) cross join lateral (${standingOf(sql`t.id`, now)}) c
  where ${condition}`;

export const agencyById = oneByKey<NamedAgency>({
  name: 'agencyById',
  columns: [...AGENCY_COLUMNS, 'name', 'certification', 'certifiedUntil', 'certifiedFor'],
  read: async (ids, scope) => {
    const names = namesFor(scope, 'name');
    if (names !== undefined) return (await names.parties(ids as string[])) as NamedAgency[];
    return scope.sql.rows(agenciesWhere(sql`t.id = any(${ids}::uuid[])`, scope.now));
  },
  keyOf: (row) => row.id,
});
