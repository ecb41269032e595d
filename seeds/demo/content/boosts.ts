import { seedOf } from '../../random.ts';
import { products } from './products.ts';
import { showcases } from './showcases.ts';

/** Exposure that a brand or a creator has bought for a product. */
export interface BoostSeed {
  readonly key: `boost:${string}`;
  readonly payer: string;
  readonly product: string;
  readonly boughtDays: number;
  /** How many days it runs. */
  readonly lasts: number;
  readonly budgetMinor: bigint;
  readonly bidMinor: bigint;
  /** What was shown on each day, at what price for a thousand. */
  readonly shownDaily: number;
  readonly priceMinor: bigint;
}

const WENWEN = 'creator:wenwen';

/** One that runs, one whose budget is spent, and one of a creator. */
export const boosts: readonly BoostSeed[] = [
  {
    key: 'boost:hebai-suncream',
    payer: 'brand:hebai',
    product: 'product:hebai-suncream',
    boughtDays: 9,
    lasts: 30,
    budgetMinor: 200_000n,
    bidMinor: 3_000n,
    shownDaily: 4_000,
    priceMinor: 2_400n,
  },
  {
    key: 'boost:hebai-lotus-mask',
    payer: 'brand:hebai',
    product: 'product:hebai-lotus-mask',
    boughtDays: 20,
    lasts: 14,
    budgetMinor: 50_000n,
    bidMinor: 2_500n,
    shownDaily: 5_000,
    priceMinor: 2_200n,
  },
  {
    key: 'boost:wenwen',
    payer: WENWEN,
    product: showcases.find(({ creator }) => creator === WENWEN)?.product ?? '',
    boughtDays: 5,
    lasts: 7,
    budgetMinor: 400n,
    bidMinor: 1_500n,
    shownDaily: 50,
    priceMinor: 1_200n,
  },
];

const productOfSku = new Map(
  products.flatMap(({ key, skus }) => skus.map((sku) => [sku.key as string, key])),
);

/** Whether an order of a SKU, so many days ago, was won by a boost: each third of what was ordered while one ran. */
export function isBoosted(sku: string, orderNo: string, days: number): boolean {
  const product = productOfSku.get(sku);
  const runs = boosts.some(
    (it) => it.product === product && days < it.boughtDays && days > it.boughtDays - it.lasts,
  );
  return runs && seedOf(`boost ${orderNo}`) % 3 === 0;
}
