import { sql } from 'kysely';
import { oneByKey, select } from '../../graphql/loaders.ts';

/** The figures of an agency as they were last counted. */
export interface ShownFigures {
  readonly agencyId: string;
  readonly creators: number;
  readonly campaigns: number;
  readonly products: number;
  readonly orderLines: bigint | null;
  readonly gmvMinor: bigint | null;
  readonly currency: string;
  readonly countedAt: Date;
}

const COLUMNS = [
  'agencyId',
  'creators',
  'campaigns',
  'products',
  'orderLines',
  'gmvMinor',
  'currency',
  'countedAt',
] as const;

export const figuresOfAgency = oneByKey<ShownFigures>({
  name: 'figuresOfAgency',
  columns: COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(sql<ShownFigures>`
      select ${select('t', COLUMNS)} from agency_figures t where t.agency_id = any(${ids}::uuid[])`),
  keyOf: (row) => row.agencyId,
});
