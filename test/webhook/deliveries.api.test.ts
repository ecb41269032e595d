import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { caughtUp } from '../kit/feed.ts';
import { answer, type Receiver, startReceiver, verifies, verifiesThen } from './receiver.ts';
import { DELIVERY, ENDPOINT, subjectsOf, type WebhookScene, webhookScene } from './scene.ts';

let scene: WebhookScene;
let receiver: Receiver;

beforeAll(async () => {
  scene = await webhookScene();
});
afterAll(() => scene.alliance.close());

afterEach(async () => {
  await receiver?.close();
  await scene.alliance.database.rows(sql`
    update webhook_endpoint set state = 'REMOVED', disabled_at = null, disabled_because = null`);
  scene.clock.set(new Date());
});

const start = async (more?: object) => {
  receiver = await startReceiver();
  return scene.endpoint(receiver.url, more);
};

describe('a receiver', () => {
  it('gets each event of its organisation from then on, in the shape and by the signature of Standard Webhooks', async () => {
    await scene.tell(2);
    await caughtUp(scene.alliance.database);
    const { id, secret } = await start();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const [subject] = await scene.tell(1);
    await scene.tell(1, 'BELT_LEFT', await scene.world.brand());
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(1);
    const [message] = receiver.arrived as [Json];
    expect(message.json).toEqual({
      type: 'BELT_LEFT',
      timestamp: scene.clock.now().toISOString(),
      data: { id: message.headers['webhook-id'], subjectId: subject, details: { number: 1 } },
    });
    expect(message.headers['content-type']).toMatch(/^application\/json/);
    expect(verifies(message, secret)).toBe(true);
    expect(verifies({ ...message, body: `${message.body} ` }, secret)).toBe(false);
    const other = await scene.endpoint(receiver.url);
    expect(verifies(message, other.secret)).toBe(false);
    const { deliveries, state } = await scene.read(id);
    expect([state, deliveries.nodes.length]).toEqual(['ENABLED', 1]);
    expect(deliveries.nodes[0]).toMatchObject({
      kind: 'BELT_LEFT',
      state: 'DELIVERED',
      attempts: 1,
      nextAttemptAt: null,
    });
    expect(deliveries.nodes[0].attemptLog.nodes).toEqual([
      { at: expect.any(String), durationMs: expect.any(Number), status: 204, error: null },
    ]);
  });

  it('gets only the kinds that it has asked for', async () => {
    const { id } = await start({ kinds: ['BELT_LEFT', 'PARTY_BLOCKED'] });
    await scene.tell(1, 'BELT_LEFT');
    await scene.tell(1, 'PLAN_OPENED');
    await scene.tell(1, 'PARTY_BLOCKED');
    await scene.deliver();
    expect(receiver.arrived.map(({ json }) => json.type)).toEqual(['BELT_LEFT', 'PARTY_BLOCKED']);
    await act(scene.brand, 'webhookEndpointUpdate', { webhookEndpointId: id, kinds: null });
    await scene.tell(1, 'PLAN_OPENED');
    await scene.deliver();
    expect(receiver.arrived.at(-1)?.json.type).toBe('PLAN_OPENED');
  });

  it('that fails gets the event again, later and later, until it takes it, always under one id', async () => {
    const { id, secret } = await start();
    receiver.behave(answer(500));
    await scene.tell();
    await scene.deliver();
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(1);
    const { deliveries, failingSince } = await scene.read(id);
    const [delivery] = deliveries.nodes;
    expect(failingSince).not.toBeNull();
    expect(delivery.attemptLog.nodes[0]).toMatchObject({ status: 500, error: 'STATUS' });
    const wait = Date.parse(delivery.nextAttemptAt) - scene.clock.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(4_000);
    expect(wait).toBeLessThanOrEqual(6_000);
    scene.clock.advance(3_900);
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(1);
    scene.clock.advance(2_200);
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(2);
    receiver.behave(undefined);
    scene.clock.advance(40_000);
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(3);
    expect(new Set(receiver.arrived.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.arrived.map(({ body }) => body)).size).toBe(1);
    expect(receiver.arrived.every((message) => verifies(message, secret))).toBe(true);
    const after = await scene.read(id);
    expect([after.failingSince, after.consecutiveFailures]).toEqual([null, 0]);
    expect(after.deliveries.nodes[0]).toMatchObject({ state: 'DELIVERED', attempts: 3 });
  });

  it.each([
    ['seconds', () => '120'],
    ['a date', () => new Date(scene.clock.now().getTime() + 120_000).toUTCString()],
  ])('that asks for time by Retry-After as %s is left alone so long', async (_form, retryAfter) => {
    const { id } = await start();
    receiver.behave(answer(503, { 'retry-after': retryAfter() }));
    await scene.tell();
    await scene.deliver();
    await scene.tell();
    scene.clock.advance(110_000);
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(1);
    receiver.behave(undefined);
    scene.clock.advance(11_000);
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(3);
    expect((await scene.read(id)).retryAt).toBeNull();
  });

  it('that redirects is not followed, and it is a failure', async () => {
    const { id } = await start();
    const elsewhere = await startReceiver();
    for (const status of [301, 302, 303, 307, 308]) {
      receiver.behave(answer(status, { location: elsewhere.url }));
      await scene.tell();
      await scene.deliver();
    }
    expect(receiver.arrived.length).toBeGreaterThanOrEqual(1);
    expect(elsewhere.connections()).toBe(0);
    const { deliveries } = await scene.read(id);
    expect(deliveries.nodes.at(-1).attemptLog.nodes[0]).toMatchObject({ status: 301, error: 'REDIRECT' });
    await elsewhere.close();
  });

  it('that says that it is gone is disabled at once, and its organisation is told', async () => {
    const { id } = await start();
    receiver.behave(answer(410));
    await scene.tell(3);
    await scene.deliver();
    expect(await scene.read(id)).toMatchObject({ state: 'DISABLED', disabledBecause: 'GONE' });
    const [event] = await scene.alliance.database.rows(sql<Json>`
      select kind, data, subject_id as "subjectId", party_ids as "partyIds" from outbox_event
      where kind = 'WEBHOOK_DISABLED' order by xid desc limit 1`);
    expect(event).toMatchObject({ data: { why: 'GONE' }, partyIds: [scene.brandId] });
    expect(toGlobalId('WebhookEndpoint', event.subjectId)).toBe(id);
    const { length } = receiver.arrived;
    await scene.tell();
    scene.clock.advance(86_400_000);
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(length);
    receiver.behave(undefined);
    const enabled = await act(scene.brand, 'webhookEndpointEnable', { webhookEndpointId: id }, ENDPOINT);
    expect(enabled.result).toMatchObject({ state: 'ENABLED', disabledBecause: null });
    await scene.deliver();
    const taken = new Set(subjectsOf(receiver.arrived.slice(length)));
    expect(taken.size).toBe(5);
  });
});

