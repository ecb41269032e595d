import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { PlacedDetail } from '../../src/features/order/index.ts';
import type { Json } from '../kit/alliance.ts';
import { event, type MadeProduct, placed } from '../kit/world.ts';
import {
  after,
  alliance,
  brandId,
  click,
  credited,
  creditedTo,
  creditedToNobody,
  line,
  openBrand,
  product,
  session,
  WINDOW_MS,
  world,
} from './placed-line.ts';

openBrand();

describe('a link code', () => {
  it('credits its creator, before any click and any session', async () => {
    const [a, b] = [await world.creator(), await world.creator()];
    const linkCode = await world.link(a, product);
    await click(await world.link(b, product), 'link-wins', after(-1));
    const liveSessionId = await session(b, after(-1000), null);
    const found = await line({ linkCode, liveSessionId, buyerRef: 'link-wins' });
    expect(credited(found)).toEqual(creditedTo(a, 'LINK', { linkCode }));
  });

  it('of another product, or of nobody, falls through to the click, then to the session, and is told', async () => {
    const [a, b, c] = [await world.creator(), await world.creator(), await world.creator()];
    const other = await world.product({ brandId });
    const codes = [
      [await world.link(a, other), 'LINK_OF_ANOTHER_PRODUCT'],
      ['no-such-code', 'LINK_UNKNOWN'],
    ] as const;
    await click(await world.link(b, product), 'falls', after(-5000));
    const liveSessionId = await session(c, after(-1000), null);
    for (const [linkCode, reason] of codes) {
      const clicked = credited(await line({ linkCode, liveSessionId, buyerRef: 'falls' }));
      expect(clicked).toEqual(
        creditedTo(b, 'CLICK', { linkCode, clickedAt: after(-5000).toISOString(), passedOver: [reason] }),
      );
      const live = credited(await line({ linkCode, liveSessionId }));
      expect(live).toEqual(creditedTo(c, 'LIVE_SESSION', { linkCode, passedOver: [reason] }));
      expect(credited(await line({ linkCode }))).toEqual(creditedToNobody(reason, { linkCode }));
    }
  });
});

describe('a click', () => {
  it('counts from the first millisecond of the 15 days up to the moment of the order', async () => {
    const a = await world.creator();
    const linkCode = await world.link(a, product);
    const edges: [number, boolean][] = [
      [-WINDOW_MS - 1, false],
      [-WINDOW_MS, false],
      [-WINDOW_MS + 1, true],
      [-1, true],
      [0, true],
      [1, false],
    ];
    for (const [ms, counts] of edges) {
      const buyerRef = `edge ${ms}`;
      await click(linkCode, buyerRef, after(ms));
      const expected = counts
        ? creditedTo(a, 'CLICK', { clickedAt: after(ms).toISOString() })
        : creditedToNobody('NO_TRACE');
      expect({ ms, ...credited(await line({ buyerRef })) }).toEqual({ ms, ...expected });
    }
  });

  it('that is the last one wins, whoever reported first; other buyers and other products do not matter', async () => {
    const [a, b, c] = [await world.creator(), await world.creator(), await world.creator()];
    const other = await world.product({ brandId });
    const [ofA, ofB] = [await world.link(a, product), await world.link(b, product)];
    await click(ofB, 'last', after(-10));
    await click(ofA, 'last', after(-9));
    await click(ofB, 'last', after(-11));
    await click(ofB, 'last', after(1));
    await click(ofB, 'somebody else', after(-1));
    await click(await world.link(c, other), 'last', after(-1));
    const found = credited(await line({ buyerRef: 'last' }));
    expect(found).toEqual(creditedTo(a, 'CLICK', { clickedAt: after(-9).toISOString() }));
  });

  it('carries the campaign of its link', async () => {
    const a = await world.creator();
    const { id } = await world.enrolment(product, await world.agency(), {
      commissionBp: 1234,
      serviceFeeBp: 56,
    });
    await click(await world.link(a, product, id), 'campaign', after(-10));
    const { commissionExplanation } = await line({ buyerRef: 'campaign' });
    expect(commissionExplanation.winner).toEqual({
      kind: 'CAMPAIGN',
      commissionRate: 1234,
      serviceFeeRate: 56,
    });
  });
});

describe('a live session', () => {
  it('credits its creator while it runs, to the millisecond', async () => {
    const a = await world.creator();
    const cases: [Date, Date | null, boolean][] = [
      [after(0), null, true],
      [after(1), null, false],
      [after(-1000), after(0), true],
      [after(-1000), after(-1), false],
      [after(-1000), after(1000), true],
      [after(0), after(0), true],
    ];
    for (const [from, to, runs] of cases) {
      const liveSessionId = await session(a, from, to);
      const expected = runs
        ? creditedTo(a, 'LIVE_SESSION', {})
        : creditedToNobody('LIVE_SESSION_NOT_RUNNING');
      expect({ runs: [from, to], ...credited(await line({ liveSessionId })) }).toEqual({
        runs: [from, to],
        ...expected,
      });
    }
  });

  it('carries the campaign that the creator had picked the product from at that moment', async () => {
    const a = await world.creator();
    const rates = { commissionBp: 1111, serviceFeeBp: 22 };
    const { id } = await world.enrolment(product, await world.agency(), rates);
    const itemId = await world.showcase(a, product, id);
    const liveSessionId = await session(a, after(-1000), null);
    const winner = async () => (await line({ liveSessionId })).commissionExplanation.winner;
    const fromCampaign = { kind: 'CAMPAIGN', commissionRate: 1111, serviceFeeRate: 22 };
    expect(await winner()).toEqual(fromCampaign);
    const removeAt = (at: Date) =>
      alliance.database.rows(sql`update showcase_item set removed_at = ${at} where id = ${itemId}`);
    await removeAt(after(1));
    expect(await winner()).toEqual(fromCampaign);
    await removeAt(after(0));
    expect(await winner()).toEqual({ kind: 'OPEN', commissionRate: 2000, serviceFeeRate: 0 });
  });
});

