/** Whole basis points: 2000 is 20 %. */
export type BasisPoints = number;

/** One hundred percent. */
export const ALL_BP = 10_000;

/** The largest amount that one event or price may name: far above any real one, far below what a bigint column holds. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000_000n;

/** `floor(rateBp × amountMinor / 10000)` for amounts that are not negative. */
export function share(amountMinor: bigint, rateBp: BasisPoints): bigint {
  return (amountMinor * BigInt(rateBp)) / BigInt(ALL_BP);
}

export const minOf = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const maxOf = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const sumOf = (amounts: Iterable<bigint>): bigint => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};

/** Currencies whose minor unit is not a hundredth (ISO 4217). */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  BHD: 3,
  KWD: 3,
  TND: 3,
};

/** How many decimals an amount of the currency has. */
const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;

/** An amount in the major unit as exact decimal text: 1999 in CNY is `19.99`. */
export function toDecimal(amountMinor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return amountMinor.toString();
  const sign = amountMinor < 0n ? '-' : '';
  const text = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Decimal text in the major unit as minor units: `19.99` in CNY is 1999. Undefined for whatever is no such amount. */
export function fromDecimal(text: string, currency: string): bigint | undefined {
  const digits = minorDigits(currency);
  const match = /^(-?)(\d{1,18})(?:\.(\d+))?$/.exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  const kept = fraction.replace(/0+$/, '');
  if (match === null || kept.length > digits) return undefined;
  const amount = BigInt(whole + kept.padEnd(digits, '0'));
  return sign === '' ? amount : -amount;
}
