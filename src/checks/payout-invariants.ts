import type { Invariant } from './invariant.ts';

/** What the ledger has moved for each payout, by its transactions: out of the balance, to the payee, and withheld. */
export const PAYOUT_TRANSFERS = /* sql */ `
  (select q.payout_id, count(distinct q.transaction_id) as transactions,
      sum(case t.kind when 'PAYOUT' then t.amount_minor when 'PAYOUT_RETURNED' then -t.amount_minor else 0 end) as taken,
      sum(case when t.kind = 'PAYOUT_CONFIRMED' then t.amount_minor
        when t.kind = 'PAYOUT_REVERSED' and f.kind = 'CASH' then -t.amount_minor else 0 end) as arrived,
      sum(case when t.kind = 'WITHHOLDING' then t.amount_minor
        when t.kind = 'PAYOUT_REVERSED' and f.kind = 'WITHHOLDING' then -t.amount_minor else 0 end) as withheld
    from payout_posting q join ledger_transfer t on t.transaction_id = q.transaction_id
    join ledger_account f on f.id = t.from_account_id
    group by 1)`;

/** What must hold of payouts: nothing is paid twice, and nothing is lost. */
export const PAYOUTS: readonly Invariant[] = [
  {
    name: 'withheld-and-net-are-gross',
    holds:
      'What is withheld of a payout, by its rate and rounded down, and what is paid sum to what left the balance.',
    sql: /* sql */ `
      select 'payout ' || id || ': withheld ' || withheld_minor || ' and net ' || net_minor || ' of ' || gross_minor as message
      from payout
      where withheld_minor + net_minor <> gross_minor
        or withheld_minor <> div(gross_minor::numeric * withholding_bp, 10000)`,
  },
  {
    name: 'clearing-is-what-is-on-its-way',
    holds: 'What lies in the clearing of a payee is what its payouts without an end hold.',
    sql: /* sql */ `
      select 'party ' || x.party_id || ', ' || x.currency || ': ' || coalesce(a.balance_minor, 0) || ' in clearing, '
        || coalesce(p.held, 0) || ' on its way' as message
      from (select party_id, currency, balance_minor from ledger_account where kind = 'PAYOUT_CLEARING') a
      full join (select payee_id, currency, sum(gross_minor) as held from payout
        where state in ('REQUESTED', 'SENT') group by 1, 2) p on p.payee_id = a.party_id and p.currency = a.currency
      cross join lateral (select coalesce(a.party_id, p.payee_id), coalesce(a.currency, p.currency)) x (party_id, currency)
      where coalesce(a.balance_minor, 0) <> coalesce(p.held, 0)`,
  },
  {
    name: 'payouts-agree-with-the-ledger',
    holds:
      'The ledger has moved for each payout what its state says, and moves nothing to payees but for payouts.',
    sql: /* sql */ `
      select 'payout ' || p.id || ' is ' || p.state || ': ' || coalesce(l.transactions, 0) || ' transactions of '
        || p.endings + 1 || '; out of the balance ' || coalesce(l.taken, 0) || ', arrived ' || coalesce(l.arrived, 0)
        || ', withheld ' || coalesce(l.withheld, 0) as message
      from payout p left join ${PAYOUT_TRANSFERS} l on l.payout_id = p.id
      where (l.transactions, l.taken, l.arrived, l.withheld) is distinct from (p.endings + 1,
        case when p.state = 'FAILED' then 0 else p.gross_minor end,
        case when p.state = 'CONFIRMED' then p.net_minor else 0 end,
        case when p.state = 'CONFIRMED' then p.withheld_minor else 0 end)
      union all
      select 'transaction ' || t.transaction_id || ' is of no payout' from ledger_transfer t
      where t.kind in ('PAYOUT', 'PAYOUT_CONFIRMED', 'WITHHOLDING', 'PAYOUT_RETURNED', 'PAYOUT_REVERSED')
        and not exists (select from payout_posting q where q.transaction_id = t.transaction_id)`,
  },
  {
    name: 'payout-answers-agree-with-states',
    holds:
      'Answers of a payout are numbered, one at most has ended it, and one that contradicts has moved nothing.',
    sql: /* sql */ `
      select 'payout ' || p.id || ' is ' || p.state || ': ' || a.count || ' answers of ' || p.answers || ', ' || a.ends
        || ' have ended it, ' || c.count || ' corrections' as message
      from payout p
      cross join lateral (select count(*), max(no) as last,
          count(*) filter (where effect = 'APPLIED' and said <> 'PENDING') as ends,
          max(said) filter (where effect = 'APPLIED' and said <> 'PENDING') as ended_as,
          bool_or(effect = 'CONTRADICTS') as contradicted
        from payout_answer where payout_id = p.id) a
      cross join lateral (select count(*), (array_agg(to_state order by no desc))[1] as last
        from payout_correction where payout_id = p.id) c
      where a.count <> p.answers or coalesce(a.last, 0) <> p.answers or a.ends > 1 or a.ends + c.count <> p.endings
        or p.endings > 0 and p.state <> coalesce(c.last, a.ended_as)
        or p.contradicted and not coalesce(a.contradicted, false)`,
  },
  {
    name: 'files-hold-their-payouts',
    holds: 'A file for the bank has as many payouts, and their sum, as it says.',
    sql: /* sql */ `
      select 'payout batch ' || b.id || ': ' || b.payouts || ' payouts over ' || b.total_minor || ', found ' || p.count
        || ' over ' || coalesce(p.sum, 0) as message
      from payout_batch b
      cross join lateral (select count(*), sum(net_minor) from payout
        where batch_id = b.id and currency = b.currency and route = 'BANK') p
      where (p.count, p.sum) is distinct from (b.payouts, b.total_minor)`,
  },
];
