import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';

const PRODUCTS = 50;
const CREATORS = 20;
const PICKS = 10;
const LINES = 50;

let alliance: TestAlliance;
let world: World;
let operator: Caller;
let brandId: string;
let creatorId: string;
let recruiterId: string;
let managerId: string;
let campaignId: string;
let products: MadeProduct[];

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  [recruiterId, managerId] = [await world.agency(), await world.agency()];
  await stockPool();
  await fillShowcases();
  await placeOrders();
});

afterAll(() => alliance.close());

/** Fifty products of ten brands, all enrolled with one agency in one campaign. */
async function stockPool(): Promise<void> {
  const brands = await Promise.all(Array.from({ length: 10 }, () => world.brand()));
  brandId = brands[0] as string;
  products = [];
  for (let i = 0; i < PRODUCTS; i++) {
    const product = await world.product({ brandId: brands[i % brands.length] });
    await world.plan(product);
    const enrolment = await world.enrolment(product, recruiterId);
    campaignId ??= enrolment.campaignId;
    products.push(product);
  }
  // One campaign that holds them all, for the page of its enrolments.
  await world.database.orm.em
    .getConnection()
    .execute('update enrolment set campaign_id = ? where campaign_id <> ?', [campaignId, campaignId]);
}

/** Twenty creators under contract, each with ten products in the showcase. */
async function fillShowcases(): Promise<void> {
  for (let i = 0; i < CREATORS; i++) {
    const id = await world.creator();
    creatorId = id;
    await world.contract(managerId, id);
    for (let pick = 0; pick < PICKS; pick++) {
      await world.showcase(id, products[(i + pick) % PRODUCTS] as MadeProduct);
    }
  }
}

/** Fifty paid and partly refunded lines of one creator and one brand. */
async function placeOrders(): Promise<void> {
  const product = products[0] as MadeProduct;
  const linkCode = await world.link(creatorId, product);
  const events = Array.from({ length: LINES }, (_, i) => [
    event(brandId, 'PLACED', `N${i}`, { placed: placed(product.code, { linkCode }) }),
    event(brandId, 'PAID', `N${i}`),
    event(brandId, 'REFUNDED', `N${i}`, { refund: { amountMinor: 2500n, quantity: 0 } }),
  ]).flat();
  const answers = await world.ingest(brandId, events);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['APPLIED']));
}

interface Budget {
  readonly name: string;
  readonly atMost: number;
  /** The query for so many parents. */
  readonly query: (first: number) => string;
  /** The parents in the answer. */
  readonly parents: (data: Json) => Json[];
  readonly most: number;
  /** What each parent must have brought along. */
  readonly check: (parent: Json) => void;
}

const BUDGETS: Budget[] = [
  {
    name: 'pool page with brand, category, open plan and agency',
    atMost: 6,
    most: PRODUCTS,
    query: (first) => `{ productPool(first: ${first}) { nodes { title brand { name } category { nameZh }
      openPlan { commissionRate } enrolments { serviceFeeRate agency { name } } } } }`,
    parents: (data) => data.productPool.nodes,
    check: (product) => {
      expect(product.openPlan).toEqual({ commissionRate: 2000 });
      expect(product.category).toEqual({ nameZh: '苹果' });
      expect(product.brand.name).toMatch(/^Brand /);
      expect(product.enrolments).toEqual([
        { serviceFeeRate: 300, agency: { name: expect.stringMatching(/^Agency /) } },
      ]);
    },
  },
  {
    name: 'agency, its creators, ten picks of each with brand and terms',
    atMost: 8,
    most: CREATORS,
    query: (
      first,
    ) => `{ agency(id: "${toGlobalId('Agency', managerId)}") { creators(first: ${first}) { nodes { name
      showcase(first: ${PICKS}) { nodes { product { title brand { name } }
        terms { winner { commissionRate } losers { because } } } } } } } }`,
    parents: (data) => data.agency.creators.nodes,
    check: (creator) => {
      expect(creator.showcase.nodes).toHaveLength(PICKS);
      for (const { product, terms } of creator.showcase.nodes) {
        expect(terms).toEqual({ winner: { commissionRate: 2000 }, losers: [] });
        expect(product.brand.name).toMatch(/^Brand /);
      }
    },
  },
  {
    name: 'creator, order lines with product, brand and waterfall with payees',
    atMost: 8,
    most: LINES,
    query: (
      first,
    ) => `{ creator(id: "${toGlobalId('Creator', creatorId)}") { orderLines(first: ${first}) { nodes {
      product { title } brand { name }
      waterfall { nodes { role estimatedNet { amount } payee { name kind } } } } } } }`,
    parents: (data) => data.creator.orderLines.nodes,
    check: (line) => {
      const kinds = line.waterfall.nodes.map(({ role, payee }: Json) => [role, payee.kind]);
      expect(kinds).toEqual([
        ['CREATOR', 'CREATOR'],
        ['TECHNICAL_FEE', 'ALLIANCE'],
        ['MCN', 'AGENCY'],
      ]);
    },
  },
  {
    name: 'brand, order lines with the explanation of the commission',
    atMost: 6,
    most: LINES,
    query: (first) => `{ brand(id: "${toGlobalId('Brand', brandId)}") { orderLines(first: ${first}) { nodes {
      commissionExplanation { winner { kind } steps { kind entries { estimatedAfter { minorUnits } } } } } } } }`,
    parents: (data) => data.brand.orderLines.nodes,
    check: ({ commissionExplanation: { winner, steps } }) => {
      expect(winner).toEqual({ kind: 'OPEN' });
      expect(steps.map(({ kind }: Json) => kind)).toEqual(['ACCRUAL', 'REFUND']);
    },
  },
  {
    name: 'campaign, enrolments with product and brand',
    atMost: 4,
    most: PRODUCTS,
    query: (
      first,
    ) => `{ node(id: "${toGlobalId('RecruitingCampaign', campaignId)}") { ... on RecruitingCampaign {
      enrolments(first: ${first}) { nodes { commissionRate product { title brand { name } } } } } } }`,
    parents: (data) => data.node.enrolments.nodes,
    check: ({ commissionRate, product }) => {
      expect(commissionRate).toBe(2000);
      expect(product.brand.name).toMatch(/^Brand /);
    },
  },
];

describe('statements of a list', () => {
  it.each(BUDGETS)('$name: $atMost at most, as many for one as for $most', async (budget) => {
    const ask = async (first: number) => {
      const { data, errors, statements } = await operator.query(budget.query(first));
      expect(errors).toBeUndefined();
      const parents = budget.parents(data);
      expect(parents).toHaveLength(first);
      for (const parent of parents) budget.check(parent);
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(budget.most)];
    process.stdout.write(`${budget.name}: ${one} statements for 1, ${many} for ${budget.most}\n`);
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(budget.atMost);
  });

  it('counts statements at all, and those of the caller apart', async () => {
    const { statements } = await operator.query('{ categories { nameZh } }');
    expect(statements).toHaveLength(1);
    expect((await operator.query('{ __typename }')).statements).toEqual([]);
  });
});
