import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newHttpProvider,
  type PayoutProvider,
  requestPayout,
  sendPayouts,
} from '../../src/features/payout/index.ts';
import { ProviderUnsure } from '../../src/features/payout/provider.ts';
import { newId } from '../../src/kernel/ids.ts';
import { BANK, type Payee, PayoutScene, PROVIDER } from './scene.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
let scene: PayoutScene;

beforeAll(async () => {
  scene = await PayoutScene.make({ environment: { PAYOUT_CALLBACK_SECRET: SECRET } });
});
afterAll(async () => {
  await scene.expectSound();
  await scene.close();
});

async function requested(payee: Payee): Promise<string> {
  const wish = { payeeId: payee.id, currency: 'CNY' };
  return (await scene.world.tx((tx) => requestPayout(tx, wish, scene.clock.now()))).id;
}

interface Sent {
  readonly secret?: string;
  readonly at?: Date;
  readonly headers?: Readonly<Record<string, string>>;
  /** What goes out instead of what was signed. */
  readonly sends?: string;
}

async function callback(body: unknown, { secret = SECRET, at = new Date(), headers, sends }: Sent = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = new Webhook(secret).sign('msg_1', at, text);
  const response = await fetch(`${scene.alliance.server.url}/payouts/callback`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signature,
      ...headers,
    },
    body: sends ?? text,
  });
  return { status: response.status, body: await response.text() };
}

const about = (id: string, status: string) => ({ type: 'payout.updated', data: { id, status, code: 'R01' } });
const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

