import 'reflect-metadata';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlacedDetail } from '../../src/features/order/index.ts';
import { OFFER_RANK, type Offer, resolveTerms } from '../../src/features/plan/resolve-terms.ts';
import { recordClicks } from '../../src/features/promotion/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';

let alliance: TestAlliance;
let world: World;
let brandId: string;
let asBrand: Caller;
let product: MadeProduct;
let orders = 0;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  brandId = await world.brand();
  asBrand = await alliance.memberOf(brandId);
  product = await world.product({ brandId });
  await world.plan(product);
});

afterAll(() => alliance.close());

const DAY_MS = 86_400_000;
const WINDOW_MS = 15 * DAY_MS;
const after = (ms: number): Date => new Date(PLACED_AT.getTime() + ms);

const click = (linkCode: string, buyerRef: string, clickedAt: Date) =>
  alliance.database.transaction((tx) => recordClicks(tx, [{ linkCode, buyerRef, clickedAt }]));

async function session(creatorId: string, startedAt: Date, endedAt: Date | null): Promise<string> {
  const id = newId();
  await alliance.database.rows(sql`
    insert into live_session (id, creator_id, title, started_at, ended_at)
    values (${id}, ${creatorId}, 'Live', ${startedAt}, ${endedAt})`);
  return id;
}

const LINE = /* GraphQL */ `
  query ($id: ID!) {
    orderLine(id: $id) {
      attribution
      unattributedReason
      creator { id }
      waterfall { nodes { role rate estimatedGross { minorUnits } estimatedNet { minorUnits } } }
      commissionExplanation {
        attribution { method linkCode clickedAt passedOver }
        winner { kind commissionRate serviceFeeRate }
        losers { because offer { kind commissionRate } }
      }
    }
  }
`;

/** Places and pays a line at PLACED_AT and gives what the brand is told of it. */
async function line(detail: Partial<PlacedDetail>, of: MadeProduct = product): Promise<Json> {
  const no = `A${++orders}`;
  const answers = await world.ingest(of.brandId, [
    event(of.brandId, 'PLACED', no, { placed: placed(of.code, { buyerRef: no, ...detail }) }),
    event(of.brandId, 'PAID', no),
  ]);
  expect(answers).toEqual([{ status: 'APPLIED' }, { status: 'APPLIED' }]);
  const [row] = await alliance.database.rows(
    sql<{ id: string }>`select id from order_line where order_no = ${no}`,
  );
  const { data, errors } = await asBrand.query(LINE, { id: toGlobalId('OrderLine', row!.id, of.brandId) });
  expect(errors).toBeUndefined();
  return { ...data.orderLine, no };
}

/** How a line was credited, and what is kept as the proof. */
const credited = ({ attribution, creator, unattributedReason, commissionExplanation }: Json) => ({
  by: attribution,
  to: creator?.id ?? null,
  why: unattributedReason,
  ...commissionExplanation.attribution,
});

const creditedTo = (creatorId: string, by: string, proof: object) => ({
  by,
  to: toGlobalId('Creator', creatorId),
  why: null,
  method: by,
  linkCode: null,
  clickedAt: null,
  passedOver: [],
  ...proof,
});
const creditedToNobody = (why: string, proof: object = {}) => ({
  by: 'NONE',
  to: null,
  why,
  method: null,
  linkCode: null,
  clickedAt: null,
  passedOver: why === 'NO_TRACE' ? [] : [why],
  ...proof,
});

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

