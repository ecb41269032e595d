import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { oracle, settledOracle } from './oracle.ts';
import { SETTLED_ROWS } from './settled-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

function fileOf(rows: string[]): string {
  const file = join(folder, `${rows.length}-${Math.random().toString(36).slice(2)}.csv.gz`);
  writeFileSync(file, gzipSync(`${[HEADING, ...rows].join('\n')}\n`));
  return file;
}

/*
 * Row by row, in pence. Shares are written gross → fee, MCN, net.
 *
 *  1 line   p=85, customer 17850: n = 350, no MCN. 6 × 2.55 = 1530. 85 mod 3 = 1: no recruiter.
 *           creator 1500 bp of 1530 = 229 (229.5) → fee 22, net 207.
 *  2 line   p=21, customer 17600: n = 100, MCN. 10 × 1.99 = 1990. 21 mod 3 = 0: recruiter.
 *           creator 1100 bp of 1990 = 218 (218.9) → fee 21, MCN 2000 bp of 197 = 39, net 158.
 *           agency 300 bp of 1990 = 59 → fee 5, net 54.
 *  3 line   the same customer and product, 2 × 2.505 = 501. creator 55 → 5, MCN 10, net 40; agency 15 → 1, 14.
 *  4 line   no customer: 3 × 0.005 = 1.5, rounded up to 2. Unattributed.
 *  5 postage, no goods although it costs nothing.       6 no price, and its quantity is not looked at.
 *  7 adjustment.                                        8 cancelled postage: no goods.
 *  9 refund of 3 of 21111A by 17600: row 3 is later but holds 2 only, so row 2; written in capitals.
 *           3 × 1.99 = 597 (its own price of 9.99 does not count).
 * 10 refund of 2: row 3, the whole of it: 501.
 * 11 refund of 1: row 3 has nothing left, so row 2: 199.
 * 12 refund of 7 of row 2: 6 are left. Unmatched.      13 no customer: unmatched.
 * 14 refund by 17850 of what 17600 bought: unmatched.  15 a refund without price: NO_PRICE.
 *
 * In the end row 2 has 1990 − 597 − 199 = 1194 left: creator 131 → fee 13, MCN 2000 bp of 118 = 23, net 95;
 * agency 35 → fee 3, net 32. Row 3 has nothing left. Row 1 is as it was.
 *
 * gmv        1530 + 1990 + 501 + 2 = 4023, of it 2 unattributed      refunded  597 + 501 + 199 = 1297
 * accrued    229 + (218 + 59) + (55 + 15) = 576
 * creator    207 + 95 = 302    mcn 23    recruiter 32    platform 22 + 13 + 3 = 38
 */
const ROWS = [
  '536365,85123A,"LANTERN, 7"" WHITE",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '536366,21111a,TOWEL,10,2010-12-01 08:27:00,1.99,17600.0,United Kingdom',
  '536367,21111A,TOWEL,2,2010-12-01 08:28:00,2.505,17600.0,United Kingdom',
  '536368,22222,BEAD,3,2010-12-01 08:29:00,0.005,,United Kingdom',
  '536368,POST,POSTAGE,1,2010-12-01 08:29:00,0.0,,France',
  '536369,22222,,-5,2010-12-01 08:30:00,0.0,,United Kingdom',
  '536370,22222,thrown away,-5,2010-12-01 08:31:00,0.1,,United Kingdom',
  'C536371,POST,POSTAGE,-1,2010-12-01 08:32:00,18.0,17600.0,France',
  'C536372,21111A,TOWEL,-3,2010-12-02 08:00:00,9.99,17600.0,United Kingdom',
  'C536373,21111A,TOWEL,-2,2010-12-02 08:01:00,2.505,17600.0,United Kingdom',
  'C536374,21111a,TOWEL,-1,2010-12-02 08:02:00,1.99,17600.0,United Kingdom',
  'C536375,21111A,TOWEL,-7,2010-12-02 08:03:00,1.99,17600.0,United Kingdom',
  'C536376,21111A,TOWEL,-1,2010-12-02 08:04:00,1.99,,United Kingdom',
  'C536377,21111A,TOWEL,-1,2010-12-02 08:05:00,1.99,17850.0,United Kingdom',
  'C536378,21111A,TOWEL,-1,2010-12-02 08:06:00,0.0,17600.0,United Kingdom',
];