describe('a callback', () => {
  it('that is signed moves the payout, once, whatever comes after it', async () => {
    const payee = await scene.payee(1_000n, { method: PROVIDER });
    const id = await requested(payee);
    for (const status of ['pending', 'confirmed', 'confirmed', 'pending', 'failed']) {
      expect((await callback(about(id, status))).status).toBe(200);
    }
    const [payout] = await scene.payouts(payee.id);
    expect(payout).toMatchObject({
      state: 'CONFIRMED',
      contradicted: true,
      code: null,
      answers: [
        'CALLBACK PENDING APPLIED',
        'CALLBACK CONFIRMED APPLIED',
        'CALLBACK CONFIRMED REPEATED',
        'CALLBACK PENDING STALE',
        'CALLBACK FAILED CONTRADICTS',
      ],
    });
    expect(await scene.balances(payee.id)).toEqual({});
  });

  it('that comes many times at once ends the payout once', async () => {
    const payee = await scene.payee(1_000n, { method: PROVIDER });
    const id = await requested(payee);
    await Promise.all(Array.from({ length: 10 }, () => callback(about(id, 'failed'))));
    const [payout] = await scene.payouts(payee.id);
    expect(payout?.answers?.toSorted()).toEqual([
      'CALLBACK FAILED APPLIED',
      ...Array(9).fill('CALLBACK FAILED REPEATED'),
    ]);
    expect([payout?.state, payout?.code]).toEqual(['FAILED', 'R01']);
    expect(await scene.balances(payee.id)).toEqual({ PAYABLE: 1_000n });
  });

  it.each<[string, number, (id: string) => [unknown, Sent?]]>([
    [
      'signed with another secret',
      401,
      (id) => [about(id, 'confirmed'), { secret: `whsec_${Buffer.alloc(32, 2).toString('base64')}` }],
    ],
    ['without a signature', 401, (id) => [about(id, 'confirmed'), { headers: { 'webhook-signature': '' } }]],
    [
      'with a signature that is none',
      401,
      (id) => [about(id, 'confirmed'), { headers: { 'webhook-signature': 'v1,AAAA' } }],
    ],
    ['under another id', 401, (id) => [about(id, 'confirmed'), { headers: { 'webhook-id': 'msg_2' } }]],
    ['of six minutes ago', 401, (id) => [about(id, 'confirmed'), { at: minutes(-6) }]],
    ['of six minutes ahead', 401, (id) => [about(id, 'confirmed'), { at: minutes(6) }]],
    [
      'with another body than was signed',
      401,
      (id) => [about(id, 'pending'), { sends: JSON.stringify(about(id, 'confirmed')) }],
    ],
    [
      'with another space than was signed',
      401,
      (id) => [about(id, 'confirmed'), { sends: JSON.stringify(about(id, 'confirmed'), null, 1) }],
    ],
    ['without data', 400, () => [{}]],
    ['that is no JSON', 400, () => ['confirmed']],
    ['that is null', 400, () => ['null']],
    ['with an unknown status', 400, (id) => [about(id, 'paid')]],
    ['with a status of prototypes', 400, (id) => [about(id, 'constructor')]],
    ['without an id', 400, () => [{ data: { status: 'confirmed' } }]],
    ['about no payout', 404, () => [about(newId(), 'confirmed')]],
    ['about what is no id', 404, () => [about("' or true --", 'confirmed')]],
  ])('%s is answered with %i and changes nothing', async (_what, status, make) => {
    const payee = await scene.payee(1_000n, { method: PROVIDER });
    const [body, sent] = make(await requested(payee));
    const answer = await callback(body, sent);
    expect(answer.status).toBe(status);
    const { errors } = JSON.parse(answer.body) as { errors: { extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toMatch(/^(UNAUTHENTICATED|BAD_REQUEST|NOT_FOUND)$/);
    expect((await scene.payouts(payee.id))[0]).toMatchObject({ state: 'REQUESTED', answers: null });
  });

  it('about a payout that the bank pays is of none, and one that is too long is not read', async () => {
    const payee = await scene.payee(1_000n, { method: BANK });
    const id = await requested(payee);
    expect((await callback(about(id, 'confirmed'))).status).toBe(404);
    expect((await callback({ ...about(id, 'confirmed'), more: 'x'.repeat(100_000) })).status).toBe(413);
    expect((await scene.payouts(payee.id))[0]?.state).toBe('REQUESTED');
  });

  it('with null characters and broken letters in its reason is kept without them', async () => {
    const payee = await scene.payee(1_000n, { method: PROVIDER });
    const id = await requested(payee);
    const body = `{"data":{"id":"${id}","status":"failed","code":"A\\u0000B","detail":"x\\ud800${'y'.repeat(600)}"}}`;
    expect((await callback(body)).status).toBe(200);
    expect((await scene.payouts(payee.id))[0]?.code).toBe('AB');
  });
});

describe('a server without a secret', () => {
  it('takes no callbacks', async () => {
    const other = await PayoutScene.make();
    const url = `${other.alliance.server.url}/payouts/callback`;
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(404);
    await other.close();
  });
});

describe('a provider that cannot be reached', () => {
  it('leaves payouts as they are, is called less and less often, and no number or token is in the message', async () => {
    const payee = await scene.payee(1_000n, { method: PROVIDER });
    const id = await requested(payee);
    const provider = newHttpProvider({ url: 'http://127.0.0.1:1', token: 'secret-token' });
    const order = {
      payoutId: id,
      amountMinor: 1n,
      currency: 'CNY',
      account: 'acct-123456',
      holder: 'Li',
      country: 'CN',
    };
    await expect(provider.send(order)).rejects.toThrow(ProviderUnsure);
    await expect(provider.send(order)).rejects.not.toThrow(/acct-123456|secret-token/);
    let calls = 0;
    const counting: PayoutProvider = {
      ...provider,
      async send({ payoutId }) {
        if (payoutId === id) calls += 1;
        throw new ProviderUnsure('Never');
      },
    };
    for (let hour = 0; hour < 48; hour++) {
      await sendPayouts(scene.database, counting, scene.clock.now());
      scene.clock.advance(3_600_000);
    }
    expect(calls).toBeGreaterThan(8);
    expect(calls).toBeLessThan(25);
    expect((await scene.payouts(payee.id))[0]).toMatchObject({ state: 'REQUESTED', answers: null });
  });
});
