import { createRandom, type Random, seedOf } from '../../random.ts';
import { topOf } from './categories.ts';
import { creators } from './creators.ts';
import { products } from './products.ts';
import type { BrandKey, CreatorKey, PlanSeed, ProductSeed } from './shapes.ts';

/** The range of open rates of each top category, in units of half a percent, as such alliances show them. */
const OPEN_HALF_PERCENT: Readonly<Record<string, readonly [number, number]>> = {
  home: [20, 50],
  food: [16, 40],
  drinks: [20, 60],
  beauty: [40, 90],
  apparel: [24, 56],
  digital: [6, 24],
  sports: [20, 44],
  kids: [20, 50],
};

const EXCLUSIVE_PLANS = 10;
const TARGETED_PLANS = 20;
const SHOPS_WITH_PLANS: readonly BrandKey[] = ['brand:ruomian', 'brand:hebai'];

/**
 * The plans of all products: OPEN for 290 of them, EXCLUSIVE for the ten others, twenty TARGETED beside an open
 * one, and two for whole shops in each of two brands.
 */
export const plans: PlanSeed[] = makePlans();

function makePlans(): PlanSeed[] {
  const listed = products.filter((product) => product.state === 'LISTED');
  const drawn = createRandom(seedOf('special plans')).shuffle(listed);
  const exclusive = new Set(drawn.splice(0, EXCLUSIVE_PLANS));
  const targeted = drawn.splice(0, TARGETED_PLANS);
  const general = products.map((product) =>
    exclusive.has(product) ? exclusivePlan(product) : openPlan(product),
  );
  return [...general, ...targeted.map(targetedPlan), ...SHOPS_WITH_PLANS.flatMap(shopPlans)];
}

function openPlan(product: ProductSeed): PlanSeed {
  return {
    key: `plan:open/${slugOf(product)}`,
    kind: 'OPEN',
    brand: product.brand,
    product: product.key,
    title: '普通推广',
    commissionBp: openRate(product),
    creators: [],
    sinceDays: sinceOf(product),
  };
}

function exclusivePlan(product: ProductSeed): PlanSeed {
  const random = createRandom(seedOf(`exclusive ${product.key}`));
  return {
    key: `plan:exclusive/${slugOf(product)}`,
    kind: 'EXCLUSIVE',
    brand: product.brand,
    product: product.key,
    title: '专属推广',
    commissionBp: openRate(product) + random.int(4, 16) * 50,
    creators: named(random, product, random.int(1, 3)),
    sinceDays: sinceOf(product),
  };
}

/** Every seventh named offer is lower than the open one: it wins all the same. */
function targetedPlan(product: ProductSeed, index: number): PlanSeed {
  const random = createRandom(seedOf(`targeted ${product.key}`));
  const difference = index % 7 === 6 ? -100 : random.int(4, 18) * 50;
  return {
    key: `plan:targeted/${slugOf(product)}`,
    kind: 'TARGETED',
    brand: product.brand,
    product: product.key,
    title: '定向推广',
    commissionBp: openRate(product) + difference,
    creators: named(random, product, random.int(1, 5)),
    sinceDays: Math.min(sinceOf(product), random.int(3, 60)),
  };
}

/** One plan for the shop's known creators, one for those who begin; no creator is in both. */
function shopPlans(brand: BrandKey): PlanSeed[] {
  const random = createRandom(seedOf(`shop plans ${brand}`));
  const known = creators.filter((creator) => creator.tier === 'WAIST').map((creator) => creator.key);
  const starting = creators.filter((creator) => creator.tier === 'ORDINARY').map((creator) => creator.key);
  const slug = brand.slice('brand:'.length);
  const common = { kind: 'SHOP_TARGETED', brand, product: null, sinceDays: 45 } as const;
  return [
    {
      ...common,
      key: `plan:shop/${slug}-known`,
      title: '老朋友全店加佣',
      commissionBp: 3200,
      creators: random.sample(known, 4),
    },
    {
      ...common,
      key: `plan:shop/${slug}-starting`,
      title: '新主播扶持',
      commissionBp: 2800,
      creators: random.sample(starting, 8),
    },
  ];
}

/** The rate that a product's brand offers everybody, in basis points. */
export function openRate(product: ProductSeed): number {
  const [from, to] = OPEN_HALF_PERCENT[topOf(product.category).slice('category:'.length)]!;
  return createRandom(seedOf(`open rate ${product.key}`)).int(from, to) * 50;
}

function sinceOf(product: ProductSeed): number {
  return product.listedDays ?? product.createdDays;
}

function slugOf(product: ProductSeed): string {
  return product.key.slice('product:'.length);
}

function named(random: Random, product: ProductSeed, count: number): CreatorKey[] {
  const top = topOf(product.category).slice('category:'.length);
  const fitting = creators.filter((creator) => creator.topics.includes(top));
  return random.sample(fitting, count).map((creator) => creator.key);
}
