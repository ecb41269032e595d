import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { oneByKey } from '../../graphql/loaders.ts';

/** One run of settlement, with what it has settled by itself. */
export interface SettlementRunRow {
  readonly id: string;
  readonly asOf: Date;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly lines: number;
  readonly batches: number;
}

const runsWhere = (condition: RawBuilder<unknown>) => sql<SettlementRunRow>`
  select t.id, t.as_of as "asOf", t.started_at as "startedAt", t.ended_at as "endedAt",
    b.lines::int as lines, b.batches::int as batches
  from (select * from settlement_run t where ${condition}) t
  cross join lateral (select coalesce(sum(lines), 0) as lines, count(*) as batches
    from settlement_batch b where b.run_id = t.id) b`;

export const runById = oneByKey<SettlementRunRow>({
  name: 'settlementRunById',
  columns: ['id', 'asOf', 'startedAt', 'endedAt', 'lines', 'batches'],
  read: (ids, { sql: db }) => db.rows(runsWhere(sql`t.id = any(${ids}::uuid[])`)),
  keyOf: ({ id }) => id,
});

/** A page of all runs, newest first. */
export function pageOfRuns(page: Page): RawBuilder<SettlementRunRow> {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
  return sql<SettlementRunRow>`
    ${runsWhere(sql`${where} order by ${order} ${limitOf(page)}`)} order by ${order}`;
}
