import type { Invariant } from './invariant.ts';

/** What must hold of official events: what they give, out of which budget, and how their boards stand. */
export const OFFICIAL_EVENTS: readonly Invariant[] = [
  {
    name: 'event-budgets-are-granted-to-the-unit',
    holds: 'What a purse of an official event has granted is the sum of its grants, and at most its budget.',
    sql: /* sql */ `
      select 'event ' || p.event_id || ', ' || p.kind || ': granted ' || p.granted_minor || ' of ' || p.budget_minor
        || ', on lines ' || g.granted as message
      from event_purse p cross join lateral (select coalesce(sum(granted_minor), 0) as granted
        from event_grant where event_id = p.event_id and kind = p.kind) g
      where p.granted_minor <> g.granted or p.granted_minor > p.budget_minor`,
  },
  {
    name: 'no-event-budget-is-left-while-something-is-due',
    holds:
      'While a purse of an official event has something left, each line has been granted all that is due to it.',
    sql: /* sql */ `
      select 'event ' || p.event_id || ', ' || p.kind || ': left ' || p.budget_minor - p.granted_minor - p.released_minor
        || ', line ' || g.line_id || ' of brand ' || g.brand_id || ' lacks ' || g.due_minor - g.granted_minor as message
      from event_purse p join official_event e on e.id = p.event_id
      join event_grant g on g.event_id = p.event_id and g.kind = p.kind
      where e.closed_at is null and p.budget_minor > p.granted_minor + p.released_minor and g.granted_minor < g.due_minor`,
  },
  {
    name: 'event-lines-count-what-was-sold',
    holds: 'An order line counts for an official event what was paid for its goods and did not come back.',
    sql: /* sql */ `
      select 'line ' || l.id || ' of brand ' || l.brand_id || ': counts ' || e.net_minor || ', sold '
        || l.goods_paid_minor - l.refunded_minor as message
      from event_line e join order_line l on l.brand_id = e.brand_id and l.id = e.line_id
      where e.net_minor <> case when l.paid_at is null or l.state = 'CANCELLED' then 0
        else l.goods_paid_minor - l.refunded_minor end`,
  },
  {
    name: 'event-boards-sum-their-lines',
    holds: 'What a party has on a board of an official event is the sum of its lines.',
    sql: /* sql */ `
      select 'event ' || event_id || ', ' || board || ', party ' || party_id || ': on the board ' || coalesce(t.net_minor, 0)
        || ', on lines ' || coalesce(l.net, 0) as message
      from event_tally t full join (
        select event_id, 'BRANDS' as board, brand_id as party_id, sum(net_minor) as net from event_line group by 1, 3
        union all
        select event_id, 'CREATORS', creator_id, sum(net_minor) from event_line group by 1, 3) l
        using (event_id, board, party_id)
      where coalesce(t.net_minor, 0) <> coalesce(l.net, 0)`,
  },
  {
    name: 'event-money-is-put-aside',
    holds:
      'What the ledger has put aside for official events is what they have neither posted nor given back.',
    sql: /* sql */ `
      select 'currency ' || currency || ': put aside ' || coalesce(a.balance_minor, 0) || ', events ' || coalesce(e.rest, 0)
        as message
      from (select currency, sum(balance_minor) as balance_minor from ledger_account where kind = 'SUBSIDY' group by 1) a
      full join (
        select e.currency, sum(
          coalesce((select sum(budget_minor - released_minor) from event_purse where event_id = e.id), 0)
          - coalesce((select sum(case when kind = 'BONUS' and e.closed_at is not null then granted_minor else posted_minor end)
              from event_grant where event_id = e.id), 0)
          + case when e.closed_at is null and e.cancelled_at is null then
            coalesce((select sum(amount_minor) from event_prize where event_id = e.id), 0) else 0 end) as rest
        from official_event e group by 1) e using (currency)
      where coalesce(a.balance_minor, 0) <> coalesce(e.rest, 0)`,
  },
];
