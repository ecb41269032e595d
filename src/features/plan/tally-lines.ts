import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/** So many more lines of a creator that were settled under a plan. */
export interface SettledLines {
  readonly planId: string;
  readonly creatorId: string;
  readonly lines: number;
}

/**
 * Counts settled lines, by which tiers are reached from that moment on. The count is cumulative, so that the rate at any
 * past moment can be worked out again; the plans' locks keep two runs from counting on the same number.
 */
export async function tallySettledLines(tx: Sql, settled: readonly SettledLines[], at: Date): Promise<void> {
  if (settled.length === 0) return;
  const planIds = [...new Set(settled.map(({ planId }) => planId))];
  await tx.rows(sql`select from plan where id = any(${planIds}::uuid[]) order by id for no key update`);
  await tx.rows(sql`
    insert into plan_tally (plan_id, creator_id, at, lines)
    select e.plan_id, e.creator_id, greatest(${at}, before.at), coalesce(before.lines, 0) + sum(e.lines)
    from unnest(
      ${settled.map(({ planId }) => planId)}::uuid[],
      ${settled.map(({ creatorId }) => creatorId)}::uuid[],
      ${settled.map(({ lines }) => lines)}::bigint[]
    ) e (plan_id, creator_id, lines)
    left join lateral (select t.at, t.lines from plan_tally t
      where t.plan_id = e.plan_id and t.creator_id = e.creator_id order by t.at desc limit 1) before on true
    group by e.plan_id, e.creator_id, before.at, before.lines
    on conflict (plan_id, creator_id, at) do update set lines = excluded.lines`);
}
