import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { seal, unseal } from '../../src/kernel/secret-box.ts';
import { act, said } from '../api/act.ts';
import { type Arrived, type Receiver, startReceiver, verifies, verifiesThen } from './receiver.ts';
import { type WebhookScene, webhookScene } from './scene.ts';

const KEY = randomBytes(32);
const SEALED = { allowInside: true, secretKey: KEY };
let scene: WebhookScene;
let receiver: Receiver;

beforeAll(async () => {
  scene = await webhookScene({ WEBHOOK_SECRET_KEY: KEY.toString('base64') });
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await scene.alliance.close();
});

const rotate = async (webhookEndpointId: string, overlapHours?: number): Promise<string> => {
  const input = { webhookEndpointId, ...(overlapHours === undefined ? {} : { overlapHours }) };
  const { result, userErrors } = await act(
    scene.brand,
    'webhookSecretRotate',
    input,
    'secret webhookEndpoint { id }',
  );
  expect(userErrors).toEqual([]);
  return result.secret;
};

describe('a secret', () => {
  it('is rotated without a hole: each message can be verified by the old one until it retires, and by the new one at once', async () => {
    const { id, secret: old } = await scene.endpoint(receiver.url);
    let known = old;
    const unverified: Arrived[] = [];
    receiver.behave(async (message, response) => {
      if (!verifies(message, known)) unverified.push(message);
      response.writeHead(200).end();
    });
    const telling = (async () => {
      for (let i = 0; i < 60; i++) {
        await scene.tell();
        await sleep(5);
      }
    })();
    const delivering = (async () => {
      for (let i = 0; i < 2_000 && receiver.arrived.length < 60; i++) {
        await scene.deliver({ settings: SEALED });
        await sleep(5);
      }
    })();
    await receiver.hasArrived(15);
    const fresh = await rotate(id);
    await receiver.hasArrived(30);
    // The receiver learns the new secret when it pleases.
    known = fresh;
    await Promise.all([telling, delivering]);
    expect(unverified).toEqual([]);
    expect(receiver.arrived).toHaveLength(60);
    const signatures = receiver.arrived.map(({ headers }) => headers['webhook-signature']?.split(' ').length);
    expect([signatures[0], signatures.at(-1)]).toEqual([1, 2]);
    scene.clock.advance(24 * 3_600_000 + 1);
    await scene.tell();
    await scene.deliver({ settings: SEALED });
    const last = receiver.arrived.at(-1)!;
    expect([verifiesThen(last, fresh), verifiesThen(last, old)]).toEqual([true, false]);
    scene.clock.set(new Date());
    receiver.behave(undefined);
  });

  it('that is known to others is retired at once when there is no overlap', async () => {
    const { id, secret: old } = await scene.endpoint(receiver.url);
    const fresh = await rotate(id, 0);
    await act(scene.brand, 'webhookEndpointPing', { webhookEndpointId: id });
    await scene.deliver({ settings: SEALED });
    const last = receiver.arrived.at(-1)!;
    expect([verifies(last, fresh), verifies(last, old)]).toEqual([true, false]);
    expect((await scene.read(id)).secrets).toHaveLength(1);
  });

  it('is shown once: not when the call is repeated, and nowhere else', async () => {
    const input = {
      organisationId: scene.organisationId,
      url: receiver.url,
      idempotencyKey: 'endpoint-once',
    };
    const make = () => act(scene.brand, 'webhookEndpointCreate', input, 'secret webhookEndpoint { id }');
    const [first, second] = [await make(), await make()];
    expect(first.result.secret).toMatch(/^whsec_/);
    expect(second.result).toEqual({ secret: null, webhookEndpoint: first.result.webhookEndpoint });
    const turn = { webhookEndpointId: first.result.webhookEndpoint.id, idempotencyKey: 'rotate-once' };
    const turned = () =>
      act(scene.brand, 'webhookSecretRotate', turn, 'secret webhookEndpoint { secrets { createdAt } }');
    expect((await turned()).result.secret).toMatch(/^whsec_/);
    const again = await turned();
    expect(again.result.secret).toBeNull();
    expect(again.result.webhookEndpoint.secrets).toHaveLength(2);
    expect(scene.alliance.log.join()).not.toContain('whsec_');
  });

  it('is sealed in the database for its endpoint, and five sign at a time at most', async () => {
    const { id, secret } = await scene.endpoint(receiver.url);
    const { database } = scene.alliance;
    const rows = await database.rows(
      sql<{
        sealed: Buffer;
        endpointId: string;
      }>`select sealed, endpoint_id as "endpointId" from webhook_secret order by id desc`,
    );
    for (const { sealed } of rows) expect(sealed.toString('latin1')).not.toContain('whsec_');
    const { sealed, endpointId } = rows[0]!;
    expect(unseal(sealed, endpointId, KEY)).toBe(secret);
    expect(() => unseal(sealed, rows.at(-1)!.endpointId, KEY)).toThrow();
    expect(() => unseal(sealed, endpointId, randomBytes(32))).toThrow();
    expect(() => unseal(sealed, endpointId, undefined)).toThrow();
    expect(unseal(seal('x', 'a', undefined), 'a', KEY)).toBe('x');
    const outcomes: string[] = [];
    for (let i = 0; i < 6; i++)
      outcomes.push(said(await act(scene.brand, 'webhookSecretRotate', { webhookEndpointId: id })));
    expect(outcomes).toEqual(['DONE', 'DONE', 'DONE', 'DONE', 'TooManyWebhooks', 'TooManyWebhooks']);
    await act(scene.brand, 'webhookEndpointRemove', { webhookEndpointId: id });
  });

  it('that cannot be opened sends nothing unsigned, and loses nothing', async () => {
    const { id, secret } = await scene.endpoint(receiver.url);
    await scene.tell();
    const before = receiver.arrived.length;
    const faults: unknown[] = [];
    const settings = { allowInside: true, secretKey: randomBytes(32) };
    await scene.deliver({ settings, onFault: (error) => faults.push(error) });
    expect(faults.length).toBeGreaterThan(0);
    expect(receiver.arrived).toHaveLength(before);
    scene.clock.advance(61_000);
    await scene.deliver({ settings: SEALED });
    expect(receiver.arrived.slice(before).some((message) => verifiesThen(message, secret))).toBe(true);
    expect((await scene.read(id)).deliveries.nodes[0].state).toBe('DELIVERED');
    scene.clock.set(new Date());
  });
});

