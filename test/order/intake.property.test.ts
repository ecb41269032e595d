import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import type { EventAnswer, OrderEvent } from '../../src/features/order/index.ts';
import {
  type LineFacts,
  NOTHING_YET,
  refundedOf,
  stateOf,
  takeEvents,
} from '../../src/features/order/line-life.ts';
import { testDatabase } from '../kit/database.ts';
import { event, World } from '../kit/world.ts';
import {
  changeAllTerms,
  changePolicy,
  keepTerms,
  type MadeDeal,
  makeDeals,
  POLICIES,
  putTermsBack,
  SECOND_POLICY_FROM,
} from './deals.ts';
import { baseOf, type ModelEvent, type ModelPlaced, paidOf, shares, standsAt } from './line-model.ts';

let database: Database;
let world: World;
let brandId: string;
let deals: MadeDeal[];
let runs = 0;

beforeAll(async () => {
  database = await testDatabase();
  world = new World(database);
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await database.transaction((tx) => foundAlliance(tx, options, new Date()));
  await changePolicy(world);
  brandId = await world.brand();
  deals = await makeDeals(world, brandId);
  await keepTerms(world);
});

afterAll(() => database.close());

/** An event of a history, with the batches in which it is delivered, and its place there. */
interface Told extends ModelEvent {
  readonly batches: readonly number[];
  readonly place: number;
}

interface History {
  readonly dealNo: number;
  readonly secondPolicy: boolean;
  readonly placed: ModelPlaced;
  readonly told: Pick<Told, 'batches' | 'place'>;
  readonly events: readonly Told[];
}

const BATCHES = 4;
const delivery = {
  batches: fc.array(fc.nat(BATCHES - 1), { minLength: 1, maxLength: 3 }),
  place: fc.nat(1000),
};
const amount = fc.oneof(fc.bigInt(0n, 5n), fc.bigInt(0n, 20_000n), fc.bigInt(0n, 1_000_000_000_000_000n));
const kind = fc.constantFrom(
  'PAID',
  'PAID',
  'SHIPPED',
  'RECEIVED',
  'CANCELLED',
  'REFUNDED',
  'REFUNDED',
  'REFUNDED',
);
// Few different times, so that events often share one.
const at = fc.nat(6).map((minutes) => minutes * 60_000);

const toldEvent: fc.Arbitrary<Told> = fc
  .record({ kind: kind as fc.Arbitrary<Told['kind']>, at, amount, pieces: fc.nat(5), ...delivery })
  .filter((told) => told.kind !== 'REFUNDED' || told.amount > 0n || told.pieces > 0);

/** Parts of a whole for the discounts: often nothing, often all of it, so that goods are free. */
const part = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 }));
const placedDetail: fc.Arbitrary<ModelPlaced> = fc
  .record({ quantity: fc.integer({ min: 1, max: 9 }), itemTotal: amount, parts: fc.tuple(part, part, part) })
  .map(({ quantity, itemTotal, parts: [brand, platform, creator] }) => {
    const whole = BigInt(Math.max(brand + platform + creator, 100));
    const of = (percent: number) => (itemTotal * BigInt(percent)) / whole;
    return {
      quantity,
      itemTotal,
      brandDiscount: of(brand),
      platformDiscount: of(platform),
      creatorDiscount: of(creator),
    };
  });

const history: fc.Arbitrary<History> = fc.record({
  dealNo: fc.nat(6),
  secondPolicy: fc.boolean(),
  placed: placedDetail,
  told: fc.record(delivery),
  events: fc.array(toldEvent, { maxLength: 8 }),
});
const histories = fc.array(history, { minLength: 1, maxLength: 4 });

/** A reported event with when it is delivered. */
interface Delivered extends Pick<Told, 'batches' | 'place'> {
  readonly event: OrderEvent;
}

const startOf = ({ secondPolicy }: History) =>
  secondPolicy ? SECOND_POLICY_FROM.getTime() + 3_600_000 : Date.UTC(2026, 5, 16, 12);

/** The events of a history as a shop reports them. */
function reportsOf(history: History, lineNo: number, source: string): Delivered[] {
  const { product, linkCode } = deals[history.dealNo] as MadeDeal;
  const start = startOf(history);
  const { quantity, itemTotal, brandDiscount, platformDiscount, creatorDiscount } = history.placed;
  const more = { source, lineNo };
  const first = event(brandId, 'PLACED', 'O', {
    ...more,
    eventId: `${lineNo}/P`,
    occurredAt: new Date(start),
    placed: {
      skuCode: product.code,
      quantity,
      buyerRef: `${source}/${lineNo}`,
      currency: null,
      itemTotalMinor: itemTotal,
      brandDiscountMinor: brandDiscount,
      platformDiscountMinor: platformDiscount,
      creatorDiscountMinor: creatorDiscount,
      freightMinor: 800n,
      taxMinor: 13n,
      linkCode,
      liveSessionId: null,
      boosted: false,
      shareCode: null,
    },
  });
  const others = history.events.map(({ kind, at, amount: amountMinor, pieces, batches, place }, i) => {
    const refund = kind === 'REFUNDED' ? { amountMinor, quantity: pieces } : undefined;
    const reported = event(brandId, kind, 'O', {
      ...more,
      eventId: `${lineNo}/${i}`,
      occurredAt: new Date(start + at),
      refund,
    });
    return { event: reported, batches, place };
  });
  return [{ event: first, ...history.told }, ...others];
}

