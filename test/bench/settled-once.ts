import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';

/** What must be zero or equal after all lines were settled, each as a statement that gives one text when it is not. */
const CHECKS: readonly RawBuilder<{ message: string }>[] = [
  sql`select 'still due: ' || count(*) as message from line_due having count(*) > 0`,
  sql`select 'lines settled: ' || s.count || ', counted by batches: ' || b.sum as message
    from (select count(*) from line_settlement) s, (select coalesce(sum(lines), 0) as sum from settlement_batch) b
    where s.count <> b.sum`,
  sql`select 'settled: ' || s.count || ' of ' || l.count as message
    from (select count(*) from line_settlement) s, (select count(*) from order_line where creator_id is not null) l
    where s.count <> l.count`,
  sql`select 'party ' || coalesce(n.payee_id, a.party_id) || ': nets ' || coalesce(n.sum, 0) || ', ledger ' || coalesce(a.sum, 0)
      as message
    from (select payee_id, sum(net_minor) from waterfall_node group by 1) n
    full join (select party_id, sum(balance_minor) from ledger_account where kind <> 'ESCROW' group by 1) a
      on a.party_id = n.payee_id
    where coalesce(n.sum, 0) <> coalesce(a.sum, 0)`,
  sql`select 'brand ' || coalesce(n.brand_id, a.party_id) || ': nets ' || coalesce(n.sum, 0) || ', escrow ' || coalesce(a.sum, 0)
      as message
    from (select brand_id, sum(net_minor) from waterfall_node group by 1) n
    full join (select party_id, sum(balance_minor) from ledger_account where kind = 'ESCROW' group by 1) a
      on a.party_id = n.brand_id
    where coalesce(n.sum, 0) <> -coalesce(a.sum, 0)`,
  sql`select 'account ' || a.id || ': balance ' || a.balance_minor || ', transfers ' || coalesce(i.sum, 0) - coalesce(o.sum, 0)
      as message
    from ledger_account a
    left join (select to_account_id as id, sum(amount_minor) from ledger_transfer group by 1) i on i.id = a.id
    left join (select from_account_id as id, sum(amount_minor) from ledger_transfer group by 1) o on o.id = a.id
    where a.balance_minor <> coalesce(i.sum, 0) - coalesce(o.sum, 0)`,
  sql`select 'plan ' || coalesce(t.plan_id, l.plan_id) || ': tallied ' || coalesce(t.lines, 0) || ', settled ' || coalesce(l.lines, 0)
      as message
    from (select p.plan_id, l.creator_id, count(*) as lines from line_settlement s
      join order_line l on l.brand_id = s.brand_id and l.id = s.line_id
      join frozen_terms f on f.brand_id = s.brand_id and f.line_id = s.line_id
      join plan_terms p on p.id = f.plan_terms_id where l.remaining_base_minor > 0 group by 1, 2) l
    full join (select plan_id, creator_id, max(lines) as lines from plan_tally group by 1, 2) t using (plan_id, creator_id)
    where t.lines is distinct from l.lines`,
];

/** Everything that is wrong where each line should have been settled once and nothing else been done. */
export async function notSettledOnce(database: Database): Promise<string[]> {
  const found: string[] = [];
  for (const check of CHECKS) {
    const rows = await database.rows(sql<{ message: string }>`select message from (${check}) broken limit 5`);
    found.push(...rows.map(({ message }) => message));
  }
  return found;
}
