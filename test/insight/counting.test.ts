import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { decideAttributionClaim, openAttributionClaim } from '../../src/features/attribution/index.ts';
import { countInsight } from '../../src/features/insight/index.ts';
import type { OrderEvent } from '../../src/features/order/index.ts';
import { ownerRuns } from '../kit/database.ts';
import { caughtUp } from '../kit/feed.ts';
import { event, placed } from '../kit/world.ts';
import { alliance, clock, hours, makeScene, openInsight, type Scene, world } from './insight-scene.ts';
import { inOrder, keptFigures, plainFigures } from './plain.ts';

openInsight();

let scene: Scene;
let count = 0;
beforeEach(async () => {
  clock.set(hours(20));
  scene = await makeScene();
});

async function report(
  no: string,
  told: readonly [kind: OrderEvent['kind'], hour: number][],
  creator = 1,
): Promise<void> {
  const events = told.map(([kind, hour]): OrderEvent => {
    count += 1;
    const detail = { linkCode: scene.links[0]?.[creator] ?? null };
    return event(scene.brandId, kind, no, {
      ...{ eventId: `${no}/${count}`, occurredAt: hours(hour) },
      ...(kind === 'PLACED' ? { placed: placed(scene.goods[0]?.code ?? '', detail) } : {}),
    });
  });
  const answers = await world.ingest(scene.brandId, events, clock.now());
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 'APPLIED'));
}

/** Counts, compares with the lines, and gives some figures of the brand over all days. */
async function counted(): Promise<Record<string, number>> {
  await caughtUp(alliance.database);
  await countInsight(alliance.database, clock.now());
  const kept = await keptFigures(alliance.database, scene.brandId);
  expect(inOrder(kept)).toEqual(inOrder(await plainFigures(alliance.database, scene.brandId)));
  return brandSums();
}

async function brandSums(): Promise<Record<string, number>> {
  const [row] = await alliance.database.rows(sql<Record<string, bigint>>`
    select coalesce(sum(lines), 0)::bigint as lines, coalesce(sum(returned_lines), 0)::bigint as returned,
      coalesce(sum(cancelled_lines), 0)::bigint as cancelled, coalesce(sum(self_broadcast_minor), 0)::bigint as self,
      coalesce(sum(distribution_minor), 0)::bigint as distribution
    from insight_day where subject_id = ${scene.brandId}`);
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, sum]) => [name, Number(sum)]));
}

