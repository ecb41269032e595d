import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerAgency } from '../../src/features/agency/index.ts';
import { inviteCreator } from '../../src/features/contract/index.ts';
import { addLiveItem, setLiveOffer } from '../../src/features/live/index.ts';
import { startLiveSession } from '../../src/features/promotion/index.ts';
import { SandboxClock, type SandboxJob } from '../../src/features/sandbox/index.ts';
import { passTime } from '../../src/features/sandbox/pass-time.ts';
import { newId } from '../../src/kernel/ids.ts';
import { readReadyQueries } from '../../src/server/explorer/ready-queries.ts';
import { event, placed, World } from '../kit/world.ts';
import { BEGIN, openSandbox, type TestSandbox } from './sandbox.ts';

const DAY_MS = 86_400_000;
const later = (days: number): Date => new Date(BEGIN.getTime() + days * DAY_MS);

let sandbox: TestSandbox;
let world: World;
let clock: SandboxClock;

beforeAll(async () => {
  sandbox = await openSandbox({ timeZone: 'Europe/Berlin' });
  world = new World(sandbox.database);
  clock = sandbox.clocks[0] as SandboxClock;
});
afterAll(() => sandbox.close());

const events = async (kind: string): Promise<string[]> => {
  const rows = await sandbox.database.rows(
    sql<{ at: Date }>`select at from outbox_event where kind = ${kind} order by id`,
  );
  return rows.map(({ at }) => at.toISOString());
};

describe('what time makes necessary', () => {
  it('happens on the way, each at its moment, and nothing by real time', async () => {
    const agencyId = await world.tx((tx) => {
      const agency = { name: 'A', services: ['CREATOR_MANAGEMENT'], city: '', about: '' } as const;
      return registerAgency(tx, { ...agency, certifiedUntil: later(61.5) }, undefined, BEGIN);
    });
    const creatorId = await world.creator();
    const invitation = { agencyId, creatorId, shareBp: 1000, visibility: [] };
    await world.tx((tx) => inviteCreator(tx, invitation, BEGIN));
    const [proposal] = await sandbox.database.rows(
      sql<{ lapsesAt: Date; state: string }>`select lapses_at as "lapsesAt", state from contract_proposal`,
    );
    // By the clock on the wall all of it is long over.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await events('CONTRACT_PROPOSAL_LAPSED')).toEqual([]);
    expect(proposal?.state).toBe('PROPOSED');
    await passTime(clock, later(80));
    expect(await events('CONTRACT_PROPOSAL_LAPSED')).toEqual([proposal?.lapsesAt.toISOString()]);
    const reminders = [60, 30, 7].map((days) => later(61.5 - days).toISOString());
    expect(await events('CERTIFICATE_ENDS_SOON')).toEqual(reminders);
    expect(await events('CERTIFICATE_EXPIRED')).toEqual([later(61.5).toISOString()]);
  });

  it('settles at the first full hour from when a line is due, and not before', async () => {
    const product = await world.product();
    await world.plan(product);
    const linkCode = await world.link(await world.creator(), product);
    const now = clock.now();
    const detail = { placed: placed(product.code, { linkCode }) };
    const line = (['PLACED', 'PAID', 'SHIPPED', 'RECEIVED'] as const).map((kind, i) =>
      event(product.brandId, kind, 'D1', {
        occurredAt: new Date(now.getTime() - 1_800_000 + i * 60_000),
        ...(kind === 'PLACED' && detail),
      }),
    );
    await world.ingest(product.brandId, line, now);
    const settled = async () => {
      const rows = await sandbox.database.rows(
        sql<{ at: Date }>`select settled_at as at from line_settlement`,
      );
      return rows.map(({ at }) => at.toISOString());
    };
    // Received 27 minutes before a full hour.
    const due = new Date(now.getTime() + 7 * DAY_MS);
    await passTime(clock, new Date(due.getTime() - 1));
    expect(await settled()).toEqual([]);
    await passTime(clock, new Date(due.getTime() + DAY_MS));
    expect(await settled()).toEqual([due.toISOString()]);
  });

  it('gives back what is not paid in a live session at its moment', async () => {
    const product = await world.product();
    await world.plan(product);
    const { id: productId, brandId, skuId, code } = product;
    const creatorId = await world.creator();
    const now = clock.now();
    const { id: liveSessionId } = await world.tx(async (tx) => {
      const session = await startLiveSession(tx, { id: newId(), creatorId, title: 'Live' }, now);
      const id = await addLiveItem(tx, { liveSessionId: session.id, creatorId, productId }, now);
      const item = { id, liveSessionId: session.id, productId, brandId, position: 1, pinned: false };
      const offer = { skuId, priceMinor: 6_000n, stock: 5, payWithinMinutes: 15 };
      await setLiveOffer(tx, { ...item, addedAt: now, removedAt: null }, offer, now);
      return session;
    });
    const detail = placed(code, { quantity: 2, itemTotalMinor: 12_000n, liveSessionId });
    await world.ingest(brandId, [event(brandId, 'PLACED', 'LIVE', { occurredAt: now, placed: detail })], now);
    const left = async () => {
      const [offer] = await sandbox.database.rows(
        sql<{
          left: number;
        }>`select stock - taken as left from live_offer where live_session_id = ${liveSessionId}`,
      );
      return offer?.left;
    };
    const due = new Date(now.getTime() + 15 * 60_000);
    await passTime(clock, new Date(due.getTime() - 1));
    expect(await left()).toBe(3);
    await passTime(clock, new Date(due.getTime() + DAY_MS));
    expect(await left()).toBe(5);
    expect(await events('LIVE_RESERVATION_LAPSED')).toEqual([due.toISOString()]);
  });
});

