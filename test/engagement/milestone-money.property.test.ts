import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf, type MoneyEntry } from '../../src/features/engagement/milestone-money.ts';
import {
  engagementStateOf,
  MILESTONE_MACHINE,
  MILESTONE_STATES,
  type MilestoneState,
} from '../../src/features/engagement/milestone-state.ts';
import { sumOf } from '../../src/kernel/money.ts';

/** A life of a milestone: at each state one of the moves that it has, as long as there are some. */
const lifeArbitrary = fc.record({
  priceMinor: fc.bigInt(1n, 1_000_000_000_000_000n),
  perMille: fc.bigInt(0n, 1000n),
  turns: fc.array(fc.nat(10), { maxLength: 30 }),
});

describe('the money of a milestone', () => {
  it('is held, released and returned so that it adds up after every move of every life', () => {
    const run = fc.property(lifeArbitrary, ({ priceMinor, perMille, turns }) => {
      const toProviderMinor = (priceMinor * perMille) / 1000n;
      const entries: MoneyEntry[] = [];
      let state: MilestoneState = 'OFFERED';
      for (const turn of turns) {
        const moves: readonly MilestoneState[] = MILESTONE_MACHINE[state];
        const to = moves[turn % Math.max(moves.length, 1)];
        if (to === undefined) break;
        entries.push(...entriesOf({ state, priceMinor, toProviderMinor }, to));
        state = to;
        check(entries, state, priceMinor);
      }
    });
    fc.assert(run, { numRuns: 2000 });
  });
});

function check(entries: readonly MoneyEntry[], state: MilestoneState, priceMinor: bigint): void {
  const of = (kind: MoneyEntry['kind']) =>
    sumOf(entries.filter((entry) => entry.kind === kind).map(({ amountMinor }) => amountMinor));
  const still = entries.at(-1)?.heldAfterMinor ?? 0n;
  expect(of('HELD')).toBe(of('RELEASED') + of('RETURNED') + still);
  expect(entries.map(({ no }) => no)).toEqual(entries.map((_, i) => i + 1));
  expect(entries.every(({ amountMinor, heldAfterMinor }) => amountMinor > 0n && heldAfterMinor >= 0n)).toBe(
    true,
  );
  for (const [i, entry] of entries.entries()) {
    expect(entry.heldBeforeMinor).toBe(entries[i - 1]?.heldAfterMinor ?? 0n);
  }
  const held = ['ACCEPTED', 'DELIVERED', 'DISPUTED'].includes(state) ? priceMinor : 0n;
  expect(still).toBe(held);
}

describe('the state of an engagement', () => {
  it.each<[MilestoneState[], string]>([
    [['OFFERED', 'OFFERED'], 'OFFERED'],
    [['DECLINED'], 'DECLINED'],
    [['WITHDRAWN'], 'WITHDRAWN'],
    [['LAPSED'], 'LAPSED'],
    [['ACCEPTED', 'ACCEPTED_BY_BRAND'], 'RUNNING'],
    [['DELIVERED', 'CANCELLED'], 'RUNNING'],
    [['ACCEPTED', 'DISPUTED', 'PAID'], 'DISPUTED'],
    [['ACCEPTED_BY_BRAND', 'CANCELLED'], 'COMPLETED'],
    [['RESOLVED'], 'COMPLETED'],
    [['PAID', 'PAID'], 'COMPLETED'],
    [['CANCELLED', 'CANCELLED'], 'CANCELLED'],
  ])('of %j is %s', (milestones, state) => expect(engagementStateOf(milestones)).toBe(state));

  it('is known for every state of a single milestone', () => {
    for (const state of MILESTONE_STATES) expect(engagementStateOf([state])).toMatch(/^[A-Z]+$/);
  });
});