describe('counting', () => {
  it('follows a line that is credited to a creator after all', async () => {
    await report(
      'A',
      [
        ['PLACED', 0],
        ['PAID', 1],
      ],
      99,
    );
    expect(await counted()).toMatchObject({ lines: 1, distribution: 0 });
    const { brandId } = scene;
    const creatorId = scene.creators[0] ?? '';
    const claim = { brandId, creatorId, orderNo: 'A', lineNo: 1, statement: 'Mine.', evidenceUrls: [] };
    const claimId = await world.tx((tx) => openAttributionClaim(tx, claim, clock.now()));
    const decision = { claimId, outcome: 'UPHELD', by: 'BRAND', note: null } as const;
    await world.tx((tx) => decideAttributionClaim(tx, decision, clock.now()));
    expect(await counted()).toMatchObject({ lines: 1, distribution: 10_000 });
    const [kept] = await alliance.database.rows(sql<{ accrued: bigint; net: bigint }>`
      select commission_accrued_minor as accrued, commission_minor as net from insight_day where subject_id = ${creatorId}`);
    expect(kept).toEqual({ accrued: 1440n, net: 1440n });
  });

  it('follows a report that comes late and says that a line was called off before shipping after all, or was not', async () => {
    await report('A', [
      ['PLACED', 0],
      ['PAID', 0],
      ['SHIPPED', 3],
      ['CANCELLED', 4],
    ]);
    expect(await counted()).toMatchObject({ lines: 1, returned: 1, cancelled: 0 });
    await report('A', [['CANCELLED', 2]]);
    expect(await counted()).toMatchObject({ lines: 0, returned: 0, cancelled: 1 });
    await report('A', [['SHIPPED', 1]]);
    expect(await counted()).toMatchObject({ lines: 1, returned: 1, cancelled: 0 });
  });

  it('notes who is a brand and a creator at once, and a line stays what it was when they no longer are', async () => {
    await report('A', [
      ['PLACED', 0],
      ['PAID', 0],
    ]);
    expect(await counted()).toMatchObject({ self: 10_000, distribution: 0 });
    clock.set(hours(21));
    await alliance.database.rows(sql`delete from membership where party_id = ${scene.creators[1]}`);
    await counted();
    clock.set(hours(23));
    await report('B', [
      ['PLACED', 22],
      ['PAID', 22],
      ['SHIPPED', 23],
    ]);
    await report('A', [['SHIPPED', 1]]);
    expect(await counted()).toMatchObject({ self: 10_000, distribution: 10_000 });
  });

  it('counts lines anew that came before it learnt that the creator is the brand', async () => {
    await report(
      'A',
      [
        ['PLACED', 0],
        ['PAID', 0],
      ],
      2,
    );
    expect(await counted()).toMatchObject({ self: 0, distribution: 10_000 });
    await alliance.database.rows(sql`
      insert into membership (id, user_id, party_id, role, created_at)
      select gen_random_uuid(), user_id, ${scene.creators[2]}, 'OWNER', ${hours(-1)} from membership
      where party_id = ${scene.brandId}`);
    expect(await counted()).toMatchObject({ self: 10_000, distribution: 0 });
  });

  it('is done once by many workers at once, and again from where one was cut short', async () => {
    for (const [i] of Array.from({ length: 20 }).entries())
      await report(`N${i}`, [
        ['PLACED', i % 8],
        ['PAID', i % 8],
      ]);
    await caughtUp(alliance.database);
    const cut = { ...alliance.database, transaction: cutAfter(2) };
    await expect(countInsight(cut, clock.now(), 1)).rejects.toThrow('cut short');
    await Promise.all(Array.from({ length: 8 }, () => countInsight(alliance.database, clock.now(), 1)));
    expect(await counted()).toMatchObject({ lines: 20 });
  });

  it('notes all days where the feed does not reach back to where it was, and those that lines no longer know', async () => {
    await report('A', [
      ['PLACED', 0],
      ['PAID', 0],
    ]);
    await counted();
    await report('B', [
      ['PLACED', 0],
      ['PAID', 0],
    ]);
    await caughtUp(alliance.database);
    // What was written by then is deleted, and with it what told of B.
    await alliance.database.rows(sql`
      with gone as (delete from outbox_event where brand_id = ${scene.brandId} returning xid, id)
      update outbox_state set (deleted_xid, deleted_id) = (select xid, id from gone order by xid desc, id desc limit 1)`);
    await alliance.database.rows(sql`
      insert into insight_day select brand_id, '2026-01-01', subject_id, event_id, currency, orders, lines, units, returned_lines,
        cancelled_lines, gmv_minor, refunded_minor, commission_accrued_minor, commission_minor, fee_accrued_minor, fee_minor,
        self_broadcast_minor, public_traffic_minor, distribution_minor, private_traffic_minor, channel_exclusive_minor
      from insight_day where subject_id = ${scene.brandId}`);
    expect(await counted()).toMatchObject({ lines: 2 });
  });

  it('leaves days as they are of which lines may lie in a month that is detached, until it is back', async () => {
    await report('A', [
      ['PLACED', 0],
      ['PAID', 0],
    ]);
    await counted();
    await asDetached(async () => {
      await report('A', [['CANCELLED', 1]]);
      await caughtUp(alliance.database);
      await countInsight(alliance.database, clock.now());
      expect(await brandSums()).toMatchObject({ lines: 1, cancelled: 0 });
    });
    expect(await counted()).toMatchObject({ lines: 0, cancelled: 1 });
  });

  it('says until when all is counted', async () => {
    const countedAt = async () =>
      (await alliance.database.rows(sql<{ at: Date }>`select counted_at as at from insight_state`))[0]?.at;
    clock.set(hours(100));
    await counted();
    expect(await countedAt()).toEqual(hours(100));
    clock.set(hours(101));
    await report('A', [
      ['PLACED', 0],
      ['PAID', 0],
    ]);
    await caughtUp(alliance.database);
    clock.set(hours(102));
    // A transaction that has begun before what happens now holds the feed back.
    await alliance.database.transaction(async (tx) => {
      await tx.rows(sql`select pg_current_xact_id()`);
      await report('B', [
        ['PLACED', 0],
        ['PAID', 0],
      ]);
      clock.set(hours(103));
      await countInsight(alliance.database, clock.now());
      expect(await countedAt()).toEqual(hours(102));
    });
    expect(await counted()).toMatchObject({ lines: 2 });
    expect(await countedAt()).toEqual(hours(103));
  });
});

/** Lets so many transactions pass, and no more. */
function cutAfter(transactions: number): (typeof alliance)['database']['transaction'] {
  let left = transactions;
  return async (work) => {
    if (left-- <= 0) throw new Error('cut short');
    return alliance.database.transaction(work);
  };
}

/** Says for a while that the month of the orders is detached. */
async function asDetached(work: () => Promise<void>): Promise<void> {
  await ownerRuns(
    alliance.database,
    sql`
    insert into detached_month (month, first_id, end_id, lines, detached_at)
    values ('2026_06', gen_random_uuid(), gen_random_uuid(), 0, now())`,
  );
  await work();
  await ownerRuns(alliance.database, sql`delete from detached_month`);
}
