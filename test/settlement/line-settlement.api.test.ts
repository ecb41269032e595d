import { describe, expect, it } from 'vitest';
import type { Caller, Json } from '../kit/alliance.ts';
import { PLACED_AT } from '../kit/world.ts';
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
  refund,
  settle,
  spend,
} from './scene.ts';

openScene();

const LINE = /* GraphQL */ `
  query ($id: ID!) {
    orderLine(id: $id) {
      settlement {
        holdingDays expectedAt settledAt delayedBy
        shares { role settled { minorUnits } changedSince { minorUnits } net { minorUnits currencyCode } payee { name } }
        clawbacks {
          state amount { minorUnits } taken { minorUnits } offset { minorUnits } closedAt payee { name } brand { name }
          orderLine { orderNo } recoveries { kind amount { minorUnits } }
        }
      }
      commissionExplanation { steps { kind } settlement { settledAt } }
    }
  }
`;

async function told(caller: Caller, line: MadeLine): Promise<Json> {
  const { data, errors } = await caller.query(LINE, { id: line.globalId });
  expect(errors).toBeUndefined();
  return data.orderLine.settlement;
}

const nets = ({ shares }: Json) =>
  Object.fromEntries(shares.map(({ role, net }: Json) => [role, net.minorUnits]));

describe('what a line waits for', () => {
  it.each([
    ['PLACED', ['NOT_PAID', 'NOT_RECEIVED'], null],
    ['PAID', ['NOT_RECEIVED'], null],
    ['SHIPPED', ['NOT_RECEIVED'], null],
    ['RECEIVED', ['HOLDING'], DUE_AT.toISOString()],
  ] as const)('when it is %s', async (last, delayedBy, expectedAt) => {
    const line = await lineUpTo(last);
    expect(await told(callers.creator, line)).toEqual({
      holdingDays: 7,
      expectedAt,
      settledAt: null,
      delayedBy,
      shares: [],
      clawbacks: [],
    });
  });

  it('when nobody is credited, and when the days are over', async () => {
    const [nobody, due] = [await lineUpTo('RECEIVED', false), await lineUpTo('RECEIVED')];
    clock.set(DUE_AT);
    expect(await told(callers.brand, nobody)).toMatchObject({
      delayedBy: ['NOT_ATTRIBUTED'],
      expectedAt: null,
    });
    expect(await told(callers.brand, due)).toMatchObject({ delayedBy: ['AWAITING_RUN'] });
    await settle(DUE_AT);
    expect(await told(callers.brand, due)).toMatchObject({ delayedBy: [], settledAt: DUE_AT.toISOString() });
  });
});

it('each payee is told its own settled share, the brand and operators all, a stranger nothing', async () => {
  const line = await lineUpTo('RECEIVED');
  await refund(line, 5000n, later(PLACED_AT, 1));
  await settle(DUE_AT);
  const all = { CREATOR: '720', TECHNICAL_FEE: '100', MCN: '180' };
  expect(nets(await told(callers.brand, line))).toEqual(all);
  expect(nets(await told(callers.operator, line))).toEqual(all);
  expect(nets(await told(callers.creator, line))).toEqual({ CREATOR: '720' });
  expect(nets(await told(callers.agency, line))).toEqual({ CREATOR: '720', MCN: '180' });
  const { data, errors } = await callers.stranger.query(LINE, { id: line.globalId });
  expect([data.orderLine, errors?.[0]?.extensions.code]).toEqual([null, 'NOT_FOUND']);
});

it('the proof goes on through the clawback and what it was taken from', async () => {
  const line = await lineUpTo('RECEIVED');
  await settle(DUE_AT);
  await spend(creatorId, 40n);
  await refund(line, 10_000n, later(DUE_AT, 1));
  const after = await told(callers.brand, line);
  expect(nets(after)).toEqual({ CREATOR: '0', TECHNICAL_FEE: '0', MCN: '0' });
  expect(after.shares[0]).toMatchObject({
    settled: { minorUnits: '1440' },
    changedSince: { minorUnits: '-1440' },
  });
  const amount = (minorUnits: string) => ({ minorUnits });
  const own = await told(callers.creator, line);
  expect(own.clawbacks).toEqual([
    {
      state: 'WAITING',
      amount: amount('1440'),
      taken: amount('40'),
      offset: amount('0'),
      closedAt: null,
      payee: expect.anything(),
      brand: expect.anything(),
      orderLine: { orderNo: line.orderNo },
      recoveries: [{ kind: 'TAKEN', amount: amount('40') }],
    },
  ]);
  expect(after.clawbacks).toHaveLength(2);
  await lineUpTo('RECEIVED');
  await settle(later(DUE_AT, 2));
  const [paidBack] = (await told(callers.creator, line)).clawbacks;
  expect(paidBack).toMatchObject({
    state: 'OFFSET',
    offset: amount('1400'),
    closedAt: later(DUE_AT, 2).toISOString(),
  });
  expect(paidBack.recoveries).toEqual([
    { kind: 'TAKEN', amount: amount('40') },
    { kind: 'OFFSET', amount: amount('1400') },
  ]);
  expect(alliance.log.join('')).not.toContain('"level":50');
});
