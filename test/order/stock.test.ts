import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import type { OrderEvent } from '../../src/features/order/index.ts';
import { testDatabase } from '../kit/database.ts';
import { event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';

let database: Database;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = new World(database);
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await database.transaction((tx) => foundAlliance(tx, options, new Date()));
});

afterAll(() => database.close());

/** A shop with one product, and its reports. */
class Shop {
  constructor(private readonly product: MadeProduct) {}

  static async with(stock: bigint): Promise<Shop> {
    return new Shop(await world.product({ stock }));
  }

  place(orderNo: string, quantity: number): OrderEvent {
    const detail = placed(this.product.code, { quantity });
    return event(this.product.brandId, 'PLACED', orderNo, { placed: detail });
  }

  told(kind: OrderEvent['kind'], orderNo: string, minutes: number): OrderEvent {
    const occurredAt = new Date(PLACED_AT.getTime() + minutes * 60_000);
    const refund = kind === 'REFUNDED' ? { amountMinor: 10_000n, quantity: 1 } : undefined;
    return event(this.product.brandId, kind, orderNo, {
      eventId: `${orderNo}/${kind}/${minutes}`,
      occurredAt,
      refund,
    });
  }

  /** Reports and gives what is free, and what each line holds, by the number of its order. */
  async report(...events: OrderEvent[]) {
    const answers = await world.ingest(this.product.brandId, events);
    for (const { status } of answers) expect(['APPLIED', 'WAITING']).toContain(status);
    const [sku] = await database.rows(
      sql<{ stock: bigint }>`select stock from sku where id = ${this.product.skuId}`,
    );
    const lines = await database.rows(sql<{ orderNo: string; reserved: number }>`
      select order_no as "orderNo", reserved from order_line where sku_id = ${this.product.skuId} order by order_no`);
    return {
      free: sku?.stock,
      ...Object.fromEntries(lines.map(({ orderNo, reserved }) => [orderNo, reserved])),
    };
  }
}

describe('stock', () => {
  it('is reserved when a line is placed, and stays so while it is paid, shipped, received and refunded', async () => {
    const shop = await Shop.with(10n);
    expect(await shop.report(shop.place('A', 3))).toEqual({ free: 7n, A: 3 });
    for (const [minutes, kind] of (['PAID', 'SHIPPED', 'RECEIVED', 'REFUNDED'] as const).entries()) {
      expect(await shop.report(shop.told(kind, 'A', minutes))).toEqual({ free: 7n, A: 3 });
    }
  });

  it('is not reserved by events that wait for their line', async () => {
    const shop = await Shop.with(10n);
    expect(await shop.report(shop.told('PAID', 'A', 1))).toEqual({ free: 10n });
    expect(await shop.report(shop.told('CANCELLED', 'A', 2))).toEqual({ free: 10n });
    expect(await shop.report(shop.place('A', 3))).toEqual({ free: 10n, A: 0 });
  });

  it('is released by a cancellation before shipping, once', async () => {
    const shop = await Shop.with(10n);
    await shop.report(shop.place('A', 3), shop.place('B', 2));
    expect(await shop.report(shop.told('CANCELLED', 'A', 5))).toEqual({ free: 8n, A: 0, B: 2 });
    expect(await shop.report(shop.told('CANCELLED', 'A', 6))).toEqual({ free: 8n, A: 0, B: 2 });
  });

  it('is not released by a cancellation after shipping', async () => {
    const shop = await Shop.with(10n);
    await shop.report(shop.place('A', 3), shop.told('SHIPPED', 'A', 2));
    expect(await shop.report(shop.told('CANCELLED', 'A', 5))).toEqual({ free: 7n, A: 3 });
  });

  it('is reserved again when it turns out late that the line was shipped, or received, before it was cancelled', async () => {
    for (const kind of ['SHIPPED', 'RECEIVED'] as const) {
      const shop = await Shop.with(10n);
      await shop.report(shop.place('A', 3));
      expect(await shop.report(shop.told('CANCELLED', 'A', 5))).toEqual({ free: 10n, A: 0 });
      expect(await shop.report(shop.told(kind, 'A', 6))).toEqual({ free: 10n, A: 0 });
      expect(await shop.report(shop.told(kind, 'A', 4))).toEqual({ free: 7n, A: 3 });
    }
  });

  it('of a shop that has sold more than it has is reserved as far as it goes, and never falls below 0', async () => {
    const shop = await Shop.with(5n);
    const sold = await shop.report(shop.place('A', 3), shop.place('B', 3), shop.place('C', 1));
    expect(sold).toEqual({ free: 0n, A: 3, B: 2, C: 0 });
    expect(await shop.report(shop.place('D', 1_000_000_000))).toEqual({ free: 0n, A: 3, B: 2, C: 0, D: 0 });
    // What a cancelled line gives back is taken by the lines that are still short, at their next event.
    expect(await shop.report(shop.told('CANCELLED', 'A', 5))).toEqual({ free: 3n, A: 0, B: 2, C: 0, D: 0 });
    expect(await shop.report(shop.told('PAID', 'B', 6))).toEqual({ free: 2n, A: 0, B: 3, C: 0, D: 0 });
    expect(await shop.report(shop.told('PAID', 'D', 6))).toEqual({ free: 0n, A: 0, B: 3, C: 0, D: 2 });
    const late = await shop.report(shop.told('SHIPPED', 'A', 4));
    expect(late).toEqual({ free: 0n, A: 0, B: 3, C: 0, D: 2 });
    expect(await shop.report(shop.told('CANCELLED', 'D', 7))).toEqual({ free: 2n, A: 0, B: 3, C: 0, D: 0 });
  });

  it('that one line gives back is there for the others of the same batch', async () => {
    const shop = await Shop.with(3n);
    await shop.report(shop.place('A', 3));
    expect(await shop.report(shop.place('B', 2), shop.told('CANCELLED', 'A', 5))).toEqual({
      free: 1n,
      A: 0,
      B: 2,
    });
  });

  it('is untouched by a batch of which nothing is new', async () => {
    const shop = await Shop.with(3n);
    const events = [shop.place('A', 2), shop.told('PAID', 'A', 1)];
    await shop.report(...events);
    const answers = await world.ingest(events[0]!.brandId, events);
    expect(answers.map(({ status }) => status)).toEqual(['DUPLICATE', 'DUPLICATE']);
    expect(await shop.report(shop.told('SHIPPED', 'A', 2))).toEqual({ free: 1n, A: 2 });
  });
});
