import { PAYOUT_TRANSFERS } from './payout-invariants.ts';
import { SETTLED_ENTRIES, SETTLED_TRANSFERS } from './settlement-invariants.ts';

/** Two records of the same money, kept apart, that must agree. */
export interface Comparison {
  readonly name: string;
  /** What stands on either side, for a person. */
  readonly left: string;
  readonly right: string;
  /**
   * Gives a row for each thing that stands on either side: `subject`, `currency`, the amounts `lhs` and `rhs` in minor
   * units (null where it stands on one side only), and the likely `cause` should they differ.
   */
  readonly sql: string;
}

/** The records that every alliance has (money.md, "Ledger"). */
export const COMPARISONS: readonly Comparison[] = [
  {
    name: 'shares-and-entries',
    left: 'what each payee of a line has',
    right: 'the entries that were posted for it',
    sql: /* sql */ `
      select 'line ' || n.line_id || ' of brand ' || n.brand_id || ', node ' || n.node_no as subject, l.currency,
        n.net_minor as lhs, coalesce(e.sum, 0)::bigint as rhs,
        'The share or an entry was changed by hand: intake writes both in one transaction.' as cause
      from waterfall_node n
      join order_line l on l.brand_id = n.brand_id and l.id = n.line_id
      left join (select brand_id, line_id, node_no, sum(net_minor) from commission_entry group by 1, 2, 3) e
        on e.brand_id = n.brand_id and e.line_id = n.line_id and e.node_no = n.node_no`,
  },
  {
    name: 'settled-lines-and-ledger',
    left: 'what was settled and taken back of lines, by transaction, brand and payee',
    right: 'what the ledger has moved for it',
    sql: /* sql */ `
      select 'transaction ' || transaction_id || ', brand ' || brand_id || ', payee ' || payee_id as subject, currency,
        e.amount as lhs, t.amount as rhs,
        case when t.amount is null
            then 'The lines count as settled, but the ledger lacks their transaction, as after restoring an older copy of it.'
          when e.amount is null
            then 'The ledger has moved money that no line explains: lines, or the note that they were settled, are missing.'
          else 'Entries of settled lines were changed or added without being posted.' end as cause
      from ${SETTLED_ENTRIES} e full join ${SETTLED_TRANSFERS} t using (transaction_id, brand_id, payee_id, currency)`,
  },
  {
    name: 'transfers-and-balances',
    left: 'the sum of all transfers of an account',
    right: 'its balance',
    sql: /* sql */ `
      select 'account ' || a.id || ' (' || a.kind || ' of ' || a.party_id || ')' as subject, a.currency,
        coalesce(p.sum, 0)::bigint as lhs, a.balance_minor as rhs,
        'The balance was changed by hand, or transfers are missing: both are written in one transaction.' as cause
      from ledger_account a
      left join (select account_id, sum(change) from (
          select from_account_id as account_id, -amount_minor as change from ledger_transfer
          union all select to_account_id, amount_minor from ledger_transfer) s group by 1) p on p.account_id = a.id`,
  },
  {
    name: 'clawbacks-and-ledger',
    left: 'what the clawbacks of a payee wait for',
    right: 'what it owes in the ledger',
    sql: /* sql */ `
      select 'payee ' || coalesce(c.payee_id, a.party_id) as subject, coalesce(c.currency, a.currency) as currency,
        coalesce(c.owed, 0)::bigint as lhs, coalesce(-a.balance_minor, 0) as rhs,
        'A clawback or a recovery was changed by hand, or one of them was not posted.' as cause
      from (select payee_id, currency, sum(amount_minor - taken_minor - offset_minor - written_off_minor) as owed
        from clawback group by 1, 2) c
      full join (select * from ledger_account where kind = 'RECEIVABLE') a
        on a.party_id = c.payee_id and a.currency = c.currency`,
  },
  {
    name: 'reserves-and-ledger',
    left: 'what is kept back of a payee',
    right: 'its reserve in the ledger',
    sql: /* sql */ `
      select 'payee ' || coalesce(r.payee_id, a.party_id) as subject, coalesce(r.currency, a.currency) as currency,
        coalesce(r.kept, 0)::bigint as lhs, coalesce(a.balance_minor, 0) as rhs,
        'A reserve was changed by hand, or its keeping or release was not posted.' as cause
      from (select payee_id, currency, sum(amount_minor) filter (where released_at is null) as kept
        from reserve group by 1, 2) r
      full join (select * from ledger_account where kind = 'RESERVE') a
        on a.party_id = r.payee_id and a.currency = r.currency`,
  },
  {
    name: 'payouts-and-ledger',
    left: 'what each payout has taken of the balance, and brought to the payee',
    right: 'what the ledger has moved for it',
    sql: /* sql */ `
      select 'payout ' || p.id || ', ' || side.what as subject, p.currency, side.lhs, side.rhs,
        case when l.payout_id is null then 'The payout was not posted, as after restoring an older copy of the ledger.'
          else 'The payout was moved by hand, or an end of it was not posted.' end as cause
      from payout p left join ${PAYOUT_TRANSFERS} l on l.payout_id = p.id
      cross join lateral (values
        ('out of the balance', case when p.state = 'FAILED' then 0 else p.gross_minor end, l.taken::bigint),
        ('arrived', case when p.state = 'CONFIRMED' then p.net_minor else 0 end, l.arrived::bigint)) side (what, lhs, rhs)`,
  },
];
