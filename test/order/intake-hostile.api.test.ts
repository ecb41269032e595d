import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  alliance,
  amongGood,
  asBrand,
  between,
  code,
  counts,
  linkCode,
  openShop,
  orderNo,
  refused,
} from './hostile-shop.ts';
import { told1By1, wire, wirePlaced } from './wire.ts';

openShop();

describe('a time that cannot be', () => {
  const NO_TIME = [
    '',
    'yesterday',
    '2026-06-16',
    '2026-06-16T12:00:00',
    '2026-06-16 12:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-04-31T12:00:00Z',
    '2026-06-16T24:00:00Z',
    '2026-06-16T12:60:00Z',
    '2026-06-16T12:00:00+25:00',
    '+275760-09-13T00:00:00Z',
    '9'.repeat(10_000),
    '2026-06-16T12:00:00Z\u0000',
    '\ud800',
    1_781_000_000,
    1e300,
    true,
    ['2026-06-16T12:00:00Z'],
    {},
  ];
  it.each(NO_TIME.map((time) => [JSON.stringify(time).slice(0, 40), time]))(
    '%s is INVALID',
    async (_name, occurredAt) => {
      const no = orderNo();
      expect(await between(wire(`${no}/A`, no, { occurredAt }))).toBe(refused('INVALID', 'occurredAt'));
    },
  );

  it('before 2000 or more than ten minutes ahead is out of range; up to there it counts', async () => {
    const ahead = (ms: number) => new Date(Date.now() + ms).toISOString();
    const times = [
      '1999-12-31T23:59:59.999Z',
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      ahead(660_000),
      ahead(1e10),
    ];
    for (const occurredAt of times) {
      const answer = await between(wire(`${orderNo()}/A`, 'x', { occurredAt }));
      expect([occurredAt, answer]).toEqual([occurredAt, refused('OCCURRED_AT_OUT_OF_RANGE', 'occurredAt')]);
    }
    for (const occurredAt of ['2000-01-01T00:00:00Z', ahead(540_000), '2024-02-29T12:00:00+08:00']) {
      const no = orderNo();
      const answer = await between(wirePlaced(`${no}/P`, no, code, { linkCode }, { occurredAt }));
      expect([occurredAt, answer]).toEqual([occurredAt, 'APPLIED']);
    }
  });
});

const NO_AMOUNT = [
  -1,
  '-1',
  '-10000',
  `1${'0'.repeat(30)}`,
  `-1${'0'.repeat(30)}`,
  1e30,
  1e300,
  -1e300,
  '1000000000000001',
  '9'.repeat(10_000),
  2 ** 53,
  0.5,
  '0.5',
  '1.0',
  '1e3',
  '0x10',
  ' 1',
  '1 ',
  '',
  'ten',
  '１２',
  'NaN',
  'Infinity',
  '\u0000',
  '\ud800',
  true,
  [1],
  {},
];

describe('an amount that cannot be', () => {
  const FIELDS = ['itemTotal', 'brandDiscount', 'platformDiscount', 'creatorDiscount', 'freight', 'tax'];
  it.each(FIELDS.map((name) => `${name}Minor`))('in placed.%s is out of range', async (field) => {
    const no = orderNo();
    const events = NO_AMOUNT.map((amount, i) =>
      wirePlaced(`${no}/${i}`, no, code, { [field]: amount }, { lineNo: i + 1 }),
    );
    const answers = NO_AMOUNT.map((_, i) => `REJECTED OUT_OF_RANGE input.events.${2 * i}.placed.${field}`);
    expect(await amongGood(events)).toEqual(answers);
  });

  it('in a refund is out of range, as is a refund of nothing', async () => {
    const no = orderNo();
    const refund = (amountMinor: unknown, i: number) =>
      wire(`${no}/${i}`, no, { kind: 'REFUNDED', refund: { amountMinor } });
    const answers = NO_AMOUNT.map((_, i) => `REJECTED OUT_OF_RANGE input.events.${2 * i}.refund.amountMinor`);
    expect(await amongGood(NO_AMOUNT.map(refund))).toEqual(answers);
    expect(await between(refund(0, 0))).toBe(refused('OUT_OF_RANGE', 'refund'));
  });

  it('is not the largest one: 10^15 counts, as text and as a number, with refunds far over it', async () => {
    const no = orderNo();
    const huge = {
      itemTotalMinor: '1000000000000000',
      freightMinor: 1e15,
      taxMinor: '1000000000000000',
      linkCode,
    };
    const refund = (i: number) =>
      wire(`${no}/R${i}`, no, { kind: 'REFUNDED', refund: { amountMinor: 1e15, quantity: 1_000_000_000 } });
    const many = Array.from({ length: 900 }, (_, i) => refund(i));
    const answers = await told1By1(asBrand, [
      wirePlaced(`${no}/P`, no, code, huge),
      wire(`${no}/A`, no),
      ...many,
    ]);
    expect(new Set(answers)).toEqual(new Set(['APPLIED']));
    const [line] = await alliance.database.rows(sql`
      select refunded_minor, remaining_base_minor, steps from order_line where order_no = ${no}`);
    expect(line).toEqual({ refunded_minor: 1_000_000_000_000_000n, remaining_base_minor: 0n, steps: 901 });
  });
});

