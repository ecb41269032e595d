import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerBrand } from '../../src/features/brand/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { EARLY, World } from '../kit/world.ts';
import { announced, enterAgency } from './deals.ts';

const START = '2026-06-16T02:00:00.000Z';
const clock = new TestClock(START);
let alliance: TestAlliance;
let world: World;
let operator: Caller;
let agencyId: string;
let agency: Caller;
let brandId: string;
let brand: Caller;
let names = 0;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
});

beforeEach(async () => {
  clock.set(START);
  agencyId = await world.agency();
  agency = await alliance.memberOf(agencyId);
  brandId = await world.brand();
  brand = await alliance.memberOf(brandId);
});

afterAll(() => alliance.close());

const found = (caller: Caller, more: object = {}) => {
  names += 1;
  const belt = { name: `产业带 ${names}`, region: '江苏南通', about: '家纺' };
  return act(
    caller,
    'beltFound',
    { agencyId: toGlobalId('Agency', agencyId), ...belt, ...more },
    'id name region about agency { id }',
  );
};
const aBelt = async (): Promise<string> => (await found(agency)).result.id;
const join = (beltId: string, caller = brand) =>
  act(
    caller,
    'beltJoin',
    { beltId, brandId: toGlobalId('Brand', brandId), message: '请收我们' },
    'id state message askedAt decidedAt',
  );
const answer = (joinId: string, accept: boolean, reason: string | null = null, caller = agency) =>
  act(caller, 'beltJoinAnswer', { joinId, accept, reason }, 'state reason decidedAt');
const leave = (caller = brand) =>
  act(caller, 'beltLeave', { brandId: toGlobalId('Brand', brandId) }, 'belt { id }');

const beltOf = async () => {
  const { data } = await brand.query('query ($id: ID!) { brand(id: $id) { belt { id } } }', {
    id: toGlobalId('Brand', brandId),
  });
  return data.brand.belt?.id ?? null;
};

describe('a belt', () => {
  it('is founded by its agency, or by the operator for it, and changed', async () => {
    const { result } = await found(agency);
    expect(result).toEqual({
      id: result.id,
      name: `产业带 ${names}`,
      region: '江苏南通',
      about: '家纺',
      agency: { id: toGlobalId('Agency', agencyId) },
    });
    const second = await found(operator);
    expect(second.refused).toEqual([]);
    const changed = await act(agency, 'beltChange', { beltId: result.id, region: '江苏' }, 'name region');
    expect(changed.result).toEqual({ name: result.name, region: '江苏' });
    const taken = await act(agency, 'beltChange', { beltId: result.id, name: second.result.name });
    expect(taken.userErrors).toMatchObject([{ __typename: 'InvalidInput', path: ['input', 'name'] }]);
    const { data } = await brand.query('query ($id: ID!) { agency(id: $id) { belts { nodes { id } } } }', {
      id: toGlobalId('Agency', agencyId),
    });
    expect(data.agency.belts.nodes).toEqual([{ id: second.result.id }, { id: result.id }]);
  });

  it('needs an agency that is certified for it, and nobody else’s', async () => {
    const notCertified = {
      __typename: 'AgencyNotCertified',
      service: 'BELT_BASE',
      path: ['input', 'agencyId'],
    };
    const recruiter = toGlobalId('Agency', await enterAgency(alliance, '2027-01-01T00:00:00Z'));
    const refused = await found(operator, { agencyId: recruiter });
    expect(refused.userErrors).toMatchObject([{ ...notCertified, certification: 'NOT_CERTIFIED' }]);
    await act(operator, 'agencySuspend', {
      agencyId: toGlobalId('Agency', agencyId),
      reason: 'x',
      endsAt: null,
    });
    expect((await found(agency)).userErrors).toMatchObject([{ ...notCertified, certification: 'SUSPENDED' }]);
    expect((await found(brand)).refused).toEqual(['NotFoundError']);
    expect(
      (await act(brand, 'beltChange', { beltId: toGlobalId('IndustrialBelt', brandId) })).refused,
    ).toEqual(['NotFoundError']);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ region: 'x'.repeat(101) }, 'region'],
    [{ about: 'x'.repeat(2001) }, 'about'],
  ])('of %j is none', async (more, field) => {
    expect((await found(agency, more)).userErrors).toMatchObject([{ path: ['input', field] }]);
  });
});

