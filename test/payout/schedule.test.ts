import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runPayoutSchedule } from '../../src/features/payout/index.ts';
import { periodOf } from '../../src/features/payout/payout-period.ts';
import { PayoutScene } from './scene.ts';

let scene: PayoutScene;

beforeAll(async () => {
  scene = await PayoutScene.make();
});
afterAll(async () => {
  await scene.expectSound();
  await scene.close();
});
beforeEach(async () => {
  // Each test begins a day after whatever the ones before it have paid, and nothing is left to be paid.
  scene.clock.advance(24 * 3_600_000);
  await scene.database.rows(sql`update payout_method set retired_at = set_at where retired_at is null`);
});

const run = () => runPayoutSchedule(scene.database, scene.clock.now());
const grosses = async (payeeId: string) => (await scene.payouts(payeeId)).map(({ gross }) => gross);

describe('a period', () => {
  it.each([
    ['DAILY', '2026-06-16T15:59:59.999Z', 'DAILY 2026-06-16'],
    ['DAILY', '2026-06-16T16:00:00.000Z', 'DAILY 2026-06-17'],
    ['WEEKLY', '2026-06-14T15:59:59.999Z', 'WEEKLY 2026-06-08'],
    ['WEEKLY', '2026-06-14T16:00:00.000Z', 'WEEKLY 2026-06-15'],
    ['WEEKLY', '2026-12-31T16:00:00.000Z', 'WEEKLY 2026-12-28'],
    ['MONTHLY', '2026-06-30T15:59:59.999Z', 'MONTHLY 2026-06-01'],
    ['MONTHLY', '2026-06-30T16:00:00.000Z', 'MONTHLY 2026-07-01'],
    ['NONE', '2026-06-30T16:00:00.000Z', undefined],
  ] as const)('%s at %s, in Shanghai, is %s', (schedule, at, period) => {
    expect(periodOf(schedule, new Date(at), 'Asia/Shanghai')).toBe(period);
  });

  it('has its days by the clocks of the place, also where they change', () => {
    const berlin = (at: string) => periodOf('DAILY', new Date(at), 'Europe/Berlin');
    expect(berlin('2026-03-29T21:59:59Z')).toBe('DAILY 2026-03-29');
    expect(berlin('2026-03-29T22:00:00Z')).toBe('DAILY 2026-03-30');
    expect(berlin('2026-10-25T22:59:59Z')).toBe('DAILY 2026-10-25');
    expect(berlin('2026-10-25T23:00:00Z')).toBe('DAILY 2026-10-26');
  });
});

describe('the schedule', () => {
  it('pays all that reach the minimum and have an account, once in a period, also what is in other currencies', async () => {
    await scene.policy({ payoutSchedule: 'DAILY', payoutMinimumMinor: 500n });
    const rich = await scene.payee(10_000n);
    await scene.earn(rich.id, 700n, 'EUR');
    const exact = await scene.payee(500n, { kind: 'Agency' });
    const poor = await scene.payee(499n);
    const owing = await scene.payee(1_000n);
    await scene.owe(owing.id, 501n);
    const homeless = await scene.payee(10_000n, { method: null });
    expect(await run()).toBe(3);
    expect(await grosses(rich.id)).toEqual([10_000n, 700n]);
    expect(await grosses(exact.id)).toEqual([500n]);
    for (const { id } of [poor, owing, homeless]) expect(await grosses(id)).toEqual([]);
    await scene.earn(rich.id, 10_000n);
    await scene.earn(poor.id, 1n);
    expect(await run()).toBe(0);
    scene.clock.advance(24 * 3_600_000);
    expect(await run()).toBe(2);
    expect(await grosses(rich.id)).toEqual([10_000n, 700n, 10_000n]);
    expect(await grosses(poor.id)).toEqual([500n]);
  });

  it('is shared by many at once: each payee is paid once', async () => {
    const payees = [];
    for (let i = 0; i < 30; i++) payees.push(await scene.payee(1_000n + BigInt(i)));
    const made = await Promise.all(Array.from({ length: 4 }, run));
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(30);
    for (const [i, { id }] of payees.entries()) expect(await grosses(id)).toEqual([1_000n + BigInt(i)]);
  });

  it('goes on where a run was cut short', async () => {
    const payees = [await scene.payee(1_000n), await scene.payee(1_000n), await scene.payee(1_000n)];
    let left = 2;
    const failing = {
      ...scene.database,
      transaction: ((work) => {
        if (left-- === 0) throw new Error('Cut short');
        return scene.database.transaction(work);
      }) as typeof scene.database.transaction,
    };
    await expect(runPayoutSchedule(failing, scene.clock.now())).rejects.toThrow('Cut short');
    expect(await run()).toBe(1);
    for (const { id } of payees) expect(await grosses(id)).toEqual([1_000n]);
  });

  it('pays once between a request at the same moment and itself, and never more than there is', async () => {
    const payee = await scene.payee(1_000n);
    const ask = () =>
      payee.caller.query(
        `mutation { payoutRequest(input: { payeeId: "${payee.globalId}", currencyCode: "CNY",
          idempotencyKey: "race-${payee.id}" }) { userErrors { __typename } } }`,
      );
    await Promise.all([run(), ask(), run()]);
    expect(await grosses(payee.id)).toEqual([1_000n]);
  });

  it('pays nothing by itself where there is none', async () => {
    await scene.policy({ payoutSchedule: 'NONE' });
    await scene.payee(1_000n);
    expect(await run()).toBe(0);
  });
});
