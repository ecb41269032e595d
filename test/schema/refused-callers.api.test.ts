import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isNonNullType,
} from 'graphql';
import { SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import type { Scope } from '../../src/graphql/actor.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { act } from '../api/act.ts';
import { anyInput, MUTATIONS, typedValue } from '../audit/any-input.ts';
import { AUDIENCE, TestIssuer } from '../identity/issuer.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { makeSide, type Side } from './sides.ts';

const schema = buildAllianceSchema();
const queries = Object.values((schema.getQueryType() as GraphQLObjectType).getFields());

let alliance: TestAlliance;
let issuer: TestIssuer;
let side: Side;
let callers: Record<string, Caller>;

/** Those who belonged to brand A and may read nothing of it: each would see everything of it if they were let in. */
const REFUSED = [
  'a revoked key',
  'a key that is over',
  'an unknown key',
  'an expired token',
  'a token of nobody known',
] as const;

beforeAll(async () => {
  issuer = await TestIssuer.open();
  const environment = { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, TRUST_PROXY: 'loopback' };
  alliance = await testAlliance({ environment });
  side = await makeSide(new World(alliance.database), 'A');
  const revoked = await keyOf('read');
  const over = await keyOf('read');
  await alliance.database.rows(sql`update api_key set revoked_at = now() where id = ${revoked.id}`);
  await alliance.database.rows(sql`update api_key set expires_at = now() where id = ${over.id}`);
  const stranger = new SignJWT({ sub: 'x' }).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
  const bearers = {
    'a revoked key': revoked.token,
    'a key that is over': over.token,
    'an unknown key': `ga_test_${'A'.repeat(22)}_${side.brandKey.slice(-43)}`,
    'an expired token': await issuer.token({ exp: Math.floor(Date.now() / 1000) }),
    'a token of nobody known': await stranger,
  };
  callers = Object.fromEntries(
    Object.entries(bearers).map(([name, token]) => [name, caller(`Bearer ${token}`)]),
  );
});

afterAll(async () => {
  await alliance.close();
  await issuer.stop();
});

const keyOf = (...scopes: Scope[]) =>
  alliance.database.transaction(async (tx) => {
    const key = { partyId: side.brandId, name: 'Shop', scopes };
    const { row, token } = await createApiKey(tx, key, 'test', new Date());
    return { id: row.id, token };
  });

/** A query of one root field with all that it needs, made from the schema; each id is that of the brand. */
function queryOf({
  name,
  type,
  args,
}: GraphQLField<unknown, unknown>): [document: string, variables: object] {
  const needed = args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const given = { id: side.objects.Brand ?? '', word: 'x' };
  const variables = Object.fromEntries(needed.map((arg) => [arg.name, typedValue(arg.type, given)]));
  const declared = needed.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = needed.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const field = needed.length > 0 ? `${name}(${passed})` : name;
  const selection = isCompositeType(getNamedType(type)) ? '{ __typename }' : '';
  return [`query ${needed.length > 0 ? `(${declared})` : ''} { ${field} ${selection} }`, variables];
}

let calls = 0;

/** A caller who comes from another address each time, since an address whose logins fail is soon told to wait. */
const caller = (authorization: string): Caller => ({
  async query(query, variables) {
    calls += 1;
    const response = await fetch(`${alliance.server.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        'x-forwarded-for': `10.0.${calls >> 8}.${calls & 255}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, statements: [], ...((await response.json()) as Json) };
  },
});

const codesOf = (errors: Json): string[] => [
  ...new Set<string>((errors ?? []).map((error: Json) => error.extensions.code)),
];

describe.each(REFUSED)('%s', (name) => {
  it('is refused by every way in, and told nothing', async () => {
    for (const field of queries) {
      const { status, data, errors } = await (callers[name] as Caller).query(...queryOf(field));
      expect([field.name, status, data, codesOf(errors)]).toEqual([
        field.name,
        401,
        undefined,
        ['UNAUTHENTICATED'],
      ]);
    }
  });

  it('finds no object by its id, alone or with others', async () => {
    const ids = Object.values(side.objects);
    const refused = callers[name] as Caller;
    for (const id of ids) {
      const { status, data } = await refused.query('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect([status, data]).toEqual([401, undefined]);
    }
    const { status, data } = await refused.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect([status, data]).toEqual([401, undefined]);
  });

  it('does nothing by any mutation', async () => {
    for (const mutation of MUTATIONS) {
      const outcome = await act(
        callers[name] as Caller,
        mutation,
        anyInput(mutation, side.objects.Brand ?? '', 'x'),
      );
      expect([mutation, outcome.status, outcome.code]).toEqual([mutation, 401, 'UNAUTHENTICATED']);
    }
  });
});

describe('a key without the scope read', () => {
  let writer: Caller;
  beforeAll(async () => {
    const scopes = ['catalogue:write', 'cooperation:write', 'orders:write', 'money:write'] as const;
    writer = caller(`Bearer ${(await keyOf(...scopes)).token}`);
  });

  it('reads nothing by any way in', async () => {
    expect(queries.length).toBeGreaterThan(20);
    for (const field of queries) {
      const { data, errors } = await writer.query(...queryOf(field));
      expect([field.name, codesOf(errors)]).toEqual([field.name, ['FORBIDDEN']]);
      expect([field.name, data?.[field.name] ?? null]).toEqual([field.name, null]);
    }
  });

  it('learns what became of its own writes, and nothing of what lies behind', async () => {
    const productId = side.objects['Product, listed'];
    const done = await act(writer, 'productSuspend', { productId }, 'id state');
    expect(done.result).toEqual({ id: productId, state: 'SUSPENDED' });
    const behind = 'brand { name orderLines(first: 1) { nodes { id } } }';
    const { result, code } = await act(writer, 'productResume', { productId }, behind);
    expect([code, result]).toEqual(['FORBIDDEN', null]);
  });
});

it('the queries are right: whoever may read is refused none of them for its form', async () => {
  const operator = await alliance.memberOf(alliance.id);
  for (const field of queries) {
    const { status, errors } = await operator.query(...queryOf(field));
    const codes = codesOf(errors).filter((code) => code !== 'NOT_FOUND');
    expect([field.name, status, codes]).toEqual([field.name, 200, []]);
  }
});
