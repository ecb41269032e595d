import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { describeError, strikeOut } from '../../src/server/log.ts';
import { act } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { ownerRuns } from '../kit/database.ts';
import { ADDRESS, SampleWorld } from '../sample/sample-world.ts';

const IBAN = 'DE89370400440532013000';
/** What must be nowhere in the log; a day through the API gives each of them to the server. */
const secrets = new Set<string>([
  IBAN,
  'holder-of-the-account',
  ADDRESS.recipient,
  ADDRESS.phone,
  ...ADDRESS.lines,
]);
const secret = (text: string): string => {
  secrets.add(text);
  return text;
};

let samples: SampleWorld;
let creator: Awaited<ReturnType<SampleWorld['creator']>>;
beforeAll(async () => {
  samples = await SampleWorld.make();
  creator = await samples.creator();
});
afterAll(() => samples.close());

const lines = (): Json[] =>
  samples.alliance.log
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

async function logged(isIt: (line: Json) => boolean): Promise<Json> {
  return vi.waitFor(() => {
    const found = lines().find(isIt);
    expect(found).toBeDefined();
    return found;
  });
}

const post = (path: string, headers: Record<string, string>, body: string): Promise<Response> =>
  fetch(`${samples.alliance.server.url}${path}`, { method: 'POST', headers, body });

const JSON_TYPE = { 'content-type': 'application/json' };

test('a line tells who asked for what, how it went and what it took', async () => {
  const answer = await creator.caller.query('query WhoAmI { viewer { name creator { name } } }');
  const line = await logged(({ operation }) => operation === 'WhoAmI');
  expect(line).toEqual({
    level: 30,
    time: expect.any(Number),
    pid: process.pid,
    hostname: expect.any(String),
    reqId: answer.extensions?.requestId,
    method: 'POST',
    route: '/graphql',
    status: 200,
    ms: expect.any(Number),
    operation: 'WhoAmI',
    type: 'query',
    caller: 'USER',
    userId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    statements: expect.any(Number),
    statementMs: expect.any(Number),
    cost: 2,
    msg: 'A request was answered',
  });
  expect(line.statements).toBeGreaterThanOrEqual(answer.statements.length);
});

