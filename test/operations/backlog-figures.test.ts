import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startExport } from '../../src/features/bulk/index.ts';
import { addBusinessGauges } from '../../src/server/business-figures.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import type { TestAlliance } from '../kit/alliance.ts';
import { testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { caughtUp } from '../kit/feed.ts';
import { World } from '../kit/world.ts';
import { followByStream, followByWebSocket } from '../subscription/live-clients.ts';
import { type WebhookScene, webhookScene } from '../webhook/scene.ts';
import { type Family, readExposition, sampleOf } from './exposition.ts';

const MINUTE_MS = 60_000;
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9/';

let scene: WebhookScene;
beforeAll(async () => {
  scene = await webhookScene();
});
afterAll(() => scene.alliance.close());

/** Metrics of a process that has not read any figures yet. */
async function scrape(): Promise<Map<string, Family>> {
  const metrics = new Metrics(scene.alliance.database);
  addBusinessGauges(metrics, scene.alliance.database, scene.clock);
  return readExposition(await metrics.registry.metrics());
}

test('deliveries that are due are counted, and events that no worker has taken have an age', async () => {
  const { database } = scene.alliance;
  const none = await scrape();
  expect(sampleOf(none, 'alliance_webhook_deliveries_due')).toBe(0);
  expect(sampleOf(none, 'alliance_webhook_oldest_due_seconds')).toBe(0);
  const { id } = await scene.endpoint(NOWHERE);
  await scene.tell(2);
  await caughtUp(database);
  await database.rows(sql`update outbox_event set written_at = now() - interval '90 seconds'`);
  const unread = sampleOf(await scrape(), 'alliance_webhook_oldest_due_seconds') ?? 0;
  expect(unread).toBeGreaterThanOrEqual(90);
  expect(unread).toBeLessThan(120);
  // The attempts fail, and the endpoint is left alone for a while: it owes nothing until then.
  await scene.deliver();
  expect(sampleOf(await scrape(), 'alliance_webhook_deliveries_due')).toBe(0);
  scene.clock.advance(24 * 60 * MINUTE_MS);
  const due = await scrape();
  expect(sampleOf(due, 'alliance_webhook_deliveries_due')).toBe(2);
  expect(sampleOf(due, 'alliance_webhook_oldest_due_seconds')).toBeGreaterThan(60);
  expect((await scene.read(id)).deliveries.nodes).toHaveLength(2);
});

test('endpoints that are switched off are counted by the reason', async () => {
  const reasons = ['REQUEST', 'GONE', 'FAILING'];
  const count = (families: Map<string, Family>) =>
    reasons.map((reason) => sampleOf(families, 'alliance_webhook_endpoints_disabled', { reason }));
  expect(count(await scrape())).toEqual([0, 0, 0]);
  await scene.endpoint(NOWHERE);
  await scene.alliance.database.rows(sql`
    update webhook_endpoint set state = 'DISABLED', disabled_at = now(), disabled_because = 'FAILING'
    where id = (select id from webhook_endpoint order by id desc limit 1)`);
  expect(count(await scrape())).toEqual([0, 0, 1]);
});

test('exports are counted by state, with the time that the oldest has waited', async () => {
  const { database } = scene.alliance;
  const actor = {
    kind: 'USER',
    issuer: 'a',
    subject: 'b',
    name: 'c',
    seats: [],
    scopes: new Set<never>(),
  } as const;
  const query = '{ viewer { brand { orderLines { nodes { id } } } } }';
  const start = () =>
    database.transaction((tx) =>
      startExport(tx, actor, { partyId: scene.brandId, query }, buildAllianceSchema(), scene.clock.now()),
    );
  await start();
  await start();
  await database.rows(sql`
    update bulk_export set state = 'RUNNING', lease_id = gen_random_uuid(), leased_until = now()
    where id = (select id from bulk_export order by id limit 1)`);
  scene.clock.advance(5 * MINUTE_MS);
  const families = await scrape();
  expect(sampleOf(families, 'alliance_bulk_exports', { state: 'WAITING' })).toBe(1);
  expect(sampleOf(families, 'alliance_bulk_exports', { state: 'RUNNING' })).toBe(1);
  expect(sampleOf(families, 'alliance_bulk_exports_oldest_waiting_seconds')).toBe(300);
});

test('live connections are counted by what they go over, while they last', async () => {
  let metrics!: Metrics;
  const clock = new TestClock(new Date().toISOString());
  const alliance: TestAlliance = await testAlliance({
    clock,
    observers: (database) => {
      metrics = new Metrics(database);
      return { metrics };
    },
  });
  const brandId = await new World(alliance.database).brand();
  await alliance.memberOf(brandId);
  const authorization = `Bearer ${(await alliance.issuer.issue('person-1', 'person-1')).token}`;
  const counts = async () => {
    const families = readExposition(await metrics.registry.metrics());
    return ['websocket', 'sse'].map((transport) =>
      sampleOf(families, 'alliance_live_connections', { transport }),
    );
  };
  const becomes = (wanted: number[]) =>
    vi.waitFor(async () => expect(await counts()).toEqual(wanted), 10_000);
  await becomes([0, 0]);
  const query = 'subscription { changeAdded { cursor } }';
  const { url } = alliance.server;
  const socket = followByWebSocket(url, query, { authorization });
  const streams = [
    await followByStream(url, { query }, authorization),
    await followByStream(url, { query }, authorization),
  ];
  await becomes([1, 2]);
  await socket.client.dispose();
  for (const { stop } of streams) stop();
  await becomes([0, 0]);
  await alliance.close();
});
