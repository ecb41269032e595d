import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROTECTION_KINDS } from '../../src/features/product/index.ts';
import { mostOf, partsOf } from '../../src/features/trust/claim-amounts.ts';
import { protectionsOf } from '../../src/features/trust/line-protections.ts';
import { componentsOf, SCORE_WEIGHTS, type ScoreFigures, scoreOf } from '../../src/features/trust/score.ts';
import type { TrustRules } from '../../src/features/trust/trust-policy.ts';
import { admissionRules, allHold, cardRules } from '../../src/features/trust/trust-rule.ts';
import { minOf } from '../../src/kernel/money.ts';

const DAY_MS = 86_400_000;
const RULES: TrustRules = {
  scoreWindowDays: 90,
  admissionScore: 80,
  expulsionScore: 60,
  admissionLines: 20,
  restrictionScore: 40,
  restrictionLines: 20,
  readmissionDays: 30,
  refundDays: 7,
  freightDays: 30,
  fakeDays: 90,
  authenticityDays: 90,
  freightCapMinor: 2500n,
  cardOrders: 10,
  cardDismissed: 1,
  cardExtraDays: 7,
  authenticatedCategoryIds: [],
  warrantyCategoryIds: [],
};
const NOTHING: ScoreFigures = { placed: 0, received: 0, upheld: 0, returned: 0, cancelled: 0 };

const kinds = fc.constantFrom('BRAND' as const, 'CREATOR' as const);
const figures = fc
  .record({
    placed: fc.nat(1_000_000),
    received: fc.nat(1_000_000),
    upheld: fc.nat(2_000_000),
    returned: fc.nat(1_000_000),
    cancelled: fc.nat(1_000_000),
  })
  .map((some) => {
    const received = Math.min(some.received, some.placed);
    const cancelled = Math.min(some.cancelled, some.placed - received);
    return { ...some, received, returned: Math.min(some.returned, received), cancelled };
  });

describe('a score', () => {
  it('is a whole number from 0 to 100, and 100 with the effects of its components', () => {
    fc.assert(
      fc.property(kinds, figures, (kind, counted) => {
        const score = scoreOf(kind, counted);
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        const effects = componentsOf(kind, counted).map(({ effect }) => effect);
        expect(100 + effects.reduce((sum, effect) => sum + effect, 0)).toBe(score);
      }),
    );
  });

  it('never rises with a claim, a return or a cancellation more', () => {
    const worse = fc.constantFrom('upheld' as const, 'returned' as const, 'cancelled' as const);
    fc.assert(
      fc.property(kinds, figures, worse, (kind, counted, name) => {
        const more = { ...counted, [name]: counted[name] + 1 };
        expect(scoreOf(kind, more)).toBeLessThanOrEqual(scoreOf(kind, counted));
      }),
    );
  });

  it('has weights that come to 100', () => {
    for (const weights of Object.values(SCORE_WEIGHTS)) {
      const all = Object.values(weights).map(({ weight }) => weight);
      expect(all.reduce((sum, weight) => sum + weight, 0)).toBe(100);
    }
  });

  it.each([
    ['nothing at all', 'BRAND', NOTHING, 100],
    ['a claim in 100 lines: 1 % of 5 % of 50', 'BRAND', { placed: 100, received: 100, upheld: 1 }, 90],
    ['claims on 5 % of the lines', 'BRAND', { placed: 100, received: 100, upheld: 5 }, 50],
    ['everything wrong', 'BRAND', { placed: 100, received: 50, upheld: 50, returned: 50, cancelled: 50 }, 0],
    ['one return among three lines, counted as 20', 'BRAND', { placed: 3, received: 3, returned: 1 }, 97],
    [
      "cancellations, which are not the creator's",
      'CREATOR',
      { placed: 100, received: 50, cancelled: 50 },
      100,
    ],
    ['a tenth returned', 'CREATOR', { placed: 100, received: 100, returned: 10 }, 90],
  ] as const)('of %s', (_what, kind, some, score) => {
    expect(scoreOf(kind, { ...NOTHING, ...some })).toBe(score);
  });
});