const reportsOfAll = (all: readonly History[], source: string) =>
  all.flatMap((history, i) => reportsOf(history, i + 1, source));

/** Reports batches one after the other; each event counts once, every repetition is known for one. */
async function deliver(
  batches: readonly (readonly OrderEvent[])[],
  between?: (i: number) => Promise<void>,
): Promise<void> {
  const seen = new Set<string>();
  for (const [i, batch] of batches.entries()) {
    if (batch.length === 0) continue;
    await between?.(i);
    const answers: EventAnswer[] = await world.ingest(brandId, batch);
    for (const [place, { eventId }] of batch.entries()) {
      const status = answers[place]?.status;
      const counted = status === 'APPLIED' || status === 'WAITING';
      expect([eventId, i, place, status, counted]).toEqual([eventId, i, place, status, !seen.has(eventId)]);
      if (!counted) expect([eventId, status]).toEqual([eventId, 'DUPLICATE']);
      seen.add(eventId);
    }
  }
}

/** Shuffled, in batches, with repetitions in one batch and across them. */
const shuffled = (reports: readonly Delivered[]): OrderEvent[][] =>
  Array.from({ length: BATCHES }, (_, batch) =>
    reports
      .flatMap((report) =>
        report.batches
          .filter((no) => no === batch)
          .map((_no, i) => ({ ...report, place: report.place * (i + 1) })),
      )
      .sort((a, b) => a.place - b.place)
      .map((report) => report.event),
  );

const inOrder = (reports: readonly Delivered[]): OrderEvent[] =>
  reports.map((report) => report.event).sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());

/** How the lines of a source stand, with all that hangs on them. */
async function standing(source: string) {
  const lines = await database.rows(sql<{ lineNo: number }>`
    select l.line_no as "lineNo", l.state, l.base_minor as base, l.goods_paid_minor as "paidForGoods",
      l.refunded_minor as refunded, l.remaining_base_minor as left, l.reserved
    from order_line l join order_source s on s.id = l.source_id where s.name = ${source} order by l.line_no`);
  const nodes = await database.rows(sql<{
    lineNo: number;
    role: string;
    gross: bigint;
    net: bigint;
    posted: bigint;
  }>`
    select l.line_no as "lineNo", n.role, n.gross_minor as gross, n.net_minor as net,
      coalesce((select sum(e.net_minor) from commission_entry e
        where e.brand_id = n.brand_id and e.line_id = n.line_id and e.node_no = n.node_no), 0)::bigint as posted
    from order_line l join order_source s on s.id = l.source_id
    join waterfall_node n on n.brand_id = l.brand_id and n.line_id = l.id
    where s.name = ${source} order by l.line_no, n.node_no`);
  return lines.map((line) => ({
    ...line,
    nodes: nodes
      .filter((node) => node.lineNo === line.lineNo)
      .map(({ role, gross, net, posted }) => ({ role, gross, net, posted })),
  }));
}

/** How the lines must stand by the model. */
const expected = (all: readonly History[]) =>
  all.map(({ dealNo, secondPolicy, placed, events }, i) => {
    const policy = POLICIES[secondPolicy ? 1 : 0]!;
    const line = standsAt(baseOf(placed, policy), paidOf(placed), placed.quantity, events);
    const deal = deals[dealNo]?.deal;
    const isPaid = events.some((told) => told.kind === 'PAID');
    const nodes = deal == null ? [] : shares(line.left, isPaid, deal, policy);
    return { lineNo: i + 1, ...line, nodes: nodes.map((node) => ({ ...node, posted: node.net })) };
  });

const stocks = async (): Promise<Map<string, bigint>> => {
  const rows = await database.rows(sql<{ id: string; stock: bigint }>`select id, stock from sku`);
  return new Map(rows.map(({ id, stock }) => [id, stock]));
};

/** What of each product's stock the lines must have taken. */
function takenStock(all: readonly History[], before: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const after = new Map(before);
  for (const [i, { reserved }] of expected(all).entries()) {
    const id = deals[all[i]!.dealNo]!.product.skuId;
    after.set(id, after.get(id)! - BigInt(reserved));
  }
  return after;
}

