/** Quantity × price in pence, halves rounded up; `price` is pounds as decimal text and not negative. */
export function pence(quantity: number, price: string): bigint {
  const [whole = '0', fraction = ''] = price.split('.');
  const scale = 10n ** BigInt(fraction.length);
  return (2n * BigInt(quantity) * BigInt(whole + fraction) * 100n + scale) / (2n * scale);
}
