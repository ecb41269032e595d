import { createRandom, type Random, seedOf } from '../random.ts';

/** A work of the simulated world, with what only the world knows of it. */
export interface LivingWork {
  /** The day that it is published on, from 0. */
  readonly bornOn: number;
  readonly head: boolean;
  readonly trustBuy: boolean;
  /** How many people are there on a day who may see it. */
  readonly reach: number;
  /** What it converts when it is fresh, per million exposures. */
  readonly trueRate: number;
  /** How many people there are at all for it: the more of them have seen it, the less it converts. */
  readonly audience: number;
}

/** How many works of a thousand are by HEAD members, and how many by brands in Trust Buy. */
const HEAD_PER_MILLE = 20;
const TRUST_BUY_PER_MILLE = 200;
/** The half of all works is there on the first day; the others come on the days after it, until this part is over. */
const FIRST_DAY_PER_MILLE = 500;
const BIRTHS_UNTIL = 2 / 3;
/** The middle work: 3,000 people a day, of 60,000 in all, of whom 1.2 % buy. HEAD has ten times the people. */
const MIDDLE_REACH = 3_000;
const MIDDLE_RATE = 12_000;
const HEAD_TIMES = 10;
const AUDIENCE_DAYS = 20;
/** Spread on the logarithmic scale: two thirds of works lie between half and twice the middle. */
const SPREAD = Math.log(2);
const MOST_RATE = 150_000;

/** Makes the works of a world up; the same seed makes the same world. */
export function createWorld(count: number, days: number, seed: number): LivingWork[] {
  const random = createRandom(seedOf(`traffic/${seed}`));
  return Array.from({ length: count }, () => {
    const head = random.chance(HEAD_PER_MILLE);
    const reach = Math.ceil(MIDDLE_REACH * (head ? HEAD_TIMES : 1) * Math.exp(SPREAD * normal(random)));
    return {
      bornOn: random.chance(FIRST_DAY_PER_MILLE) ? 0 : random.int(0, Math.floor((days - 1) * BIRTHS_UNTIL)),
      head,
      trustBuy: random.chance(TRUST_BUY_PER_MILLE),
      reach,
      trueRate: Math.min(MOST_RATE, Math.ceil(MIDDLE_RATE * Math.exp(SPREAD * normal(random)))),
      audience: reach * AUDIENCE_DAYS,
    };
  });
}

/** How many of these exposures convert, by chance, after so many before them. */
export function convert(work: LivingWork, before: number, exposures: number, random: Random): number {
  return poisson((exposures * rateNow(work, before + exposures / 2)) / 1_000_000, random);
}

/** What it converts after so many exposures, per million: half as much once all its people may have seen it. */
export const rateNow = ({ trueRate, audience }: LivingWork, before: number): number =>
  (trueRate * audience) / (audience + before);

const unit = (random: Random): number => (random.next() + 0.5) / 2 ** 32;

/** A normally distributed number with mean 0 and variance 1 (Box and Muller). */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(unit(random))) * Math.cos(2 * Math.PI * unit(random));

const LARGE_MEAN = 30;

/** A count with this mean (Knuth); of a large one the normal distribution is near enough. */
function poisson(mean: number, random: Random): number {
  if (mean > LARGE_MEAN) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const end = Math.exp(-mean);
  let count = 0;
  for (let product = unit(random); product > end; product *= unit(random)) count++;
  return count;
}
