import type { Invariant } from './invariant.ts';

/** Both sides of every transfer, each from the view of its own account. */
export const POSTINGS = /* sql */ `
  (select from_account_id as account_id, from_posting as posting, -amount_minor as change, from_balance_minor as balance,
      from_out_minor as total, transaction_id, transfer_no, posted_at from ledger_transfer
    union all
    select to_account_id, to_posting, amount_minor, to_balance_minor, to_in_minor, transaction_id, transfer_no, posted_at
    from ledger_transfer)`;

/** What must hold of the ledger by itself (money.md, "Ledger"). */
export const LEDGER: readonly Invariant[] = [
  {
    name: 'balances-are-sums-of-transfers',
    holds: 'Every balance is what came in less what went out, by all transfers of the account.',
    sql: /* sql */ `
      select 'account ' || a.id || ' (' || a.kind || ' of ' || a.party_id || '): balance ' || a.balance_minor || ', in '
        || a.in_minor || ', postings ' || a.postings || '; by its transfers ' || coalesce(p.balance, 0) || ', '
        || coalesce(p.came_in, 0) || ', ' || coalesce(p.count, 0) as message
      from ledger_account a
      left join (select account_id, sum(change) as balance, sum(change) filter (where change > 0) as came_in, count(*),
          max(posting) as last, max(posted_at) as posted_at
        from ${POSTINGS} p group by 1) p on p.account_id = a.id
      where (a.balance_minor, a.in_minor, a.postings)
        is distinct from (coalesce(p.balance, 0), coalesce(p.came_in, 0), coalesce(p.count, 0))
        or p.last <> p.count or p.posted_at > a.last_posted_at`,
  },
  {
    name: 'histories-run-on',
    holds:
      'Each transfer stands where the one before it ended, in number, balance and time, on both of its accounts.',
    sql: /* sql */ `
      select 'transfer ' || transaction_id || '/' || transfer_no || ' on account ' || account_id || ', posting ' || posting
        as message
      from (select *, lag(posting, 1, 0) over w as before, lag(balance, 1, 0) over w as balance_before,
          lag(posted_at) over w as posted_before
        from ${POSTINGS} p window w as (partition by account_id order by posting)) p
      where posting <> before + 1 or balance <> balance_before + change or posted_at < posted_before`,
  },
  {
    name: 'balances-sum-to-zero',
    holds: 'All balances of a currency sum to zero.',
    sql: /* sql */ `
      select currency || ': ' || sum(balance_minor) as message from ledger_account
      group by currency having sum(balance_minor) <> 0`,
  },
  {
    name: 'accounts-on-their-side',
    holds:
      'What is payable, in reserve, on its way or withheld is not below zero, and what is owed not above it; but a payee ' +
      'whose failed payout turned out to have arrived may have been paid more than it had.',
    sql: /* sql */ `
      select 'account ' || id || ' (' || kind || ' of ' || party_id || '): ' || balance_minor as message from ledger_account
      where (kind in ('RESERVE', 'PAYOUT_CLEARING', 'WITHHOLDING', 'BOOST') and balance_minor < 0)
        or (kind = 'RECEIVABLE' and balance_minor > 0)
        or (kind = 'PAYABLE' and balance_minor < 0 and not exists (
          select from payout p join payout_correction c on c.payout_id = p.id and c.to_state = 'CONFIRMED'
          where p.payee_id = party_id and p.currency = ledger_account.currency))`,
  },
];