describe('a brand', () => {
  it('joins by consent of both, with its products in the pool', async () => {
    const beltId = await aBelt();
    const product = await world.product({ brandId });
    await world.plan(product);
    const asked = await join(beltId);
    expect(asked.result).toEqual({
      id: asked.result.id,
      state: 'ASKED',
      message: '请收我们',
      askedAt: START,
      decidedAt: null,
    });
    expect(await beltOf()).toBe(null);
    expect((await announced(alliance, agencyId)).at(-1)).toEqual({ kind: 'BELT_JOIN_ASKED', data: {} });
    expect((await answer(asked.result.id, true)).result).toEqual({
      state: 'ACCEPTED',
      reason: null,
      decidedAt: START,
    });
    expect(await beltOf()).toBe(beltId);
    expect((await announced(alliance, brandId)).at(-1)).toEqual({ kind: 'BELT_JOIN_ACCEPTED', data: {} });
    const pool = 'query ($beltId: ID!) { productPool(filter: { beltId: $beltId }) { nodes { id } } }';
    const { data } = await brand.query(pool, { beltId });
    expect(data.productPool.nodes).toEqual([{ id: toGlobalId('Product', product.id) }]);
    const { data: seen } = await operator.query(
      'query ($id: ID!) { node(id: $id) { ... on IndustrialBelt { brands { nodes { id } } joins { nodes { state } } } } }',
      { id: beltId },
    );
    expect(seen.node).toEqual({
      brands: { nodes: [{ id: toGlobalId('Brand', brandId) }] },
      joins: { nodes: [{ state: 'ACCEPTED' }] },
    });
  });

  it('asks one belt at a time, not its own, and may take it back', async () => {
    const [one, other] = [await aBelt(), await aBelt()];
    const asked = await join(one);
    expect((await join(other)).userErrors).toMatchObject([{ __typename: 'StateConflict', state: 'ASKED' }]);
    const withdraw = (caller: Caller) =>
      act(caller, 'beltJoinWithdraw', { joinId: asked.result.id }, 'state decidedAt');
    expect((await withdraw(agency)).refused).toEqual(['NotFoundError']);
    expect((await withdraw(brand)).result).toEqual({ state: 'WITHDRAWN', decidedAt: START });
    expect((await withdraw(brand)).userErrors).toMatchObject([{ state: 'WITHDRAWN' }]);
    expect((await answer(asked.result.id, true)).userErrors).toMatchObject([{ state: 'WITHDRAWN' }]);
    await answer((await join(one)).result.id, true);
    expect((await join(one)).userErrors).toMatchObject([{ state: 'ACCEPTED', path: ['input', 'beltId'] }]);
  });

  it('is declined with a reason, by the agency of the belt alone, and may ask again', async () => {
    const beltId = await aBelt();
    const { result } = await join(beltId);
    const other = await alliance.memberOf(await world.agency());
    for (const caller of [brand, other]) {
      expect((await answer(result.id, true, null, caller)).refused).toEqual(['NotFoundError']);
    }
    expect((await answer(result.id, false)).userErrors).toMatchObject([{ path: ['input', 'reason'] }]);
    expect((await answer(result.id, true, '好')).userErrors).toMatchObject([{ path: ['input', 'reason'] }]);
    expect((await answer(result.id, false, '不在本地')).result).toMatchObject({
      state: 'DECLINED',
      reason: '不在本地',
    });
    expect((await join(beltId)).refused).toEqual([]);
  });

  it('leaves, by itself or by the agency', async () => {
    const beltId = await aBelt();
    expect((await leave()).userErrors).toMatchObject([{ state: 'NO_BELT' }]);
    for (const caller of [brand, agency]) {
      await answer((await join(beltId)).result.id, true);
      expect((await leave(await alliance.memberOf(await world.brand()))).refused).toEqual(['NotFoundError']);
      expect((await leave(caller)).result).toEqual({ belt: null });
    }
    expect((await announced(alliance, brandId)).at(-1)).toEqual({ kind: 'BELT_LEFT', data: {} });
  });

  it('that is a merchant of a belt keeps one always, and moves from one to another', async () => {
    const [one, other] = [await aBelt(), await aBelt()];
    const merchant = {
      name: '布商',
      kind: 'BELT_MERCHANT',
      currency: 'CNY',
      city: '南通',
      about: '',
    } as const;
    const beltId = Buffer.from(one.slice(15), 'base64url').toString('hex');
    brandId = await world.tx((tx) => registerBrand(tx, { ...merchant, beltId }, undefined, EARLY));
    brand = await alliance.memberOf(brandId);
    expect(await beltOf()).toBe(one);
    expect((await leave()).userErrors).toMatchObject([{ state: 'BELT_MERCHANT' }]);
    await answer((await join(other)).result.id, true);
    expect(await beltOf()).toBe(other);
    await expect(
      world.tx((tx) => tx.rows(sql`update brand set belt_id = null where id = ${brandId}`)),
    ).rejects.toThrow(/brand_check/);
  });

  it('that is blocked by the agency neither asks nor is taken in', async () => {
    const beltId = await aBelt();
    const { result } = await join(beltId);
    await world.tx((tx) =>
      tx.rows(sql`
      insert into party_block (id, blocker_id, blocked_id, reason, blocked_at, takes_effect_at, running_until)
      values (gen_random_uuid(), ${agencyId}, ${brandId}, 'x', ${clock.now()}, ${clock.now()}, ${clock.now()})`),
    );
    expect((await answer(result.id, true)).refused).toEqual(['Blocked']);
    await answer(result.id, false, '不合作');
    expect((await join(beltId)).refused).toEqual(['Blocked']);
  });

  it('is taken in once when two answers come at once', async () => {
    const { result } = await join(await aBelt());
    const both = await Promise.all([answer(result.id, true), answer(result.id, false, 'no')]);
    expect(both.map(({ refused }) => refused.join()).sort()).toEqual(['', 'StateConflict']);
  });
});

