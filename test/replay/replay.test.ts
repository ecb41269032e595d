import { truncateSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReplayFigures, replayOnlineRetail } from '../../seeds/online-retail/replay.ts';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { testDatabase } from '../kit/database.ts';
import { retailFile } from '../kit/retail-file.ts';
import { sharedFile } from '../kit/shared.ts';
import { oracle } from './oracle.ts';

const MINUTE = 60_000;

/** The figures that an independent calculation gives, too. */
function comparable(figures: ReplayFigures): object {
  const { source: _s, changes: _c, outcome: _o, seconds: _t, peakRssMb: _m, ...rest } = figures;
  return rest;
}

describe('the replay of real orders', () => {
  const file = sharedFile('data/online-retail.csv.gz');
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it('agrees with the oracle on a beginning of the file, on a longer one, and changes nothing when run again', {
    timeout: 5 * MINUTE,
  }, async () => {
    const first = await replayOnlineRetail(database, file, { rows: 2000 });
    expect(comparable(first)).toEqual(oracle(file, { rows: 2000 }));
    expect(first.changes.lines).toBe(first.lines);

    const longer = await replayOnlineRetail(database, file, { rows: 10_000 });
    expect(comparable(longer)).toEqual(oracle(file, { rows: 10_000 }));
    expect(longer.changes.lines).toBe(longer.lines - first.lines);

    const again = await replayOnlineRetail(database, file, { rows: 10_000 });
    expect(comparable(again)).toEqual(comparable(longer));
    expect(again.changes).toEqual({ events: 0, lines: 0 });
    expect(again.outcome).toMatch(/^Nothing changed/);
    expect(await verify(database)).toMatchObject({ failures: [] });
  });

  it('refuses a file that is cut off', async () => {
    const cut = retailFile(['536365,85123A,LANTERN,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom']);
    truncateSync(cut, 60);
    await expect(replayOnlineRetail(database, cut)).rejects.toThrow(/cannot be read as gzipped CSV/);
  });

  it('refuses a file that is something else, by its heading and by its rows', async () => {
    await expect(replayOnlineRetail(database, retailFile(['536365,85123A,LANTERN,six,,,,']))).rejects.toThrow(
      /row 1 is not of the data set/,
    );
    await expect(replayOnlineRetail(database, sharedFile('vectors/waterfall.json'))).rejects.toThrow(
      /is not the data set "Online Retail": its heading must be/,
    );
  });
});
