import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { type MadeProduct, World } from '../kit/world.ts';
import { act, said } from './act.ts';

let alliance: TestAlliance;
let world: World;
let brandId: string;
let owner: Caller;
let product: MadeProduct;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  brandId = await world.brand('若眠');
  owner = await alliance.memberOf(brandId);
  product = await world.product({ brandId });
});

afterAll(() => alliance.close());

const newKey = (scopes: string[], more: object = {}) => ({
  organisationId: toGlobalId('Brand', brandId),
  name: '店铺系统',
  scopes,
  ...more,
});

const FIELDS = 'token apiKey { id name scopes lastUsedAt revokedAt }';
const create = (input: object, caller = owner) => act(caller, 'apiKeyCreate', input, FIELDS);
const bearer = (token: string): Caller => alliance.withHeader(`Bearer ${token}`);

const VIEWER = '{ viewer { name memberships { role organisation { name } } brand { name } } }';

describe('an API key', () => {
  it('acts for its organisation until it is revoked', async () => {
    const { result } = await create(newKey(['read', 'orders:write']));
    expect(result.token).toMatch(/^ga_test_[\w-]{22}_[\w-]{43}$/);
    const key = { name: '店铺系统', scopes: ['read', 'orders:write'], lastUsedAt: null, revokedAt: null };
    expect(result.apiKey).toEqual({ id: expect.stringMatching(/^ApiKey_/), ...key });
    const caller = bearer(result.token);
    expect((await caller.query(VIEWER)).data.viewer).toEqual({
      name: '店铺系统',
      memberships: [{ role: 'MANAGER', organisation: { name: '若眠' } }],
      brand: { name: '若眠' },
    });
    const revoked = await act(owner, 'apiKeyRevoke', { apiKeyId: result.apiKey.id }, 'revokedAt lastUsedAt');
    expect(Date.parse(revoked.result.lastUsedAt)).toBeLessThanOrEqual(Date.parse(revoked.result.revokedAt));
    const { status, errors } = await caller.query(VIEWER);
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    const again = await act(owner, 'apiKeyRevoke', { apiKeyId: result.apiKey.id }, 'revokedAt lastUsedAt');
    expect(again.result).toEqual(revoked.result);
  });

  it('stands in the list of its organisation, for members', async () => {
    const { result } = await create(newKey(['read']));
    const list = '{ viewer { memberships { apiKeys(first: 1) { nodes { id name } } } } }';
    const { data } = await owner.query(list);
    expect(data.viewer.memberships[0].apiKeys.nodes).toEqual([{ id: result.apiKey.id, name: '店铺系统' }]);
  });

  it('holds one secret that is shown once and kept nowhere', async () => {
    const idempotencyKey = 'the-one-key-of-the-shop';
    const { result } = await create(newKey(['read'], { idempotencyKey }));
    await bearer(result.token).query(VIEWER);
    await bearer(`${result.token.slice(0, -1)}!`).query(VIEWER);
    const again = await create(newKey(['read'], { idempotencyKey }));
    expect(again.result).toMatchObject({ token: null, apiKey: { id: result.apiKey.id } });
    const secret = result.token.slice(-43);
    expect(alliance.log.length).toBeGreaterThan(0);
    expect(alliance.log.filter((line) => line.includes(secret))).toEqual([]);
    const dump = await alliance.database.rows(
      sql<{
        text: string;
      }>`select k::text as text from api_key k union all select k::text from idempotency_key k
        union all select a::text from audit_entry a`,
    );
    const hex = Buffer.from(secret).toString('hex');
    expect(dump.length).toBeGreaterThan(0);
    expect(dump.filter(({ text }) => text.includes(secret) || text.includes(hex))).toEqual([]);
  });

  it('is refused with any other secret', async () => {
    const { result } = await create(newKey(['read']));
    const other = await create(newKey(['read']));
    const swapped = result.token.slice(0, -43) + other.result.token.slice(-43);
    for (const token of [
      swapped,
      result.token.slice(0, -1),
      `${result.token}A`,
      result.token.toUpperCase(),
    ]) {
      expect((await bearer(token).query(VIEWER)).status).toBe(401);
    }
  });
});

