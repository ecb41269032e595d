import { sql } from 'kysely';
import { namesFor, oneByKey, selectAsked } from '../../graphql/loaders.ts';
import type { BrandRow } from './brand.entity.ts';

/** A brand as it is read: with the name of its party. */
export type NamedBrand = BrandRow & { readonly name: string };

export const BRAND_COLUMNS = ['id', 'kind', 'currency', 'city', 'about', 'beltId', 'restricted'] as const;

export const brandById = oneByKey<NamedBrand>({
  name: 'brandById',
  columns: [...BRAND_COLUMNS, 'name'],
  read: async (ids, scope) => {
    const names = namesFor(scope, 'name');
    if (names !== undefined) return (await names.parties(ids as string[])) as NamedBrand[];
    return scope.sql.rows(sql<NamedBrand>`
      select ${selectAsked('t', BRAND_COLUMNS, scope, 'id')}, p.name from brand t join party p using (id)
      where t.id = any(${ids}::uuid[])`);
  },
  keyOf: (row) => row.id,
});
