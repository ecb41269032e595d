/** What GMV of live sessions is the product of. */
export type FactorName = 'VIEWERS' | 'WATCH_TIME' | 'BUYERS_PER_HOUR' | 'REPURCHASE' | 'VALUE_PER_ORDER';

/** An exact fraction: nothing is rounded. */
export interface Factor {
  readonly name: FactorName;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What is known of live sessions together. */
export interface LiveSums {
  readonly viewers: bigint;
  readonly watchedSeconds: bigint;
  /** In one session a buyer of one brand counts once. */
  readonly buyers: bigint;
  readonly orders: bigint;
  readonly gmvMinor: bigint;
}

const SECONDS_PER_HOUR = 3600n;

/**
 * GMV taken apart (domain.md, "Events and growth"): unique viewers × hours that each watched × buyers won per watched hour ×
 * orders per buyer × value per order. Each denominator is a numerator of another one, so that the product is the GMV in
 * minor units exactly. Undefined where somebody is missing in the chain, and nothing could be divided by.
 */
export function factorsOf({
  viewers,
  watchedSeconds,
  buyers,
  orders,
  gmvMinor,
}: LiveSums): Factor[] | undefined {
  if (viewers === 0n || watchedSeconds === 0n || buyers === 0n || orders === 0n) return undefined;
  return [
    { name: 'VIEWERS', numerator: viewers, denominator: 1n },
    { name: 'WATCH_TIME', numerator: watchedSeconds, denominator: SECONDS_PER_HOUR * viewers },
    { name: 'BUYERS_PER_HOUR', numerator: SECONDS_PER_HOUR * buyers, denominator: watchedSeconds },
    { name: 'REPURCHASE', numerator: orders, denominator: buyers },
    { name: 'VALUE_PER_ORDER', numerator: gmvMinor, denominator: orders },
  ];
}
