import type { Invariant } from './invariant.ts';

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
    holds: 'In all, the ledger has moved for the payouts of a payee what their states say.',
    sql: /* sql */ `
      select 'party ' || x.party_id || ', ' || x.currency || ': ' || coalesce(l.moved::text, 'nothing') || ' in the ledger, '
        || coalesce(p.moved::text, 'nothing') || ' by its payouts (out, arrived, withheld)' as message
      from (
        select a.party_id, a.currency, array[
            coalesce(sum(t.amount_minor) filter (where t.kind = 'PAYOUT'), 0)
              - coalesce(sum(t.amount_minor) filter (where t.kind = 'PAYOUT_RETURNED'), 0),
            coalesce(sum(t.amount_minor) filter (where t.kind = 'PAYOUT_CONFIRMED'), 0)
              - coalesce(sum(t.amount_minor) filter (where t.kind = 'PAYOUT_REVERSED' and o.kind = 'CASH'), 0),
            coalesce(sum(t.amount_minor) filter (where t.kind = 'WITHHOLDING'), 0)
              - coalesce(sum(t.amount_minor) filter (where t.kind = 'PAYOUT_REVERSED' and o.kind = 'WITHHOLDING'), 0)] as moved
        from ledger_account a
        join ledger_transfer t on a.id in (t.from_account_id, t.to_account_id)
        join ledger_account o on o.id = case when t.from_account_id = a.id then t.to_account_id else t.from_account_id end
        where a.kind = 'PAYOUT_CLEARING' group by 1, 2) l
      full join (
        select payee_id, currency, array[
            coalesce(sum(gross_minor) filter (where state <> 'FAILED'), 0),
            coalesce(sum(net_minor) filter (where state = 'CONFIRMED'), 0),
            coalesce(sum(withheld_minor) filter (where state = 'CONFIRMED'), 0)] as moved
        from payout group by 1, 2) p on p.payee_id = l.party_id and p.currency = l.currency
      cross join lateral (select coalesce(l.party_id, p.payee_id), coalesce(l.currency, p.currency)) x (party_id, currency)
      where l.moved is distinct from p.moved`,
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
