import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';

let alliance: TestAlliance;
let world: World;
let brandId: string;
let owner: Caller;

const GRANT = /* GraphQL */ `
  mutation ($input: MembershipGrantInput!) {
    membershipGrant(input: $input) {
      organisation { name }
      userErrors { __typename ... on UserError { path } }
    }
  }
`;

let calls = 0;
const grant = async (caller: Caller, subject: string, role: string, name = subject) => {
  calls += 1;
  const organisationId = toGlobalId('Brand', brandId);
  const input = {
    organisationId,
    subject,
    role,
    name,
    issuer: LOCAL_ISSUER,
    idempotencyKey: `grant-${calls}-key`,
  };
  const { data } = await caller.query(GRANT, { input });
  return data.membershipGrant;
};

const person = async (subject: string): Promise<Caller> =>
  alliance.withHeader(`Bearer ${(await alliance.issuer.issue(subject, subject)).token}`);

const rolesOf = async (caller: Caller) => {
  const { data } = await caller.query('{ viewer { name memberships { role organisation { name } } } }');
  return data.viewer;
};

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  brandId = await world.brand('荷白');
  owner = await alliance.memberOf(brandId);
});

afterAll(() => alliance.close());

it('an owner gives a role, and another one in its place', async () => {
  const clerk = await person('clerk');
  expect(await rolesOf(clerk)).toEqual({ name: 'clerk', memberships: [] });
  expect(await grant(owner, 'clerk', 'VIEWER')).toEqual({ organisation: { name: '荷白' }, userErrors: [] });
  expect(await grant(owner, 'clerk', 'MANAGER')).toEqual({ organisation: { name: '荷白' }, userErrors: [] });
  const memberships = [{ role: 'MANAGER', organisation: { name: '荷白' } }];
  expect(await rolesOf(clerk)).toEqual({ name: 'clerk', memberships });
});

it('who is no owner gives none', async () => {
  const refused = {
    organisation: null,
    userErrors: [{ __typename: 'NotFoundError', path: ['input', 'organisationId'] }],
  };
  expect(await grant(await alliance.memberOf(brandId, 'BRAND', 'MANAGER'), 'x', 'OWNER')).toEqual(refused);
  expect(await grant(await alliance.memberOf(await world.brand()), 'x', 'OWNER')).toEqual(refused);
  const [row] = await alliance.database.rows(
    sql<{ n: number }>`select count(*)::int as n from app_user where subject = 'x'`,
  );
  expect(row?.n).toBe(0);
});

it('nobody changes their own role, and a person who is known keeps their name', async () => {
  await grant(owner, 'partner', 'OWNER', 'Partner');
  const partner = await person('partner');
  expect(await grant(partner, 'partner', 'VIEWER')).toEqual({
    organisation: null,
    userErrors: [{ __typename: 'InvalidInput', path: ['input', 'subject'] }],
  });
  await grant(owner, 'partner', 'MANAGER', 'Somebody else');
  const memberships = [{ role: 'MANAGER', organisation: { name: '荷白' } }];
  expect(await rolesOf(partner)).toEqual({ name: 'Partner', memberships });
});
