import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import type { Caller } from '../kit/alliance.ts';
import {
  alliance,
  asBrand,
  between,
  brandId,
  code,
  counts,
  keyOf,
  linkCode,
  openShop,
  orderNo,
  refused,
  strangerId,
  world,
} from './hostile-shop.ts';
import { report, told1By1, wire, wirePlaced } from './wire.ts';

openShop();

let asOperator: Caller;
let asKey: Caller;

beforeAll(async () => {
  asOperator = await alliance.memberOf(alliance.id);
  asKey = await keyOf(['orders:write']);
});

describe('what contradicts itself', () => {
  it('PLACED without detail, others with it, REFUNDED without an amount', async () => {
    const detail = { skuCode: code, quantity: 1, buyerRef: 'b', itemTotalMinor: 1 };
    const refund = { amountMinor: 1 };
    const id = () => `${orderNo()}/X`;
    expect(await between(wire(id(), 'x', { kind: 'PLACED' }))).toBe(refused('INVALID', 'placed'));
    expect(await between(wire(id(), 'x', { kind: 'PLACED', placed: null }))).toBe(
      refused('INVALID', 'placed'),
    );
    expect(await between(wirePlaced(id(), 'x', code, {}, { refund }))).toBe(refused('INVALID', 'refund'));
    expect(await between(wire(id(), 'x', { placed: detail }))).toBe(refused('INVALID', 'placed'));
    expect(await between(wire(id(), 'x', { kind: 'REFUNDED' }))).toBe(refused('INVALID', 'refund'));
    expect(await between(wire(id(), 'x', { kind: 'REFUNDED', placed: detail, refund }))).toBe(
      refused('INVALID', 'placed'),
    );
    expect(await between(wire(id(), 'x', { kind: 'SHIPPED', refund }))).toBe(refused('INVALID', 'refund'));
  });

  it('discounts over the item total', async () => {
    const over = {
      itemTotalMinor: 100,
      brandDiscountMinor: 50,
      platformDiscountMinor: 50,
      creatorDiscountMinor: 1,
    };
    const no = orderNo();
    expect(await between(wirePlaced(`${no}/P`, no, code, over))).toBe(refused('OUT_OF_RANGE', 'placed'));
    expect(await between(wirePlaced(`${no}/P`, no, code, { ...over, creatorDiscountMinor: 0 }))).toBe(
      'APPLIED',
    );
  });

  it('an unknown SKU, one of another brand, another currency', async () => {
    const theirs = await world.product({ brandId: strangerId });
    const no = orderNo();
    expect(await between(wirePlaced(`${no}/P`, no, 'no-such'))).toBe(
      refused('SKU_NOT_FOUND', 'placed.skuCode'),
    );
    expect(await between(wirePlaced(`${no}/P`, no, theirs.code))).toBe(
      refused('SKU_NOT_FOUND', 'placed.skuCode'),
    );
    expect(await between(wirePlaced(`${no}/P`, no, code, { currencyCode: 'USD' }))).toBe(
      refused('CURRENCY_MISMATCH', 'placed.currency'),
    );
    expect(await between(wirePlaced(`${no}/P`, no, code, { currencyCode: 'CNY' }))).toBe('APPLIED');
  });

  it('a session that is none, a session nobody holds, a link nobody has: the line is taken, credited to nobody', async () => {
    const brand = toGlobalId('Brand', brandId);
    const no = orderNo();
    expect(await between(wirePlaced(`${no}/P`, no, code, { liveSessionId: brand }))).toBe(
      refused('INVALID', 'placed.liveSessionId'),
    );
    const liveSessionId = toGlobalId('LiveSession', newId());
    expect(await between(wirePlaced(`${no}/P`, no, code, { liveSessionId }))).toBe('APPLIED');
    const other = orderNo();
    expect(await between(wirePlaced(`${other}/P`, other, code, { linkCode: 'nobody-has-this' }))).toBe(
      'APPLIED',
    );
    const lines = await alliance.database.rows(sql`
      select attribution, unattributed_reason as reason from order_line where order_no in (${no}, ${other}) order by id`);
    expect(lines).toEqual([
      { attribution: 'NONE', reason: 'LIVE_SESSION_NOT_RUNNING' },
      { attribution: 'NONE', reason: 'LINK_UNKNOWN' },
    ]);
  });

  it('an event of a line that nobody placed waits', async () => {
    const no = orderNo();
    expect(await between(wire(`${no}/A`, no))).toBe('WAITING');
    expect(await told1By1(asBrand, [wire(`${no}/A`, no)])).toEqual(['DUPLICATE']);
    expect(await told1By1(asBrand, [wirePlaced(`${no}/P`, no, code)])).toEqual(['APPLIED']);
    expect(await told1By1(asBrand, [wire(`${no}/A`, no)])).toEqual(['DUPLICATE']);
  });
});

