import type { Invariant } from './invariant.ts';

/** What must hold of boosts: what they have spent, and what is put aside for them. */
export const BOOSTS: readonly Invariant[] = [
  {
    name: 'boosts-spend-what-they-are-charged',
    holds: 'What a boost has spent and was shown is the sum of its charges.',
    sql: /* sql */ `
      select 'boost ' || b.id || ': spent ' || b.spent_minor || ' for ' || b.exposures || ' exposures, charged '
        || c.charged || ' for ' || c.exposures as message
      from boost b cross join lateral (select coalesce(sum(charged_minor), 0) as charged, coalesce(sum(exposures), 0) as exposures
        from boost_charge where boost_id = b.id) c
      where (b.spent_minor, b.exposures) is distinct from (c.charged, c.exposures)`,
  },
  {
    name: 'boost-budgets-are-put-aside',
    holds:
      'What is put aside for the boosts of a party is what the ledger has not yet moved of those that have not ended.',
    sql: /* sql */ `
      select 'party ' || party_id || ', ' || currency || ': put aside ' || coalesce(a.balance_minor, 0) || ', boosts '
        || coalesce(b.rest, 0) as message
      from (select * from ledger_account where kind = 'BOOST') a
      full join (select payer_id as party_id, currency, sum(budget_minor - posted_minor) as rest from boost
        where state <> 'ENDED' group by 1, 2) b using (party_id, currency)
      where coalesce(a.balance_minor, 0) <> coalesce(b.rest, 0)`,
  },
];
