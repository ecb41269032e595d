import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/features/webhook/index.ts';
import { databaseUrl } from '../kit/database.ts';
import { caughtUp } from '../kit/feed.ts';
import { mortalDatabase } from '../kit/mortal-database.ts';
import { type Receiver, startReceiver, verifies } from './receiver.ts';
import { subjectsOf, type WebhookScene, webhookScene } from './scene.ts';

let scene: WebhookScene;
let receiver: Receiver;
const OPEN = { allowInside: true, secretKey: undefined };

beforeAll(async () => {
  scene = await webhookScene();
});
afterAll(() => scene.alliance.close());
afterEach(async () => {
  await receiver.close();
  await scene.alliance.database.rows(
    sql`update webhook_endpoint set state = 'REMOVED', disabled_at = null, disabled_because = null`,
  );
});

describe('a worker that is killed', () => {
  it('before any of its statements leaves events that another one delivers, each at least once', async () => {
    receiver = await startReceiver();
    await scene.endpoint(receiver.url);
    let n = 1;
    let twice = 0;
    for (; ; n += 1) {
      const before = receiver.arrived.length;
      const subjects = await scene.tell(2);
      await caughtUp(scene.alliance.database);
      const { mortal, isDead } = mortalDatabase(scene.alliance.database, n);
      await deliverDue(mortal, { settings: OPEN, clock: scene.clock }).catch(() => undefined);
      // Whoever has had a delivery for longer than an attempt may take is lost.
      scene.clock.advance(61_000);
      await scene.deliver();
      const told = subjectsOf(receiver.arrived.slice(before));
      expect([n, new Set(told)]).toEqual([n, new Set(subjects)]);
      twice += told.length - subjects.length;
      if (!isDead()) break;
    }
    expect(n).toBeGreaterThan(10);
    // Killed between the answer and its record, it is sent again: that is what at least once means.
    expect(twice).toBeGreaterThan(0);
  });

  it('for good, as a process, while a receiver has its message, leaves it to be sent again', async () => {
    receiver = await startReceiver();
    const { id, secret } = await scene.endpoint(receiver.url);
    receiver.behave(() => undefined);
    const [subject] = await scene.tell();
    const child = fork(resolve(import.meta.dirname, 'worker-process.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, DATABASE_URL: await databaseUrl(scene.alliance.database) },
    });
    await receiver.hasArrived(1);
    child.kill('SIGKILL');
    await new Promise((ended) => child.once('exit', ended));
    receiver.behave(undefined);
    expect((await scene.read(id)).deliveries.nodes[0]).toMatchObject({ state: 'PENDING', attempts: 1 });
    scene.clock.set(new Date(Date.now() + 120_000));
    await scene.deliver();
    expect(subjectsOf(receiver.arrived)).toEqual([subject, subject]);
    expect(receiver.arrived[0]?.headers['webhook-id']).toBe(receiver.arrived[1]?.headers['webhook-id']);
    expect(verifies(receiver.arrived[1]!, secret)).toBe(true);
    expect((await scene.read(id)).deliveries.nodes[0]).toMatchObject({ state: 'DELIVERED', attempts: 2 });
    scene.clock.set(new Date());
  });
});

describe('workers', () => {
  // Several times: they have to meet at the endpoint at the same moment for one to leave it to another that has left it, too.
  it.each(Array.from({ length: 12 }, (_, round) => round + 1))(
    'share the work: each event is sent once when nobody is killed, %d',
    async () => {
      receiver = await startReceiver();
      await scene.endpoint(receiver.url);
      const subjects = await scene.tell(60);
      // A receiver that is slow because the machine is would be asked again.
      const worker = () => scene.deliver({ timeoutMs: 30_000 });
      await Promise.all([worker(), worker(), worker()]);
      expect(subjectsOf(receiver.arrived).sort()).toEqual([...subjects].sort());
    },
  );

  it('that are told to stop begin nothing more, and wait for the answer that is to come', async () => {
    receiver = await startReceiver();
    const { id } = await scene.endpoint(receiver.url);
    const stop = new AbortController();
    receiver.behave((_message, response) => {
      stop.abort();
      setTimeout(() => response.writeHead(200).end(), 100);
    });
    await scene.tell(10);
    await scene.deliver({ signal: stop.signal });
    expect(receiver.arrived).toHaveLength(1);
    const { deliveries } = await scene.read(id);
    expect(deliveries.nodes.filter(({ state }: { state: string }) => state === 'DELIVERED')).toHaveLength(1);
  });
});
