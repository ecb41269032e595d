import { type Invariant, isDetached } from './invariant.ts';

/**
 * What settlement and clawbacks have posted, by transaction, brand and payee: of the lines on one side, of the ledger on
 * the other. Months that are detached have left their sums, since one transaction may settle lines of several months.
 */
export const SETTLED_ENTRIES = /* sql */ `
  (select transaction_id, brand_id, payee_id, currency, sum(amount)::bigint as amount from (
      select s.batch_id as transaction_id, e.brand_id, e.payee_id, l.currency, sum(e.net_minor) as amount
      from line_settlement s
      join commission_entry e on e.brand_id = s.brand_id and e.line_id = s.line_id and e.step_no <= s.steps
      join order_line l on l.brand_id = s.brand_id and l.id = s.line_id
      group by 1, 2, 3, 4
    union all
      select t.transaction_id, e.brand_id, e.payee_id, l.currency, sum(e.net_minor)
      from commission_step t
      join commission_entry e on e.brand_id = t.brand_id and e.line_id = t.line_id and e.step_no = t.step_no
      join order_line l on l.brand_id = t.brand_id and l.id = t.line_id
      where t.transaction_id is not null
      group by 1, 2, 3, 4
    union all
      select transaction_id, brand_id, payee_id, currency, amount_minor from detached_amount) posted
    group by 1, 2, 3, 4 having sum(amount) <> 0)`;

export const SETTLED_TRANSFERS = /* sql */ `
  (select t.transaction_id, t.brand_id, case when t.kind = 'CLAWBACK' then f.party_id else o.party_id end as payee_id,
      t.currency, sum(case when t.kind = 'CLAWBACK' then -t.amount_minor else t.amount_minor end)::bigint as amount
    from ledger_transfer t
    join ledger_account f on f.id = t.from_account_id
    join ledger_account o on o.id = t.to_account_id
    where t.kind in ('SETTLEMENT', 'ADJUSTMENT', 'CLAWBACK')
    group by 1, 2, 3, 4)`;

