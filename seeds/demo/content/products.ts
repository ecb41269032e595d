import { createRandom, type Random, seedOf } from '../../random.ts';
import { brands } from './brands.ts';
import { topOf } from './categories.ts';
import { REJECTION, SENTENCES } from './descriptions.ts';
import { optionsOf } from './options.ts';
import { haomian } from './products/haomian.ts';
import { hebai } from './products/hebai.ts';
import { laozao } from './products/laozao.ts';
import { lianji } from './products/lianji.ts';
import type { ProductRow } from './products/rows.ts';
import { ruomian } from './products/ruomian.ts';
import { sangyu } from './products/sangyu.ts';
import { soundpull } from './products/soundpull.ts';
import { tianshan } from './products/tianshan.ts';
import { xiaomuwu } from './products/xiaomuwu.ts';
import { yanyu } from './products/yanyu.ts';
import { yunling } from './products/yunling.ts';
import { yunzhi } from './products/yunzhi.ts';
import type { BrandSeed, ProductSeed, ProductSource, ProductState, SkuSeed } from './shapes.ts';
import { fen } from './table.ts';

const ROWS: Readonly<Record<string, ProductRow[]>> = {
  ruomian,
  yunzhi,
  sangyu,
  haomian,
  tianshan,
  yanyu,
  yunling,
  soundpull,
  lianji,
  hebai,
  xiaomuwu,
  laozao,
};

/** The draft that a review sent back: its title promises the lowest price. */
const REJECTED = 'turbo-fan';

/** How many products are not listed, by state; drafts without the rejected one. */
const UNLISTED: readonly [ProductState, number][] = [
  ['DRAFT', 11],
  ['IN_REVIEW', 14],
  ['SUSPENDED', 9],
  ['DELISTED', 9],
];

const OUTSIDE: readonly ProductSource[] = ['TAOBAO', 'TMALL', 'JD', 'PINDUODUO', 'YOUZAN', 'MOKUAI'];

/** Words that searches in tests and first steps look for; what bears them stays listed. */
const SEARCHED = /苹果|棉被|茶叶|bluetooth|yoga|coffee/i;

/** All 300 products, brand by brand. */
export const products: ProductSeed[] = makeProducts();

function makeProducts(): ProductSeed[] {
  const states = statesOf();
  return brands.flatMap((brand) =>
    rowsOf(brand).map((row, index) => {
      const random = createRandom(seedOf(`product ${brand.key} ${row.slug}`));
      return makeProduct(random, brand, row, index + 1, states.get(row) ?? 'LISTED');
    }),
  );
}

function rowsOf(brand: BrandSeed): ProductRow[] {
  const rows = ROWS[brand.key.slice('brand:'.length)];
  if (!rows) throw new Error(`no products of ${brand.key}`);
  return rows;
}

function statesOf(): Map<ProductRow, ProductState> {
  const rows = brands.flatMap(rowsOf);
  const free = rows.filter((row) => row.slug !== REJECTED && !SEARCHED.test(row.title));
  const drawn = createRandom(seedOf('product states')).shuffle(free);
  const states = new Map<ProductRow, ProductState>();
  for (const [state, count] of UNLISTED) {
    for (const row of drawn.splice(0, count)) states.set(row, state);
  }
  for (const row of rows) if (row.slug === REJECTED) states.set(row, 'DRAFT');
  return states;
}

function makeProduct(
  random: Random,
  brand: BrandSeed,
  row: ProductRow,
  number: number,
  state: ProductState,
): ProductSeed {
  const slug = `${brand.key.slice('brand:'.length)}-${row.slug}`;
  const source = random.chance(180) ? random.pick(OUTSIDE) : 'OWN_SHOP';
  return {
    key: `product:${slug}`,
    brand: brand.key,
    category: `category:${row.category}`,
    title: row.title,
    description: describe(random, brand, row),
    state,
    reviewNote: row.slug === REJECTED ? REJECTION : null,
    source,
    sourceUrl: source === 'OWN_SHOP' ? null : sourceUrl(random, source),
    ...datesOf(random, state),
    skus: makeSkus(random, brand, row, slug, number),
  };
}

function describe(random: Random, brand: BrandSeed, row: ProductRow): string {
  const top = topOf(`category:${row.category}`).slice('category:'.length);
  const sentences = random.sample(SENTENCES[top]!, 2).join('');
  return `${row.title}。${sentences}${brand.city}发货，${brand.about}`;
}

function sourceUrl(random: Random, source: ProductSource): string {
  return `https://${source.toLowerCase()}.example.com/item/${random.int(100_000_000, 999_999_999)}`;
}

/** One product in eight is so new that it was listed within the three weeks of the demo's orders. */
function datesOf(random: Random, state: ProductState): { createdDays: number; listedDays: number | null } {
  if (state === 'DRAFT' || state === 'IN_REVIEW') return { createdDays: random.int(1, 20), listedDays: null };
  const fresh = state === 'LISTED' && random.chance(125);
  const listedDays = fresh ? random.int(1, 20) : random.int(25, 400);
  return { listedDays, createdDays: listedDays + random.int(1, 9) };
}

function makeSkus(
  random: Random,
  brand: BrandSeed,
  row: ProductRow,
  slug: string,
  number: number,
): SkuSeed[] {
  const base = fen(row.yuan);
  return optionsOf(row.options).map((option, index) => ({
    key: `sku:${slug}/${index + 1}`,
    code: `${brand.code}${String(number).padStart(3, '0')}-${index + 1}`,
    optionName: option.name,
    priceMinor: raised(base, option.extraPercent),
    stock: random.int(6, 300) * 10,
  }));
}

/** A dearer option costs whole tenths of a yuan. */
function raised(base: bigint, percent: number): bigint {
  return percent === 0 ? base : ((base * BigInt(100 + percent)) / 1000n) * 10n;
}