describe('an event id', () => {
  const REUSED = refused('EVENT_ID_REUSED', 'eventId');

  it('with another content is refused in one call, across calls and across lines, and changes nothing', async () => {
    const no = orderNo();
    const [id, other] = [`${no}/A`, { reason: 'other' }];
    const good = wire(id, no);
    expect(await told1By1(asBrand, [wirePlaced(`${no}/P`, no, code), wire(id, no, other), good])).toEqual([
      'APPLIED',
      'APPLIED',
      'REJECTED EVENT_ID_REUSED input.events.2.eventId',
    ]);
    const before = await counts();
    const contents = [
      {},
      { lineNo: 2 },
      { orderNo: 'elsewhere' },
      { kind: 'SHIPPED' },
      { occurredAt: '2026-06-16T12:01:00.001Z' },
      { reason: 'Other' },
      { reason: '' },
      { kind: 'REFUNDED', refund: { amountMinor: 1 } },
    ];
    for (const content of contents) {
      const [answer] = await told1By1(asBrand, [
        wire(id, no, { ...other, ...{ reason: undefined }, ...content }),
      ]);
      expect([content, answer]).toEqual([content, REUSED.replace('.1.', '.0.')]);
    }
    expect(await counts()).toEqual(before);
    expect(await between(good)).toBe(REUSED);
  });

  it('of a PLACED with one detail changed is refused', async () => {
    const no = orderNo();
    const id = `${no}/P`;
    expect(await told1By1(asBrand, [wirePlaced(id, no, code)])).toEqual(['APPLIED']);
    const changes = [
      { quantity: 2 },
      { buyerRef: 'buyer-2' },
      { itemTotalMinor: 10_001 },
      { brandDiscountMinor: 1 },
      { freightMinor: 1 },
      { platformDiscountMinor: 1 },
      { creatorDiscountMinor: 1 },
      { taxMinor: 1 },
      { linkCode },
    ];
    for (const change of changes) {
      const answer = await between(wirePlaced(id, no, code, change));
      expect([change, answer]).toEqual([change, REUSED]);
    }
  });

  it('repeated exactly is a DUPLICATE, in one call and later, whatever the order and the form of the fields', async () => {
    const no = orderNo();
    const first = wirePlaced(`${no}/P`, no, code, { linkCode });
    const turned = {
      placed: {
        linkCode,
        itemTotalMinor: 10_000,
        taxMinor: '0',
        buyerRef: 'buyer-1',
        quantity: '1',
        skuCode: code,
      },
      occurredAt: '2026-06-16T20:00:00.000+08:00',
      lineNo: '1',
      orderNo: no,
      kind: 'PLACED',
      reason: null,
      brandId: toGlobalId('Brand', brandId),
      eventId: `${no}/P`,
    };
    expect(await told1By1(asBrand, [first, first, turned])).toEqual(['APPLIED', 'DUPLICATE', 'DUPLICATE']);
    const before = await counts();
    expect(await told1By1(asBrand, [turned, first])).toEqual(['DUPLICATE', 'DUPLICATE']);
    expect(await counts()).toEqual(before);
  });

  it('is known within its source only', async () => {
    const no = orderNo();
    expect(await told1By1(asBrand, [wirePlaced('same', no, code)], 'shop-a')).toEqual(['APPLIED']);
    expect(await told1By1(asBrand, [wirePlaced('same', orderNo(), code)], 'shop-b')).toEqual(['APPLIED']);
  });

  it('of a second PLACED of a line does not place it again, in one call and later', async () => {
    const no = orderNo();
    const [first, second] = [wirePlaced(`${no}/P1`, no, code), wirePlaced(`${no}/P2`, no, code)];
    expect(await told1By1(asBrand, [first, second])).toEqual([
      'APPLIED',
      'REJECTED LINE_ALREADY_PLACED input.events.1.lineNo',
    ]);
    const before = await counts();
    expect(await told1By1(asBrand, [second, first])).toEqual([
      'REJECTED LINE_ALREADY_PLACED input.events.0.lineNo',
      'DUPLICATE',
    ]);
    expect(await counts()).toEqual(before);
  });
});