describe('the scopes of a key', () => {
  const placed = () => ({
    source: 'shop',
    events: [
      {
        eventId: 'e1',
        kind: 'PLACED',
        orderNo: 'S1',
        lineNo: '1',
        occurredAt: '2026-06-16T12:00:00Z',
        placed: { skuCode: product.code, quantity: '1', buyerRef: 'b', itemTotalMinor: '10000' },
      },
    ],
  });
  const tries = () =>
    [
      ['orderEventsIngest', placed()],
      ['productSuspend', { productId: toGlobalId('Product', product.id) }],
      ['productResume', { productId: toGlobalId('Product', product.id) }],
      ['planCreate', { ...plan(), productId: toGlobalId('Product', product.id) }],
      ['apiKeyCreate', newKey(['read'])],
    ] as const;
  const plan = () => ({
    brandId: toGlobalId('Brand', brandId),
    kind: 'OPEN',
    title: 'Plan',
    commissionRate: 1000,
  });

  const answersWith = async (...scopes: string[]) => {
    const { result } = await create(newKey(scopes));
    const answers = [];
    for (const [name, input] of tries()) answers.push(said(await act(bearer(result.token), name, input)));
    return answers;
  };
  const NO = 'NotFoundError';

  it('let it write what they name and nothing else', async () => {
    expect(await answersWith('read')).toEqual([NO, NO, NO, NO, NO]);
    expect(await answersWith('read', 'orders:write')).toEqual(['DONE', NO, NO, NO, NO]);
    expect(await answersWith('read', 'catalogue:write')).toEqual([NO, 'DONE', 'DONE', NO, NO]);
    expect(await answersWith('read', 'cooperation:write')).toEqual([NO, NO, NO, 'DONE', NO]);
  });

  it.each([[[]], [['everything']], [['read', '']]])('are none that there are not: %j', async (scopes) => {
    expect(said(await create(newKey(scopes)))).toBe('InvalidInput');
  });
});

describe('keys are the business of the owner', () => {
  it('of nobody else', async () => {
    const { result } = await create(newKey(['read']));
    const apiKeyId = result.apiKey.id;
    const others = [
      await alliance.memberOf(brandId, 'BRAND', 'MANAGER'),
      await alliance.memberOf(brandId, 'BRAND', 'VIEWER'),
      await alliance.memberOf(await world.brand()),
      bearer(result.token),
    ];
    for (const caller of others) {
      expect(said(await create(newKey(['read']), caller))).toBe('NotFoundError');
      expect(said(await act(caller, 'apiKeyRevoke', { apiKeyId }))).toBe('NotFoundError');
    }
    expect((await bearer(result.token).query(VIEWER)).status).toBe(200);
    expect(said(await create(newKey(['read']), alliance.withHeader()))).toBe('UNAUTHENTICATED');
  });

  it('but the operator may revoke any, which is in the audit log', async () => {
    const { result } = await create(newKey(['read']));
    const operator = await alliance.memberOf(alliance.id);
    expect(said(await act(operator, 'apiKeyRevoke', { apiKeyId: result.apiKey.id }))).toBe('DONE');
    expect((await bearer(result.token).query(VIEWER)).status).toBe(401);
    const rows = await alliance.database.rows(
      sql<{ object: string }>`
        select object from audit_entry where operation = 'apiKeyRevoke' and party_id = ${alliance.id}`,
    );
    expect(rows).toEqual([{ object: result.apiKey.id }]);
  });

  it.each(['', 'Brand_x', 'ApiKey_x'])('and there are none of %j', async (id) => {
    expect(said(await create(newKey(['read'], { organisationId: id })))).toBe('NotFoundError');
    expect(said(await act(owner, 'apiKeyRevoke', { apiKeyId: id }))).toBe('NotFoundError');
  });
});
