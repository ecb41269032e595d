import { expect, it } from 'vitest';
import {
  type PayoutProvider,
  requestPayout,
  sendPayouts,
  setMethod,
} from '../../src/features/payout/index.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import {
  alliance,
  callers,
  clock,
  creatorId,
  DUE_AT,
  later,
  lineUpTo,
  type MadeLine,
  openScene,
  settle,
  world,
} from '../settlement/scene.ts';

openScene();

const providerThat = (said: 'CONFIRMED' | 'FAILED'): PayoutProvider => ({
  send: async () => ({ said }),
  poll: async () => ({ said }),
});

/** Pays a part of the balance out, which arrives or fails at once. */
async function payOut(amountMinor: bigint, said: 'CONFIRMED' | 'FAILED', at: Date): Promise<void> {
  clock.set(at);
  await world.tx((tx) => requestPayout(tx, { payeeId: creatorId, currency: 'CNY', amountMinor }, at));
  await sendPayouts(alliance.database, providerThat(said), at);
}

async function payoutsOf(caller: Caller, { globalId: id }: MadeLine): Promise<Json> {
  const document = `query ($id: ID!) { orderLine(id: $id) { commissionExplanation { settlement { shares {
    role payouts { state gross { minorUnits } } } } } } }`;
  const { data, errors } = await caller.query(document, { id });
  expect(errors).toBeUndefined();
  const { shares } = data.orderLine.commissionExplanation.settlement;
  const { payouts } = shares.find(({ role }: Json) => role === 'CREATOR');
  return payouts.map(({ state, gross }: Json) => `${state} ${gross.minorUnits}`);
}

it('the proof of a line goes on to the payouts that have paid it, first in, first out', async () => {
  const wallet = {
    partyId: creatorId,
    kind: 'PROVIDER',
    holder: 'Li',
    country: 'CN',
    accountNumber: 'wallet-1',
  } as const;
  await world.tx((tx) => setMethod(tx, wallet, DUE_AT));
  const first = await lineUpTo('RECEIVED');
  await settle(DUE_AT);
  const second = await lineUpTo('RECEIVED');
  await settle(later(DUE_AT, 1));
  expect(await payoutsOf(callers.creator, first)).toEqual([]);
  await payOut(1000n, 'CONFIRMED', later(DUE_AT, 2));
  expect(await payoutsOf(callers.creator, first)).toEqual(['CONFIRMED 1000']);
  expect(await payoutsOf(callers.creator, second)).toEqual([]);
  // The rest of the first and a part of the second; it fails, and its money comes in again behind all else.
  await payOut(600n, 'FAILED', later(DUE_AT, 3));
  await payOut(1280n, 'CONFIRMED', later(DUE_AT, 4));
  expect(await payoutsOf(callers.creator, second)).toEqual(['FAILED 600', 'CONFIRMED 1280']);
  await payOut(600n, 'CONFIRMED', later(DUE_AT, 5));
  expect(await payoutsOf(callers.creator, first)).toEqual(['CONFIRMED 1000', 'FAILED 600', 'CONFIRMED 600']);
  expect(await payoutsOf(callers.operator, first)).toHaveLength(3);
  for (const caller of [callers.agency, callers.brand]) expect(await payoutsOf(caller, first)).toEqual([]);
});