test('a day through the API with everything that is secret leaves none of it in the log', async () => {
  const product = await samples.product();
  const { token } = await samples.alliance.issuer.issue('person-of-the-day', secret('name-of-the-person'));
  secret(token);
  await samples.alliance.withHeader(`Bearer ${token}`).query('{ viewer { name } }');
  await samples.alliance.withHeader(`Bearer ${secret('a-token-that-is-none')}`).query('{ __typename }');
  await samples.alliance.withHeader(secret('Basic dXNlcjpwYXNzd29yZA==')).query('{ __typename }');
  const key = {
    organisationId: toGlobalId('Brand', samples.brandId),
    name: secret('name-of-the-key'),
    scopes: ['read'],
  };
  const made = await act(
    samples.brand,
    'apiKeyCreate',
    { ...key, idempotencyKey: secret('key-of-the-repeat') },
    'token',
  );
  const apiKey = samples.alliance.withHeader(`Bearer ${secret(made.result.token)}`);
  await apiKey.query('query ByKey { viewer { name } }');
  await samples.ask(creator, product, { message: secret('message-with-the-sample') });
  const method = {
    partyId: toGlobalId('Creator', creator.id),
    kind: 'BANK',
    holder: 'holder-of-the-account',
    iban: IBAN,
  };
  expect((await act(creator.caller, 'payoutMethodSet', method, 'id')).refused).toEqual([]);
  await act(creator.caller, 'payoutMethodSet', { ...method, iban: secret('DE00111122223333444455') }, 'id');
  const variables = encodeURIComponent(JSON.stringify({ id: secret('variable-in-the-address') }));
  await fetch(`${samples.alliance.server.url}/graphql?query={__typename}&variables=${variables}`);
  await fetch(`${samples.alliance.server.url}/${secret('a-path-that-is-none')}?${secret('query-of-none')}`);
  await fetch(
    `${samples.alliance.server.url}/statements/S-1.csv?expires=1&signature=${secret('c2lnbmF0dXJl')}`,
  );
  await post('/graphql', JSON_TYPE, `{"query": "${secret('body-that-is-no-json')}`);
  await post('/graphql', { 'content-type': secret('application/x-unheard-of') }, 'x');
  await post(
    '/graphql',
    { ...JSON_TYPE, cookie: secret('session-of-the-browser') },
    '{"query":"{ __typename }"}',
  );
  const byKey = await logged(({ operation }) => operation === 'ByKey');
  expect(byKey).toMatchObject({ caller: 'API_KEY', apiKeyId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  await logged(({ status }) => status === 415);
  expectNoSecret();
});

test('a failure of ours is logged with its kind and its place, without the row or the statement that it was about', async () => {
  const { database } = samples.alliance;
  await ownerRuns(
    database,
    sql`alter table sample_address add constraint no_addresses_today check (false) not valid`,
    sql`alter table payout_method add constraint no_accounts_today check (false) not valid`,
  );
  const product = await samples.product();
  const asked = await samples.ask(await samples.creator(), product);
  expect(asked.code).toBe('INTERNAL_SERVER_ERROR');
  const method = {
    partyId: toGlobalId('Creator', creator.id),
    kind: 'BANK',
    holder: 'holder-of-the-account',
    iban: IBAN,
  };
  expect((await act(creator.caller, 'payoutMethodSet', method, 'id')).code).toBe('INTERNAL_SERVER_ERROR');
  for (const constraint of ['no_addresses_today', 'no_accounts_today']) {
    const line = await logged(({ err }) => JSON.stringify(err ?? {}).includes(constraint));
    expect(line.level).toBe(50);
    expect(JSON.stringify(line.err)).toMatch(/"code":"23514"/);
    expect(line.err.stack).toMatch(/^ +at /);
    // Under the id that the answer has told the caller.
    await logged(({ reqId, codes }) => reqId === line.reqId && codes?.[0] === 'INTERNAL_SERVER_ERROR');
  }
  expectNoSecret();
});

function expectNoSecret(): void {
  const log = samples.alliance.log.join('');
  expect(log.length).toBeGreaterThan(1000);
  expect([...secrets].filter((text) => log.includes(text))).toEqual([]);
}

test.each([
  ['ga_live_AAAAAAAAAAAAAAAAAAAAAA_', 'B'.repeat(43)],
  ['whsec_', 'C'.repeat(32)],
  ['Bearer ', 'd.e.f'],
  ['eyJhbGciOiJFUzI1NiJ9.', 'eyJpc3MiOiJ4In0.c2ln'],
  ['postgres://alliance:', 'pass-word'],
  ['/statements/S-1.csv?expires=1&signature=', 'c2lnbmF0dXJl'],
])('whatever writes %j and a secret, the secret is struck out', (before, text) => {
  const after = before.startsWith('postgres') ? '@host:5432/alliance' : '';
  const line = strikeOut(JSON.stringify({ msg: `It is ${before}${text}${after}` }));
  expect(line).toContain('[struck out]');
  expect(line).not.toContain(text);
  expect(JSON.parse(line).msg).toContain('It is ');
});

test('what is no secret stays as it is', () => {
  const line = JSON.stringify({
    route: '/graphql',
    msg: 'Server listening at http://127.0.0.1:4000',
    id: 'ga_x',
  });
  expect(strikeOut(line)).toBe(line);
});

test('an error of PostgreSQL that repeats what it was given does not', async () => {
  const { database } = samples.alliance;
  const error = await database.rows(sql`select ${'value-of-a-caller'}::uuid`).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(String((error as Error).message)).toContain('value-of-a-caller');
  const told = describeError(error);
  expect(JSON.stringify(told)).not.toContain('value-of-a-caller');
  expect(told).toMatchObject({ code: '22P02', message: 'invalid input syntax for type uuid: "…"' });
  expect(describeError('a thrown text').message).toBe('Something that is no error was thrown.');
});
