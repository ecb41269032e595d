import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { ownerRuns } from '../kit/database.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';

const FIELDS = `id at action objectId outcome errorTypes inputFields attempts requestId actorKind actorName address
  organisation { organisationId } apiKey { id } member { id }`;
const OWN = `query ($first: Int, $after: String, $actorId: ID, $action: String, $objectId: ID, $outcome: AuditOutcome,
  $from: DateTimeISO, $to: DateTimeISO) { viewer { memberships {
    auditLog(first: $first, after: $after, actorId: $actorId, action: $action, objectId: $objectId, outcome: $outcome,
      from: $from, to: $to) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } } } }`;

const clock = new TestClock('2026-06-16T12:00:00Z');
let alliance: TestAlliance;
let world: World;
let brandId: string;
let owner: Caller;
let operator: Caller;
let stranger: Caller;
let key: Caller;
let keyId: string;
let product: MadeProduct;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
  brandId = await world.brand('若眠');
  product = await world.product({ brandId });
  owner = await alliance.memberOf(brandId);
  operator = await alliance.memberOf(alliance.id);
  stranger = await alliance.memberOf(await world.brand());
  const scopes = ['read', 'catalogue:write', 'orders:write'];
  const made = await world.tx((tx) =>
    createApiKey(tx, { partyId: brandId, name: '店铺系统', scopes }, 'test', clock.now()),
  );
  key = alliance.withHeader(`Bearer ${made.token}`);
  keyId = toGlobalId('ApiKey', made.row.id);
});
afterAll(() => alliance.close());

async function logOf(caller: Caller, variables: object = {}): Promise<Json[]> {
  const { data, errors } = await caller.query(OWN, variables);
  expect(errors).toBeUndefined();
  return data.viewer.memberships[0].auditLog.nodes;
}

const productId = () => toGlobalId('Product', product.id);
const suspend = (caller: Caller) => act(caller, 'productSuspend', { productId: productId() });
const resume = (caller: Caller) => act(caller, 'productResume', { productId: productId() });

