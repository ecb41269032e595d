import { rmSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayOnlineRetail } from '../../seeds/online-retail/replay.ts';
import { INVARIANTS } from '../../src/checks/invariants.ts';
import { PROOFS } from '../../src/checks/prove-line.ts';
import { STATEMENTS } from '../../src/checks/statement-invariants.ts';
import { verify } from '../../src/checks/verify.ts';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { type FreshDatabase, freshDatabase, ownerRuns } from '../kit/database.ts';
import { retailFile } from '../kit/retail-file.ts';
import { makeBoost, SPOILT_BOOSTS } from './boosts.ts';
import { makeEngagement, SPOILT_ENGAGEMENTS } from './engagements.ts';
import { makeEvent, SPOILT_EVENTS } from './events.ts';
import { makeInsight, SPOILT_INSIGHT } from './insight.ts';
import { makeLive, SPOILT_LIVE } from './live.ts';
import { makePayouts, SPOILT_PAYOUTS } from './payouts.ts';
import { makeSample, SPOILT_SAMPLES } from './samples.ts';
import { makeScreening, SPOILT_SCREENING } from './screening.ts';
import { makeSettlement, SPOILT_SETTLEMENT } from './settlement.ts';
import { makeSharing, SPOILT_SHARING } from './sharing.ts';
import { makeSource, SPOILT_SOURCES } from './source.ts';

/**
 * Brand 21 is recruited, creator 131 managed; row 2 is refunded in parts, row 3 is nobody's, row 5 finds no line, row 6 is
 * settled and returned.
 */
const ROWS = [
  '536365,85123A,LANTERN,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '536366,21111A,TOWEL,10,2010-12-01 08:27:00,1.99,13631.0,United Kingdom',
  '536367,21111A,TOWEL,3,2010-12-01 08:28:00,1.99,,United Kingdom',
  'C536368,21111A,TOWEL,-3,2010-12-02 08:00:00,1.99,13631.0,United Kingdom',
  'C536369,21111A,TOWEL,-9,2010-12-02 08:01:00,1.99,13631.0,United Kingdom',
  '536370,21111A,TOWEL,50,2010-12-03 08:00:00,1.99,13631.0,United Kingdom',
];

const LINE = `(select id from order_line where order_no = '536366')`;
const OTHER = `(select id from party where name = 'OR-A7')`;

