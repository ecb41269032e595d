import { expect, it } from 'vitest';
import { chargeBoosts } from '../../src/features/boost/index.ts';
import { idOfType } from '../../src/kernel/ids.ts';
import { said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  alliance,
  balance,
  buy,
  callers,
  charge,
  clock,
  ESCROW,
  move,
  openBoosts,
  problems,
  product,
  report,
  seen,
  wish,
} from './boost-scene.ts';

openBoosts();

const ORDERS = 200;

it('200 reports at once spend a budget to the last unit, and never beyond', async () => {
  const { result } = await buy(callers.brand, wish({ budgetMinor: '50003' }));
  // 200 charges of 501 each would be 100,200: the budget pays for 99 of them and a part of the next.
  const one = (i: number) => charge(result.id, `order ${i}`, { exposures: 501 });
  const answers = await Promise.all(Array.from({ length: ORDERS }, (_, i) => report([one(i)])));
  const outcomes = answers.flat();
  expect(outcomes.filter((outcome) => outcome === 'CHARGED 501')).toHaveLength(99);
  expect(outcomes.filter((outcome) => outcome === `CUT_TO_BUDGET ${50_003 - 99 * 501}`)).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'NOT_RUNNING 0')).toHaveLength(100);
  expect(await seen(callers.brand, result.id)).toMatchObject({
    state: 'ENDED',
    endedBecause: 'BUDGET_SPENT',
    spent: { minorUnits: '50003' },
  });
  const { brandId } = product;
  expect([await balance(brandId, 'ESCROW'), await balance(brandId, 'BOOST')]).toEqual([ESCROW - 50_003n, 0n]);
  expect(await problems()).toEqual([]);
}, 60_000);

it('200 reports at once that the budget pays for are all charged, each once, also when each comes twice', async () => {
  const { result } = await buy(callers.brand, wish({ budgetMinor: '50000' }));
  const id = idOfType(result.id, 'Boost') ?? '';
  const report = (i: number) => {
    const one = {
      boostId: id,
      eventId: `order ${i}`,
      exposures: 250,
      priceMinor: 1000n,
      shownAt: clock.now(),
    };
    return alliance.database.transaction((tx) => chargeBoosts(tx, [one], clock.now()));
  };
  const twice = Array.from({ length: 2 * ORDERS }, (_, i) => report(i % ORDERS));
  const outcomes = (await Promise.all(twice)).flat().map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'CHARGED')).toHaveLength(ORDERS);
  expect(outcomes.filter((outcome) => outcome === 'REPEATED')).toHaveLength(ORDERS);
  expect(await seen(callers.brand, result.id)).toMatchObject({
    state: 'ENDED',
    spent: { minorUnits: '50000' },
  });
  expect(await problems()).toEqual([]);
}, 60_000);

it('one escrow pays for so many boosts as it has money for, and one product has one', async () => {
  const wishes = Array.from({ length: 6 }, () => buy(callers.brand, wish({ budgetMinor: '60000' })));
  const answers = (await Promise.all(wishes)).map(said);
  expect(answers.filter((answer) => answer === 'DONE')).toHaveLength(1);
  expect(await balance(product.brandId, 'ESCROW')).toBe(ESCROW - 60_000n);
  expect(await problems()).toEqual([]);
});

it('a boost ends once, however many end it', async () => {
  const { result } = await buy(callers.brand, wish({ budgetMinor: '1000' }));
  const [reported, ...stopped] = await Promise.all([
    report([charge(result.id, 'all of it')]),
    ...Array.from({ length: 4 }, () => move(callers.brand, 'Stop', result.id)),
  ]);
  const ended = [...(reported as string[]), ...stopped.map((answer) => said(answer as never))];
  const done = ended.filter((answer) => answer === 'DONE' || answer === 'CHARGED 1000');
  expect(done).toHaveLength(1);
  const { spent }: Json = await seen(callers.brand, result.id);
  const expected = done[0] === 'DONE' ? ESCROW : ESCROW - 1_000n;
  expect([spent.minorUnits, await balance(product.brandId, 'ESCROW')]).toEqual([
    done[0] === 'DONE' ? '0' : '1000',
    expected,
  ]);
});
