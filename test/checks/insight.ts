import type { Database } from '../../src/db/database.ts';
import { countInsight } from '../../src/features/insight/index.ts';
import { caughtUp } from '../kit/feed.ts';

/** Counts all that was made before: what is not counted yet, nothing is said of. */
export async function makeInsight(database: Database): Promise<void> {
  await caughtUp(database);
  await countInsight(database, new Date());
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_INSIGHT: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'a day says that more came back',
    'update insight_day set refunded_minor = refunded_minor + 1 where subject_id <> brand_id',
    ['insight-days-sum-their-lines'],
  ],
  [
    'a day of an event is counted twice',
    'update insight_day set gmv_minor = gmv_minor * 2 where event_id is not null and subject_id <> brand_id',
    ['insight-days-sum-their-lines'],
  ],
  [
    'a line is on another path',
    `update insight_day set distribution_minor = distribution_minor - 1, private_traffic_minor = private_traffic_minor + 1
     where gmv_minor > 0`,
    ['insight-days-sum-their-lines'],
  ],
  [
    'an order is counted on two days',
    'update insight_day set orders = orders + 1; update insight_buyer set orders = orders + 1',
    ['insight-counts-each-order-once', 'insight-tables-agree'],
  ],
  ['a buyer is forgotten', 'delete from insight_buyer', ['insight-tables-agree']],
  [
    'a product has another commission',
    'update insight_product set commission_minor = commission_minor + 1',
    ['insight-tables-agree'],
  ],
  [
    'a live session has sold what nobody has paid',
    `insert into insight_session select b.id, s.id, 'GBP', 1, 1, 1 from brand b cross join live_session s limit 1`,
    ['insight-sessions-sum-their-lines'],
  ],
];