describe('a receiver that is slow', () => {
  it('hangs, and is cut off', async () => {
    const { id } = await start();
    receiver.behave(() => undefined);
    await scene.tell();
    await scene.deliver();
    const { deliveries } = await scene.read(id);
    expect(deliveries.nodes[0].attemptLog.nodes[0]).toMatchObject({ status: null, error: 'TIMEOUT' });
  });

  it('answers drop by drop, and is cut off all the same', async () => {
    const { id } = await start();
    receiver.behave((_message, _response, socket) => {
      const text = 'HTTP/1.1 200 OK\r\nx-slow: yes\r\n\r\n';
      let at = 0;
      const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), 100);
      socket.on('close', () => clearInterval(timer));
    });
    await scene.tell();
    await scene.deliver();
    const { deliveries } = await scene.read(id);
    expect(deliveries.nodes[0].attemptLog.nodes[0]).toMatchObject({ status: null, error: 'TIMEOUT' });
  });

  it('answers well and then without end: the status counts, and not all of it is read', async () => {
    const { id } = await start();
    let written = 0;
    receiver.behave((_message, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    await scene.tell();
    await scene.deliver();
    const { deliveries } = await scene.read(id);
    expect(deliveries.nodes[0]).toMatchObject({ state: 'DELIVERED' });
    expect(written).toBeLessThan(20_000_000);
  });

  it('holds up no other: nineteen that hang, and one that does not', async () => {
    const hanging = await startReceiver();
    hanging.behave(() => undefined);
    const other = await scene.world.brand();
    const organisationId = toGlobalId('Brand', other);
    const rest = await scene.alliance.memberOf(other);
    for (let i = 0; i < 9; i++) await scene.endpoint(hanging.url);
    for (let i = 0; i < 10; i++)
      await act(rest, 'webhookEndpointCreate', { organisationId, url: hanging.url });
    await start();
    for (let i = 0; i < 10; i++) {
      await scene.tell();
      await scene.tell(1, 'BELT_LEFT', other);
    }
    const startedAt = performance.now();
    // A receiver that was held up would wait as long as those that hang.
    const work = scene.deliver({ timeoutMs: 60_000 });
    await Promise.all([receiver.hasArrived(10), hanging.hasArrived(19)]);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    expect(hanging.arrived).toHaveLength(19);
    await hanging.close();
    await work;
  });
});

