/** What a boost has brought and what it has cost, in minor units of one currency. */
export interface Brought {
  readonly gmvMinor: bigint;
  readonly refundedMinor: bigint;
  readonly spentMinor: bigint;
}

/** GMV net of refunds for each unit spent, as decimal text down to the hundredth: 3.20; null while nothing is spent. */
export function returnOnSpend({ gmvMinor, refundedMinor, spentMinor }: Brought): string | null {
  if (spentMinor === 0n) return null;
  const hundredths = ((gmvMinor - refundedMinor) * 100n) / spentMinor;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}
