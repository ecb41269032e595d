import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Health } from '../../src/server/health.ts';
import { knownOperations } from '../../src/server/known-operations.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { type OperationsPort, openOperationsPort } from '../../src/server/operations-port.ts';
import { type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { type Family, readExposition, sampleOf } from './exposition.ts';

let alliance: TestAlliance;
let metrics: Metrics;
let port: OperationsPort;
beforeAll(async () => {
  alliance = await testAlliance({
    observers: (database) => {
      metrics = new Metrics(database);
      return { metrics };
    },
  });
  const health = new Health(alliance.database);
  port = await openOperationsPort({ host: '127.0.0.1', port: 0 }, { health, metrics });
});
afterAll(async () => {
  await port.close();
  await alliance.close();
});

async function scrape(): Promise<Map<string, Family>> {
  const response = await fetch(`${port.url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return readExposition(await response.text());
}

/** Waits until the request was counted, which is after its answer has arrived. */
async function counted(operation: string, times: number): Promise<Map<string, Family>> {
  return vi.waitFor(async () => {
    const families = await scrape();
    expect(sampleOf(families, 'alliance_graphql_operations_total', { operation })).toBe(times);
    return families;
  });
}

test('requests are counted by operation, with their time, their statements and the codes of their errors', async () => {
  const world = new World(alliance.database);
  const member = await alliance.memberOf(await world.brand());
  await member.query('query PoolPage { productPool(first: 2) { nodes { id } } viewer { name } }');
  await member.query('query PoolPage { node(id: "Brand_AAAAAAAAAAAAAAAAAAAAAA") { id } }');
  const families = await counted('PoolPage', 2);
  const operation = 'PoolPage';
  expect(
    sampleOf(families, 'alliance_graphql_operations_total', { operation, caller: 'USER', type: 'query' }),
  ).toBe(2);
  expect(sampleOf(families, 'alliance_graphql_operation_duration_seconds_count', { operation })).toBe(2);
  expect(sampleOf(families, 'alliance_graphql_operation_statements_count', { operation })).toBe(2);
  // Who is calling is asked by one statement each, and the pool by at least one.
  expect(
    sampleOf(families, 'alliance_graphql_operation_statements_sum', { operation }),
  ).toBeGreaterThanOrEqual(3);
  expect(
    sampleOf(families, 'alliance_database_statement_duration_seconds_count', { outcome: 'done' }),
  ).toBeGreaterThan(2);
  const route = { route: '/graphql', method: 'POST', status: '200' };
  expect(sampleOf(families, 'alliance_http_requests_total', route)).toBe(2);
});

test('errors are counted by code, also those before GraphQL', async () => {
  await alliance.withHeader().query('query PoolPage { nonsense }');
  await alliance.withHeader('Bearer nobody').query('{ viewer { name } }');
  await vi.waitFor(async () => {
    const families = await scrape();
    expect(sampleOf(families, 'alliance_graphql_errors_total', { code: 'GRAPHQL_VALIDATION_FAILED' })).toBe(
      1,
    );
    expect(sampleOf(families, 'alliance_graphql_errors_total', { code: 'UNAUTHENTICATED' })).toBe(1);
    expect(sampleOf(families, 'alliance_http_requests_total', { status: '401' })).toBe(1);
  });
});

test('made-up names, ids and addresses add nothing to what is kept', async () => {
  await alliance.withHeader().query('{ __typename }');
  for (let no = 1; no <= 30; no += 1) {
    await alliance.withHeader().query(`query MadeUp${no} { __typename }`);
    await fetch(`${alliance.server.url}/nowhere/${no}?no=${no}`);
    await fetch(`${alliance.server.url}/statements/S-${no}.csv`);
  }
  const families = await counted('other', 30);
  expect(sampleOf(families, 'alliance_graphql_operations_total', { operation: 'anonymous' })).toBe(1);
  const names = new Set([...knownOperations(), 'other', 'anonymous']);
  const operations = families.get('alliance_graphql_operations_total')?.samples ?? [];
  expect(operations.map(({ labels }) => labels.operation).filter((name) => !names.has(name ?? ''))).toEqual(
    [],
  );
  const routes = (families.get('alliance_http_requests_total')?.samples ?? []).map(
    ({ labels }) => labels.route,
  );
  expect(new Set(routes)).toEqual(new Set(['/graphql', 'none', '/statements/:file']));
});

test('the pool, the event loop and the process are there, and every name keeps to the conventions', async () => {
  const families = await scrape();
  expect(sampleOf(families, 'alliance_database_pool_max_connections')).toBe(10);
  const open =
    (sampleOf(families, 'alliance_database_pool_connections', { state: 'idle' }) ?? 0) +
    (sampleOf(families, 'alliance_database_pool_connections', { state: 'busy' }) ?? 0);
  expect(open).toBeGreaterThan(0);
  expect(sampleOf(families, 'alliance_database_pool_waiting')).toBe(0);
  expect(sampleOf(families, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
  expect(families.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  expect(sampleOf(families, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  const ours = [...families.values()].filter(({ name }) => name.startsWith('alliance_'));
  expect(ours.length).toBeGreaterThan(10);
  for (const { name, type, help } of ours) {
    expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(name.endsWith('_total'), name).toBe(type === 'counter');
    expect(help, name).toMatch(/^[A-Z].*\.$/);
  }
});

test('metrics are nowhere on the port that callers use', async () => {
  for (const path of ['/metrics', '/metrics/', '//metrics', '/Metrics']) {
    expect((await fetch(`${alliance.server.url}${path}`)).status).toBe(404);
  }
});