describe('a receiver that dies', () => {
  it('and comes again gets everything, each event at least once', async () => {
    const { secret } = await start();
    const subjects = await scene.tell(5);
    let taken = 0;
    receiver.behave((_message, response, socket) => {
      taken += 1;
      if (taken > 2) socket.destroy();
      else response.writeHead(200).end();
    });
    await scene.deliver();
    const before = receiver.arrived.slice(0, 2);
    const { port } = new URL(receiver.url);
    await receiver.close();
    subjects.push(...(await scene.tell(5)));
    scene.clock.advance(60_000);
    await scene.deliver();
    receiver = await startReceiver(Number(port));
    for (let i = 0; i < 20; i++) {
      scene.clock.advance(600_000);
      await scene.deliver();
    }
    const all = [...before, ...receiver.arrived];
    expect(new Set(subjectsOf(all))).toEqual(new Set(subjects));
    expect(all.filter((message) => !verifiesThen(message, secret))).toEqual([]);
  });

  it('for three days is disabled with a notice, and gets what it has missed when it is enabled', async () => {
    const { id } = await start();
    const { port } = new URL(receiver.url);
    await receiver.close();
    const subjects = await scene.tell(3);
    let hours = 0;
    for (; hours < 100 && (await scene.read(id)).state === 'ENABLED'; hours += 1) {
      scene.clock.advance(3_600_000);
      await scene.deliver();
    }
    expect(hours).toBeGreaterThanOrEqual(72);
    // The first attempt was an hour late, and the last may be due up to 7.2 hours after the one before it.
    expect(hours).toBeLessThanOrEqual(82);
    expect(await scene.read(id)).toMatchObject({
      disabledBecause: 'FAILING',
      failingSince: expect.any(String),
    });
    const [told] = await scene.alliance.database.rows(sql<{ data: object }>`
      select data from outbox_event where kind = 'WEBHOOK_DISABLED' order by xid desc limit 1`);
    expect(told?.data).toEqual({ why: 'FAILING' });
    subjects.push(...(await scene.tell(2)));
    receiver = await startReceiver(Number(port));
    await act(scene.brand, 'webhookEndpointEnable', { webhookEndpointId: id });
    await scene.deliver();
    const about = receiver.arrived.filter(({ json }) => json.type === 'BELT_LEFT');
    expect(new Set(subjectsOf(about))).toEqual(new Set(subjects));
  });

  it('on one kind alone gives that one up after three days, and goes on', async () => {
    const { id } = await start();
    receiver.behave(({ json }, response) =>
      response.writeHead(json.type === 'PARTY_BLOCKED' ? 400 : 200).end(),
    );
    await scene.tell(1, 'PARTY_BLOCKED');
    for (let hours = 0; hours < 85; hours += 1) {
      scene.clock.advance(3_600_000);
      await scene.tell();
      await scene.deliver();
    }
    const { state, deliveries } = await scene.read(id);
    expect(state).toBe('ENABLED');
    expect(deliveries.nodes.filter(({ state }: Json) => state === 'FAILED')).toHaveLength(1);
    expect(deliveries.nodes.filter(({ state }: Json) => state === 'DELIVERED')).toHaveLength(85);
  });
});

