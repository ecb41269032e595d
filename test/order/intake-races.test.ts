import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Tx } from '../../src/db/database.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import {
  type EventAnswer,
  type OrderEvent,
  type PostLines,
  takeOrderEvents,
} from '../../src/features/order/index.ts';
import { postLines } from '../../src/features/settlement/index.ts';
import { testDatabase } from '../kit/database.ts';
import { event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';
import { type MadeDeal, makeDeals, POLICIES } from './deals.ts';
import { type ModelEvent, shares, standsAt } from './line-model.ts';

const CONNECTIONS = 8;
const ROUNDS = 50;
const STOCK = 12n;
const SEED = Number(process.env.RACES_SEED ?? Date.now() % 1_000_000);

let database: Database;
let world: World;
let brandId: string;
let deals: MadeDeal[];

beforeAll(async () => {
  database = await testDatabase({ poolSize: CONNECTIONS });
  world = new World(database);
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await database.transaction((tx) => foundAlliance(tx, options, new Date()));
  brandId = await world.brand();
  deals = (await makeDeals(world, brandId)).slice(0, 4);
});

afterAll(() => database.close());

/** Numbers from a seed (mulberry32): from 0 up to, without, `below`. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

interface RacedLine {
  readonly orderNo: string;
  readonly deal: MadeDeal;
  readonly quantity: number;
  readonly events: readonly OrderEvent[];
}

const LATER = ['PAID', 'SHIPPED', 'RECEIVED', 'CANCELLED', 'REFUNDED', 'REFUNDED'] as const;

/** A line with a random life, of one of a few products that are short of stock. */
function randomLine(round: number, no: number, next: (below: number) => number): RacedLine {
  const deal = deals[next(deals.length)] as MadeDeal;
  const orderNo = `${round}/${no}`;
  const quantity = 1 + next(5);
  const { linkCode, product } = deal;
  const detail = placed(product.code, {
    quantity,
    itemTotalMinor: 10_007n,
    brandDiscountMinor: 7n,
    linkCode,
  });
  const events = [event(brandId, 'PLACED', orderNo, { placed: detail })];
  for (const [i, kind] of LATER.entries()) {
    if (next(3) === 0) continue;
    const refund =
      kind === 'REFUNDED' ? { amountMinor: BigInt(1 + next(6000)), quantity: next(2) } : undefined;
    const occurredAt = new Date(PLACED_AT.getTime() + next(8) * 60_000);
    events.push(event(brandId, kind, orderNo, { eventId: `${orderNo}/${i}`, occurredAt, refund }));
  }
  return { orderNo, deal, quantity, events };
}

/** Each event in one to four batches, each batch in an order of its own. */
function overlapping(events: readonly OrderEvent[], next: (below: number) => number): OrderEvent[][] {
  const batches = Array.from({ length: CONNECTIONS }, () => [] as OrderEvent[]);
  for (const one of events) {
    for (let copies = 1 + next(4); copies > 0; copies--) batches[next(CONNECTIONS)]!.push(one);
  }
  for (const batch of batches) {
    for (let i = batch.length - 1; i > 0; i--) {
      const j = next(i + 1);
      [batch[i], batch[j]] = [batch[j]!, batch[i]!];
    }
  }
  return batches;
}

const setStock = () => database.rows(sql`update sku set stock = ${STOCK} where brand_id = ${brandId}`);

/** What is free and what lines hold, per product; and whether anything has ever been held twice. */
const stocks = (round: number) =>
  database.rows(sql<{ id: string; stock: bigint; reserved: bigint }>`
    select k.id, k.stock, coalesce((select sum(l.reserved) from order_line l
      where l.sku_id = k.id and l.order_no like ${`${round}/%`}), 0)::bigint as reserved
    from sku k where k.brand_id = ${brandId} order by k.id`);

async function standing(orderNo: string) {
  const lines = await database.rows(sql`
    select l.state, l.base_minor as base, l.goods_paid_minor as "paidForGoods", l.refunded_minor as refunded,
      l.remaining_base_minor as left,
      coalesce((select jsonb_agg(jsonb_build_array(n.role, n.gross_minor, n.net_minor,
        (select coalesce(sum(e.net_minor), 0) from commission_entry e
          where e.brand_id = n.brand_id and e.line_id = n.line_id and e.node_no = n.node_no)) order by n.node_no)
        from waterfall_node n where n.brand_id = l.brand_id and n.line_id = l.id), '[]') as nodes
    from order_line l where l.order_no = ${orderNo}`);
  return lines;
}

function expected({ deal, quantity, events }: RacedLine) {
  const told = events.slice(1).map(
    ({ kind, occurredAt, refund }): ModelEvent => ({
      kind: kind as ModelEvent['kind'],
      at: occurredAt.getTime(),
      amount: refund?.amountMinor ?? 0n,
      pieces: refund?.quantity ?? 0,
    }),
  );
  const { reserved: _reserved, ...line } = standsAt(10_000n, 10_000n, quantity, told);
  const isPaid = told.some(({ kind }) => kind === 'PAID');
  const nodes = deal.deal === null ? [] : shares(line.left, isPaid, deal.deal, POLICIES[0]!);
  return [
    { ...line, nodes: nodes.map(({ role, gross, net }) => [role, Number(gross), Number(net), Number(net)]) },
  ];
}

/** How many times each event was counted; every other answer must be that it was there before. */
function countsOf(batches: readonly OrderEvent[][], answers: readonly EventAnswer[][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [i, batch] of batches.entries()) {
    for (const [j, { eventId }] of batch.entries()) {
      const status = answers[i]?.[j]?.status ?? 'NONE';
      expect([eventId, ['APPLIED', 'WAITING', 'DUPLICATE'].includes(status)]).toEqual([eventId, true]);
      counts.set(eventId, (counts.get(eventId) ?? 0) + (status === 'DUPLICATE' ? 0 : 1));
    }
  }
  return counts;
}

async function deadlocks(): Promise<number> {
  // A connection reports what it has counted when it is idle for a while, or is told to.
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () =>
      database.rows(sql`select pg_stat_force_next_flush(), pg_sleep(0.05)`),
    ),
  );
  const [row] = await database.rows(sql<{ deadlocks: number }>`
    select deadlocks::int from pg_stat_database where datname = current_database()`);
  return row?.deadlocks ?? -1;
}