describe('the offer that wins', () => {
  it('is the strongest kind that reaches the creator, also when it is lower; each other is told with its reason', async () => {
    const [named, other] = [await world.creator(), await world.creator()];
    const made = await world.product({ brandId });
    const { id } = await world.enrolment(made, await world.agency(), {
      commissionBp: 1500,
      serviceFeeBp: 100,
    });
    await world.plan(made, { commissionBp: 3000 });
    await world.plan(made, { kind: 'TARGETED', creatorIds: [named], commissionBp: 1000 });
    await world.plan(made, {
      kind: 'SHOP_TARGETED',
      productId: null,
      creatorIds: [named],
      commissionBp: 2500,
    });
    const outcome = async (creatorId: string, enrolmentId: string | null, of = made) => {
      const linkCode = await world.link(creatorId, of, enrolmentId);
      const { winner, losers } = (await line({ linkCode }, of)).commissionExplanation;
      return [
        winner.kind,
        winner.commissionRate,
        ...losers.map(({ because, offer }: Json) => `${offer.kind} ${because}`),
      ];
    };
    expect(await outcome(named, id)).toEqual([
      'TARGETED',
      1000,
      'CAMPAIGN OUTRANKED',
      'SHOP_TARGETED OUTRANKED',
      'OPEN OUTRANKED',
    ]);
    expect(await outcome(named, null)).toEqual([
      'TARGETED',
      1000,
      'SHOP_TARGETED OUTRANKED',
      'OPEN OUTRANKED',
    ]);
    expect(await outcome(other, id)).toEqual([
      'CAMPAIGN',
      1500,
      'TARGETED NOT_NAMED',
      'SHOP_TARGETED NOT_NAMED',
      'OPEN OUTRANKED',
    ]);
    expect(await outcome(other, null)).toEqual([
      'OPEN',
      3000,
      'TARGETED NOT_NAMED',
      'SHOP_TARGETED NOT_NAMED',
    ]);

    const exclusive = await world.product({ brandId });
    const picked = await world.enrolment(exclusive, await world.agency(), {
      commissionBp: 1500,
      serviceFeeBp: 100,
    });
    await world.plan(exclusive, { kind: 'EXCLUSIVE', creatorIds: [named], commissionBp: 700 });
    expect(await outcome(named, picked.id, exclusive)).toEqual([
      'EXCLUSIVE',
      700,
      'CAMPAIGN OUTRANKED',
      'SHOP_TARGETED OUTRANKED',
    ]);
    expect(await outcome(other, picked.id, exclusive)).toEqual([
      'CAMPAIGN',
      1500,
      'EXCLUSIVE NOT_NAMED',
      'SHOP_TARGETED NOT_NAMED',
    ]);
    expect(await outcome(named, null, await world.product({ brandId }))).toEqual(['SHOP_TARGETED', 2500]);

    await alliance.database.rows(
      sql`update recruiting_campaign set closes_at = ${PLACED_AT} where id = ${picked.campaignId}`,
    );
    const linkCode = await world.link(other, exclusive, picked.id);
    const over = await line({ linkCode }, exclusive);
    expect([
      over.unattributedReason,
      over.commissionExplanation.losers.map(({ because }: Json) => because),
    ]).toEqual(['NO_OFFER_IN_FORCE', ['NOT_NAMED', 'NOT_IN_FORCE', 'NOT_NAMED']]);
  });

  it('pays a second-level agency out of the fee of the first, each with its own technical fee', async () => {
    const [creator, first, second] = [await world.creator(), await world.agency(), await world.agency()];
    const made = await world.product({ brandId });
    const parent = await world.enrolment(made, first, { commissionBp: 2000, serviceFeeBp: 300 });
    const child = await world.enrolment(made, second, { commissionBp: 2000, serviceFeeBp: 100 }, parent.id);
    const { waterfall } = await line({ linkCode: await world.link(creator, made, child.id) }, made);
    const rows = waterfall.nodes.map(({ role, rate, estimatedGross, estimatedNet }: Json) => [
      role,
      rate,
      estimatedGross.minorUnits,
      estimatedNet.minorUnits,
    ]);
    expect(rows).toEqual([
      ['CREATOR', 2000, '2000', '1800'],
      ['TECHNICAL_FEE', 1000, '200', '200'],
      ['RECRUITER', 300, '300', '170'],
      ['TECHNICAL_FEE', 1000, '30', '30'],
      ['SECOND_RECRUITER', 100, '100', '90'],
      ['TECHNICAL_FEE', 1000, '10', '10'],
    ]);
  });
});

describe('resolveTerms', () => {
  const NOW = new Date('2026-06-16T12:00:00Z');
  const offer: fc.Arbitrary<Offer> = fc
    .record({
      kind: fc.constantFrom(...OFFER_RANK),
      termsId: fc.uuid(),
      commissionBp: fc.integer({ min: 1, max: 3 }),
      reachesCreator: fc.boolean(),
      from: fc.integer({ min: -2, max: 2 }),
      to: fc.option(fc.integer({ min: -2, max: 3 })),
    })
    .map(({ from, to, ...rest }) => ({
      ...rest,
      offerId: 'offer',
      serviceFeeBp: 0,
      validFrom: new Date(NOW.getTime() + from),
      validTo: to === null ? null : new Date(NOW.getTime() + to),
    }));
  const offers = fc.uniqueArray(offer, { maxLength: 8, selector: ({ termsId }) => termsId });

  it('does not depend on the order of the offers, forgets none, and names the strongest that fits', () => {
    const property = fc.property(
      offers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, mixed]) => {
        const { winner, losers } = resolveTerms(all, NOW);
        expect(resolveTerms(mixed, NOW)).toEqual({ winner, losers });
        const named = [...losers.map(({ offer: lost }) => lost), ...(winner === null ? [] : [winner])];
        expect(new Set(named)).toEqual(new Set(all));
        const ms = NOW.getTime();
        const fits = all.filter(
          ({ validFrom, validTo, reachesCreator }) =>
            reachesCreator && validFrom.getTime() <= ms && (validTo === null || ms < validTo.getTime()),
        );
        const best = OFFER_RANK.find((kind) => fits.some((one) => one.kind === kind));
        expect(winner?.kind).toBe(best);
        const highest = Math.max(
          ...fits.filter(({ kind }) => kind === best).map(({ commissionBp }) => commissionBp),
        );
        if (winner !== null) expect(winner.commissionBp).toBe(highest);
        for (const { offer: lost, because } of losers) {
          const inForce =
            lost.validFrom.getTime() <= ms && (lost.validTo === null || ms < lost.validTo.getTime());
          const why = lost.kind === 'CAMPAIGN' ? 'NOT_PICKED' : 'NOT_NAMED';
          expect(because).toBe(!inForce ? 'NOT_IN_FORCE' : lost.reachesCreator ? 'OUTRANKED' : why);
        }
      },
    );
    fc.assert(property, { numRuns: 3000 });
  });

  it('finds no winner where nothing is offered', () => {
    expect(resolveTerms([], NOW)).toEqual({ winner: null, losers: [] });
  });
});