/** What must hold between lines, clawbacks, reserves and the ledger (money.md, "Settlement"). */
export const SETTLEMENT: readonly Invariant[] = [
  {
    name: 'sub-ledger-equals-ledger',
    holds:
      'What was settled and taken back of lines is what the ledger has moved, by transaction, brand and payee.',
    sql: /* sql */ `
      select 'transaction ' || coalesce(e.transaction_id, t.transaction_id) || ', brand ' || coalesce(e.brand_id, t.brand_id)
        || ', payee ' || coalesce(e.payee_id, t.payee_id) || ': lines ' || coalesce(e.amount, 0) || ', ledger '
        || coalesce(t.amount, 0) as message
      from ${SETTLED_ENTRIES} e
      full join ${SETTLED_TRANSFERS} t using (transaction_id, brand_id, payee_id, currency)
      where e.amount is distinct from t.amount`,
  },
  {
    name: 'steps-are-on-their-track',
    holds: 'The steps that were settled with a line have no transaction of their own; those after it have.',
    sql: /* sql */ `
      select 'line ' || t.line_id || ' of brand ' || t.brand_id || ', step ' || t.step_no as message
      from commission_step t
      left join line_settlement s on s.brand_id = t.brand_id and s.line_id = t.line_id
      where (t.transaction_id is not null) <> (s.steps is not null and t.step_no > s.steps)`,
  },
  {
    name: 'lines-wait-or-are-settled',
    holds:
      'Whatever is received, paid and credited waits for settlement by its own date and cases, or is settled, never both.',
    sql: /* sql */ `
      select 'line ' || l.id || ' of brand ' || l.brand_id || ': ' || case when d.line_id is not null and s.line_id is not null
        then 'waits and is settled' when d.line_id is not null then 'waits wrongly' else 'is forgotten' end as message
      from order_line l
      join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
      left join line_due d on d.brand_id = l.brand_id and d.line_id = l.id
      left join line_settlement s on s.brand_id = l.brand_id and s.line_id = l.id
      cross join lateral (select l.creator_id is not null and l.state = 'RECEIVED' and l.paid_at is not null
        and s.line_id is null) w (waits)
      where w.waits <> (d.line_id is not null)
        or d.due_at <> l.received_at + make_interval(hours => 24 * f.holding_days)
        or d.open_cases <> (select count(*) from after_sales_case c
          where d.line_id is not null and c.brand_id = l.brand_id and c.line_id = l.id and c.closed_at is null)`,
  },
  {
    name: 'only-due-lines-are-settled',
    holds: 'A line is settled by a run as of its due date or later, and its batch counts it.',
    sql: /* sql */ `
      select 'line ' || s.line_id || ' of brand ' || s.brand_id || ': received ' || coalesce(l.received_at::text, 'never')
        || ', settled as of ' || coalesce(r.as_of::text, 'no run') as message
      from line_settlement s
      left join settlement_batch b on b.id = s.batch_id
      left join settlement_run r on r.id = b.run_id
      left join order_line l on l.brand_id = s.brand_id and l.id = s.line_id
      left join frozen_terms f on f.brand_id = s.brand_id and f.line_id = s.line_id
      where (l.received_at + make_interval(hours => 24 * f.holding_days) <= r.as_of) is not true
      union all
      select 'batch ' || b.id || ' of ' || b.lines || ' lines: ' || coalesce(s.lines, 0)
      from settlement_batch b left join (
        select batch_id, sum(lines) as lines from (
          select batch_id, count(*) as lines from line_settlement group by 1
          union all select batch_id, lines from detached_batch) p group by 1) s on s.batch_id = b.id
      where b.lines <> coalesce(s.lines, 0)`,
  },
  {
    name: 'clawbacks-are-what-was-lost',
    holds: 'A clawback is what its payee has lost by its step, and comes back by its own recoveries.',
    sql: /* sql */ `
      select 'clawback ' || c.id || ': ' || c.amount_minor || ', lost ' || coalesce(-e.net, 0) || '; taken, offset, written off '
        || c.taken_minor || ', ' || c.offset_minor || ', ' || c.written_off_minor || ', by recoveries ' || r.taken || ', '
        || r.offset_ || ', ' || r.written_off as message
      from clawback c
      left join lateral (select sum(net_minor) as net from commission_entry e where e.brand_id = c.brand_id
        and e.line_id = c.line_id and e.step_no = c.step_no and e.payee_id = c.payee_id) e on true
      cross join lateral (select coalesce(sum(amount_minor) filter (where kind = 'TAKEN'), 0) as taken,
          coalesce(sum(amount_minor) filter (where kind = 'OFFSET'), 0) as offset_,
          coalesce(sum(amount_minor) filter (where kind = 'WRITTEN_OFF'), 0) as written_off
        from clawback_recovery r where r.clawback_id = c.id) r
      where c.amount_minor is distinct from -e.net and not ${isDetached('c.line_id')}
        or (c.taken_minor, c.offset_minor, c.written_off_minor) is distinct from (r.taken, r.offset_, r.written_off)`,
  },
  {
    name: 'recoveries-are-posted',
    holds: 'Each recovery is one transfer of the ledger, of its amount.',
    sql: /* sql */ `
      select 'clawback ' || r.clawback_id || ', recovery ' || r.no || ': ' || r.amount_minor || ', in the ledger '
        || coalesce(t.amount_minor::text, 'nothing') as message
      from clawback_recovery r
      left join ledger_transfer t on t.transaction_id = r.transaction_id and t.transfer_no = 1
        and t.kind = case r.kind when 'TAKEN' then 'CLAWBACK_TAKEN' when 'OFFSET' then 'CLAWBACK_OFFSET' else 'WRITE_OFF' end
      where t.amount_minor is distinct from r.amount_minor`,
  },
  {
    name: 'what-is-owed-is-receivable',
    holds: 'What the clawbacks of a payee still wait for is what it owes in the ledger.',
    sql: /* sql */ `
      select 'payee ' || coalesce(c.payee_id, a.party_id) || ': clawbacks ' || coalesce(c.owed, 0) || ', ledger '
        || coalesce(-a.balance_minor, 0) as message
      from (select payee_id, currency, sum(amount_minor - taken_minor - offset_minor - written_off_minor) as owed
        from clawback group by 1, 2) c
      full join (select * from ledger_account where kind = 'RECEIVABLE') a
        on a.party_id = c.payee_id and a.currency = c.currency
      where coalesce(c.owed, 0) <> coalesce(-a.balance_minor, 0)`,
  },
  {
    name: 'reserves-are-kept',
    holds: 'What is kept back of a payee and not released is its reserve in the ledger.',
    sql: /* sql */ `
      select 'payee ' || coalesce(r.payee_id, a.party_id) || ': reserves ' || coalesce(r.kept, 0) || ', ledger '
        || coalesce(a.balance_minor, 0) as message
      from (select payee_id, currency, sum(amount_minor) filter (where released_at is null) as kept
        from reserve group by 1, 2) r
      full join (select * from ledger_account where kind = 'RESERVE') a
        on a.party_id = r.payee_id and a.currency = r.currency
      where coalesce(r.kept, 0) <> coalesce(a.balance_minor, 0)`,
  },
];