describe(`batches that come at once (RACES_SEED=${SEED})`, () => {
  it('count each event once, lose no update, and never reserve what is not there', async () => {
    const next = numbersFrom(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      await setStock();
      const lines = Array.from({ length: 10 }, (_, no) => randomLine(round, no, next));
      const batches = overlapping(
        lines.flatMap(({ events }) => events),
        next,
      );
      const answers = await Promise.all(batches.map((batch) => world.ingest(brandId, batch)));
      const counts = countsOf(batches, answers);
      expect(new Set(counts.values())).toEqual(new Set([1]));
      for (const line of lines) {
        expect([line.orderNo, await standing(line.orderNo)]).toEqual([line.orderNo, expected(line)]);
      }
      for (const { id, stock, reserved } of await stocks(round)) {
        expect([id, stock >= 0n, stock + reserved]).toEqual([id, true, STOCK]);
      }
    }
    expect(await deadlocks()).toBe(0);
  }, 180_000);

  it('with lines of their own and shared products place and cancel without waiting in a circle', async () => {
    const next = numbersFrom(SEED);
    const products = deals.map(({ product }) => product);
    const batchOf = (round: number, batch: number) => {
      const cancelled = products.map((_, i) => event(brandId, 'CANCELLED', `${round}/${batch}/old/${i}`));
      const fresh = products.map(({ code }, i) =>
        event(brandId, 'PLACED', `${round}/${batch}/new/${i}`, {
          placed: placed(code, { quantity: 1 + next(4) }),
        }),
      );
      return [cancelled, fresh].flatMap((events) => events.filter(() => next(3) > 0).sort(() => next(3) - 1));
    };
    for (let round = 1000; round < 1000 + ROUNDS; round++) {
      await setStock();
      const old = Array.from({ length: CONNECTIONS }, (_, batch) =>
        products.map(({ code }, i) =>
          event(brandId, 'PLACED', `${round}/${batch}/old/${i}`, {
            placed: placed(code, { quantity: 1 + next(4) }),
          }),
        ),
      );
      await world.ingest(brandId, old.flat());
      const batches = old.map((_, batch) => batchOf(round, batch));
      await Promise.all(batches.map((batch) => world.ingest(brandId, batch)));
      for (const { id, stock, reserved } of await stocks(round)) {
        expect([id, stock >= 0n, stock + reserved]).toEqual([id, true, STOCK]);
      }
    }
    expect(await deadlocks()).toBe(0);
  }, 180_000);

  it('that reuse event ids for different lines keep exactly one content of each', async () => {
    for (let round = 0; round < 20; round++) {
      const ids = Array.from({ length: 30 }, (_, i) => `reused/${round}/${i}`);
      const batches = Array.from({ length: CONNECTIONS }, (_, no) => {
        const own = ids.map((eventId, i) =>
          event(brandId, 'PAID', `reuse/${round}/${no}`, { eventId, lineNo: i + 1 }),
        );
        return no % 2 === 0 ? own : own.reverse();
      });
      const answers = await Promise.all(batches.map((batch) => world.ingest(brandId, batch)));
      for (const id of ids) {
        const told = batches.map(
          (batch, i) => answers[i]![batch.findIndex(({ eventId }) => eventId === id)]!,
        );
        const kept = told.filter(({ status }) => status === 'WAITING');
        const refused = told.filter(({ problem }) => problem?.code === 'EVENT_ID_REUSED');
        expect([id, kept.length, refused.length]).toEqual([id, 1, CONNECTIONS - 1]);
      }
    }
    expect(await deadlocks()).toBe(0);
  }, 120_000);

  it('that name a new source make one of it', async () => {
    const batches = Array.from({ length: CONNECTIONS }, (_, i) => [
      event(brandId, 'PAID', `new/${i}`, { source: 'new' }),
    ]);
    await Promise.all(batches.map((batch) => world.ingest(brandId, batch)));
    const rows = await database.rows(sql`select count(*)::int as count from order_source where name = 'new'`);
    expect(rows).toEqual([{ count: 1 }]);
  });
});

