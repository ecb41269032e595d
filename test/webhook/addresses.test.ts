import type { LookupAddress } from 'node:dns';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guardedLookup, isPublicAddress, objectionTo } from '../../src/features/webhook/guard-address.ts';
import { postWebhook } from '../../src/features/webhook/post-webhook.ts';
import { act } from '../api/act.ts';
import { answer, type Receiver, startReceiver } from './receiver.ts';
import { type WebhookScene, webhookScene } from './scene.ts';

const CLOSED = { allowInside: false, secretKey: undefined };

describe('an address by number', () => {
  it.each([
    ['0.0.0.0', 'this network'],
    ['10.0.0.1', 'private'],
    ['100.64.0.1', 'shared by carriers'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['169.254.169.254', 'link-local, where clouds tell secrets'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.1', 'reserved'],
    ['192.0.2.1', 'documentation'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'benchmarks'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::127.0.0.1', 'IPv4-compatible'],
    ['::ffff:127.0.0.1', 'IPv4-mapped'],
    ['::ffff:10.0.0.1', 'IPv4-mapped'],
    ['64:ff9b::7f00:1', 'NAT64'],
    ['64:ff9b:1::a00:1', 'local NAT64'],
    ['100::1', 'discard'],
    ['2001::1', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', '6to4'],
    ['fc00::1', 'unique local'],
    ['fd12:3456::1', 'unique local'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
    ['not a number', 'none'],
  ])('%s is refused: %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])(
    '%s is taken',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe('an address as it is written', () => {
  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://127.0.0.1./',
    'https://①②⑦.0.0.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a00:1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://printer.local/',
    'https://db.internal/',
    'https://router.home.arpa/',
    'https://intranet/',
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://user:password@example.com/',
    'https://example.com/#fragment',
    'https://',
    'example.com',
    `https://example.com/${'x'.repeat(2000)}`,
  ])('%s is refused before anything is sent', (url) =>
    expect(objectionTo(url, false)).toEqual(expect.any(String)),
  );

  it.each([
    'https://example.com/hook',
    'https://example.com:8443/hook?a=b',
    'https://8.8.8.8/',
    'https://xn--fsq.example.com/',
  ])('%s is taken', (url) => expect(objectionTo(url, false)).toBeUndefined());
});

describe('a name', () => {
  const asked = (addresses: LookupAddress[], all: boolean, allowInside = false) =>
    new Promise((resolve) => {
      guardedLookup(allowInside, async () => addresses)('hook.example.com', { all }, (error, address) =>
        resolve(error?.constructor.name ?? address),
      );
    });
  const inside = { address: '10.0.0.1', family: 4 };
  const outside = { address: '8.8.8.8', family: 4 };

  it('with an address inside is refused, also beside one outside', async () => {
    expect(await asked([inside], true)).toBe('AddressRefused');
    expect(await asked([outside, inside], true)).toBe('AddressRefused');
    expect(await asked([outside, inside], false)).toBe('AddressRefused');
    expect(await asked([{ address: '::ffff:10.0.0.1', family: 6 }], false)).toBe('AddressRefused');
    expect(await asked([], true)).toBe('Error');
  });

  it('with addresses outside leads to those', async () => {
    expect(await asked([outside], true)).toEqual([outside]);
    expect(await asked([outside], false)).toBe('8.8.8.8');
    expect(await asked([inside], false, true)).toBe('10.0.0.1');
  });
});

describe('what would be sent inside', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.close());
  const post = (url: string, more: Partial<Parameters<typeof postWebhook>[1]> = {}) =>
    postWebhook({ url, headers: {}, body: '{}' }, { allowInside: false, timeoutMs: 2_000, ...more });

  it('is refused by number, by name and by a name that leads there', async () => {
    const { port } = new URL(receiver.url);
    const urls = [
      `http://127.0.0.1:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://localhost:${port}/`,
    ];
    for (const url of urls) expect(await post(url)).toEqual({ failure: 'ADDRESS_REFUSED' });
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    expect(await post(`http://hook.example.com:${port}/`, { resolve })).toEqual({
      failure: 'ADDRESS_REFUSED',
    });
    expect(receiver.connections()).toBe(0);
    expect(await post(`http://hook.example.com:${port}/`, { resolve, allowInside: true })).toMatchObject({
      status: 204,
    });
    expect(receiver.connections()).toBe(1);
  });

  it('is refused by rebinding: the connection goes to the address that was looked at, and it is looked up once', async () => {
    const { port } = new URL(receiver.url);
    const before = receiver.connections();
    let lookups = 0;
    // Outside for whoever looks first, inside for whoever connects then.
    const resolve = async () => {
      lookups += 1;
      return [{ address: lookups === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }];
    };
    await post(`http://hook.example.com:${port}/`, { resolve, timeoutMs: 300 });
    expect(lookups).toBe(1);
    expect(receiver.connections()).toBe(before);
    expect(await post(`http://hook.example.com:${port}/`, { resolve })).toEqual({
      failure: 'ADDRESS_REFUSED',
    });
    expect(receiver.connections()).toBe(before);
  });

  it('tells no name from no answer', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
    expect(await post('http://hook.example.com/', { resolve })).toEqual({ failure: 'NOT_FOUND' });
    expect(await post(receiver.url.replace('http:', 'https:'), { allowInside: true })).toEqual({
      failure: 'TLS',
    });
    const { url } = await startReceiver().then(async (dead) => {
      await dead.close();
      return dead;
    });
    expect(await post(url, { allowInside: true })).toEqual({ failure: 'CONNECTION' });
  });
});

describe('an alliance that lets nothing inside', () => {
  let scene: WebhookScene;
  let receiver: Receiver;
  beforeAll(async () => {
    scene = await webhookScene({ WEBHOOK_ALLOW_INSIDE: 'no' });
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await receiver.close();
    await scene.alliance.close();
  });
  beforeEach(() => scene.alliance.database.rows(sql`update webhook_endpoint set state = 'REMOVED'`));

  it('takes no endpoint there, and says why at its place', async () => {
    const { organisationId, brand } = scene;
    for (const url of [
      receiver.url,
      'https://127.0.0.1/',
      'https://localhost/',
      'https://[::1]/',
      'http://example.com/',
    ]) {
      const { refused, userErrors } = await act(brand, 'webhookEndpointCreate', { organisationId, url });
      expect([url, refused, userErrors[0].path]).toEqual([url, ['InvalidInput'], ['input', 'url']]);
    }
    const { id } = await scene.endpoint('https://hook.example.com/');
    const moved = await act(brand, 'webhookEndpointUpdate', { webhookEndpointId: id, url: receiver.url });
    expect(moved.refused).toEqual(['InvalidInput']);
  });

  it('sends nothing along a name that has moved inside, and logs it', async () => {
    const { port } = new URL(receiver.url);
    const { id } = await scene.endpoint(`https://moved.example.com:${port}/`);
    await scene.tell();
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    await scene.deliver({ settings: CLOSED, resolve });
    const { deliveries } = await scene.read(id);
    expect(deliveries.nodes[0].attemptLog.nodes[0]).toMatchObject({ status: null, error: 'ADDRESS_REFUSED' });
    expect(receiver.connections()).toBe(0);
  });

  it('goes along no redirect to the inside', async () => {
    const outside = await startReceiver();
    outside.behave(answer(307, { location: receiver.url }));
    const { port } = new URL(outside.url);
    const { id } = await scene.endpoint(`https://hook.example.net:${port}/`);
    await scene.alliance.database.rows(
      sql`update webhook_endpoint set url = replace(url, 'https:', 'http:')`,
    );
    await scene.tell();
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    await scene.deliver({ resolve });
    const { deliveries } = await scene.read(id);
    expect(deliveries.nodes[0].attemptLog.nodes[0]).toMatchObject({ status: 307, error: 'REDIRECT' });
    expect(receiver.connections()).toBe(0);
    await outside.close();
  });
});
