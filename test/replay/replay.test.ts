import { truncateSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReplayFigures, replayOnlineRetail } from '../../seeds/online-retail/replay.ts';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { testDatabase } from '../kit/database.ts';
import { retailFile } from '../kit/retail-file.ts';
import { sharedFile } from '../kit/shared.ts';
import { oracle, settledOracle } from './oracle.ts';
import { SETTLED_ROWS } from './settled-rows.ts';

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

describe('the replay of real orders with settlement', () => {
  const opened: Database[] = [];
  const empty = async () => {
    const database = await testDatabase();
    opened.push(database);
    return database;
  };
  afterAll(() => Promise.all(opened.map((database) => database.close())));

  it('agrees with the oracle on the beginning of the file, changes nothing when run again, also without settlement', {
    timeout: 5 * MINUTE,
  }, async () => {
    const file = sharedFile('data/online-retail.csv.gz');
    const database = await empty();
    const first = await replayOnlineRetail(database, file, { rows: 3000, settle: true });
    expect(comparable(first)).toEqual(settledOracle(file, { rows: 3000 }));
    expect(first.balancesByRole).toEqual(first.byRole);
    const ledger = await readLedger(database);

    const again = await replayOnlineRetail(database, file, { rows: 3000, settle: true });
    expect(comparable(again)).toEqual(comparable(first));
    expect(again.changes).toEqual({ events: 0, lines: 0 });
    const plain = await replayOnlineRetail(database, file, { rows: 3000 });
    expect(comparable(plain)).toEqual(oracle(file, { rows: 3000 }));
    expect(plain.changes).toEqual({ events: 0, lines: 0 });
    expect(await readLedger(database)).toEqual(ledger);
    expect(await verify(database)).toMatchObject({ failures: [] });
  });

  it('settles at the midnights of the data and takes back what is refunded from then on', async () => {
    const file = retailFile(SETTLED_ROWS);
    const database = await empty();
    const figures = await replayOnlineRetail(database, file, { settle: true });
    expect(comparable(figures)).toEqual(settledOracle(file));
    expect(figures).toMatchObject({ settledLines: 3, clawbackRefunds: 4 });
    // Nothing was left of the third line, so that its midnight, the 15th, posts nothing. What is taken back is posted at
    // the end of its day.
    const [midnight, sameDay, last] = ['14T00:00:00.000', '14T23:59:59.999', '20T23:59:59.999'].map(
      (at) => new Date(`2010-12-${at}Z`),
    );
    expect(await readLedger(database)).toEqual([
      { kind: 'SETTLEMENT', postedAt: midnight, amount: 95n + 10n + 159n + 39n + 54n + 28n },
      { kind: 'CLAWBACK', postedAt: sameDay, amount: 14n + 1n + 47n + 12n + 16n + 9n },
      { kind: 'CLAWBACK_TAKEN', postedAt: sameDay, amount: 14n + 47n + 12n + 16n },
      { kind: 'CLAWBACK', postedAt: last, amount: 112n + 27n + 38n + 19n },
      { kind: 'CLAWBACK_TAKEN', postedAt: last, amount: 112n + 27n + 38n },
    ]);
    expect(await verify(database)).toMatchObject({ failures: [] });
  });

  it('ends with the same figures wherever it was cut off before', async () => {
    const file = retailFile(SETTLED_ROWS);
    const database = await empty();
    let cuts = 0;
    for (; cuts < 100; cuts++) {
      const figures = await replayOnlineRetail(cutOff(database, cuts), file, { settle: true }).catch(
        ignoreCut,
      );
      if (figures === undefined) continue;
      expect(comparable(figures)).toEqual(settledOracle(file));
      break;
    }
    expect(cuts).toBeGreaterThan(5);
  });
});

const CUT = 'The connection was cut.';

function ignoreCut(error: Error): undefined {
  if (error.message !== CUT) throw error;
}

/** A database that is lost after so many transactions. */
function cutOff(database: Database, transactions: number): Database {
  let left = transactions;
  return {
    ...database,
    async transaction(work) {
      if (left-- <= 0) throw new Error(CUT);
      return database.transaction(work);
    },
  };
}

/** What the ledger has moved, by kind and time. */
function readLedger(database: Database): Promise<object[]> {
  return database.rows(sql<object>`
    select kind, posted_at as "postedAt", sum(amount_minor)::bigint as amount from ledger_transfer
    group by 1, 2 order by 2, array_position(array['SETTLEMENT', 'CLAWBACK'], kind)`);
}