describe('the oracle of the replay', () => {
  it('agrees with figures worked out by hand', () => {
    expect(oracle(fileOf(ROWS))).toEqual({
      rows: 15,
      lines: 4,
      skipped: { NOT_GOODS: 2, NO_PRICE: 2, ADJUSTMENT: 1 },
      matchedRefunds: 3,
      unmatchedRefunds: 3,
      unattributedLines: 1,
      gmvMinor: 4023,
      unattributedGmvMinor: 2,
      refundedMinor: 1297,
      accruedMinor: 576,
      byRole: { creator: 302, mcn: 23, recruiter: 32, platform: 38 },
    });
  });

  it('stops after the rows asked for', () => {
    const figures = oracle(fileOf(ROWS), { rows: 2 });
    expect(figures).toMatchObject({ rows: 2, lines: 2, gmvMinor: 3520, refundedMinor: 0, accruedMinor: 506 });
    // Nothing is refunded, so that what the four roles hold is all that was accrued: 229 + 218 + 59.
    expect(figures.byRole).toEqual({ creator: 365, mcn: 39, recruiter: 54, platform: 48 });
  });

  it('refunds what is left of a rounded amount when all that is left comes back', () => {
    // 3 × 0.333 = 0.999, a whole 100 p; one unit is 33 p, so the other two must bring 67 p and not 66.6.
    const figures = oracle(
      fileOf([
        '1,20000,A,3,2010-12-01 08:00:00,0.333,17850.0,UK',
        'C2,20000,A,-1,2010-12-01 09:00:00,0.333,17850.0,UK',
        'C3,20000,A,-2,2010-12-01 10:00:00,0.333,17850.0,UK',
      ]),
    );
    expect(figures).toMatchObject({ gmvMinor: 100, refundedMinor: 100, matchedRefunds: 2 });
    expect(figures.byRole).toEqual({ creator: 0, mcn: 0, recruiter: 0, platform: 0 });
  });
});

describe('the oracle of the replay with settlement', () => {
  it('agrees with figures worked out by hand', () => {
    expect(settledOracle(fileOf(SETTLED_ROWS))).toMatchObject({
      rows: 10,
      lines: 4,
      matchedRefunds: 6,
      settledLines: 3,
      clawbackRefunds: 4,
      clawbackByRole: { creator: -173, mcn: -39, recruiter: -54, platform: -29 },
      balancesByRole: { creator: 81, mcn: 0, recruiter: 0, platform: 9 },
      topCreators: [
        ['OR-C350', 81],
        ['OR-C100', 0],
      ],
    });
  });

  it('takes nothing back where the data ends before the refunds', () => {
    expect(settledOracle(fileOf(SETTLED_ROWS), { rows: 4 })).toMatchObject({
      settledLines: 3,
      clawbackRefunds: 0,
      clawbackByRole: { creator: 0, mcn: 0, recruiter: 0, platform: 0 },
      balancesByRole: { creator: 294, mcn: 39, recruiter: 54, platform: 43 },
    });
  });

  it('names the five creators with the highest balances, equal ones by their number', () => {
    const sales = [
      [9, 100],
      [10, 100],
      [2, 100],
      [301, 200],
      [302, 300],
      [303, 50],
    ];
    const rows = sales.map(([n, pounds], i) => `${i},20000,A,1,2010-12-01 10:00:00,${pounds}.0,${n},UK`);
    // 1000 bp less 1000 bp of it; of creators below 300 the MCN has 2000 bp more.
    expect(settledOracle(fileOf(rows)).topCreators).toEqual([
      ['OR-C302', 2700],
      ['OR-C301', 1800],
      ['OR-C2', 720],
      ['OR-C9', 720],
      ['OR-C10', 720],
    ]);
  });
});