/** One thing spoilt at a time, and every check that must see it. */
const SPOILT: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'a net is a penny short',
    `update waterfall_node set net_minor = net_minor - 1 where line_id = ${LINE} and role = 'CREATOR'`,
    ['nets-sum-to-gross', 'entries-sum-to-nets', 'insight-days-sum-their-lines', 'proof-division'],
  ],
  [
    'a payee is paid more than its payer has',
    `update waterfall_node set gross_minor = 1000000 where line_id = ${LINE} and role = 'MCN'`,
    ['no-share-below-zero', 'proof-division'],
  ],
  [
    'an entry is a penny more',
    `update commission_entry set net_minor = net_minor + 1 where line_id = ${LINE} and step_no = 1 and node_no = 0`,
    ['entries-sum-to-nets', 'insight-days-sum-their-lines', 'proof-division'],
  ],
  [
    'an entry is for somebody else',
    `update commission_entry set payee_id = ${OTHER} where line_id = ${LINE} and step_no = 1 and node_no = 0`,
    ['entries-stand-with-steps'],
  ],
  [
    'a line counts a step too many',
    `update order_line set steps = steps + 1 where id = ${LINE}`,
    ['steps-are-numbered'],
  ],
  [
    'a number of a step is left out',
    `update commission_step set step_no = 3 where line_id = ${LINE} and step_no = 2`,
    ['entries-stand-with-steps', 'steps-are-numbered', 'proof-division'],
  ],
  [
    'nothing is said to be left',
    `update order_line set remaining_base_minor = 0 where id = ${LINE}`,
    ['nothing-left-of-nothing', 'proof-life', 'proof-steps'],
  ],
  [
    'a line forgets that it was paid',
    `update order_line set paid_at = null where id = ${LINE}`,
    [
      'unpaid-lines-have-no-commission',
      'orders-fulfil-samples-of-their-creator',
      'lines-wait-or-are-settled',
      'insight-days-sum-their-lines',
      'insight-counts-each-order-once',
      'proof-life',
    ],
  ],
  [
    'a refund makes the base grow',
    `update commission_step set remaining_base_minor = remaining_base_minor + 1000000
     where line_id = ${LINE} and step_no = 2`,
    ['base-only-falls', 'proof-steps', 'proof-division'],
  ],
  [
    'more is refunded than was paid',
    `alter table order_line drop constraint order_line_check2;
     update order_line set refunded_minor = goods_paid_minor + 1 where id = ${LINE}`,
    ['refunds-within-payment', 'insight-days-sum-their-lines', 'proof-life', 'proof-steps'],
  ],
  [
    'a creator is taken off a line',
    `update order_line set attribution = 'NONE', unattributed_reason = 'NO_TRACE', creator_id = null where id = ${LINE}`,
    [
      'steps-are-numbered',
      'attributed-lines-have-payees',
      'orders-fulfil-samples-of-their-creator',
      'lines-wait-or-are-settled',
      'insight-days-sum-their-lines',
      'proof-rates',
    ],
  ],
  [
    'a payee is on no line',
    `insert into waterfall_node select brand_id, gen_random_uuid(), 0, null, payee_id, role, rate_bp, applies_to, 0, 0, placed_at
     from waterfall_node where line_id = ${LINE} and node_no = 0`,
    ['payees-stand-with-lines'],
  ],
  [
    'a stock is below zero',
    `alter table sku drop constraint sku_stock_check; update sku set stock = -1 where code = '21111A'`,
    ['stock-not-below-zero'],
  ],
  [
    'a waiting event is said to count',
    `update order_event set waiting = false, line_id = gen_random_uuid() where order_no = 'C536369'`,
    ['events-stand-with-lines'],
  ],
  [
    'an event that counts is said to wait',
    `update order_event set waiting = true, line_id = null where order_no = '536366' and kind = 'SHIPPED'`,
    ['events-stand-with-lines', 'proof-life'],
  ],
  [
    'a line is not known by its key',
    `delete from order_line_key where order_no = '536367'`,
    ['lines-are-known-once'],
  ],
  [
    'a key is that of a line that is not there',
    `insert into order_line_key select brand_id, source_id, 'X', 1, gen_random_uuid() from order_line_key limit 1`,
    ['lines-are-known-once'],
  ],
  [
    'an event is not known by its key',
    `delete from order_event_key where event_id = (select event_id from order_event where order_no = 'C536369')`,
    ['events-stand-with-lines'],
  ],
  [
    'an amount is not what was reported',
    `update order_line set item_total_minor = item_total_minor + 1 where id = ${LINE}`,
    ['parts-as-reported', 'proof-base'],
  ],
  [
    'a creator has two agencies',
    `alter table contract_terms drop constraint one_managing_agency_at_a_time;
     insert into contract_terms (id, version, contract_id, agency_id, creator_id, share_bp, visibility, valid_from)
     select gen_random_uuid(), version + 1, contract_id, ${OTHER}, creator_id, share_bp, visibility, valid_from
     from contract_terms`,
    ['one-managing-agency'],
  ],
  [
    'a product has two open plans',
    `alter table plan drop constraint one_open_plan_per_product;
     insert into plan select gen_random_uuid(), brand_id, product_id, kind, title, opens_at, closes_at, created_at
     from plan where title = 'Open plan 21111A'`,
    ['one-open-plan'],
  ],
  [
    'a product in the pool is suspended',
    `update product set state = 'SUSPENDED' where title = 'TOWEL'`,
    ['pool-holds-listed-products'],
  ],
  ['frozen terms are gone', `delete from frozen_terms where line_id = ${LINE}`, ['proof-base']],
  [
    'a frozen rate is changed',
    `update frozen_terms set technical_fee_bp = 900 where line_id = ${LINE}`,
    ['proof-rates'],
  ],
  [
    'a version of terms is edited',
    `update enrolment_terms set commission_bp = commission_bp + 1`,
    ['proof-rates'],
  ],
  [
    'a refund is not what its event says',
    `update order_event set content = jsonb_set(content, '{refund,amountMinor}', '"1"') where order_no = '536366' and kind = 'REFUNDED'`,
    ['proof-life'],
  ],
  [
    'a refund is posted at another time',
    `update commission_step set occurred_at = occurred_at + interval '1 second' where line_id = ${LINE} and step_no = 2`,
    ['proof-steps'],
  ],
  ...SPOILT_ENGAGEMENTS,
  ...SPOILT_SAMPLES,
  ...SPOILT_SETTLEMENT,
  ...SPOILT_PAYOUTS,
  ...SPOILT_LIVE,
  ...SPOILT_SOURCES,
  ...SPOILT_BOOSTS,
  ...SPOILT_SHARING,
  ...SPOILT_EVENTS,
  ...SPOILT_SCREENING,
  ...SPOILT_SHARING,
  ...SPOILT_INSIGHT,
];

describe('verify', () => {
  const file = retailFile(ROWS);
  let sound: FreshDatabase;

  beforeAll(async () => {
    sound = await freshDatabase();
    const database = await openDatabase(sound.url, { entities });
    await replayOnlineRetail(database, file);
    await makeEngagement(database);
    await makeSample(database);
    await makeSettlement(database, '536370');
    await makePayouts(database);
    await makeLive(database);
    await makeSource(database);
    await makeBoost(database);
    await makeEvent(database);
    await makeScreening(database);
    await makeSharing(database);
    await makeInsight(database);
    await database.close();
  });
  afterAll(async () => {
    await sound.drop();
    rmSync(file);
  });

  /** Verifies a copy of the sound database after a statement; gives the names of the checks that failed, each once. */
  async function failedAfter(statement: string): Promise<string[]> {
    const copy = await freshDatabase({ create: `template ${new URL(sound.url).pathname.slice(1)}` });
    const database = await openDatabase(copy.url, { entities });
    try {
      await ownerRuns(database, ...statement.split(';').map((one) => sql.raw(one)));
      const { failures } = await verify(database);
      return [...new Set(failures.map(({ check }) => check))];
    } finally {
      await database.close();
      await copy.drop();
    }
  }

  it('finds nothing where nothing is spoilt', async () => {
    expect(await failedAfter('select 1')).toEqual([]);
  });

  it.each(SPOILT)('sees that %s', async (_what, statement, checks) => {
    expect(await failedAfter(statement)).toEqual(checks);
  });

  it('has a test for each check that it knows', () => {
    const seen = new Set(SPOILT.flatMap(([, , checks]) => checks));
    // Those of statements are spoilt in test/statement/sums.property.test.ts, after months of random postings.
    for (const { name } of STATEMENTS) seen.add(name);
    const known = [...INVARIANTS.map(({ name }) => name), ...PROOFS];
    expect(known.filter((name) => !seen.has(name))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });
});
