import { afterEach, describe, expect, it } from 'vitest';
import { requestPayout, setMethod } from '../../src/features/payout/index.ts';
import { act } from '../api/act.ts';
import {
  alliance,
  callers,
  clock,
  DUE_AT,
  expectSound,
  later,
  lineUpTo,
  type MadeLine,
  money,
  nets,
  opened,
  openTrust,
  parties,
  refund,
  settle,
  uphold,
  world,
} from './trust-scene.ts';

openTrust();
afterEach(expectSound);

const WHOLE = { CREATOR: 1440n, MCN: 360n, RECRUITER: 270n, TECHNICAL_FEE: 230n };
/** After 33.33 of 100.00 the base is 66.67: of 13.33 the fee is 1.33, 2.40 the MCN's; of 2.00 the fee is 0.20. */
const TWO_THIRDS = { CREATOR: 960n, MCN: 240n, RECRUITER: 180n, TECHNICAL_FEE: 153n };
const NOTHING = { CREATOR: 0n, MCN: 0n, RECRUITER: 0n, TECHNICAL_FEE: 0n };
const WHOLE_CLAIM = { amountMinor: '10000' };
const PART_CLAIM = { amountMinor: '3333' };

type Money = Awaited<ReturnType<typeof money>>;
/** What has moved since; the fees of other tests are in the same account. */
async function moved<Result>(work: () => Promise<Result>): Promise<Money> {
  const before = await money();
  await work();
  const after = await money();
  const names = Object.keys(before) as (keyof Money)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Money;
}

const UNMOVED: Money = { brand: 0n, creator: 0n, creatorOwes: 0n, mcn: 0n, recruiter: 0n, fee: 0n };
const SETTLED: Money = {
  ...UNMOVED,
  brand: -2300n,
  creator: 1440n,
  mcn: 360n,
  recruiter: 270n,
  fee: 230n,
};
const negative = (of: Money): Money =>
  Object.fromEntries(Object.entries(of).map(([name, minor]) => [name, -minor])) as unknown as Money;

const settledLine = async (): Promise<MadeLine> => {
  const line = await lineUpTo('RECEIVED');
  expect(await moved(() => settle(DUE_AT))).toEqual(SETTLED);
  clock.set(new Date(DUE_AT.getTime() - 3_600_000));
  return line;
};

describe('a claim upheld before settlement', () => {
  it('in whole takes all commission away, and the line settles to nothing', async () => {
    const line = await lineUpTo('RECEIVED');
    expect(await nets(line)).toEqual(WHOLE);
    const claim = await uphold(line, WHOLE_CLAIM);
    expect(claim).toMatchObject({
      state: 'UPHELD',
      payer: 'BRAND',
      decidedBy: 'OPERATOR',
      refundedForGoods: { minorUnits: '10000' },
      compensation: { minorUnits: '0' },
    });
    expect(await nets(line)).toEqual(NOTHING);
    expect(await moved(() => settle(DUE_AT))).toEqual(UNMOVED);
  });

  it('in part leaves each their part of the base that is left', async () => {
    const line = await lineUpTo('RECEIVED');
    await uphold(line, PART_CLAIM);
    expect(await nets(line)).toEqual(TWO_THIRDS);
    expect(await moved(() => settle(DUE_AT))).toEqual({
      ...UNMOVED,
      brand: -1533n,
      creator: 960n,
      mcn: 240n,
      recruiter: 180n,
      fee: 153n,
    });
  });

  it('of which only a part was upheld moves that part', async () => {
    const line = await lineUpTo('RECEIVED');
    await uphold(line, WHOLE_CLAIM, { upheldMinor: '3333' });
    expect(await nets(line)).toEqual(TWO_THIRDS);
    expect(await settle(DUE_AT)).toMatchObject({ lines: 1 });
  });

  it('keeps the line from being settled until it is decided, whatever the date', async () => {
    const line = await lineUpTo('RECEIVED');
    const claimId = await opened(line);
    expect(await settle(later(DUE_AT, 100))).toMatchObject({ lines: 0 });
    const { userErrors } = await act(callers.operator, 'trustClaimDecide', {
      claimId,
      outcome: 'DISMISSED',
      note: 'Nothing to be seen',
    });
    expect(userErrors).toEqual([]);
    expect(await nets(line)).toEqual(WHOLE);
    expect(await moved(() => settle(later(DUE_AT, 100)))).toEqual(SETTLED);
  });
});

