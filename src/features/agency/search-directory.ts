import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type KeysetColumn, keyset, limitOf, type Page } from '../../graphql/connection.ts';
import type { AgencyService } from './agency.entity.ts';
import { agencyColumns, type NamedAgency } from './agency.loaders.ts';
import { standingOf } from './certification-standing.ts';

export type DirectoryOrder = 'NAME' | 'CREATORS' | 'CAMPAIGNS' | 'GMV';

export interface DirectoryFilter {
  readonly service?: AgencyService | null;
  readonly city?: string | null;
  /** A part of the name. */
  readonly search?: string | null;
}

/** An agency in the directory, with the value that the order goes by. */
export type ListedAgency = NamedAgency & { readonly place: string | number | bigint };

const ID: KeysetColumn = { sql: sql`t.id`, type: 'uuid' };
const PLACES: Readonly<Record<DirectoryOrder, KeysetColumn & { readonly direction: 'asc' | 'desc' }>> = {
  NAME: { sql: sql`p.name`, type: 'text', direction: 'asc' },
  CREATORS: { sql: sql`coalesce(f.creators, 0)`, type: 'int', direction: 'desc' },
  CAMPAIGNS: { sql: sql`coalesce(f.campaigns, 0)`, type: 'int', direction: 'desc' },
  GMV: { sql: sql`coalesce(f.gmv_minor, 0)`, type: 'bigint', direction: 'desc' },
};

/** A page of the certified agencies: whoever is suspended or no longer certified is not among them. One statement. */
export function searchDirectory(
  db: Sql,
  filter: DirectoryFilter,
  orderBy: DirectoryOrder,
  page: Page,
  now: Date,
): Promise<ListedAgency[]> {
  const place = PLACES[orderBy];
  const { where, order } = keyset([place, ID], place.direction, page);
  const { service, city, search } = filter;
  const conditions = [
    sql`c.certification = 'CERTIFIED'`,
    where,
    ...(service == null ? [] : [sql`${service} = any(c."certifiedFor")`]),
    ...(city == null ? [] : [sql`t.city = ${city}`]),
    ...(search == null ? [] : [sql`p.name ilike ${`%${search.replaceAll(/[\\%_]/g, '\\$&')}%`}`]),
  ];
  return db.rows(sql<ListedAgency>`
    select ${agencyColumns}, p.name, c.*, ${place.sql} as place
    from agency t join party p using (id) cross join lateral (${standingOf(sql`t.id`, now)}) c
    left join agency_figures f on f.agency_id = t.id
    where ${sql.join(conditions, sql` and `)} order by ${order} ${limitOf(page)}`);
}