describe('midnights', () => {
  it('are those of the time zone, also on days of 23 and of 25 hours', async () => {
    const nights: string[] = [];
    const job: SandboxJob = {
      name: 'Noting midnights',
      pace: 'MIDNIGHTS',
      run: async (_database, now) => nights.push(now.toISOString()),
    };
    const noting = (await SandboxClock.open(sandbox.database, [job])) as SandboxClock;
    await passTime(noting, new Date('2026-10-24T12:00:00Z'));
    nights.length = 0;
    await passTime(noting, new Date('2026-10-27T12:00:00Z'));
    // Clocks go back on 25 October: that day has 25 hours.
    expect(nights).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
    ]);
    await passTime(noting, new Date('2027-03-27T12:00:00Z'));
    nights.length = 0;
    await passTime(noting, new Date('2027-03-29T12:00:00Z'));
    // They go forward on 28 March, which has 23.
    expect(nights).toEqual(['2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z']);
    await noting.close();
  });

  it('are where a move ends for which there is no patience', async () => {
    const from = clock.now();
    const reached = await passTime(clock, new Date(from.getTime() + 90 * DAY_MS), { patienceMs: 1 });
    expect(reached.getTime()).toBeGreaterThan(from.getTime());
    expect(reached.getTime()).toBeLessThan(from.getTime() + 90 * DAY_MS);
    expect(clock.now()).toEqual(reached);
  });
});

describe('the ready queries of a sandbox', () => {
  const names = async (shown: boolean) =>
    (await readReadyQueries(undefined, { sandbox: shown })).flatMap(({ queries }) =>
      queries.map(({ name }) => name).filter((name) => name.startsWith('sandbox-')),
    );

  it('are shown in a sandbox alone, and run in it', async () => {
    expect(await names(false)).toEqual([]);
    const shown = await names(true);
    expect(shown).toEqual(['sandbox-clock', 'sandbox-advance', 'sandbox-run-story']);
    const operator = await sandbox.memberOf(sandbox.id);
    for (const name of shown) {
      const path = new URL(`../../schema/operations/operator/${name}`, import.meta.url);
      const variables = JSON.parse(
        await readFile(`${path.pathname}.variables.json`, 'utf8').catch(() => '{}'),
      );
      const input = variables.input && { ...variables.input, idempotencyKey: randomUUID() };
      const answer = await operator.query(await readFile(`${path.pathname}.graphql`, 'utf8'), { input });
      expect([name, answer.errors]).toEqual([name, undefined]);
      for (const part of Object.values<{ userErrors?: unknown[] }>(answer.data))
        expect(part.userErrors ?? []).toEqual([]);
    }
  });
});