describe('a count that cannot be', () => {
  const NO_COUNT = [
    0,
    -1,
    1_000_000_001,
    2 ** 31,
    2 ** 32 + 1,
    1e300,
    '1e300',
    1.5,
    '1.5',
    `1${'0'.repeat(30)}`,
    '',
    'one',
    true,
    [1],
  ];
  it('in quantity is out of range', async () => {
    for (const quantity of NO_COUNT) {
      const no = orderNo();
      const answer = await between(wirePlaced(`${no}/P`, no, code, { quantity }));
      expect([quantity, answer]).toEqual([quantity, refused('OUT_OF_RANGE', 'placed.quantity')]);
    }
  });

  it('in lineNo or a refund is out of range', async () => {
    for (const count of NO_COUNT.slice(1)) {
      const line = await between(wire(`${orderNo()}/A`, 'x', { lineNo: count }));
      const refund = wire(`${orderNo()}/R`, 'x', {
        kind: 'REFUNDED',
        refund: { amountMinor: 1, quantity: count },
      });
      expect([count, line]).toEqual([count, refused('OUT_OF_RANGE', 'lineNo')]);
      expect([count, await between(refund)]).toEqual([count, refused('OUT_OF_RANGE', 'refund.quantity')]);
    }
    expect(await between(wire(`${orderNo()}/A`, 'x', { lineNo: 0 }))).toBe(refused('OUT_OF_RANGE', 'lineNo'));
    expect(await between(wire(`${orderNo()}/A`, 'x', { lineNo: 1_000_001 }))).toBe(
      refused('OUT_OF_RANGE', 'lineNo'),
    );
  });
});

describe('a text that cannot be kept', () => {
  const BAD_TEXT = [
    '\u0000',
    'a\u0000b',
    '\ud800',
    'a\udfffb',
    '\udc00\ud800',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    'x'.repeat(10_000),
  ];
  const PLACES = ['eventId', 'orderNo', 'reason', 'placed.skuCode', 'placed.buyerRef', 'placed.linkCode'];
  it.each(PLACES)('in %s is INVALID', async (place) => {
    for (const text of place === 'reason'
      ? BAD_TEXT
      : [...BAD_TEXT, ...(place === 'placed.linkCode' ? [] : [''])]) {
      const no = orderNo();
      const [head, field = ''] = place.split('.');
      const event =
        head === 'placed'
          ? wirePlaced(`${no}/P`, no, code, { [field]: text })
          : wire(`${no}/A`, no, { [place]: text });
      expect([text, await between(event)]).toEqual([text, refused('INVALID', place)]);
    }
  });

  it('in the source refuses each event and names the source; nothing is kept', async () => {
    const before = await counts();
    for (const source of [...BAD_TEXT, '']) {
      const no = orderNo();
      const answers = await told1By1(asBrand, [wirePlaced(`${no}/P`, no, code), wire(`${no}/A`, no)], source);
      expect(answers).toEqual(['REJECTED INVALID input.source', 'REJECTED INVALID input.source']);
    }
    expect(await counts()).toEqual(before);
  });

  it('in the currency is a mismatch, in the session INVALID, in the brand not found', async () => {
    for (const text of BAD_TEXT) {
      const no = orderNo();
      expect(await between(wirePlaced(`${no}/P`, no, code, { currencyCode: text }))).toBe(
        refused('CURRENCY_MISMATCH', 'placed.currency'),
      );
      expect(await between(wirePlaced(`${no}/P`, no, code, { liveSessionId: text }))).toBe(
        refused('INVALID', 'placed.liveSessionId'),
      );
      expect(await between(wire(`${no}/A`, no, { brandId: text }))).toBe(
        refused('BRAND_NOT_FOUND', 'brandId'),
      );
    }
  });

  it('is not one of other scripts, of 100 characters, or with quotes', async () => {
    const no = '订单’"\\\'{}$1;--\u{1f600}';
    const ids = ['好'.repeat(100), '"; drop table order_event; --', '{a,b}', '\\', 'NULL', '\u{1f600}'];
    const events = ids.map((id, i) => wire(id, no, { lineNo: i + 1, reason: '{"a": null}\n\t' }));
    expect(await told1By1(asBrand, events)).toEqual(ids.map(() => 'WAITING'));
  });
});
