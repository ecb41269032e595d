import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { Json } from '../kit/alliance.ts';
import { SampleWorld } from '../sample/sample-world.ts';

const REQUESTS = 20;

let samples: SampleWorld;
let creatorId: string;

beforeAll(async () => {
  samples = await SampleWorld.make();
  const creator = await samples.creator();
  creatorId = creator.id;
  for (let i = 0; i < REQUESTS; i++) {
    await samples.requestIn('APPROVED');
    await samples.ask(creator, await samples.product({ approval: 'AUTOMATIC' }));
  }
});

afterAll(() => samples.close());

interface Budget {
  readonly name: string;
  readonly atMost: number;
  readonly query: (first: number) => string;
  readonly nodes: (data: Json) => Json[];
  readonly check: (node: Json) => void;
}

const BUDGETS: Budget[] = [
  {
    name: 'brand, requests for samples with creator, product, SKU, rule and address',
    atMost: 7,
    query: (first) => `{ brand(id: "${toGlobalId('Brand', samples.brandId)}") {
      sampleRequests(first: ${first}, state: APPROVED) { nodes { state figures { followers gmv { amount } }
        creator { name } product { title } sku { optionName } rule { left } address { recipient } } } } }`,
    nodes: (data) => data.brand.sampleRequests.nodes,
    check: (node) => {
      expect(node).toMatchObject({
        state: 'APPROVED',
        figures: { followers: '1000', gmv: { amount: '0.00' } },
        sku: { optionName: '一件' },
        rule: { left: 9 },
        address: { recipient: '王小满' },
      });
      expect([node.creator.name, node.product.title]).toEqual([
        expect.stringMatching(/^Creator /),
        expect.stringMatching(/^Product /),
      ]);
    },
  },
  {
    name: 'creator, requests for samples with product and brand',
    atMost: 4,
    query: (
      first,
    ) => `{ creator(id: "${toGlobalId('Creator', creatorId)}") { sampleRequests(first: ${first}) {
      nodes { state shipDueAt product { title } brand { name } } } } }`,
    nodes: (data) => data.creator.sampleRequests.nodes,
    check: ({ state, brand, product }) => {
      expect(state).toBe('APPROVED');
      expect([brand.name, product.title]).toEqual([
        expect.stringMatching(/^Brand /),
        expect.stringMatching(/^Product /),
      ]);
    },
  },
  {
    name: 'pool page of products with samples, each with its rule',
    atMost: 2,
    query: (first) =>
      `{ productPool(first: ${first}, filter: { sampleOffered: true }) { nodes { sampleRule { quota left } } } }`,
    nodes: (data) => data.productPool.nodes,
    check: ({ sampleRule }) => expect(sampleRule).toMatchObject({ quota: 10, left: 9 }),
  },
];

describe('statements of a list of samples', () => {
  it.each(BUDGETS)('$name: $atMost at most, as many for one as for twenty', async (budget) => {
    const ask = async (first: number) => {
      const { data, errors, statements } = await samples.operator.query(budget.query(first));
      expect(errors).toBeUndefined();
      expect(budget.nodes(data)).toHaveLength(first);
      for (const node of budget.nodes(data)) budget.check(node);
      return statements.length;
    };
    const [one, many] = [await ask(1), await ask(REQUESTS)];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(budget.atMost);
  });
});

describe('a page of requests', () => {
  it('is narrowed by state and gone through by its cursor, newest first', async () => {
    const page = async (after: string | null) => {
      const { data } = await samples.brand.query(
        `query ($after: String) { viewer { brand { sampleRequests(first: 15, after: $after, state: APPROVED) {
          nodes { id } pageInfo { hasNextPage endCursor } } } } }`,
        { after },
      );
      return data.viewer.brand.sampleRequests;
    };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    const third = await page(second.pageInfo.endCursor);
    const ids = [...first.nodes, ...second.nodes, ...third.nodes].map(({ id }: Json) => id);
    expect([ids.length, new Set(ids).size, third.pageInfo.hasNextPage]).toEqual([40, 40, false]);
    const none = await samples.brand.query(
      '{ viewer { brand { sampleRequests(state: OVERDUE) { nodes { id } } } } }',
    );
    expect(none.data.viewer.brand.sampleRequests.nodes).toEqual([]);
  });
});