describe('a line that is credited to nobody', () => {
  it('has no payees and stands in the inbox with its reason, and no other line does', async () => {
    const shop = await world.brand();
    const caller = await alliance.memberOf(shop);
    const [sold, bare] = [await world.product({ brandId: shop }), await world.product({ brandId: shop })];
    await world.plan(sold);
    const a = await world.creator();
    const over = await session(a, after(-1000), after(-1));
    const details: [string, MadeProduct, Partial<PlacedDetail>][] = [
      ['NO_TRACE', sold, {}],
      ['LINK_UNKNOWN', sold, { linkCode: 'nobody' }],
      ['LINK_OF_ANOTHER_PRODUCT', sold, { linkCode: await world.link(a, bare) }],
      ['LIVE_SESSION_NOT_RUNNING', sold, { liveSessionId: over }],
      ['NO_OFFER_IN_FORCE', bare, { linkCode: await world.link(a, bare) }],
      ['none: it is credited', sold, { linkCode: await world.link(a, sold) }],
    ];
    for (const [reason, of, detail] of details) {
      await world.ingest(shop, [
        event(shop, 'PLACED', reason, { placed: placed(of.code, detail) }),
        event(shop, 'PAID', reason),
      ]);
    }
    await world.ingest(shop, [
      event(shop, 'REFUNDED', 'never placed', { refund: { amountMinor: 5n, quantity: 1 }, reason: 'broken' }),
      event(shop, 'SHIPPED', 'never placed', { lineNo: 2 }),
    ]);
    const { data } = await caller.query(/* GraphQL */ `
      { viewer { brand {
        unattributedOrderLines { nodes { orderNo unattributedReason waterfall { sumsUp nodes { nodeNo } } } }
        waitingOrderEvents { nodes { eventId kind orderNo lineNo occurredAt reason } }
      } } }`);
    const { unattributedOrderLines, waitingOrderEvents } = data.viewer.brand;
    const reasons = details.slice(0, 5).map(([reason]) => reason);
    const byName = (x: Json, y: Json) => (x.orderNo < y.orderNo ? -1 : 1);
    expect(unattributedOrderLines.nodes.sort(byName)).toEqual(
      reasons.sort().map((reason) => ({
        orderNo: reason,
        unattributedReason: reason,
        waterfall: { sumsUp: true, nodes: [] },
      })),
    );
    const waiting = { orderNo: 'never placed' };
    expect(waitingOrderEvents.nodes.sort((x: Json, y: Json) => x.lineNo - y.lineNo)).toEqual([
      {
        ...waiting,
        eventId: 'never placed/REFUNDED',
        kind: 'REFUNDED',
        lineNo: 1,
        occurredAt: '2026-06-16T12:05:00.000Z',
        reason: 'broken',
      },
      {
        ...waiting,
        eventId: 'never placed/SHIPPED',
        kind: 'SHIPPED',
        lineNo: 2,
        occurredAt: '2026-06-16T12:02:00.000Z',
        reason: null,
      },
    ]);
    await world.ingest(shop, [event(shop, 'PLACED', 'never placed', { placed: placed(sold.code) })]);
    const left = await caller.query('{ viewer { brand { waitingOrderEvents { nodes { lineNo } } } } }');
    expect(left.data.viewer.brand.waitingOrderEvents.nodes).toEqual([{ lineNo: 2 }]);
  });

  it('is one for whom no offer held at the moment: plans count from when they open until before they close', async () => {
    const made = await world.product({ brandId });
    const a = await world.creator();
    const linkCode = await world.link(a, made);
    const planId = await world.plan(made, { opensAt: after(1) });
    const move = async (from: Date, to: Date | null) => {
      await alliance.database.rows(
        sql`update plan set opens_at = ${from}, closes_at = ${to} where id = ${planId}`,
      );
      await alliance.database.rows(
        sql`update plan_terms set valid_from = ${from}, valid_to = ${to} where plan_id = ${planId}`,
      );
      return (await line({ linkCode }, made)).unattributedReason;
    };
    expect(await move(after(1), null)).toBe('NO_OFFER_IN_FORCE');
    expect(await move(after(0), null)).toBe(null);
    expect(await move(after(-1), after(0))).toBe('NO_OFFER_IN_FORCE');
    expect(await move(after(-1), after(1))).toBe(null);
    const proof = credited(await line({ linkCode }, await world.product({ brandId })));
    expect(proof).toEqual(creditedToNobody('LINK_OF_ANOTHER_PRODUCT', { linkCode }));
    const none = await world.product({ brandId });
    const code = await world.link(a, none);
    expect(credited(await line({ linkCode: code }, none))).toEqual(
      creditedToNobody('NO_OFFER_IN_FORCE', { method: 'LINK', linkCode: code, passedOver: [] }),
    );
  });
});
