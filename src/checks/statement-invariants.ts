import type { Invariant } from './invariant.ts';

/** Each account of a statement, with the statement of the party that comes before it. */
const ACCOUNTS = /* sql */ `(
  select c.*, s.number, s.party_id, s.currency, s.month, m.ends_at, b.id as before_id
  from statement s join statement_month m using (month) join statement_account c on c.statement_id = s.id
  left join lateral (select o.id from statement o where o.party_id = s.party_id and o.currency = s.currency
    and o.month < s.month order by o.month desc limit 1) b on true)`;

/** Each transfer, once on each of its accounts. */
const POSTINGS = /* sql */ `(
  select from_account_id as account_id, from_posting as posting, kind, -amount_minor as change,
    from_balance_minor as balance, posted_at from ledger_transfer
  union all
  select to_account_id, to_posting, kind, amount_minor, to_balance_minor, posted_at from ledger_transfer)`;

/** What holds of statements: they run on without gaps, and are what the ledger says. */
export const STATEMENTS: readonly Invariant[] = [
  {
    name: 'statements-run-on',
    holds:
      'Each account of a statement begins where the statement before it has ended, in number and balance.',
    sql: /* sql */ `
      select 'statement ' || c.number || ', ' || c.kind || ': begins at ' || c.first_posting || ' with ' || c.opening_minor
        || ', the one before has ended at ' || coalesce(p.last_posting, 0) || ' with ' || coalesce(p.closing_minor, 0) as message
      from ${ACCOUNTS} c
      left join statement_account p on p.statement_id = c.before_id and p.account_id = c.account_id
      where (c.first_posting, c.opening_minor) <> (coalesce(p.last_posting, 0) + 1, coalesce(p.closing_minor, 0))
      union all
      select 'account ' || p.account_id || ' ends with ' || p.number || ' and is not in the next statement of its party'
      from ${ACCOUNTS} p
      join lateral (select s.id from statement s where s.party_id = p.party_id and s.currency = p.currency
        and s.month > p.month order by s.month limit 1) n on true
      where not exists (select from statement_account c where c.statement_id = n.id and c.account_id = p.account_id)`,
  },
  {
    name: 'statements-add-up',
    holds: 'A statement is the sum of its accounts, and each account the sum of its totals by kind.',
    sql: /* sql */ `
      select 'statement ' || s.number || ': ' || s.opening_minor || ' to ' || s.closing_minor || ', its accounts '
        || coalesce(sum(c.opening_minor), 0) || ' to ' || coalesce(sum(c.closing_minor), 0) as message
      from statement s left join statement_account c on c.statement_id = s.id
      group by s.id
      having (s.opening_minor, s.closing_minor) is distinct from (sum(c.opening_minor), sum(c.closing_minor))
      union all
      select 'statement ' || c.number || ', ' || c.kind || ': ' || c.in_minor || ' in and ' || c.out_minor
        || ' out, by kind ' || coalesce(sum(t.in_minor), 0) || ' and ' || coalesce(sum(t.out_minor), 0)
      from ${ACCOUNTS} c
      left join statement_total t on t.statement_id = c.statement_id and t.account_id = c.account_id
      group by c.statement_id, c.account_id, c.number, c.kind, c.in_minor, c.out_minor, c.first_posting, c.last_posting
      having (c.in_minor, c.out_minor, c.last_posting - c.first_posting + 1)
        <> (coalesce(sum(t.in_minor), 0), coalesce(sum(t.out_minor), 0), coalesce(sum(t.transfers), 0))`,
  },
  {
    name: 'statements-are-of-the-ledger',
    holds: 'The totals of a statement are those of its transfers in the ledger, kind by kind.',
    sql: /* sql */ `
      select 'statement ' || coalesce(t.statement_id, p.statement_id) || ', ' || coalesce(t.kind, p.kind) || ': '
        || coalesce(t.in_minor, 0) || ' in and ' || coalesce(t.out_minor, 0) || ' out, by the ledger '
        || coalesce(p.came_in, 0) || ' and ' || coalesce(p.went_out, 0) as message
      from statement_total t
      full join (
        select c.statement_id, c.account_id, p.kind, count(*), sum(greatest(p.change, 0)) as came_in,
          sum(greatest(-p.change, 0)) as went_out
        from statement_account c join ${POSTINGS} p on p.account_id = c.account_id
          and p.posting between c.first_posting and c.last_posting
        group by 1, 2, 3) p
        on (p.statement_id, p.account_id, p.kind) = (t.statement_id, t.account_id, t.kind)
      where (t.transfers, t.in_minor, t.out_minor) is distinct from (p.count, p.came_in, p.went_out)`,
  },
  {
    name: 'statements-lead-to-balances',
    holds: 'What the last statement of an account ends with and what was posted since are its balance.',
    sql: /* sql */ `
      select 'account ' || a.id || ' (' || a.kind || ' of ' || a.party_id || '): balance ' || a.balance_minor || ', from '
        || c.closing_minor || ' with ' || p.since || ' since' as message
      from ledger_account a
      join lateral (select * from statement_account c where c.account_id = a.id
        order by c.last_posting desc, c.first_posting desc limit 1) c on true
      cross join lateral (select coalesce(sum(p.change), 0) as since from ${POSTINGS} p
        where p.account_id = a.id and p.posting > c.last_posting) p
      where c.closing_minor + p.since <> a.balance_minor`,
  },
  {
    name: 'closed-months-stay-closed',
    holds:
      'What is in a statement was posted before the end of its month, and all else of its accounts after it.',
    sql: /* sql */ `
      select 'statement ' || c.number || ', ' || c.kind || ': posting ' || p.posting || ' at ' || p.posted_at as message
      from ${ACCOUNTS} c join ${POSTINGS} p on p.account_id = c.account_id
      where p.posting between c.first_posting and c.last_posting and p.posted_at >= c.ends_at
        or p.posting > c.last_posting and p.posted_at < c.ends_at`,
  },
  {
    name: 'statements-are-numbered',
    holds: 'The statements of a month are numbered from 1 without gaps.',
    sql: /* sql */ `
      select m.month || ': the last number is ' || m.last_number || ', of ' || count(s.id) || ' statements' as message
      from statement_month m left join statement s using (month)
      group by m.month
      having count(s.id) <> m.last_number or coalesce(max(substr(s.number, 12)::int), 0) <> m.last_number
        or count(*) filter (where substr(s.number, 4, 7) <> m.month) > 0`,
  },
];
