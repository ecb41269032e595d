import type { Invariant } from './invariant.ts';

/** What must hold of sharing by buyers: what orders bring, what sharers have, and what the ledger has put aside. */
export const SHARING: readonly Invariant[] = [
  {
    name: 'share-rewards-are-their-rate',
    holds: 'An order by a share link brings its rate of the base that was paid for and has not come back.',
    sql: /* sql */ `
      select 'line ' || l.id || ' of brand ' || l.brand_id || ': brings ' || r.due_minor || ' at ' || r.rate_bp
        || ' basis points of ' || l.remaining_base_minor as message
      from share_reward r join order_line l on l.brand_id = r.brand_id and l.id = r.line_id
      where r.due_minor <> case when l.paid_at is null or l.state = 'CANCELLED' then 0
        else div(l.remaining_base_minor::numeric * r.rate_bp, 10000) end`,
  },
  {
    name: 'sharers-sum-their-orders',
    holds: 'A sharer was rewarded what was posted on the orders by their links, and given what was credited.',
    sql: /* sql */ `
      select 'sharer ' || s.id || ': rewarded ' || s.rewarded_minor || ', on lines ' || r.posted || '; given '
        || s.credited_minor || ', in credits ' || c.given as message
      from sharer s
      cross join lateral (select coalesce(sum(r.posted_minor), 0) as posted from share_link l
        join share_reward r on r.share_link_id = l.id where l.sharer_id = s.id) r
      cross join lateral (select coalesce(sum(amount_minor), 0) as given from share_credit where sharer_id = s.id) c
      where s.rewarded_minor <> r.posted or s.credited_minor <> c.given`,
  },
  {
    name: 'share-money-is-put-aside',
    holds:
      'What the ledger has put aside of a brand for sharing is what its sharers were rewarded and not given.',
    sql: /* sql */ `
      select 'brand ' || brand_id || ', ' || currency || ': put aside ' || coalesce(a.balance_minor, 0) || ', sharers '
        || coalesce(s.rest, 0) as message
      from (select party_id as brand_id, currency, balance_minor from ledger_account where kind = 'SHARES') a
      full join (select brand_id, currency, sum(rewarded_minor - credited_minor) as rest from sharer group by 1, 2) s
        using (brand_id, currency)
      where coalesce(a.balance_minor, 0) <> coalesce(s.rest, 0)`,
  },
];