describe('the parts of what is upheld', () => {
  const amounts = fc.bigInt({ min: 1n, max: 10n ** 15n });
  it('come to the amount, and never to more for goods than was paid', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PROTECTION_KINDS), amounts, amounts, (kind, goodsPaidMinor, amount) => {
        const most = mostOf(kind, { goodsPaidMinor, freightCapMinor: 2500n });
        const upheld = minOf(amount, most);
        const { goodsMinor, compensationMinor } = partsOf(kind, upheld, { goodsPaidMinor });
        expect(goodsMinor + compensationMinor).toBe(upheld);
        expect(goodsMinor >= 0n && compensationMinor >= 0n && goodsMinor <= goodsPaidMinor).toBe(true);
        if (kind === 'RETURN_FREIGHT') expect(goodsMinor).toBe(0n);
        else if (kind !== 'TENFOLD_IF_FAKE') expect(compensationMinor).toBe(0n);
        else expect(compensationMinor <= 10n * goodsPaidMinor).toBe(true);
      }),
    );
  });
});

describe('the protections of a line', () => {
  const receivedAt = new Date('2026-06-16T12:00:00Z');
  const base = { isMember: true, kinds: PROTECTION_KINDS, holdsCard: false, receivedAt };

  it('are what the product carried, each with its own days', () => {
    expect(protectionsOf(base, RULES).map(({ kind, days }) => [kind, days])).toEqual([
      ['REFUND_WITHOUT_RETURN', 7],
      ['RETURN_FREIGHT', 30],
      ['TENFOLD_IF_FAKE', 90],
      ['AUTHENTICATED', 90],
      ['WARRANTY_180_DAYS', 180],
    ]);
  });

  it('are none outside of Trust Buy, also with a card', () => {
    expect(protectionsOf({ ...base, isMember: false, holdsCard: true }, RULES)).toEqual([]);
  });

  it('are never narrowed by a card, and widened by exactly its days', () => {
    const subsets = fc.subarray([...PROTECTION_KINDS]);
    fc.assert(
      fc.property(subsets, fc.nat(365), (carried, cardExtraDays) => {
        const rules = { ...RULES, cardExtraDays };
        const without = protectionsOf({ ...base, kinds: carried }, rules);
        const withCard = protectionsOf({ ...base, kinds: carried, holdsCard: true }, rules);
        for (const { kind, days, claimableUntil } of without) {
          const wider = withCard.find((protection) => protection.kind === kind);
          expect(wider?.days).toBe(days + cardExtraDays);
          expect(wider?.claimableUntil?.getTime()).toBe(
            (claimableUntil?.getTime() ?? 0) + cardExtraDays * DAY_MS,
          );
        }
        const added = withCard.filter(({ by }) => by === 'TRUST_CARD').map(({ kind }) => kind);
        expect(added).toEqual(carried.includes('RETURN_FREIGHT') ? [] : ['RETURN_FREIGHT']);
      }),
    );
  });

  it('have no end before the goods are received', () => {
    expect(protectionsOf({ ...base, receivedAt: null }, RULES)[0]?.claimableUntil).toBeNull();
  });
});

describe('the rules of admission and of the card', () => {
  const now = new Date('2026-06-16T12:00:00Z');
  const good = { score: 80, received: 20, restricted: false, expelledAt: null };
  const failing = (applicant: object) =>
    admissionRules({ ...good, ...applicant }, RULES, now).flatMap(({ rule, holds }) => (holds ? [] : [rule]));

  it('hold at their edges, and each fails by itself', () => {
    expect(allHold(admissionRules(good, RULES, now))).toBe(true);
    expect(failing({ score: 79 })).toEqual(['SHOP_SCORE']);
    expect(failing({ received: 19 })).toEqual(['LINES_RECEIVED']);
    expect(failing({ restricted: true })).toEqual(['NOT_RESTRICTED']);
    expect(failing({ expelledAt: new Date(now.getTime() - 30 * DAY_MS + 1) })).toEqual([
      'WAITED_AFTER_EXPULSION',
    ]);
    expect(failing({ expelledAt: new Date(now.getTime() - 30 * DAY_MS) })).toEqual([]);
    expect(failing({ score: null, received: null })).toEqual(['SHOP_SCORE', 'LINES_RECEIVED']);
    expect(allHold(cardRules({ completed: 10, dismissed: 1 }, RULES))).toBe(true);
    expect(allHold(cardRules({ completed: 9, dismissed: 1 }, RULES))).toBe(false);
    expect(allHold(cardRules({ completed: 10, dismissed: 2 }, RULES))).toBe(false);
  });
});