describe('what was sent', () => {
  it('is sent once more on request, also when it was taken, under the same id', async () => {
    const { id, secret } = await start();
    await scene.tell(2);
    await scene.deliver();
    const { deliveries } = await scene.read(id);
    const last = deliveries.nodes[0];
    const again = await act(
      scene.brand,
      'webhookDeliveryRedeliver',
      { webhookDeliveryId: last.id },
      DELIVERY,
    );
    expect(again.result).toMatchObject({ id: last.id, state: 'PENDING', attempts: 0, endedAt: null });
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(3);
    const message = receiver.arrived[2]!;
    expect(message.headers['webhook-id']).toBe(last.messageId);
    expect(verifies(message, secret)).toBe(true);
    const { result } = await act(scene.brand, 'webhookEndpointPing', { webhookEndpointId: id }, DELIVERY);
    expect(result).toMatchObject({ kind: null, state: 'PENDING' });
    await scene.deliver();
    expect(receiver.arrived[3]?.json).toMatchObject({ type: 'PING', data: {} });
    expect(verifies(receiver.arrived[3]!, secret)).toBe(true);
  });

  it('is sent once more from a moment on, also what is no longer in the log', async () => {
    const { id } = await start();
    const since = new Date();
    const subjects = await scene.tell(4);
    await scene.deliver();
    const ids = receiver.arrived.map(({ headers }) => headers['webhook-id']);
    await scene.alliance.database.rows(sql`delete from webhook_delivery where message_id = ${ids[0]}`);
    const replay = await act(scene.brand, 'webhookEndpointReplay', {
      webhookEndpointId: id,
      since: since.toISOString(),
    });
    expect(replay.userErrors).toEqual([]);
    await scene.deliver();
    const again = receiver.arrived.slice(4);
    expect(subjectsOf(again)).toEqual(expect.arrayContaining(subjects));
    expect(again.map(({ headers }) => headers['webhook-id'])).toEqual(expect.arrayContaining(ids));
    const { length } = receiver.arrived;
    await act(scene.brand, 'webhookEndpointReplay', { webhookEndpointId: id, since: '2100-01-01T00:00:00Z' });
    await scene.tell();
    await scene.deliver();
    expect(receiver.arrived).toHaveLength(length + 1);
  });

  it('goes out in the order of the feed while it is taken, in a few at a time', async () => {
    await start();
    let underWay = 0;
    let most = 0;
    receiver.behave(async (_message, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(20);
      underWay -= 1;
      response.writeHead(200).end();
    });
    const subjects = await scene.tell(40);
    await Promise.all([scene.deliver({ timeoutMs: 5_000 }), scene.deliver({ timeoutMs: 5_000 })]);
    expect(most).toBeLessThanOrEqual(4);
    expect(most).toBeGreaterThanOrEqual(2);
    const places = subjectsOf(receiver.arrived).map((subject) => subjects.indexOf(subject));
    expect([...places].sort((a, b) => a - b)).toEqual(subjects.map((_, i) => i));
    for (const [i, place] of places.entries()) expect(Math.abs(place - i)).toBeLessThanOrEqual(4);
  });
});

it('does not take what is no HTTP for an answer', async () => {
  const nonsense = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')).listen(0, '127.0.0.1');
  await new Promise((resolve) => nonsense.once('listening', resolve));
  const { id } = await scene.endpoint(`http://127.0.0.1:${(nonsense.address() as { port: number }).port}/`);
  await scene.tell();
  await scene.deliver();
  const { deliveries } = await scene.read(id);
  expect(deliveries.nodes[0].attemptLog.nodes[0]).toMatchObject({ status: null, error: 'CONNECTION' });
  nonsense.close();
});