describe('a live base', () => {
  const base = { name: '叠石桥', city: '南通', address: '志浩路 1 号', rooms: 60 };
  const open = (beltId: string, caller = agency, more: object = {}) =>
    act(
      caller,
      'liveBaseOpen',
      { beltId, ...base, ...more },
      'id name city address rooms state openedAt closedAt',
    );

  it('is opened and closed by the agency of the belt, and members see where it is', async () => {
    const beltId = await aBelt();
    const { result } = await open(beltId);
    expect(result).toEqual({ ...base, id: result.id, state: 'OPEN', openedAt: START, closedAt: null });
    expect((await open(beltId)).userErrors).toMatchObject([{ path: ['input', 'name'] }]);
    expect((await open(beltId, brand)).refused).toEqual(['NotFoundError']);
    const close = (caller: Caller) =>
      act(caller, 'liveBaseClose', { liveBaseId: result.id }, 'state closedAt belt { id }');
    expect((await close(brand)).refused).toEqual(['NotFoundError']);
    clock.advance(1000);
    const closedAt = '2026-06-16T02:00:01.000Z';
    expect((await close(agency)).result).toEqual({ state: 'CLOSED', closedAt, belt: { id: beltId } });
    expect((await close(agency)).userErrors).toMatchObject([{ state: 'CLOSED' }]);
    expect((await open(beltId)).refused).toEqual([]);
    const { data } = await brand.query(
      'query ($id: ID!) { node(id: $id) { ... on IndustrialBelt { liveBases { nodes { state address } } } } }',
      { id: beltId },
    );
    const states = data.node.liveBases.nodes.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['OPEN', 'CLOSED']);
  });

  it('needs a certificate, and rooms', async () => {
    const beltId = await aBelt();
    expect((await open(beltId, agency, { rooms: 0 })).userErrors).toMatchObject([
      { path: ['input', 'rooms'] },
    ]);
    await act(operator, 'agencySuspend', {
      agencyId: toGlobalId('Agency', agencyId),
      reason: 'x',
      endsAt: null,
    });
    expect((await open(beltId)).refused).toEqual(['AgencyNotCertified']);
  });
});
