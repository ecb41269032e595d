import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { Client, fetchExchange, gql as urqlGql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seatUser } from '../../src/features/account/index.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';

const PRODUCTS = 25;
const PAGE = 10;
/** What caches go by: the name of the type and the id of each object. */
const POOL = `query PoolForCaches($first: Int!, $after: String) {
  productPool(first: $first, after: $after, orderBy: NEWEST) {
    edges { cursor node { id title brand { id name } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

let alliance: TestAlliance;
let headers: Record<string, string>;
let expected: string[];

beforeAll(async () => {
  alliance = await testAlliance();
  const world = new World(alliance.database);
  const brandId = await world.brand();
  for (let i = 0; i < PRODUCTS; i++)
    await world.plan(await world.product({ brandId, title: `Product ${i}` }));
  const creatorId = await world.creator();
  const person = { issuer: LOCAL_ISSUER, subject: 'a', name: 'a' };
  await world.tx((tx) => seatUser(tx, person, creatorId, 'OWNER', new Date()));
  const { token } = await alliance.issuer.issue('a', 'a');
  headers = { authorization: `Bearer ${token}` };
  const { data } = await alliance.withHeader(headers.authorization).query(POOL, { first: 100 });
  expected = idsOf(data);
});

afterAll(() => alliance.close());

const idsOf = (data: Json): string[] => data.productPool.edges.map(({ node }: Json) => node.id);
const url = (): string => `${alliance.server.url}/graphql`;

it('has as many products as the pages will show', () => {
  expect(new Set(expected).size).toBe(PRODUCTS);
});

describe('Apollo Client', () => {
  it('reads page after page and merges them', async () => {
    const cache = new InMemoryCache({
      typePolicies: { Query: { fields: { productPool: relayStylePagination(['filter', 'orderBy']) } } },
    });
    const client = new ApolloClient({ cache, link: new HttpLink({ uri: url(), headers }) });
    const query = gql(POOL);
    const variables = { first: PAGE };
    let page = (await client.query<Json>({ query, variables })).data;
    const pages = [idsOf(page).length];
    const seen: string[][] = [];
    const watched = client.watchQuery<Json>({ query, variables });
    const subscription = watched.subscribe(({ data }) => seen.push(idsOf(data)));
    while (page.productPool.pageInfo.hasNextPage) {
      const { endCursor: after } = page.productPool.pageInfo;
      page = (await watched.fetchMore({ variables: { ...variables, after } })).data;
      pages.push(idsOf(page).length);
    }
    expect(pages).toEqual([10, 10, 5]);
    await vi.waitFor(() => expect(seen.at(-1)).toEqual(expected));
    // One object for each product and for the brand of all of them: merged by their ids.
    const kept = Object.keys(cache.extract()).filter((key) => key !== 'ROOT_QUERY' && key !== '__META');
    expect(kept).toHaveLength(PRODUCTS + 1);
    subscription.unsubscribe();
    client.stop();
  });

  it('writes what a mutation answers into the object that a page has shown', async () => {
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: new HttpLink({ uri: url(), headers }),
    });
    const document = gql(
      'query Me { viewer { creator { id showcase(first: 5) { nodes { id removedAt } } } } }',
    );
    const before = (await client.query<Json>({ query: document })).data;
    const { id: creatorId } = before.viewer.creator;
    const add = gql(
      `mutation Add($input: PickInput!) { showcaseAdd(input: $input) { showcaseItem { id removedAt } } }`,
    );
    const input = { creatorId, productId: expected[0], idempotencyKey: 'cache-add' };
    const { data: added } = await client.mutate<Json>({ mutation: add, variables: { input } });
    const { showcaseItem } = added.showcaseAdd;
    const shown = await client.query<Json>({ query: document, fetchPolicy: 'network-only' });
    expect(shown.data.viewer.creator.showcase.nodes).toMatchObject([
      { id: showcaseItem.id, removedAt: null },
    ]);
    const remove = gql(
      `mutation Remove($input: ShowcaseRemoveInput!) { showcaseRemove(input: $input) { showcaseItem { id removedAt } } }`,
    );
    const removal = { showcaseItemId: showcaseItem.id, idempotencyKey: 'cache-remove' };
    await client.mutate({ mutation: remove, variables: { input: removal } });
    const cached = await client.query<Json>({ query: document, fetchPolicy: 'cache-only' });
    expect(cached.data.viewer.creator.showcase.nodes[0].removedAt).toMatch(/^\d{4}-/);
    client.stop();
  });
});

describe('urql with Graphcache', () => {
  it('reads page after page and merges them', async () => {
    const client = new Client({
      url: url(),
      preferGetMethod: false,
      fetchOptions: { headers },
      exchanges: [cacheExchange({ resolvers: { Query: { productPool: relayPagination() } } }), fetchExchange],
    });
    const document = urqlGql(POOL);
    const sizes: number[] = [];
    let after: string | null = null;
    let merged: Json;
    do {
      const result: Json = await client.query(document, { first: PAGE, after }).toPromise();
      expect(result.error).toBeUndefined();
      merged = result.data;
      after = merged.productPool.pageInfo.endCursor;
      sizes.push(idsOf(merged).length);
    } while (merged.productPool.pageInfo.hasNextPage);
    expect(sizes).toEqual([10, 20, 25]);
    expect(idsOf(merged)).toEqual(expected);
    const again: Json = await client
      .query(document, { first: PAGE, after: null }, { requestPolicy: 'cache-only' })
      .toPromise();
    expect(idsOf(again.data)).toEqual(expected);
  });
});