describe('who may', () => {
  const input = (id: string) => ({ webhookEndpointId: id });
  const ACTS = ['Update', 'Enable', 'Disable', 'Remove', 'Ping', 'Replay'].map(
    (name) => `webhookEndpoint${name}`,
  );

  it('decide where events go: owners, managers and keys with the scope, of the organisation alone', async () => {
    const { alliance, brandId, organisationId, world } = scene;
    const { id } = await scene.endpoint(receiver.url);
    await act(scene.brand, 'webhookEndpointPing', input(id));
    const delivery = (await scene.read(id)).deliveries.nodes[0].id;
    const key = (scopes: string[]) =>
      world.tx((tx) => createApiKey(tx, { partyId: brandId, name: 'x', scopes }, 'test', new Date()));
    const others = {
      stranger: await alliance.memberOf(await world.brand()),
      viewer: await alliance.memberOf(brandId, 'BRAND', 'VIEWER'),
      'key without the scope': alliance.withHeader(`Bearer ${(await key(['read', 'orders:write'])).token}`),
      operator: await alliance.memberOf(alliance.id),
    };
    for (const [who, caller] of Object.entries(others)) {
      const create = await act(caller, 'webhookEndpointCreate', { organisationId, url: receiver.url });
      expect([who, create.refused]).toEqual([who, ['NotFoundError']]);
      for (const name of [...ACTS, 'webhookSecretRotate']) {
        if (who === 'operator' && name === 'webhookEndpointDisable') continue;
        const more = name.endsWith('Replay') ? { since: new Date().toISOString() } : {};
        expect([who, name, said(await act(caller, name, { ...input(id), ...more }))]).toEqual([
          who,
          name,
          'NotFoundError',
        ]);
      }
      expect(said(await act(caller, 'webhookDeliveryRedeliver', { webhookDeliveryId: delivery }))).toBe(
        'NotFoundError',
      );
    }
    const manager = await alliance.memberOf(brandId, 'BRAND', 'MANAGER');
    const keyed = alliance.withHeader(`Bearer ${(await key(['webhooks:write'])).token}`);
    for (const caller of [manager, keyed])
      expect(said(await act(caller, 'webhookEndpointPing', input(id)))).toBe('DONE');
    expect(said(await act(others.operator, 'webhookEndpointDisable', input(id)))).toBe('DONE');
    expect((await act(scene.brand, 'webhookEndpointPing', input(id))).userErrors[0]).toMatchObject({
      state: 'DISABLED',
    });
    expect(said(await act(scene.brand, 'webhookEndpointRemove', input(id)))).toBe('DONE');
    expect(said(await act(scene.brand, 'webhookEndpointEnable', input(id)))).toBe('NotFoundError');
  });

  it('have at most ten endpoints, also when all are made at once', async () => {
    const { alliance, world } = scene;
    const brandId = await world.brand();
    const caller = await alliance.memberOf(brandId);
    const organisationId = toGlobalId('Brand', brandId);
    const outcomes = await Promise.all(
      Array.from({ length: 14 }, () =>
        act(caller, 'webhookEndpointCreate', { organisationId, url: receiver.url }),
      ),
    );
    expect(outcomes.map(said).filter((outcome) => outcome === 'DONE')).toHaveLength(10);
    expect(outcomes.map(said).filter((outcome) => outcome === 'TooManyWebhooks')).toHaveLength(4);
  });
});