describe('the size of a call', () => {
  const many = (count: number) => {
    const no = orderNo();
    return Array.from({ length: count }, (_, i) => wire(`${no}/${i}`, no, { lineNo: i + 1 }));
  };

  it('of no events, of 1,001 and of 10,000 is a typed user error, and nothing is taken', async () => {
    const before = await counts();
    for (const count of [0, 1001, 10_000]) {
      const { status, data, errors } = await report(asBrand, many(count));
      expect({ status, errors }).toEqual({ status: 200, errors: undefined });
      expect(data.orderEventsIngest).toEqual({
        ingested: null,
        userErrors: [
          {
            __typename: 'InvalidInput',
            message: `A call brings 1 to 1000 events; this one had ${count}.`,
            path: ['input', 'events'],
          },
        ],
      });
    }
    expect(await counts()).toEqual(before);
  });

  it('of more bytes than a body may have is a typed error', async () => {
    const before = await counts();
    const no = orderNo();
    const events = Array.from({ length: 10_000 }, (_, i) =>
      wirePlaced(`${no}/${i}`, no, code, {}, { lineNo: i + 1 }),
    );
    const { status, errors } = await report(asBrand, events);
    expect([status, errors?.map(({ extensions }) => extensions.code)]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
    expect(await counts()).toEqual(before);
  });

  it('does not change the number of statements', async () => {
    const batch = (count: number) => {
      const no = orderNo();
      return Array.from({ length: count }, (_, i) => [
        wirePlaced(`${no}/${i}/P`, no, code, { linkCode, buyerRef: `b${i}` }, { lineNo: i + 1 }),
        wire(`${no}/${i}/A`, no, { lineNo: i + 1 }),
      ]).flat();
    };
    await report(asBrand, batch(1));
    const one = await report(asBrand, batch(1).slice(0, 1));
    const two = await report(asBrand, batch(1));
    const thousand = await report(asBrand, batch(500));
    expect(thousand.data.orderEventsIngest.ingested.results).toHaveLength(1000);
    expect(thousand.statements).toHaveLength(two.statements.length);
    // A line that is only placed has no steps and no entries to write.
    expect(two.statements.length - one.statements.length).toBeLessThanOrEqual(2);
    expect(thousand.statements.length).toBeLessThanOrEqual(26);
    const paid = batch(500).filter((_, i) => i % 2 === 1);
    const waiting = await report(asBrand, paid);
    const single = await report(
      asBrand,
      paid.slice(0, 1).map((event) => ({ ...event, eventId: 'single' })),
    );
    expect(waiting.statements).toHaveLength(single.statements.length);
  });
});

describe('who reports', () => {
  it('an API key with orders:write is as good as a person; one without it reports nothing', async () => {
    const no = orderNo();
    expect(await told1By1(asKey, [wirePlaced(`${no}/P`, no, code)])).toEqual(['APPLIED']);
    const refusals = [
      await keyOf(['read']),
      await alliance.memberOf(brandId, 'BRAND', 'VIEWER'),
      await alliance.memberOf(await world.creator()),
    ];
    for (const caller of refusals) {
      const { status, data } = await report(caller, [wire('x', no)]);
      expect(status).toBe(200);
      const [error] = data.orderEventsIngest.userErrors;
      expect([data.orderEventsIngest.ingested, error.__typename, error.path]).toEqual([
        null,
        'NotFoundError',
        ['input'],
      ]);
    }
    const nobody = await report(alliance.withHeader(), [wire('x', no)]);
    expect([nobody.status, nobody.errors?.[0]?.extensions.code]).toEqual([200, 'UNAUTHENTICATED']);
  });

  it("a foreign brand's id is not found, nor one of no brand, nor of another type", async () => {
    const NOT_FOUND = refused('BRAND_NOT_FOUND', 'brandId');
    const ids = [
      toGlobalId('Brand', strangerId),
      toGlobalId('Brand', newId()),
      toGlobalId('Creator', brandId),
      brandId,
      'Brand_',
      'x'.repeat(10_000),
    ];
    for (const id of ids) {
      expect([id, await between(wire(`${orderNo()}/A`, 'x', { brandId: id }))]).toEqual([id, NOT_FOUND]);
      expect([id, await between(wire(`${orderNo()}/A`, 'x', { brandId: id }), asKey)]).toEqual([
        id,
        NOT_FOUND,
      ]);
    }
  });

  it('an operator names the brand of each event; one that is not there is not found', async () => {
    const own = { brandId: toGlobalId('Brand', brandId) };
    const no = orderNo();
    expect(await between(wirePlaced(`${no}/P`, no, code, {}, own), asOperator, own)).toBe('APPLIED');
    expect(await between(wire(`${no}/A`, no), asOperator, own)).toBe(refused('BRAND_NOT_FOUND', 'brandId'));
    const gone = { brandId: toGlobalId('Brand', newId()) };
    expect(await between(wire(`${no}/B`, no, gone), asOperator, own)).toBe(
      refused('BRAND_NOT_FOUND', 'brandId'),
    );
    expect(await between(wirePlaced(`${no}/C`, no, code, {}, gone), asOperator, own)).toBe(
      refused('BRAND_NOT_FOUND', 'brandId'),
    );
  });

  it('two brands may number their orders alike within one source of an operator', async () => {
    const theirs = await world.product({ brandId: strangerId });
    const [a, b] = [toGlobalId('Brand', brandId), toGlobalId('Brand', strangerId)];
    const no = orderNo();
    const batch = [
      wire('b/A', no, { brandId: b }),
      wirePlaced('a/P', no, code, {}, { brandId: a }),
      wire('a/A', no, { brandId: a }),
    ];
    expect(await told1By1(asOperator, batch, 'pos')).toEqual(['WAITING', 'APPLIED', 'APPLIED']);
    const last = [
      wirePlaced('b/P', no, theirs.code, { itemTotalMinor: 77 }, { brandId: b }),
      wire('a/S', no, { brandId: a, kind: 'SHIPPED' }),
    ];
    expect(await told1By1(asOperator, last, 'pos')).toEqual(['APPLIED', 'APPLIED']);
    const lines = await alliance.database.rows(sql`
      select brand_id = ${brandId} as a, state, item_total_minor as total from order_line where order_no = ${no} order by 1`);
    expect(lines).toEqual([
      { a: false, state: 'PAID', total: 77n },
      { a: true, state: 'SHIPPED', total: 10_000n },
    ]);
  });

  it('a call that GraphQL itself cannot read is refused with 400, never with 500', async () => {
    const bad = [
      wire('x', 'x', { kind: 'EXPLODED' }),
      wire('x', 'x', { eventId: null }),
      wire('x', 'x', { eventId: {} }),
      wire('x', 'x', { lineNo: null }),
      wire('x', 'x', { more: 1 }),
      { eventId: 'x' },
    ];
    for (const event of bad) {
      const { status, errors } = await report(asBrand, [event]);
      expect([event, status, errors?.[0]?.extensions.code]).toEqual([event, 400, 'BAD_USER_INPUT']);
    }
  });
});