describe('a claim upheld after settlement', () => {
  it('in whole takes everything back, to the unit', async () => {
    const line = await settledLine();
    clock.set(DUE_AT);
    const back = await moved(() => uphold(line, { kind: 'TENFOLD_IF_FAKE', amountMinor: '10000' }));
    expect(back).toEqual(negative(SETTLED));
    expect(await nets(line)).toEqual(NOTHING);
  });

  it('in part takes back the difference to what is due now', async () => {
    const line = await settledLine();
    const back = await moved(() => uphold(line, PART_CLAIM));
    const due = { creator: 960n - 1440n, mcn: 240n - 360n, recruiter: 180n - 270n, fee: 153n - 230n };
    expect(back).toEqual({ ...UNMOVED, ...due, brand: 2300n - 1533n });
    expect(await nets(line)).toEqual(TWO_THIRDS);
  });

  it('moves what a refund of so much moves', async () => {
    const [claimed, refunded] = [await lineUpTo('RECEIVED'), await lineUpTo('RECEIVED')];
    await settle(DUE_AT);
    clock.set(new Date(DUE_AT.getTime() - 1000));
    const byClaim = await moved(() => uphold(claimed, { amountMinor: '4711' }));
    const byRefund = await moved(() => refund(refunded, 4711n));
    expect(byClaim).toEqual(byRefund);
    expect(byClaim.brand).toBeGreaterThan(0n);
  });

  it('after a payout leaves the payee owing it, and coming earnings pay it off', async () => {
    const line = await settledLine();
    const account = { kind: 'BANK', holder: 'Creator', country: 'CN' } as const;
    const number = { accountNumber: '6222020200112233', clearingCode: '102100099996' };
    const { creator: payeeId } = parties;
    await world.tx((tx) => setMethod(tx, { partyId: payeeId, ...account, ...number }, clock.now()));
    const wish = { payeeId, currency: 'CNY', amountMinor: 1000n };
    expect(await moved(() => world.tx((tx) => requestPayout(tx, wish, clock.now())))).toEqual({
      ...UNMOVED,
      creator: -1000n,
    });
    const back = await moved(() => uphold(line, WHOLE_CLAIM));
    // 4.40 were left and are taken; 10.00 wait. The brand has all of it back at once.
    expect(back).toEqual({ ...negative(SETTLED), creator: -440n, creatorOwes: -1000n });
    await lineUpTo('RECEIVED');
    const next = await moved(() => settle(later(DUE_AT, 1)));
    expect(next).toEqual({ ...SETTLED, creator: 440n, creatorOwes: 1000n });
  });
});

describe('what a claim is for', () => {
  it('tenfold for a fake refunds the price, and the rest is between the payer and the buyer', async () => {
    const line = await settledLine();
    const tenfold = { kind: 'TENFOLD_IF_FAKE', amountMinor: '110000' };
    let claim: Awaited<ReturnType<typeof uphold>>;
    const back = await moved(async () => {
      claim = await uphold(line, tenfold, { payer: 'ALLIANCE' });
    });
    expect(back).toEqual(negative(SETTLED));
    expect(claim).toMatchObject({
      payer: 'ALLIANCE',
      refundedForGoods: { minorUnits: '10000' },
      compensation: { minorUnits: '100000' },
    });
  });

  it('the freight of a return moves no commission: freight was never in the base', async () => {
    const line = await settledLine();
    let claim: Awaited<ReturnType<typeof uphold>>;
    const back = await moved(async () => {
      claim = await uphold(line, { kind: 'RETURN_FREIGHT', amountMinor: '1200' });
    });
    expect(back).toEqual(UNMOVED);
    expect(claim).toMatchObject({ compensation: { minorUnits: '1200' }, refundEventId: null });
    expect(await nets(line)).toEqual(WHOLE);
  });

  it('what was refunded before is not taken back twice', async () => {
    const line = await settledLine();
    await refund(line, 6000n);
    await uphold(line, WHOLE_CLAIM);
    expect(await nets(line)).toEqual(NOTHING);
    expect(await money()).toMatchObject({ brand: 0n, creator: 0n, creatorOwes: 0n, mcn: 0n, recruiter: 0n });
  });

  it('a shop that reports the refund of a claim again, under the id that the claim names, moves nothing', async () => {
    const line = await settledLine();
    const { refundEventId } = await uphold(line, PART_CLAIM);
    const again = await moved(async () => {
      expect(await refund(line, 3333n, refundEventId)).toEqual([{ status: 'DUPLICATE' }]);
      expect(await refund(line, 3334n, refundEventId)).toMatchObject([
        { status: 'REJECTED', problem: { code: 'EVENT_ID_REUSED' } },
      ]);
    });
    expect(again).toEqual(UNMOVED);
    const page = await callers.creator.query(
      `query ($id: ID!) { orderLine(id: $id) { refunded { minorUnits }
        commissionExplanation { steps { kind refunded { minorUnits } } } } }`,
      { id: line.globalId },
    );
    expect(page.data.orderLine.refunded).toEqual({ minorUnits: '3333' });
    expect(page.data.orderLine.commissionExplanation.steps).toMatchObject([
      { kind: 'ACCRUAL' },
      { kind: 'REFUND', refunded: { minorUnits: '3333' } },
    ]);
    expect(alliance.log.join('')).not.toContain('Rotten on arrival');
  });
});
