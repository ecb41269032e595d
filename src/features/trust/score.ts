import { ALL_BP } from '../../kernel/money.ts';

export type ScoreComponentName = 'CLAIMS' | 'RETURNS' | 'CANCELLATIONS';

/** What is counted of a brand's or a creator's lines within the window. */
export interface ScoreFigures {
  /** Lines placed. */
  readonly placed: number;
  /** Of these, those that the buyer has received. */
  readonly received: number;
  /** Lines on which a claim was upheld within the window. */
  readonly upheld: number;
  /** Of the lines received, those that money went back for, other than by a claim. */
  readonly returned: number;
  /** Of the lines placed, those called off before shipping. */
  readonly cancelled: number;
}

/** A part of a score: what was counted, and the points that it costs. */
export interface ScoreComponentValue {
  readonly name: ScoreComponentName;
  readonly count: number;
  /** The lines that it is a part of; at least LEAST_LINES, so that one return among three lines is no third. */
  readonly of: number;
  /** `count` of `of` in basis points, at most all of them. */
  readonly shareBp: number;
  /** The share that costs all points. */
  readonly limitBp: number;
  readonly weight: number;
  /** The points that it takes off, from 0 down to the weight below it. */
  readonly effect: number;
}

type Weights = Readonly<Record<ScoreComponentName, { readonly weight: number; readonly limitBp: number }>>;

/** Fewer lines are counted as so many. */
const LEAST_LINES = 20;
export const FULL_SCORE = 100;

/** The weights come to 100. Calling off before shipping is the shop's doing, not the creator's. */
export const SCORE_WEIGHTS = {
  BRAND: {
    CLAIMS: { weight: 50, limitBp: 500 },
    RETURNS: { weight: 30, limitBp: 4000 },
    CANCELLATIONS: { weight: 20, limitBp: 3000 },
  },
  CREATOR: {
    CLAIMS: { weight: 60, limitBp: 500 },
    RETURNS: { weight: 40, limitBp: 4000 },
    CANCELLATIONS: { weight: 0, limitBp: 3000 },
  },
} as const satisfies Record<string, Weights>;
export type ScoredKind = keyof typeof SCORE_WEIGHTS;

/**
 * What a score consists of: each component takes off its weight in proportion to its share, all of it from the limit on,
 * rounded down. Whole numbers throughout. There are no reviews in the alliance yet; they would be one component more.
 */
export function componentsOf(kind: ScoredKind, figures: ScoreFigures): ScoreComponentValue[] {
  const { placed, received, upheld, returned, cancelled } = figures;
  const part = (name: ScoreComponentName, count: number, lines: number): ScoreComponentValue => {
    const { weight, limitBp } = SCORE_WEIGHTS[kind][name];
    const of = Math.max(lines, LEAST_LINES);
    const shareBp = atMost(whole(count * ALL_BP, of), ALL_BP);
    const lost = atMost(whole(weight * shareBp, limitBp), weight);
    return { name, count, of, shareBp, limitBp, weight, effect: lost === 0 ? 0 : -lost };
  };
  const all = [
    part('CLAIMS', upheld, received),
    part('RETURNS', returned, received),
    part('CANCELLATIONS', cancelled, placed),
  ];
  return all.filter(({ weight }) => weight > 0);
}

/** A score from 0 to 100: what its components leave. */
export const scoreOf = (kind: ScoredKind, figures: ScoreFigures): number =>
  componentsOf(kind, figures).reduce((left, { effect }) => left + effect, FULL_SCORE);

const atMost = (value: number, most: number): number => Math.min(value, most);
const whole = (dividend: number, divisor: number): number => Number(BigInt(dividend) / BigInt(divisor));
