import { minOf } from '../../kernel/money.ts';
import type { BoostState } from './boost-state.ts';

/** What was shown of a boost, as it is reported. It is known by the boost and the event id. */
export interface ReportedCharge {
  readonly eventId: string;
  readonly exposures: number;
  /** For a thousand exposures, in minor units. */
  readonly priceMinor: bigint;
  readonly shownAt: Date;
}

/** What became of a reported charge. */
export type ChargeOutcome =
  | 'CHARGED'
  | 'CUT_TO_BUDGET'
  | 'REPEATED'
  | 'CONTENT_DIFFERS'
  | 'ABOVE_BID'
  | 'NOT_SCHEDULED'
  | 'NOT_RUNNING'
  | 'UNKNOWN_BOOST';

/** A boost as its charges are judged. */
export interface ChargedBoost {
  readonly state: BoostState;
  readonly budgetMinor: bigint;
  readonly spentMinor: bigint;
  readonly bidMinor: bigint;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly fromHour: number;
  readonly untilHour: number;
  /** Thousandths of a minor unit that charges before have left over. */
  readonly thousandths: number;
  /** When it was not shown, over half-open intervals; null as the end of the pause that goes on. */
  readonly pauses: readonly { readonly from: Date; readonly until: Date | null }[];
}

/** A charge that counts: what it costs, and what of that is taken from the budget. */
export interface Counted extends Cost {
  readonly chargedMinor: bigint;
}

/** What exposures cost, in whole minor units, and the thousandths that are left over for the next charge. */
export interface Cost {
  readonly costMinor: bigint;
  readonly thousandths: number;
}

export type Judged = { readonly outcome: ChargeOutcome; readonly counted?: Counted };

/** What so many exposures cost, with what was left over before: many small charges come to the same as a large one. */
export function costOf(exposures: number, priceMinor: bigint, thousandths: number): Cost {
  const whole = BigInt(exposures) * priceMinor + BigInt(thousandths);
  return { costMinor: whole / 1000n, thousandths: Number(whole % 1000n) };
}

/**
 * Judges a charge that was not reported before. Of one that the rest of the budget does not pay for, the rest is taken: the
 * budget is spent to the last unit and never beyond, and what was shown above it is the alliance's loss.
 * `hour` is that of the alliance's day in which it was shown.
 */
export function judgeCharge(boost: ChargedBoost, charge: ReportedCharge, hour: number): Judged {
  const { exposures, priceMinor, shownAt } = charge;
  if (priceMinor > boost.bidMinor) return { outcome: 'ABOVE_BID' };
  if (!isScheduled(boost, shownAt, hour)) return { outcome: 'NOT_SCHEDULED' };
  // What was shown before a pause may be told in it, and what was shown in it may be told after it.
  const isPaused = boost.pauses.some(
    ({ from, until }) => shownAt >= from && (until === null || shownAt < until),
  );
  if (boost.state === 'ENDED' || isPaused) return { outcome: 'NOT_RUNNING' };
  const { costMinor, thousandths } = costOf(exposures, priceMinor, boost.thousandths);
  const chargedMinor = minOf(costMinor, boost.budgetMinor - boost.spentMinor);
  const outcome = chargedMinor < costMinor ? 'CUT_TO_BUDGET' : 'CHARGED';
  return { outcome, counted: { costMinor, thousandths, chargedMinor } };
}

function isScheduled(
  { startsAt, endsAt, fromHour, untilHour }: ChargedBoost,
  at: Date,
  hour: number,
): boolean {
  if (at < startsAt || at >= endsAt) return false;
  return fromHour < untilHour ? hour >= fromHour && hour < untilHour : hour >= fromHour || hour < untilHour;
}
