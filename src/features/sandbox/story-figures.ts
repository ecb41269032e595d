import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { StoryFigure } from './story.ts';

/** What the payees of a story have now, in the order in which they are named. One statement. */
export async function readFigures(
  db: Sql,
  payees: ReadonlyMap<string, string>,
  currency: string,
): Promise<StoryFigure[]> {
  const parts = [...payees.keys()];
  return db.rows(sql<StoryFigure>`
    select p.part, p.id as "partyId", ${currency}::text as currency, e.estimated as "estimatedMinor",
      coalesce(a.payable, 0) as "payableMinor", coalesce(a.reserve, 0) as "reservedMinor",
      -coalesce(a.receivable, 0) as "owedMinor", coalesce(a.clearing, 0) as "underWayMinor", o.paid as "paidOutMinor"
    from unnest(${parts}::text[], ${[...payees.values()]}::uuid[]) with ordinality p (part, id, place)
    cross join lateral (select coalesce(sum(n.net_minor), 0)::bigint as estimated
      from waterfall_node n where n.payee_id = p.id and not exists (select from line_settlement s
        where s.brand_id = n.brand_id and s.line_id = n.line_id)) e
    cross join lateral (select
        max(balance_minor) filter (where kind in ('PAYABLE', 'REVENUE')) as payable,
        max(balance_minor) filter (where kind = 'RESERVE') as reserve,
        max(balance_minor) filter (where kind = 'RECEIVABLE') as receivable,
        max(balance_minor) filter (where kind = 'PAYOUT_CLEARING') as clearing
      from ledger_account where party_id = p.id and currency = ${currency}) a
    cross join lateral (select coalesce(sum(t.amount_minor), 0)::bigint as paid
      from ledger_transfer t join ledger_account f on f.id = t.from_account_id
      where f.party_id = p.id and f.currency = ${currency} and f.kind = 'PAYOUT_CLEARING'
        and t.kind in ('PAYOUT_CONFIRMED', 'WITHHOLDING')) o
    order by p.place`);
}
