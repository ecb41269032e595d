import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { openEvent, registerProduct, reviewProduct } from '../../src/features/occasion/index.ts';
import { ingestOrderEvents } from '../../src/features/settlement/index.ts';
import { newId } from '../../src/kernel/ids.ts';

const at = (day: string) => new Date(`2011-${day}T00:00:00Z`);
const ORDERED = at('01-15');

/** An event in which a product of the replay takes part, with an order that it gives something on and one that came too late. */
export async function makeEvent(database: Database): Promise<void> {
  const [line] = await database.rows(sql<{
    brandId: string;
    productId: string;
    creatorId: string;
    sku: string;
    currency: string;
  }>`
    select l.brand_id as "brandId", l.product_id as "productId", l.creator_id as "creatorId", s.code as sku, l.currency
    from order_line l join sku s on s.id = l.sku_id join pool_entry e on e.product_id = l.product_id
    where l.creator_id is not null order by l.id limit 1`);
  const { brandId = '', productId = '', creatorId = '', sku = '', currency = '' } = line ?? {};
  const times = { registerFrom: at('01-01'), registerUntil: at('01-05'), startsAt: at('01-10') };
  const purse = { rateBp: 1000, capMinor: null, budgetMinor: 150n };
  const prizes = [{ board: 'BRANDS' as const, rank: 1, amountMinor: 70n }];
  const gives = { subsidy: purse, bonus: null, prizes, categoryIds: [], minCommissionBp: 0 };
  const event = {
    code: '0110-2011',
    name: 'Winter',
    currency,
    ...times,
    endsAt: at('01-20'),
    closesAt: at('02-20'),
  };
  await database.transaction(async (tx) => {
    const eventId = await openEvent(tx, { ...event, ...gives }, at('01-01'));
    const id = await registerProduct(tx, { eventId, productId }, at('01-02'));
    await reviewProduct(tx, { id, decision: 'APPROVED', note: null }, at('01-06'));
    await tx.rows(sql`
      insert into promotion_link (id, code, creator_id, product_id, brand_id, created_at)
      values (${newId()}, 'event-link', ${creatorId}, ${productId}, ${brandId}, ${at('01-01')})`);
  });
  const detail = {
    skuCode: sku,
    quantity: 1,
    buyerRef: 'buyer',
    currency,
    itemTotalMinor: 1000n,
    brandDiscountMinor: 0n,
    platformDiscountMinor: 0n,
    creatorDiscountMinor: 0n,
    freightMinor: 0n,
    taxMinor: 0n,
    linkCode: 'event-link',
    liveSessionId: null,
    boosted: false,
    shareCode: null,
  };
  const told = (kind: 'PLACED' | 'PAID', orderNo: string) => ({
    ...{
      eventId: `${orderNo}/${kind}`,
      source: 'events',
      brandId,
      kind,
      orderNo,
      lineNo: 1,
      occurredAt: ORDERED,
    },
    ...(kind === 'PLACED' ? { placed: detail } : {}),
  });
  const events = ['E1', 'E2'].flatMap((no) => [told('PLACED', no), told('PAID', no)]);
  const answers = await ingestOrderEvents(database, brandId, events, ORDERED);
  if (answers.some(({ status }) => status !== 'APPLIED')) throw new Error(JSON.stringify(answers));
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_EVENTS: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'an event has granted what is on no line',
    'update event_purse set granted_minor = granted_minor - 1, budget_minor = budget_minor - 1',
    ['event-budgets-are-granted-to-the-unit', 'event-money-is-put-aside'],
  ],
  [
    'a line lacks what the budget of its event would pay for',
    'update event_purse set budget_minor = budget_minor + 1',
    ['no-event-budget-is-left-while-something-is-due', 'event-money-is-put-aside'],
  ],
  [
    'a line counts for an event what was not sold',
    'update event_line set net_minor = net_minor + 1; update event_tally set net_minor = net_minor + 2',
    ['event-lines-count-what-was-sold'],
  ],
  [
    'a party has more on a board than on its lines',
    "update event_tally set net_minor = net_minor + 1 where board = 'CREATORS'",
    ['event-boards-sum-their-lines'],
  ],
];
