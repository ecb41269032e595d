import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reconcile } from '../../src/checks/reconcile.ts';
import {
  alliance,
  DUE_AT,
  lineUpTo,
  type MadeLine,
  openScene,
  product,
  refund,
  settle,
} from '../settlement/scene.ts';

openScene();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alliance-orders-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const found = async (options: Parameters<typeof reconcile>[1] = {}) => {
  const { comparisons, differences } = await reconcile(alliance.database, options);
  expect(comparisons.filter(({ different }) => different > 0).map(({ name }) => name)).toEqual([
    ...new Set(differences.map(({ comparison }) => comparison)),
  ]);
  return differences;
};

describe('the records of the alliance', () => {
  it('agree after settlement and a refund, and each thing was looked at', async () => {
    const line = await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    await refund(line, 5000n, DUE_AT);
    expect(await found()).toEqual([]);
    const { comparisons } = await reconcile(alliance.database);
    for (const { name, things } of comparisons) {
      const isThere = /^(shares|settled|transfers|clawbacks)/.test(name);
      expect([name, things > 0]).toEqual([name, isThere]);
    }
  });

  it.each([
    [
      'delete from ledger_transfer',
      ['settled-lines-and-ledger', 'transfers-and-balances'],
      /the ledger lacks their transaction/,
    ],
    ['delete from line_settlement', ['settled-lines-and-ledger'], /no line explains/],
    [
      `update commission_entry set net_minor = net_minor + 1`,
      ['shares-and-entries', 'settled-lines-and-ledger'],
      /changed/,
    ],
    [
      `update clawback set taken_minor = 0, state = 'WAITING', closed_at = null`,
      ['clawbacks-and-ledger'],
      /changed by hand/,
    ],
  ])('do not after "%s", with the likely cause', async (statement, comparisons, cause) => {
    const copy = { ...alliance.database };
    const differences = await copy
      .transaction(async (tx) => {
        await tx.rows(sql`set local role none`);
        await tx.rows(sql.raw(statement));
        const result = await reconcile({ ...copy, rows: (query) => tx.rows(query) });
        throw Object.assign(new Error('undone'), { result });
      })
      .catch((error: { result: Awaited<ReturnType<typeof reconcile>> }) => error.result.differences);
    expect([...new Set(differences.map(({ comparison }) => comparison))]).toEqual(comparisons);
    expect(differences.map(({ likelyCause }) => likelyCause).join('\n')).toMatch(cause);
    expect(await found()).toEqual([]);
  });
});

describe("a shop's own file", () => {
  let lines: MadeLine[];
  beforeEach(async () => {
    lines = [await lineUpTo('RECEIVED'), await lineUpTo('PAID')];
    await refund(lines[0] as MadeLine, 1000n, DUE_AT);
  });

  const HEADING = 'order_no,line_no,item_total,goods_paid,refunded,state,colour';
  const compare = (rows: readonly string[], heading = HEADING) => {
    const file = join(folder, 'orders.csv');
    writeFileSync(file, [heading, ...rows].join('\n'));
    return found({ orders: { file, brandId: product.brandId, source: 'shop' } });
  };
  const rows = (...more: string[]) => [
    `${lines[0]?.orderNo},1,100.00,100,10.00,RECEIVED,red`,
    `${lines[1]?.orderNo},1,100.00,100,0,PAID,`,
    ...more,
  ];

  it('agrees where it says the same, and where it says less', async () => {
    expect(await compare(rows())).toEqual([]);
    expect(
      await compare(
        lines.map(({ orderNo }) => orderNo),
        'order_no',
      ),
    ).toEqual([]);
  });

  it('is told of each difference with its cause', async () => {
    const [first, second] = lines;
    const differences = await compare([
      `${first?.orderNo},1,100.00,90,25.00,RECEIVED,`,
      `${second?.orderNo},1,101.00,100,0,SHIPPED,`,
      'GONE,1,5,5,0,PAID,',
    ]);
    expect(differences.map(({ subject, leftMinor, rightMinor }) => [subject, leftMinor, rightMinor])).toEqual(
      [
        ['order GONE, line 1: the line', null, 1n],
        [`order ${first?.orderNo}, line 1: goods paid`, 10_000n, 9000n],
        [`order ${first?.orderNo}, line 1: refunded`, 1000n, 2500n],
        [`order ${second?.orderNo}, line 1: item total`, 10_000n, 10_100n],
        [`order ${second?.orderNo}, line 1: state PAID here, SHIPPED there`, null, null],
      ],
    );
    expect(differences.map(({ likelyCause }) => likelyCause)).toEqual([
      expect.stringContaining('never reported'),
      expect.stringContaining('discounts'),
      expect.stringContaining('refund was not reported'),
      expect.stringContaining('changed the line'),
      expect.stringContaining('An event'),
    ]);
  });

  it.each([
    [['A,0,1,1,0,PAID,'], HEADING, /row 2: "0" is no number of a line/],
    [['A,1,1.234,1,0,PAID,'], HEADING, /row 2: "1.234" is no amount in CNY/],
    [['A,1,1,1,0,LOST,'], HEADING, /row 2: "LOST" is none of/],
    [['A,1,1,1,0,PAID,', 'A,1,1,1,0,PAID,'], HEADING, /stands there more than once/],
    [['A'], 'number', /the heading must name order_no/],
    [['A,1'], HEADING, /cannot be read as CSV/],
  ])('that cannot be read is refused by its row: %j', async (some, heading, message) => {
    await expect(compare(some, heading)).rejects.toThrow(message);
  });
});
