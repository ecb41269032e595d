import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTracing, type Tracing } from '../../src/server/tracing.ts';
import { describe as describeStatement } from '../../src/server/tracing-sdk.ts';
import { type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './otlp-receiver.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

let receiver: OtlpReceiver;
let tracing: Tracing;
let alliance: TestAlliance;
let token: string;
beforeAll(async () => {
  receiver = await startOtlpReceiver();
  tracing = (await startTracing({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_SERVICE_NAME: 'alliance-of-the-test',
    OTEL_BSP_SCHEDULE_DELAY: '50',
  })) as Tracing;
  alliance = await testAlliance({ observers: () => ({ tracing }) });
  await alliance.memberOf(await new World(alliance.database).brand());
  token = (await alliance.issuer.issue('person-1', 'person-1')).token;
});
afterAll(async () => {
  await alliance.close();
  await tracing.stop();
  await receiver.close();
});

function ask(query: string, variables: object, traceparent?: string): Promise<Response> {
  return fetch(`${alliance.server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(traceparent && { traceparent }),
    },
    body: JSON.stringify({ query, variables }),
  });
}

/** The spans of a trace once its request has been received. */
const received = (isRoot: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan[]> =>
  vi.waitFor(() => {
    const root = receiver.spans.find(isRoot);
    expect(root).toBeDefined();
    return receiver.spans.filter(({ traceId }) => traceId === root?.traceId);
  }, 10_000);

const POOL = `query PoolPage($search: String!) { productPool(first: 2, filter: { search: $search }) { nodes { id } } }`;

test('a request goes on with the trace of its caller, down to its operation and its statements', async () => {
  await ask(POOL, { search: 'apples-of-the-secret' }, `00-${TRACE}-${PARENT}-01`);
  const spans = await received(({ traceId, kind }) => traceId === TRACE && kind === SERVER);
  const root = spans.find(({ kind }) => kind === SERVER);
  expect(root).toMatchObject({
    name: 'POST /graphql',
    parentSpanId: PARENT,
    attributes: { 'http.request.method': 'POST', 'http.route': '/graphql' },
  });
  const operation = spans.find(({ name }) => name === 'query PoolPage');
  expect(operation).toMatchObject({
    parentSpanId: root?.spanId,
    attributes: { 'graphql.operation.name': 'PoolPage', 'graphql.operation.type': 'query' },
  });
  const statements = spans.filter(({ kind }) => kind === CLIENT);
  // Who calls is asked before the operation is known.
  expect(statements.find(({ name }) => name === 'select app_user')?.parentSpanId).toBe(root?.spanId);
  const beneath = statements.filter(({ parentSpanId }) => parentSpanId === operation?.spanId);
  expect(beneath.length).toBeGreaterThan(0);
  for (const { attributes, startTimeUnixNano, endTimeUnixNano } of beneath) {
    expect(attributes).toMatchObject({ 'db.system.name': 'postgresql' });
    expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
  }
  expect(receiver.resources[0]).toMatchObject({ 'service.name': 'alliance-of-the-test' });
});

test('a request without a trace begins one, whose id is in the log; one that fails says so', async () => {
  await ask('query Broken { viewer { nothing } }', {});
  await vi.waitFor(() => expect(alliance.log.join('')).toContain('GRAPHQL_VALIDATION_FAILED'));
  const line =
    alliance.log
      .join('')
      .split('\n')
      .find((each) => each.includes('GRAPHQL_VALIDATION_FAILED')) ?? '{}';
  const { traceId } = JSON.parse(line);
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  const spans = await received((span) => span.traceId === traceId && span.kind === SERVER);
  const root = spans.find(({ kind }) => kind === SERVER);
  expect(root?.parentSpanId ?? '').toBe('');
  expect(root?.attributes['http.response.status_code']).toBe(400);
  // The caller's own mistake is no failure of the server.
  expect(root?.status.code ?? 0).not.toBe(ERROR);
});

test('nothing that was given with a request is in what is sent: no token, no variable, no value of a statement', async () => {
  const query = `mutation Secret($name: String!) { apiKeyCreate(input: { organizationId: "Brand_AAAAAAAAAAAAAAAAAAAAAA",
    name: $name, scopes: [] }) { userErrors { message } } }`;
  await ask(query, { name: 'name-of-the-secret' }, `00-${'a'.repeat(32)}-${PARENT}-01`);
  await alliance.database
    .transaction((tx) => tx.em.getConnection().execute('select 1'))
    .catch(() => undefined);
  await received(({ traceId, kind }) => traceId === 'a'.repeat(32) && kind === SERVER);
  const sent = receiver.bodies.join('\n');
  expect(sent).toContain('PoolPage');
  for (const secret of ['of-the-secret', token, 'process.command', 'where u.issuer'])
    expect(sent).not.toContain(secret);
});

test.each([
  ['select a from order_line where b = $1', 'select order_line'],
  ['insert into "payout_method" (holder) values (\'stolen from the_house\')', 'insert payout_method'],
  ["update payout set note = 'copied from secret_table'", 'update payout'],
  ["select 'words from a_letter' as text", 'select'],
  ['with due as (select from line_due limit 1) delete from line_due', 'with line_due'],
  ['begin', 'begin'],
  ['', 'statement'],
])('of %j only %j is told', (sql, summary) => {
  expect(describeStatement(sql).summary).toBe(summary);
});

test.each([
  {},
  { OTEL_SERVICE_NAME: 'alone' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_EXPORTER: 'none' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' },
])('traces stay off with %j', async (env) => {
  expect(await startTracing(env)).toBeUndefined();
});