describe('the log of an organisation', () => {
  it('tells its members who did what, on what, from where, when, and what became of it', async () => {
    expect(said(await suspend(owner))).toBe('DONE');
    const [entry] = await logOf(owner);
    expect(entry).toEqual({
      id: expect.stringMatching(/^AuditEntry_/),
      at: clock.now().toISOString(),
      action: 'productSuspend',
      objectId: productId(),
      outcome: 'DONE',
      errorTypes: [],
      inputFields: expect.arrayContaining(['productId']),
      attempts: 1,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      actorKind: 'PERSON',
      actorName: 'person-1',
      address: '127.0.0.1',
      organisation: { organisationId: toGlobalId('Brand', brandId) },
      apiKey: null,
      member: { id: expect.stringMatching(/^OrganisationMember_/) },
    });
    expect(said(await resume(key))).toBe('DONE');
    const [byKey] = await logOf(key);
    const who = { actorKind: 'API_KEY', actorName: '店铺系统', apiKey: { id: keyId }, member: null };
    expect(byKey).toMatchObject({ action: 'productResume', ...who });
  });

  it('has what operators did to what is its own, but not which of them, nor from where', async () => {
    expect(said(await suspend(operator))).toBe('DONE');
    const [entry] = await logOf(owner);
    const unsaid = { actorKind: 'PERSON', actorName: null, address: null, apiKey: null, member: null };
    const organisation = { organisationId: toGlobalId('Alliance', alliance.id) };
    expect(entry).toMatchObject({ action: 'productSuspend', objectId: productId(), organisation, ...unsaid });
    const [theirs] = await logOf(operator);
    expect(theirs).toMatchObject({ id: entry.id, actorName: 'person-2', address: '127.0.0.1' });
    expect(theirs.member).not.toBeNull();
    expect(said(await resume(operator))).toBe('DONE');
  });

  it('has nothing of others, who have nothing of it', async () => {
    const before = await logOf(owner);
    expect(said(await suspend(stranger))).toBe('NotFoundError');
    expect(await logOf(owner)).toEqual(before);
    const theirs = await logOf(stranger);
    expect(theirs.map(({ action, outcome }) => [action, outcome])).toEqual([['productSuspend', 'REFUSED']]);
    const { data } = await stranger.query('query ($id: ID!) { node(id: $id) { id } }', { id: before[0].id });
    expect(data.node).toBeNull();
    const { errors } = await stranger.query('{ auditLog { nodes { id } } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('tells what was refused, failed, repeated or not open, and why', async () => {
    const idempotencyKey = 'suspend-it-once';
    const input = { productId: productId(), idempotencyKey };
    const keyed = await act(key, 'orderEventsIngest', { source: 's', events: [] });
    expect(said(keyed)).toBe('InvalidInput');
    const create = {
      organisationId: toGlobalId('Brand', brandId),
      name: 'n',
      scopes: ['read'],
      idempotencyKey,
    };
    await act(owner, 'apiKeyCreate', create);
    await act(owner, 'apiKeyCreate', create);
    await act(owner, 'apiKeyCreate', { ...create, name: 'other' });
    await act(owner, 'policyChange', { technicalFeeRate: 1 });
    expect(said(await act(owner, 'productResume', input))).toBe('StateConflict');
    const told = (await logOf(owner, { first: 6 })).map(({ action, outcome, errorTypes }) =>
      [action, outcome, ...errorTypes].join(' '),
    );
    expect(told).toEqual([
      'productResume REFUSED StateConflict',
      'policyChange REFUSED FORBIDDEN',
      'apiKeyCreate REFUSED IdempotencyKeyReused',
      'apiKeyCreate REPEATED',
      'apiKeyCreate DONE',
      'orderEventsIngest REFUSED InvalidInput',
    ]);
  });
});

describe('its filters', () => {
  it('leave what one actor, action, object, outcome and time have', async () => {
    const from = clock.now().toISOString();
    clock.advance(60_000);
    const to = clock.now().toISOString();
    await suspend(owner);
    await resume(key);
    const all = await logOf(owner, { first: 100 });
    const member = all.find(({ actorName }) => actorName === 'person-1').member.id;
    const apply = async (filter: object) =>
      (await logOf(owner, { first: 100, ...filter })).map(({ id }) => id);
    const those = (holds: (entry: Json) => boolean) => all.filter(holds).map(({ id }) => id);
    expect(await apply({ actorId: keyId })).toEqual(those(({ apiKey }) => apiKey?.id === keyId));
    expect(await apply({ actorId: member })).toEqual(those((entry) => entry.member?.id === member));
    expect(await apply({ action: 'productSuspend' })).toEqual(
      those(({ action }) => action === 'productSuspend'),
    );
    expect(await apply({ objectId: productId() })).toEqual(those((entry) => entry.objectId === productId()));
    expect(await apply({ outcome: 'REFUSED' })).toEqual(those(({ outcome }) => outcome === 'REFUSED'));
    expect(await apply({ from, to })).toEqual(those(({ at }) => at < to));
    expect(await apply({ from: to })).toEqual(all.slice(0, 2).map(({ id }) => id));
    expect(await apply({ actorId: member, action: 'productSuspend', from: to })).toEqual([all[1].id]);
  });

  it('do not tell which operator it was', async () => {
    const [theirs] = await logOf(operator, { action: 'productSuspend' });
    expect(theirs.member.id).toMatch(/^OrganisationMember_/);
    expect(await logOf(owner, { actorId: theirs.member.id })).toEqual([]);
  });

  it.each(['', 'x', 'Brand_x', 'ApiKey_x'])('find nothing by an id that is none: %j', async (id) => {
    expect(await logOf(owner, { actorId: id })).toEqual([]);
    expect(await logOf(owner, { objectId: id })).toEqual([]);
  });

  it('go with pages, also where many entries are of one moment', async () => {
    const all = await logOf(owner, { first: 100 });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: Json = await owner.query(OWN, { first: 2, after });
      const page = data.viewer.memberships[0].auditLog;
      seen.push(...page.nodes.map(({ id }: Json) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(seen.length).toBeGreaterThan(8);
  });
});

it('is whole for operators', async () => {
  const { data } = await operator.query(`{ auditLog(first: 100) { nodes { ${FIELDS} } } }`);
  const [count] = await alliance.database.rows(sql<Json>`select count(*)::int as n from audit_entry`);
  expect(data.auditLog.nodes).toHaveLength(count.n);
  expect(data.auditLog.nodes.every(({ actorName }: Json) => actorName !== null)).toBe(true);
});

describe('statements', () => {
  const counted = (statements: readonly string[]) =>
    statements.filter((text) => /audit_entry/.test(text)).length;

  it('of a page are as many for many entries as for two, one by a person and one by a key', async () => {
    const two = await owner.query(OWN, { first: 2 });
    const many = await owner.query(OWN, { first: 8 });
    expect(many.data.viewer.memberships[0].auditLog.nodes).toHaveLength(8);
    expect(many.statements).toHaveLength(two.statements.length);
    expect(many.statements.length).toBeLessThanOrEqual(5);
    const whole = await operator.query(`{ auditLog(first: 8) { nodes { ${FIELDS} } } }`);
    expect(whole.statements.length).toBeLessThanOrEqual(4);
  });

  it('of a call of order events are one more, however many events it brings', async () => {
    const ingest = async (count: number) => {
      const input = { source: 's', events: Array.from({ length: count }, (_, i) => wire(`${count}-${i}`)) };
      const document = `mutation ($input: OrderEventsIngestInput!) { orderEventsIngest(input: $input) {
        ingested { results { status } } } }`;
      const { data, statements } = await key.query(document, { input });
      const statuses = data.orderEventsIngest.ingested.results.map(({ status }: Json) => status);
      expect(new Set(statuses)).toEqual(new Set(['APPLIED']));
      return statements;
    };
    for (const count of [1, 100]) expect(counted(await ingest(count))).toBe(1);
    const [entry] = await logOf(owner);
    expect(entry).toMatchObject({ action: 'orderEventsIngest', outcome: 'DONE', apiKey: { id: keyId } });
  });

  const wire = (orderNo: string) => {
    const { quantity, itemTotalMinor } = placed(product.code);
    const detail = {
      skuCode: product.code,
      quantity: String(quantity),
      buyerRef: 'b',
      itemTotalMinor: String(itemTotalMinor),
    };
    const { occurredAt } = event(brandId, 'PLACED', orderNo);
    return { eventId: orderNo, kind: 'PLACED', orderNo, lineNo: '1', occurredAt, placed: detail };
  };
});

describe('an act and its entry', () => {
  it('stand or fall together', async () => {
    await suspend(owner);
    const before = await logOf(owner, { first: 100 });
    await ownerRuns(alliance.database, sql`alter table audit_concern rename to audit_concern_away`);
    const failed = await resume(owner);
    await ownerRuns(alliance.database, sql`alter table audit_concern_away rename to audit_concern`);
    expect(said(failed)).toBe('INTERNAL_SERVER_ERROR');
    const { data } = await owner.query(`{ node(id: "${productId()}") { ... on Product { state } } }`);
    expect(data.node.state).toBe('SUSPENDED');
    expect(await logOf(owner, { first: 100 })).toEqual(before);
  });
});
