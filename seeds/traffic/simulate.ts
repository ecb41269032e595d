import { allotExposure, type Work } from '../../src/features/traffic/allot-exposure.ts';
import { commonRate, estimatedRate, nextTier, type Shown } from '../../src/features/traffic/exposure-tier.ts';
import { giniBp } from '../../src/features/traffic/gini.ts';
import { ofTenThousand, partBp } from '../../src/features/traffic/parts.ts';
import type { TrafficRules } from '../../src/features/traffic/traffic-rules.ts';
import type { OnProgress } from '../../src/kernel/progress.ts';
import { createRandom, seedOf } from '../random.ts';
import { convert, createWorld, type LivingWork, rateNow } from './world.ts';

export interface SimulationOptions {
  readonly works: number;
  readonly days: number;
  readonly seed: number;
  readonly rules: TrafficRules;
  readonly onProgress?: OnProgress;
}

/** What a day, or all of them, came to. */
export interface Figures {
  readonly exposures: number;
  readonly conversions: number;
  /** Of the exposures of the works that were there. */
  readonly giniBp: number;
  /** The part of the exposures that went to members that are not HEAD. */
  readonly nonHeadShareBp: number;
}

export interface DayFigures extends Figures {
  readonly day: number;
  readonly works: number;
}

/** A world lived through under one way of allotting. */
export interface Life {
  readonly days: readonly DayFigures[];
  /** Over all days. */
  readonly total: Figures;
}

export interface Simulation {
  readonly inclusive: Life;
  /** The same world, its exposures all given to what is estimated to convert best. */
  readonly greedy: Life;
  /** The conversions of the inclusive life as part of those of the greedy one. */
  readonly conversionsBp: number;
  /** The same world again, allotted greedily by one who knows what each work converts, as nobody can. */
  readonly allKnowing: Life;
}

/** How many exposures a day has for each work of the world. */
const EXPOSURES_PER_WORK = 200;
/** What a day counts for, one day later: older days are forgotten little by little. */
const KEPT_BP = 8_000;

interface LivedWork extends Shown {
  readonly work: LivingWork;
}

type Allot = (lived: readonly LivedWork[], capacity: number, rules: TrafficRules) => readonly number[];

/** Lives through a world twice, with the same works and the same number of exposures, and compares. */
export function simulateTraffic(options: SimulationOptions): Simulation {
  const { works, days, seed, onProgress } = options;
  const world = createWorld(works, days, seed);
  const step = (step: string) => (done: number) => onProgress?.({ step, done, total: days });
  const inclusive = live(world, options, allotInclusively, step('Living inclusively'));
  const greedy = live(world, options, allotGreedily, step('Living greedily'));
  const conversionsBp = partBp(inclusive.total.conversions, greedy.total.conversions);
  const allKnowing = live(world, options, allotByTruth, step('Living with all known'));
  return { inclusive, greedy, conversionsBp, allKnowing };
}

const allotInclusively: Allot = (lived, capacity, rules) => allotExposure(toWorks(lived), capacity, rules);

const allotGreedily: Allot = (lived, capacity) => bestFirst(toWorks(lived), capacity);

const allotByTruth: Allot = (lived, capacity) =>
  bestFirst(
    lived.map(({ work, shown }) => ({ reach: work.reach, rate: rateNow(work, shown) })),
    capacity,
  );

/** Whoever converts best has all that it can take, then the next. */
function bestFirst(works: readonly Pick<Work, 'rate' | 'reach'>[], capacity: number): number[] {
  const given = works.map(() => 0);
  let left = capacity;
  for (const index of works.map((_, i) => i).sort((a, b) => works[b]!.rate - works[a]!.rate || a - b)) {
    given[index] = Math.min(left, works[index]!.reach);
    left -= given[index]!;
  }
  return given;
}

function toWorks(lived: readonly LivedWork[]): Work[] {
  const common = commonRate(lived);
  return lived.map(({ work: { head, trustBuy, reach }, ...shown }) => ({
    tier: shown.tier,
    shown: shown.shown,
    rate: estimatedRate(shown, common),
    head,
    trustBuy,
    reach,
  }));
}

function live(
  world: readonly LivingWork[],
  { days, seed, rules }: SimulationOptions,
  allot: Allot,
  onDay: (done: number) => void,
): Life {
  const random = createRandom(seedOf(`traffic/${seed}/luck`));
  const capacity = world.length * EXPOSURES_PER_WORK;
  let lived: LivedWork[] = world.map((work) => ({
    work,
    tier: 0,
    shown: 0,
    recentShown: 0,
    recentConversions: 0,
  }));
  const figures: DayFigures[] = [];
  for (let day = 0; day < days; day++) {
    const there = lived.filter(({ work }) => work.bornOn <= day);
    const given = allot(there, capacity, rules);
    const sold = there.map(({ work, shown }, i) => convert(work, shown, given[i]!, random));
    figures.push({ day: day + 1, works: there.length, ...figuresOf(there, given, sold) });
    const after = new Map(there.map((one, i) => [one.work, age(one, given[i]!, sold[i]!)]));
    lived = lived.map((one) => after.get(one.work) ?? one);
    const common = commonRate(after.values());
    lived = lived.map((one) =>
      one.work.bornOn <= day ? { ...one, tier: nextTier(one, common, rules).tier } : one,
    );
    onDay(day + 1);
  }
  const conversions = figures.reduce((sum, day) => sum + day.conversions, 0);
  const total = figuresOf(
    lived,
    lived.map(({ shown }) => shown),
    [],
  );
  return { days: figures, total: { ...total, conversions } };
}

function figuresOf(works: readonly LivedWork[], given: readonly number[], sold: readonly number[]): Figures {
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const exposures = sum(given);
  return {
    exposures,
    conversions: sum(sold),
    giniBp: giniBp(given),
    nonHeadShareBp: partBp(sum(given.filter((_, i) => !works[i]!.work.head)), exposures),
  };
}

const age = (one: LivedWork, exposures: number, conversions: number): LivedWork => ({
  ...one,
  shown: one.shown + exposures,
  recentShown: ofTenThousand(one.recentShown, KEPT_BP) + exposures,
  recentConversions: ofTenThousand(one.recentConversions, KEPT_BP) + conversions,
});
