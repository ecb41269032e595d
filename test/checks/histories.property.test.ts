import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { brandId } from '../../seeds/online-retail/names.ts';
import { replayOnlineRetail } from '../../seeds/online-retail/replay.ts';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { findAlliance } from '../../src/features/account/index.ts';
import type { OrderEvent, PlacedDetail } from '../../src/features/order/index.ts';
import { ingestOrderEvents } from '../../src/features/settlement/index.ts';
import { testDatabase } from '../kit/database.ts';
import { retailFile } from '../kit/retail-file.ts';

const PLACED: PlacedDetail = {
  skuCode: '21111A',
  quantity: 3,
  buyerRef: 'somebody',
  currency: 'GBP',
  itemTotalMinor: 1000n,
  brandDiscountMinor: 100n,
  platformDiscountMinor: 51n,
  creatorDiscountMinor: 7n,
  freightMinor: 5n,
  taxMinor: 3n,
  linkCode: 'OR-C131-21111A',
  liveSessionId: null,
  boosted: false,
  shareCode: null,
};
const START = Date.parse('2011-01-01T00:00:00Z');

/** An event of one of a few lines: placing may come late, twice, free of charge, or never. */
const eventArbitrary = fc
  .record({
    kind: fc.constantFrom<OrderEvent['kind'][]>(
      'PLACED',
      'PAID',
      'SHIPPED',
      'RECEIVED',
      'CANCELLED',
      'REFUNDED',
    ),
    order: fc.nat(3),
    hour: fc.nat(20),
    amountMinor: fc.bigInt(0n, 600n),
    quantity: fc.integer({ min: 1, max: 2 }),
    isFree: fc.boolean(),
    isLinked: fc.boolean(),
  })
  .map(({ kind, hour, order, amountMinor, quantity, isFree, isLinked }) => {
    const free = {
      itemTotalMinor: 0n,
      brandDiscountMinor: 0n,
      platformDiscountMinor: 0n,
      creatorDiscountMinor: 0n,
    };
    const placed = { ...PLACED, ...(isFree ? free : {}), linkCode: isLinked ? PLACED.linkCode : null };
    return {
      kind,
      order,
      occurredAt: new Date(START + hour * 3_600_000),
      ...(kind === 'PLACED' ? { placed } : {}),
      ...(kind === 'REFUNDED' ? { refund: { amountMinor, quantity } } : {}),
    };
  });

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  const row = '536366,21111A,TOWEL,10,2010-12-01 08:27:00,1.99,13631.0,United Kingdom';
  await replayOnlineRetail(database, retailFile([row]));
});
afterAll(() => database.close());

it('every check holds after any history, in any batches', { timeout: 120_000 }, async () => {
  const reporter = (await findAlliance(database))?.id ?? '';
  let run = 0;
  const batches = fc.array(fc.array(eventArbitrary, { minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(batches, async (history) => {
      run += 1;
      for (const [i, batch] of history.entries()) {
        const events = batch.map(({ order, ...event }, n): OrderEvent => {
          const orderNo = `${run}-${order}`;
          const eventId = `${run}/${i}/${n}`;
          return { ...event, eventId, orderNo, source: 'histories', brandId: brandId('21111A'), lineNo: 1 };
        });
        await ingestOrderEvents(database, reporter, events, new Date());
      }
      expect((await verify(database)).failures).toEqual([]);
    }),
    // What broke stays in the database, so that a smaller history would not be what broke it.
    { numRuns: 60, endOnFailure: true },
  );
});
