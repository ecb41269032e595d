import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { announce } from '../../src/db/outbox.ts';
import { FEED_START, type FeedPlace, headPlace, readChanges } from '../../src/db/read-changes.ts';
import { forgetChanges } from '../../src/features/feed/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { testDatabase } from '../kit/database.ts';
import { caughtUp } from '../kit/feed.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const tell = async (to: string, ...numbers: number[]): Promise<void> => {
  await write(to, ...numbers);
  await caughtUp(database);
};

const write = (to: string, ...numbers: number[]): Promise<void> =>
  database.transaction((tx) =>
    announce(
      tx,
      numbers.map((no) => ({
        kind: 'PARTY_BLOCKED',
        subject: { type: 'Brand', id: to },
        to: [to],
        data: { no },
      })),
      new Date(),
    ),
  );

const read = async (party: string, after: FeedPlace, limit = 100) => {
  const { events, ...rest } = await readChanges(database, { audience: [party], after, limit });
  return { ...rest, numbers: events.map(({ data }) => data.no) };
};

describe('events', () => {
  it('are kept for 90 days, and whoever stands before a gap is told', async () => {
    const party = newId();
    await tell(party, 1, 2);
    const early = (await read(party, FEED_START, 1)).place;
    await tell(party, 3);
    const late = (await read(party, FEED_START)).place;
    await database.rows(sql`update outbox_event set written_at = now() - interval '91 days'`);
    await tell(party, 4);
    await database.rows(
      sql`update outbox_event set written_at = now() - interval '89 days' where data @> '{"no": 4}'`,
    );
    expect(await forgetChanges(database, new Date(), undefined, 1)).toBe(3);
    expect(await forgetChanges(database, new Date())).toBe(0);
    expect(await read(party, early)).toMatchObject({ standing: 'DELETED' });
    expect(await read(party, late)).toMatchObject({ standing: 'KEPT', numbers: [4] });
    const [left] = await database.rows(
      sql`select count(*)::int as rows from outbox_audience where party_id = ${party}`,
    );
    expect(left).toEqual({ rows: 1 });
  });

  it('stay in order when the database has moved to a cluster that counts from far below', async () => {
    const party = newId();
    await tell(party, 1);
    // As a dump of a cluster that is a billion transactions further looks here.
    const far = 1_000_000_000n;
    await database.rows(
      sql`update outbox_event set xid = xid + ${far} where party_ids = array[${party}::uuid]`,
    );
    await database.rows(sql`update outbox_audience set xid = xid + ${far} where party_id = ${party}`);
    await database.rows(sql`update outbox_state set cluster = 'another'`);
    const [row] = await database.rows(
      sql<FeedPlace>`select xid, id from outbox_event where party_ids = array[${party}::uuid]`,
    );
    const { xid, id } = row as FeedPlace;
    // Somebody has read on after the dump was made.
    const lost = { xid: xid + 5_000n, id };
    expect(await read(party, FEED_START)).toMatchObject({ numbers: [] });
    await migrate(database);
    await tell(party, 2);
    expect(await read(party, FEED_START)).toMatchObject({ numbers: [1, 2] });
    expect(await read(party, { xid, id })).toMatchObject({ numbers: [2], standing: 'KEPT' });
    expect(await read(party, lost)).toMatchObject({ numbers: [2], standing: 'KEPT' });
    const before = await headPlace(database);
    await migrate(database);
    expect((await headPlace(database)).xid - before.xid).toBeLessThan(2n ** 30n);
  });

  it('of a place that is none of this feed are not waited for in silence', async () => {
    const { xid, id } = await headPlace(database);
    expect(await read(newId(), { xid: xid + 1_000n, id })).toMatchObject({ standing: 'AHEAD', numbers: [] });
  });
});

describe('a read', () => {
  it('moves on past events of other kinds and of others, and stops before what an older transaction may write', async () => {
    const party = newId();
    await tell(party, 1);
    const { place } = await readChanges(database, {
      audience: [party],
      after: FEED_START,
      kinds: ['PAYOUT_SENT'],
      limit: 5,
    });
    expect(await read(party, place)).toMatchObject({ numbers: [], hasMore: false });

    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: hasBegun, resolve: begin } = Promise.withResolvers<void>();
    const older = database.transaction(async (tx) => {
      await tx.rows(sql`select pg_current_xact_id()`);
      begin();
      await mayEnd;
      await announce(
        tx,
        [{ kind: 'PARTY_BLOCKED', subject: { type: 'Brand', id: party }, to: [party], data: { no: 2 } }],
        new Date(),
      );
    });
    await hasBegun;
    await write(party, 3);
    const held = await read(party, place);
    expect(held).toMatchObject({ numbers: [], hasMore: false });
    end();
    await older;
    await caughtUp(database);
    expect(await read(party, held.place)).toMatchObject({ numbers: [2, 3] });
  });

  it.each([1, 2, 3, 7, 100])(
    'in pages of %i gives the same, also of several parties at once',
    async (limit) => {
      const [a, b] = [newId(), newId()];
      const say = (tx: Parameters<typeof announce>[0], to: string[], no: number) =>
        announce(
          tx,
          [{ kind: 'PARTY_BLOCKED', subject: { type: 'Brand', id: a }, to, data: { no } }],
          new Date(),
        );
      for (let no = 0; no < 20; no += 5) {
        await database.transaction(async (tx) => {
          for (const [i, to] of [[a], [a, b], [b], [a, b], [a]].entries()) await say(tx, to, no + i);
        });
      }
      await caughtUp(database);
      const seen: unknown[] = [];
      let place = FEED_START;
      for (let hasMore = true; hasMore; ) {
        const part = await readChanges(database, { audience: [a, b], after: place, limit });
        seen.push(...part.events.map(({ data }) => data.no));
        ({ place, hasMore } = part);
      }
      expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i));
    },
  );
});