describe('a batch that fails midway', () => {
  const everything = async () => {
    const [row] = await database.rows(sql<{ all: unknown }>`
      select jsonb_build_array(
        (select jsonb_agg(o order by source_id, event_id) from order_event o), (select jsonb_agg(l order by id) from order_line l),
        (select jsonb_agg(s order by id) from order_source s), (select jsonb_agg(f order by line_id) from frozen_terms f),
        (select jsonb_agg(n order by line_id, node_no) from waterfall_node n),
        (select jsonb_agg(c order by line_id, step_no) from commission_step c),
        (select jsonb_agg(e order by line_id, step_no, node_no) from commission_entry e),
        (select jsonb_agg(k order by id) from sku k)) as all`);
    return row?.all;
  };
  /** Placing, moving, and taking what waited; all in one batch. */
  async function batchOf(name: string, { product, linkCode }: MadeDeal): Promise<OrderEvent[]> {
    const place = (no: string) =>
      event(brandId, 'PLACED', `${name}/${no}`, {
        placed: placed((product as MadeProduct).code, { linkCode }),
      });
    await world.ingest(brandId, [
      place('old'),
      event(brandId, 'PAID', `${name}/old`),
      event(brandId, 'PAID', `${name}/new`),
    ]);
    const refund = { amountMinor: 100n, quantity: 0 };
    return [
      place('new'),
      event(brandId, 'CANCELLED', `${name}/old`),
      event(brandId, 'REFUNDED', `${name}/new`, { refund }),
    ];
  }
  const take = (batch: readonly OrderEvent[], post: PostLines, source = 'shop', wrap = (tx: Tx) => tx) =>
    database.transaction((tx) =>
      takeOrderEvents(
        wrap(tx),
        brandId,
        batch.map((one) => ({ ...one, source })),
        post,
        new Date(),
      ),
    );
  const applied = ['APPLIED', 'APPLIED', 'APPLIED'];

  it('leaves nothing, whichever statement it fails at, and is taken whole when it comes again', async () => {
    const batch = await batchOf('fails', deals[3]!);
    const before = await everything();
    for (let failing = 1; ; failing++) {
      let left = failing;
      const wrap = (tx: Tx): Tx => ({
        em: tx.em,
        rows: async <Row>(query: RawBuilder<Row>) => {
          left -= 1;
          const rows = await tx.rows(query);
          if (left === 0) throw new Error('injected');
          return rows;
        },
      });
      const outcome = await take(batch, postLines, 'shop', wrap).catch((error: Error) => error.message);
      if (outcome !== 'injected') {
        expect((outcome as EventAnswer[]).map(({ status }) => status)).toEqual(applied);
        expect(failing).toBeGreaterThan(15);
        return;
      }
      expect([failing, await everything()]).toEqual([failing, before]);
    }
  });

  it('leaves nothing when posting fails, or when the connection is cut', async () => {
    const batch = await batchOf('cut', deals[2]!);
    const before = await everything();
    const fails: PostLines = async (tx, changes, now) => {
      await postLines(tx, changes, now);
      throw new Error('injected');
    };
    const isCut: PostLines = async (tx, changes, now) => {
      await postLines(tx, changes, now);
      await tx.rows(sql`select pg_terminate_backend(pg_backend_pid())`);
    };
    await expect(take(batch, fails)).rejects.toThrow('injected');
    expect(await everything()).toEqual(before);
    // More often than there are connections: none may be lost to the pool.
    for (let i = 0; i <= CONNECTIONS; i++) await expect(take(batch, isCut)).rejects.toThrow();
    expect(await everything()).toEqual(before);
    expect((await take(batch, postLines)).map(({ status }) => status)).toEqual(applied);
  });

  it('is tried again when PostgreSQL asks for that, and then counts once', async () => {
    const batch = await batchOf('again', deals[1]!);
    let attempts = 0;
    const unlucky: PostLines = async (tx, changes, now) => {
      await postLines(tx, changes, now);
      attempts += 1;
      if (attempts < 4)
        await tx.rows(sql`do $$ begin raise exception 'unlucky' using errcode = '40P01'; end $$`);
    };
    expect((await take(batch, unlucky)).map(({ status }) => status)).toEqual(applied);
    expect(attempts).toBe(4);
    expect(await standing('again/new')).toHaveLength(1);
    const twice = await take(batch, postLines);
    expect(twice.map(({ status }) => status)).toEqual(['DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
  });
});
