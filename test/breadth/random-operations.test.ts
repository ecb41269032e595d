import { Writable } from 'node:stream';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoIdentities } from '../../seeds/demo/identities.ts';
import { seedDemo } from '../../seeds/demo.ts';
import { createRandom } from '../../seeds/random.ts';
import type { Database } from '../../src/db/database.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { readConfig } from '../../src/server/config.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { type AllianceServer, startServer } from '../../src/server/server.ts';
import { Comparing } from '../kit/comparing.ts';
import { testDatabase } from '../kit/database.ts';
import { isQuery, readOperations } from '../kit/operations.ts';
import { randomOperation, Seen } from './random-operations.ts';

const OPERATIONS = Number(process.env.RANDOM_OPERATIONS ?? 5_000);
const SEED = Number(process.env.RANDOM_OPERATIONS_SEED ?? Date.now() % 1_000_000);

const schema = buildAllianceSchema();
const comparing = new Comparing();
let database: Database;
let server: AllianceServer;
/** The contexts of everybody of the demo, and of nobody. */
const contexts: RequestContext[] = [];
const seen = new Seen();

beforeAll(async () => {
  database = await testDatabase();
  await seedDemo(database);
  const config = { ...readConfig({ NODE_ENV: 'test', PORT: '0', RATE_POINTS: '0' }), port: 0 };
  const log = new Writable({ write: (_chunk, _encoding, done) => done() });
  let caught: RequestContext | undefined;
  server = await startServer({
    config,
    database,
    demoIdentities,
    log,
    execute: async (execution) => {
      caught = execution.context;
      const answer = await comparing.execute(execution);
      if (answer !== undefined) seen.look(answer.data.text);
      return answer;
    },
  });
  const queries = readOperations().filter(isQuery);
  for (const identity of [null, ...demoIdentities]) {
    const token = identity && (await server.localIssuer!.issue(identity.id, identity.id)).token;
    const headers = {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    };
    const ask = (query: string, variables?: object) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query, variables }),
      });
    for (const { text, variables, caller } of queries)
      if (caller === identity?.caller) await ask(text, variables);
    await ask('{ __typename }');
    contexts.push(caught as RequestContext);
  }
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

it('every ready query is answered by levels as by graphql-js', () => {
  expect(comparing.compared).toBeGreaterThan(80);
  expect(comparing.differences).toEqual([]);
});

it(`${OPERATIONS} random operations (seed ${SEED}) are answered by levels as by graphql-js`, async () => {
  const random = createRandom(SEED);
  const before = comparing.compared;
  const kinds = { data: 0, errors: 0, both: 0 };
  for (let made = 0; comparing.compared - before < OPERATIONS; made++) {
    if (made > OPERATIONS * 3) throw new Error('Too few of the operations are valid.');
    const { document: text, variables } = randomOperation(schema, random, seen);
    const document = parse(text);
    if (validate(schema, document).length > 0) continue;
    const operation = document.definitions[0] as never;
    const context = random.pick(contexts);
    const answer = await comparing.execute({ schema, document, operation, variables, context });
    if (answer === undefined) continue;
    seen.look(answer.data.text);
    const hasData = answer.data.text !== 'null';
    if (hasData && answer.errors.length > 0) kinds.both += 1;
    else if (hasData) kinds.data += 1;
    else kinds.errors += 1;
  }
  expect(comparing.differences.slice(0, 3)).toEqual([]);
  // The operations are of some worth: many are answered in full, many fail in the middle.
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(OPERATIONS / 50);
}, 600_000);
