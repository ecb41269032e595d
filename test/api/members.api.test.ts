import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { act } from './act.ts';

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

describe('members', () => {
  interface Found {
    readonly id: string;
    readonly name: string;
    readonly role: string;
  }
  const MEMBERS =
    'query ($id: ID!) { brand(id: $id) { members { nodes { id name role since issuer subject } } } }';
  const membersOf = async (caller: Caller, id = brandId): Promise<Found[]> => {
    const { data } = await caller.query(MEMBERS, { id: toGlobalId('Brand', id) });
    return data.brand.members.nodes;
  };
  const revoke = (caller: Caller, memberId?: string) =>
    act(caller, 'membershipRevoke', { memberId: memberId ?? '' }, 'name kind');
  let first: Caller;

  beforeEach(async () => {
    brandId = await world.brand('荷白');
    first = await alliance.memberOf(brandId);
    owner = first;
  });

  it('are listed for the organisation and operators, newest first', async () => {
    await grant(owner, 'lister', 'VIEWER');
    const members = await membersOf(owner);
    expect(members.map(({ role }) => role)).toEqual(['VIEWER', 'OWNER']);
    expect(members[0]).toMatchObject({ name: 'lister', issuer: LOCAL_ISSUER, subject: 'lister' });
    expect(await membersOf(await person('lister'))).toEqual(members);
    expect(await membersOf(await alliance.memberOf(alliance.id))).toEqual(members);
    const stranger = await alliance.memberOf(await world.brand());
    const { errors } = await stranger.query(MEMBERS, { id: toGlobalId('Brand', brandId) });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const { data } = await owner.query('{ viewer { memberships { members(first: 1) { nodes { id } } } } }');
    expect(data.viewer.memberships[0].members.nodes).toEqual([{ id: members[0]?.id }]);
  });

  it('lose their role by an owner, or leave, and are strangers from then on', async () => {
    await grant(owner, 'leaver', 'MANAGER');
    await grant(owner, 'dismissed', 'VIEWER');
    const [dismissed, leaver] = await membersOf(owner);
    const idempotencyKey = 'dismissed-once';
    const dismiss = () =>
      act(owner, 'membershipRevoke', { memberId: dismissed?.id, idempotencyKey }, 'name kind');
    expect((await dismiss()).result).toEqual({ name: '荷白', kind: 'BRAND' });
    expect((await dismiss()).result).toEqual({ name: '荷白', kind: 'BRAND' });
    expect(await rolesOf(await person('dismissed'))).toEqual({ name: 'dismissed', memberships: [] });
    expect((await revoke(await person('leaver'), leaver?.id)).refused).toEqual([]);
    expect(await membersOf(owner)).toHaveLength(1);
  });

  it('are not for managers or strangers to dismiss', async () => {
    await grant(owner, 'boss', 'MANAGER');
    const ownerId = (await membersOf(owner)).at(-1)?.id;
    for (const caller of [await person('boss'), await alliance.memberOf(await world.brand())]) {
      const { userErrors } = await revoke(caller, ownerId);
      expect(userErrors).toMatchObject([{ __typename: 'NotFoundError', path: ['input', 'memberId'] }]);
    }
  });

  it('always have an owner among them, whoever acts', async () => {
    const operator = await alliance.memberOf(alliance.id);
    const [only] = await membersOf(owner);
    expect((await revoke(owner, only?.id)).refused).toEqual(['LastOwner']);
    expect((await revoke(operator, only?.id)).refused).toEqual(['LastOwner']);
    const { data } = await operator.query(
      'query ($id: ID!) { node(id: $id) { ... on OrganisationMember { subject } } }',
      {
        id: only?.id,
      },
    );
    expect(await grant(operator, data.node.subject, 'VIEWER')).toEqual({
      organisation: null,
      userErrors: [{ __typename: 'LastOwner', path: ['input', 'role'] }],
    });
  });

  it('keep one owner when two take each other away at once', async () => {
    for (let round = 0; round < 20; round++) {
      brandId = await world.brand();
      const [one, two] = [await alliance.memberOf(brandId), await alliance.memberOf(brandId)];
      const [newer, older] = await membersOf(one);
      const both = await Promise.all([revoke(one, newer?.id), revoke(two, older?.id)]);
      // Whoever comes second is no owner any more, or is refused as the last one to take the other away.
      expect(both.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
      const [row] = await alliance.database.rows(sql<{ n: number }>`
        select count(*)::int as n from membership where party_id = ${brandId} and role = 'OWNER'`);
      expect(row?.n).toBe(1);
    }
  });
});
