import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { validate } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoIdentity, demoIdentities } from '../../seeds/demo/identities.ts';
import { seedDemo } from '../../seeds/demo.ts';
import type { Database } from '../../src/db/database.ts';
import { announce } from '../../src/db/outbox.ts';
import { fromGlobalId, newId } from '../../src/kernel/ids.ts';
import { readConfig } from '../../src/server/config.ts';
import { type CallerQueries, readReadyQueries } from '../../src/server/explorer/ready-queries.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { type AllianceServer, startServer } from '../../src/server/server.ts';
import { testDatabase } from '../kit/database.ts';
import { isMutation, isQuery, isSubscription, readOperations, runsOnDemo } from '../kit/operations.ts';
import { followByStream } from '../subscription/live-clients.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of all operations
type Json = any;

const operations = readOperations();

/** Those of sandboxes are run in one, those that need more than the demo has in a creator's day: test/sandbox, test/days. */
const runHere = operations.filter((each) => !/\/sandbox-/.test(each.path) && runsOnDemo(each));

let database: Database;
let server: AllianceServer;

beforeAll(async () => {
  database = await testDatabase();
  await seedDemo(database);
  const config = { ...readConfig({ NODE_ENV: 'test', PORT: '0' }), port: 0 };
  const log = new Writable({ write: (_chunk, _encoding, done) => done() });
  server = await startServer({ config, database, demoIdentities, log });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function ask(identity: string | null, query: string, variables: object = {}): Promise<Json> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (identity !== null) {
    const { token } = await server.localIssuer!.issue(identity, identity);
    headers.authorization = `Bearer ${token}`;
  }
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
  return response.json();
}

const identitiesOf = (caller: DemoIdentity['caller']): DemoIdentity[] =>
  demoIdentities.filter((identity) => identity.caller === caller);

describe('the demo identities', () => {
  it('are all in the database, each the owner of its organisation', async () => {
    expect(server.identities.map(({ id }) => id)).toEqual(demoIdentities.map(({ id }) => id));
    for (const { id, title, organisation } of demoIdentities) {
      const { data } = await ask(id, '{ viewer { name memberships { role organisation { name } } } }');
      const membership = { role: 'OWNER', organisation: { name: organisation } };
      expect(data.viewer).toEqual({ name: title, memberships: [membership] });
    }
  });

  it('include one for every kind of caller that has ready queries', async () => {
    const callers = new Set(demoIdentities.map(({ caller }) => caller));
    expect(callers).toEqual(new Set(operations.map(({ caller }) => caller)));
  });
});

describe('the ready operations', () => {
  it('stand in the explorer for every caller, three to thirty of them', async () => {
    const callers: CallerQueries[] = await readReadyQueries();
    for (const { id, queries } of callers) {
      expect(queries.length, id).toBeGreaterThanOrEqual(3);
      expect(queries.length, id).toBeLessThanOrEqual(30);
    }
  });

  it.each(operations)('$path fits the schema', ({ document }) => {
    expect(validate(buildAllianceSchema(), document)).toEqual([]);
  });

  it.each(runHere.filter(isQuery))('$path runs for its callers', async (operation) => {
    for (const { id } of identitiesOf(operation.caller)) {
      const { data, errors } = await ask(id, operation.text, operation.variables);
      expect(errors, id).toBeUndefined();
      expect(data, id).not.toBeNull();
    }
  });

  it.each(runHere.filter(isQuery))(
    '$path shows something to one of its callers',
    async ({ caller, text, variables }) => {
      const answers = await Promise.all(identitiesOf(caller).map(({ id }) => ask(id, text, variables)));
      expect(answers.some(({ data }) => showsSomething(data))).toBe(true);
    },
  );

  it.each(runHere.filter(isMutation))(
    '$path does what it says for one of its callers, and the same when it is repeated',
    async ({ caller, text, variables }) => {
      const refusals: Json[] = [];
      for (const { id } of identitiesOf(caller)) {
        const { data, errors } = await ask(id, text, variables);
        expect(errors, id).toBeUndefined();
        const [payload] = Object.values<Json>(data);
        refusals.push(...payload.userErrors);
        if (payload.userErrors.length > 0) continue;
        const again = await ask(id, text, variables);
        expect([again.errors, Object.values<Json>(again.data)[0].userErrors]).toEqual([undefined, []]);
        return;
      }
      expect(refusals).toEqual([]);
    },
  );

  it('creator-app/live-board.graphql tells its creator at once how the session stands', async () => {
    const board = operations.find(({ path }) => path === 'creator-app/live-board.graphql')!;
    const { token } = await server.localIssuer!.issue('creator-dapeng', 'creator-dapeng');
    const body = { query: board.text, variables: board.variables };
    const { status, results, stop } = await followByStream(server.url, body, `Bearer ${token}`);
    expect(status).toBe(200);
    while (results.length === 0) await sleep(20);
    stop();
    const told: Json = results[0];
    const { liveSession } = told.data.liveSessionBoard;
    expect(liveSession).toMatchObject({
      title: '大鹏午后加场',
      endedAt: null,
      pinnedItem: { id: expect.stringMatching(/^LiveItem_/) },
    });
    expect(Number(liveSession.figures.stockLeft)).toBeGreaterThan(0);
  });

  it.each(operations.filter((each) => isSubscription(each) && each.text.includes('cursor')))(
    '$path tells its callers of what happens',
    async (operation) => {
      for (const { id } of identitiesOf(operation.caller)) {
        const { token } = await server.localIssuer!.issue(id, id);
        const body = { query: operation.text, variables: operation.variables };
        const { status, results, stop } = await followByStream(server.url, body, `Bearer ${token}`);
        expect([id, status]).toEqual([id, 200]);
        // Nobody outside sees when it has begun, but it tells of what happens then.
        while (results.length === 0) await tellOfMoney(id);
        stop();
        expect([id, results[0]?.errors]).toEqual([id, undefined]);
        expect(Object.values(results[0]?.data ?? {})).toEqual([
          expect.objectContaining({ cursor: expect.stringMatching(/./) }),
        ]);
      }
    },
  );

  it('name in their variables only what is in the demo', async () => {
    const ids = operations.flatMap(({ variables }) => globalIdsIn(variables));
    expect(ids.length).toBeGreaterThan(5);
    const { data, errors } = await ask('operator', 'query Find($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids,
    });
    expect(errors).toBeUndefined();
    expect(data.nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  it('report an order whose events are answered one by one, and credited by its link', async () => {
    const { text, variables } = operations.find(({ path }) => path === 'shop-system/report-orders.graphql')!;
    const again = { input: { ...variables.input, source: 'another-shop' } };
    const answer = await ask('shop-hebai', text, again);
    const { results } = answer.data.orderEventsIngest.ingested;
    const statuses = results.map(({ status }: { status: string }) => status);
    expect(statuses).toEqual(['APPLIED', 'APPLIED', 'APPLIED', 'APPLIED', 'REJECTED']);
    expect(results[4].error.code).toBe('SKU_NOT_FOUND');
    const repeated = await ask('shop-hebai', text, again);
    const [first] = repeated.data.orderEventsIngest.ingested.results;
    expect(first.status).toBe('DUPLICATE');
  });

  it('fit a phone: a pool page of 20 products is at most 12 kB, and less on its way', async () => {
    const pages = operations.filter(({ path }) => /^creator-app\/pool(-page)?\.graphql$/.test(path));
    expect(pages).toHaveLength(2);
    const { token } = await server.localIssuer!.issue('creator-wenwen', 'creator-wenwen');
    for (const { documentId } of pages) {
      const url = `${server.url}/graphql?documentId=${documentId}`;
      const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
      const response = await fetch(url, { headers });
      const body = await response.text();
      expect(JSON.parse(body).data.productPool.nodes).toHaveLength(20);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(12_000);
      expect(response.headers.get('content-encoding')).toBe('gzip');
    }
  });

  it('let anybody read the directory', async () => {
    const { text } = operations.find(({ path }) => path === 'agency-client/directory.graphql')!;
    const { data, errors } = await ask(null, text);
    expect(errors).toBeUndefined();
    // Seven from the beginning, and one whom a ready query of the operator has certified above.
    expect(data.agencyDirectory.nodes).toHaveLength(8);
  });
});

/** Writes an event of money for the organisation of a demo identity, and waits a moment. */
async function tellOfMoney(identity: string): Promise<void> {
  const [seat] = await database.rows(sql<{ partyId: string }>`
    select m.party_id as "partyId" from membership m join app_user u on u.id = m.user_id where u.subject = ${identity}`);
  const to = [seat?.partyId ?? ''];
  const settled = { kind: 'COMMISSION_SETTLED', subject: { type: 'Brand', id: newId() }, to } as const;
  await database.transaction((tx) => announce(tx, [settled], new Date()));
  await sleep(100);
}

/** Whether some list in the answer holds something. */
function showsSomething(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null && Object.values(value).some(showsSomething);
}

function globalIdsIn(value: Json): string[] {
  if (typeof value === 'string') return fromGlobalId(value) === undefined ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(globalIdsIn) : [];
}
