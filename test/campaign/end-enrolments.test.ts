import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { endEnrolments, moveEndedEnrolments } from '../../src/features/campaign/index.ts';
import { testDatabase } from '../kit/database.ts';
import { type MadeProduct, World } from '../kit/world.ts';

const NOW = new Date('2026-06-16T02:00:00Z');
const MIDNIGHT = new Date('2026-06-16T16:00:00Z');
const LATER = new Date('2026-06-20T16:00:00Z');

let database: Database;
let world: World;
let product: MadeProduct;
let first: { id: string; campaignId: string };
let second: { id: string; campaignId: string };

beforeAll(async () => {
  database = await testDatabase();
  world = new World(database);
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await database.transaction((tx) => foundAlliance(tx, options, NOW));
  await database.rows(sql`update alliance_policy set rate_lock_days = 30`);
});

afterAll(() => database.close());

beforeEach(async () => {
  product = await world.product();
  first = await world.enrolment(product, await world.agency());
  const rates = { commissionBp: 2000, serviceFeeBp: 100 };
  second = await world.enrolment(product, await world.agency(), rates, first.id);
});

const end = (id: string, at: Date, note?: string) =>
  database.transaction((tx) => endEnrolments(tx, [id], at, NOW, note));

const stands = async (id: string) => {
  const [row] = await database.rows(sql<{ state: string; endsAt: Date | null; note: string | null }>`
    select state, ends_at as "endsAt", note from enrolment where id = ${id}`);
  return row;
};

const locks = () =>
  database.rows(sql<{ offerId: string; from: Date; until: Date }>`
    select offer_id as "offerId", locked_from as "from", locked_until as "until" from rate_lock
    where product_id = ${product.id} order by locked_from, id`);

const takenIn = async (campaignId: string) => {
  const [row] = await database.rows(sql<{ taken: number }>`
    select places_taken as taken from recruiting_campaign where id = ${campaignId}`);
  return row?.taken;
};

const told = (id: string) =>
  database.rows(sql<{ kind: string }>`
    select kind from outbox_event where subject_id = ${id} order by id`);

describe('ending enrolments', () => {
  it('lets it run until then, keeps the rate for the lock days, and tells the sides', async () => {
    await end(first.id, MIDNIGHT, 'Blocked');
    expect(await stands(first.id)).toEqual({ state: 'APPROVED', endsAt: MIDNIGHT, note: 'Blocked' });
    const until = new Date('2026-07-16T16:00:00Z');
    expect(await locks()).toEqual([{ offerId: first.id, from: MIDNIGHT, until }]);
    expect(await told(first.id)).toEqual([{ kind: 'ENROLMENT_ENDS' }]);
  });

  it('moves it once that has come, second-level ones with it, and frees both places', async () => {
    await end(first.id, MIDNIGHT);
    await moveEndedEnrolments(database, new Date(MIDNIGHT.getTime() - 1));
    expect((await stands(first.id))?.state).toBe('APPROVED');
    await moveEndedEnrolments(database, LATER);
    expect(await stands(first.id)).toEqual({ state: 'ENDED', endsAt: MIDNIGHT, note: null });
    expect(await stands(second.id)).toEqual({ state: 'ENDED', endsAt: MIDNIGHT, note: null });
    expect([await takenIn(first.campaignId), await takenIn(second.campaignId)]).toEqual([0, 0]);
    expect(await told(second.id)).toEqual([{ kind: 'ENROLMENT_ENDED' }]);
    expect(await moveEndedEnrolments(database, LATER)).toBe(0);
  });

  it('takes an earlier end instead of a later one, with its lock, and never a later one', async () => {
    await end(first.id, LATER);
    await end(first.id, MIDNIGHT);
    await end(first.id, LATER);
    expect((await stands(first.id))?.endsAt).toEqual(MIDNIGHT);
    expect((await locks()).map(({ from, until }) => [from, until > from])).toEqual([
      [MIDNIGHT, true],
      [LATER, false],
    ]);
  });

  it('of a second-level one keeps the terms of the first, which goes on', async () => {
    await end(second.id, MIDNIGHT);
    expect((await stands(first.id))?.endsAt).toBe(null);
    expect((await locks()).map(({ offerId }) => offerId)).toEqual([first.id]);
    await moveEndedEnrolments(database, LATER);
    expect((await stands(first.id))?.state).toBe('APPROVED');
    expect((await stands(second.id))?.state).toBe('ENDED');
  });

  it('closes a pending one at once, without a lock', async () => {
    await database.rows(sql`update enrolment set state = 'PENDING' where id = ${first.id}`);
    await end(first.id, MIDNIGHT);
    expect(await stands(first.id)).toEqual({ state: 'ENDED', endsAt: NOW, note: null });
    expect(await locks()).toEqual([]);
  });

  it('ends with the campaign by its window, but not before the commitment is over', async () => {
    await database.rows(
      sql`update recruiting_campaign set closes_at = ${MIDNIGHT} where id = ${first.campaignId}`,
    );
    await database.rows(sql`update enrolment set committed_until = ${LATER} where id = ${first.id}`);
    await moveEndedEnrolments(database, new Date(LATER.getTime() - 1));
    expect((await stands(first.id))?.state).toBe('APPROVED');
    await moveEndedEnrolments(database, LATER);
    expect(await stands(first.id)).toEqual({ state: 'ENDED', endsAt: LATER, note: null });
    expect(await locks()).toEqual([]);
  });

  it('in two processes at once moves each one once', async () => {
    await end(first.id, MIDNIGHT);
    const moved = await Promise.all([1, 2, 3].map(() => moveEndedEnrolments(database, LATER)));
    expect(moved.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect([await takenIn(first.campaignId), await takenIn(second.campaignId)]).toEqual([0, 0]);
  });
});

describe('levels', () => {
  it('are two, held by the database', async () => {
    const rates = { commissionBp: 2000, serviceFeeBp: 50 };
    const third = world.agency().then((agency) => world.enrolment(product, agency, rates, second.id));
    await expect(third).rejects.toThrow(/at_most_two_agency_levels/);
  });
});