describe('the same events of random histories', () => {
  it('give the same final figures in one batch, shuffled with repetitions, and one by one from the last (invariants 1 and 2)', async () => {
    const property = fc.asyncProperty(histories, async (all) => {
      runs += 1;
      const ways: [string, (reports: readonly Delivered[]) => OrderEvent[][]][] = [
        ['in order', (reports) => [inOrder(reports)]],
        ['shuffled', shuffled],
        [
          'reversed',
          (reports) =>
            inOrder(reports)
              .reverse()
              .map((one) => [one]),
        ],
      ];
      for (const [name, batched] of ways) {
        const source = `${runs} ${name}`;
        const before = await stocks();
        await deliver(batched(reportsOfAll(all, source)));
        const lines = await standing(source);
        expect({ name, lines }).toEqual({ name, lines: expected(all) });
        expect(await stocks()).toEqual(takenStock(all, before));
        for (const { nodes, left } of lines as ReturnType<typeof expected>) {
          for (const { net } of nodes) expect(net >= 0n && (left > 0n || net === 0n)).toBe(true);
        }
      }
    });
    await fc.assert(property, { numRuns: 80 });
  }, 180_000);

  it('give them whatever becomes of plans, contracts, policies and links after placing (invariant 6)', async () => {
    const frozen = (source: string) =>
      database.rows(sql`
        select to_jsonb(f) as terms, (select jsonb_agg(jsonb_build_array(n.node_no, n.parent_no, n.payee_id, n.role, n.rate_bp,
            n.applies_to) order by n.node_no) from waterfall_node n where n.brand_id = l.brand_id and n.line_id = l.id) as nodes,
          to_jsonb(l) - array['state', 'reserved', 'steps', 'remaining_base_minor', 'refunded_minor', 'refund_reported_minor',
            'refund_reported_quantity', 'paid_at', 'shipped_at', 'received_at', 'cancelled_at'] as line
        from order_line l join order_source s on s.id = l.source_id
        join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
        where s.name = ${source} order by l.line_no`);
    const property = fc.asyncProperty(histories, fc.integer({ min: 1, max: 5000 }), async (all, byBp) => {
      const source = `${++runs} frozen`;
      const reports = reportsOfAll(all, source);
      const early = reports.filter((report) => report.event.kind === 'PLACED' || report.batches[0] === 0);
      const rest = shuffled(
        reports.map((report) => (early.includes(report) ? { ...report, batches: [] } : report)),
      );
      await deliver([early.map((report) => report.event).reverse()]);
      const before = await frozen(source);
      expect(before).toHaveLength(all.length);
      try {
        await changeAllTerms(world, byBp);
        await deliver(rest, (i) => changeAllTerms(world, byBp + i));
        expect(await frozen(source)).toEqual(before);
        expect(await standing(source)).toEqual(expected(all));
      } finally {
        await putTermsBack(world);
      }
    });
    await fc.assert(property, { numRuns: 40 });
  }, 180_000);
});

describe('takeEvents', () => {
  const amounts = placedDetail.chain((placed) =>
    fc.constantFrom(...POLICIES).map((policy) => ({
      baseMinor: baseOf(placed, policy),
      goodsPaidMinor: paidOf(placed),
      quantity: placed.quantity,
    })),
  );
  const reported = (all: readonly Told[]) =>
    all.map(({ kind, at: ms, amount: amountMinor, pieces, batches, place }, i) => {
      const refund = kind === 'REFUNDED' ? { amountMinor, quantity: pieces } : undefined;
      return {
        event: event('b', kind, 'O', { eventId: `${i}`, occurredAt: new Date(ms), refund }),
        batch: batches[0],
        place,
      };
    });

  it('ends where the plain model ends, however the events are batched and ordered', () => {
    const property = fc.property(amounts, fc.array(toldEvent, { maxLength: 12 }), (line, all) => {
      const model = standsAt(line.baseMinor, line.goodsPaidMinor, line.quantity, all);
      const once = takeEvents(
        NOTHING_YET,
        line,
        reported(all).map((one) => one.event),
      );
      let facts: LineFacts = NOTHING_YET;
      const steps = [];
      for (let batch = 0; batch < BATCHES; batch++) {
        const part = reported(all)
          .filter((one) => one.batch === batch)
          .sort((a, b) => a.place - b.place);
        const taken = takeEvents(
          facts,
          line,
          part.map((one) => one.event),
        );
        facts = taken.facts;
        steps.push(...taken.steps);
      }
      expect(facts).toEqual(once.facts);
      expect({ state: stateOf(facts), refunded: refundedOf(facts, line) }).toEqual({
        state: model.state,
        refunded: model.refunded,
      });
      for (const list of [steps, once.steps]) {
        const isPaid = all.some((told) => told.kind === 'PAID');
        expect(list.at(-1)?.remainingBaseMinor).toBe(isPaid ? model.left : undefined);
        expect(list.filter((step) => step.kind === 'ACCRUAL')).toHaveLength(isPaid ? 1 : 0);
        if (isPaid) expect([list[0]?.kind, list[0]?.remainingBaseMinor]).toEqual(['ACCRUAL', line.baseMinor]);
        // What is left never grows.
        for (const [i, step] of list.entries())
          expect(step.remainingBaseMinor <= (list[i - 1]?.remainingBaseMinor ?? line.baseMinor)).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 5000 });
  });
});
