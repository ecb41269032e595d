import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Caller } from '../kit/alliance.ts';
import {
  approved,
  call,
  enrol,
  MIDNIGHT,
  MORNING,
  makeScene,
  opened,
  pending,
  read,
  type Scene,
} from './scene.ts';

let scene: Scene;
let creatorId: string;
let creator: Caller;

beforeAll(async () => {
  scene = await makeScene();
  creatorId = await scene.world.creator();
  creator = await scene.alliance.memberOf(creatorId);
});

beforeEach(() => scene.clock.set(MORNING));

afterAll(() => scene.alliance.close());

const local = (id: string): string => fromGlobalId(id)?.id ?? '';
const open = (more: object = {}) => act(scene.agency, 'campaignOpen', call(scene, more), 'id');
const kindsTold = async (partyId: string) => {
  const rows = await scene.alliance.database.rows(sql<{ kind: string }>`
    select kind from outbox_event where ${partyId}::uuid = any(party_ids) order by id`);
  return rows.map(({ kind }) => kind);
};

describe('opening a campaign', () => {
  it('shows all of it to its members, and whom it names to the agency only', async () => {
    const id = await opened(scene, {
      access: 'NAMED_CREATORS',
      partyIds: [toGlobalId('Creator', creatorId)],
      places: 20,
      commitmentDays: 30,
      secondLevelOpen: true,
      closesAt: '2026-07-16T02:00:00Z',
    });
    const fields = `title access pays minServiceFeeRate places placesTaken commitmentDays secondLevelOpen takesProducts
      opensAt closesAt closedAt namesMe categories { minCommissionRate category { slug } }`;
    expect(await read(scene.agency, id, fields)).toEqual({
      title: '江风团·秋冬餐桌',
      access: 'NAMED_CREATORS',
      pays: 'SERVICE_FEE',
      minServiceFeeRate: 200,
      places: 20,
      placesTaken: 0,
      commitmentDays: 30,
      secondLevelOpen: true,
      takesProducts: true,
      opensAt: '2026-06-16T02:00:00.000Z',
      closesAt: '2026-07-16T02:00:00.000Z',
      closedAt: null,
      namesMe: false,
      categories: [{ minCommissionRate: 1000, category: { slug: 'apples' } }],
    });
    const named = 'namedParties { nodes { organisationId } }';
    expect(await read(scene.agency, id, named)).toEqual({
      namedParties: { nodes: [{ organisationId: toGlobalId('Creator', creatorId) }] },
    });
    expect(await read(creator, id, 'namesMe')).toEqual({ namesMe: true });
    expect(await read(creator, id, named)).toEqual({ namedParties: null });
    expect(await kindsTold(creatorId)).toEqual(['CAMPAIGN_OPENED']);
  });

  it.each([
    ['no category', { categories: [] }, 'categories'],
    ['a title that is too long', { title: 'x'.repeat(101) }, 'title'],
    ['a minimum beyond any commission', { minServiceFeeRate: 4001 }, 'minServiceFeeRate'],
    ['places of which there are none', { places: 0 }, 'places'],
    ['too long a commitment', { commitmentDays: 366 }, 'commitmentDays'],
    ['an opening in the past', { opensAt: '2026-06-16T01:59:59Z' }, 'opensAt'],
    ['a closing before the opening', { closesAt: '2026-06-16T01:00:00Z' }, 'closesAt'],
    ['named access without names', { access: 'NAMED_SHOPS' }, 'partyIds'],
    ['names where all are welcome', { partyIds: ['Brand_x'] }, 'partyIds'],
    ['a fee beside a spread', { pays: 'SPREAD' }, 'minServiceFeeRate'],
    [
      'a second level of a spread',
      { pays: 'SPREAD', minServiceFeeRate: 0, secondLevelOpen: true },
      'secondLevelOpen',
    ],
  ])('is refused for %s', async (_what, more, field) => {
    const outcome = await open(more);
    expect(outcome.refused).toEqual(['InvalidInput']);
    expect(outcome.userErrors[0].path).toEqual(['input', field]);
  });

  it('is refused for categories and parties that are none, and of the wrong kind', async () => {
    const none = [{ categoryId: toGlobalId('Category', creatorId), minCommissionRate: 1 }];
    expect(said(await open({ categories: none }))).toBe('NotFoundError');
    const brand = toGlobalId('Brand', scene.brandId);
    expect(said(await open({ access: 'NAMED_CREATORS', partyIds: [brand] }))).toBe('NotFoundError');
    expect(said(await open({ access: 'NAMED_SHOPS', partyIds: [brand] }))).toBe('DONE');
  });

  it('takes a certified agency, and somebody who may act for it', async () => {
    const idle = await scene.world.agency();
    await scene.alliance.database.rows(sql`delete from agency_certificate where agency_id = ${idle}`);
    const asIdle = call(scene, { agencyId: toGlobalId('Agency', idle) });
    expect(said(await act(await scene.alliance.memberOf(idle), 'campaignOpen', asIdle))).toBe(
      'AgencyNotCertified',
    );
    const viewer = await scene.alliance.memberOf(scene.agencyId, 'AGENCY', 'VIEWER');
    for (const caller of [viewer, scene.brand, creator])
      expect(said(await act(caller, 'campaignOpen', call(scene)))).toBe('NotFoundError');
  });

  it('gives the first campaign again when it is repeated', async () => {
    const once = { ...call(scene), idempotencyKey: 'open-once-1' };
    const [first, again] = [
      await act(scene.agency, 'campaignOpen', once, 'id'),
      await act(scene.agency, 'campaignOpen', once, 'id'),
    ];
    expect(again.result).toEqual(first.result);
    expect(said(await act(scene.agency, 'campaignOpen', { ...once, title: 'x' }))).toBe(
      'IdempotencyKeyReused',
    );
  });
});

describe('changing a campaign', () => {
  const change = (id: string, more: object) =>
    act(scene.agency, 'campaignChange', { campaignId: id, ...more }, 'title places closesAt');

  it('makes it longer and larger, and tells the brands in it', async () => {
    const id = await opened(scene, { places: 1, closesAt: '2026-07-16T02:00:00Z' });
    await pending(scene, id);
    const { result } = await change(id, { title: '新标题', places: 2, closesAt: '2026-08-16T02:00:00Z' });
    expect(result).toEqual({ title: '新标题', places: 2, closesAt: '2026-08-16T02:00:00.000Z' });
    expect(await kindsTold(scene.brandId)).toContain('CAMPAIGN_CHANGED');
  });

  it.each([
    ['a shorter window', { closesAt: '2026-06-20T02:00:00Z' }, 'closesAt'],
    ['fewer places', { places: 4 }, 'places'],
    ['names where all are welcome', { addPartyIds: ['Creator_x'] }, 'addPartyIds'],
    ['an empty title', { title: ' ' }, 'title'],
  ])('is refused for %s', async (_what, more, field) => {
    const id = await opened(scene, { places: 5, closesAt: '2026-07-16T02:00:00Z' });
    const outcome = await change(id, more);
    expect(outcome.userErrors.map(({ path }) => path)).toEqual([['input', field]]);
  });

  it('lowers minima and never raises them, also by a deeper category', async () => {
    const [food] = await scene.alliance.database.rows(
      sql<{ id: string }>`select id from category where slug = 'food'`,
    );
    const of = (categoryId: string, minCommissionRate: number) => [
      { categoryId: toGlobalId('Category', categoryId), minCommissionRate },
    ];
    const id = await opened(scene, { categories: of(food?.id ?? '', 1500) });
    await pending(scene, id, { commissionRate: 1500 });
    expect(said(await change(id, { categories: of(food?.id ?? '', 1600) }))).toBe('InvalidInput');
    expect(said(await change(id, { categories: of(scene.categoryId, 1501) }))).toBe('InvalidInput');
    expect(said(await change(id, { categories: of(scene.categoryId, 500) }))).toBe('DONE');
    const { categories } = await read(scene.agency, id, 'categories { minCommissionRate category { slug } }');
    expect(categories).toEqual([
      { minCommissionRate: 500, category: { slug: 'apples' } },
      { minCommissionRate: 1500, category: { slug: 'food' } },
    ]);
  });

  it('names more creators, who are told', async () => {
    const first = toGlobalId('Creator', creatorId);
    const id = await opened(scene, { access: 'NAMED_CREATORS', partyIds: [first] });
    const late = await scene.world.creator();
    await change(id, { addPartyIds: [toGlobalId('Creator', late), first] });
    expect(await kindsTold(late)).toEqual(['CAMPAIGN_CHANGED']);
  });

  it('is not for others', async () => {
    const id = await opened(scene);
    const stranger = await scene.alliance.memberOf(await scene.world.agency());
    for (const caller of [stranger, scene.brand, creator]) {
      expect(said(await act(caller, 'campaignChange', { campaignId: id, title: 'x' }))).toBe('NotFoundError');
      expect(said(await act(caller, 'campaignClose', { campaignId: id }))).toBe('NotFoundError');
    }
  });
});

describe('closing a campaign', () => {
  const close = (id: string) =>
    act(scene.agency, 'campaignClose', { campaignId: id }, 'takesProducts closesAt closedAt');

  it('takes no more products at once, and ends what is in it at midnight', async () => {
    const id = await opened(scene);
    const enrolment = await approved(scene, id);
    const { result } = await close(id);
    expect(result).toEqual({
      takesProducts: false,
      closesAt: MIDNIGHT,
      closedAt: '2026-06-16T02:00:00.000Z',
    });
    const product = await scene.world.product({ brandId: scene.brandId });
    expect((await enrol(scene, id, [product])).userErrors[0].state).toBe('CLOSED');
    scene.clock.set('2026-06-16T15:59:59.999Z');
    expect(await read(scene.brand, enrolment, 'state endsAt')).toEqual({
      state: 'APPROVED',
      endsAt: MIDNIGHT,
    });
    scene.clock.set(MIDNIGHT);
    expect(await read(scene.brand, enrolment, 'state')).toEqual({ state: 'ENDED' });
    expect(await read(scene.agency, id, 'placesTaken')).toEqual({ placesTaken: 0 });
    expect(said(await close(id))).toBe('StateConflict');
    expect(await kindsTold(scene.brandId)).toContain('CAMPAIGN_CLOSED');
  });

  it('lets what is bound run until its brand is not bound any more', async () => {
    const id = await opened(scene, { commitmentDays: 3 });
    const enrolment = await approved(scene, id);
    await close(id);
    expect(await read(scene.brand, enrolment, 'endsAt committedUntil')).toEqual({
      endsAt: '2026-06-18T16:00:00.000Z',
      committedUntil: '2026-06-18T16:00:00.000Z',
    });
  });

  it('is refused in the guard window', async () => {
    const id = await opened(scene);
    scene.clock.set('2026-06-16T15:50:00Z');
    expect((await close(id)).userErrors[0].state).toBe('GUARD_WINDOW');
  });
});

describe('the list of campaigns', () => {
  it('holds those that take products now and are open to the caller, by category, newest first', async () => {
    const [fruit] = await scene.alliance.database.rows(
      sql<{ id: string }>`select id from category where slug = 'fruit'`,
    );
    await scene.alliance.database.rows(
      sql`update recruiting_campaign set closed_at = now(), closes_at = now()`,
    );
    const base = { minServiceFeeRate: 0 };
    const all = await opened(scene, base);
    const spread = await opened(scene, { ...base, pays: 'SPREAD' });
    const shops = await opened(scene, {
      ...base,
      access: 'NAMED_SHOPS',
      partyIds: [toGlobalId('Brand', scene.brandId)],
    });
    await opened(scene, { ...base, opensAt: '2026-06-17T02:00:00Z' });
    const list = async (caller: Caller, filter: object = {}) => {
      const document =
        'query ($filter: CampaignFilterInput) { recruitingCampaigns(filter: $filter) { nodes { id } } }';
      const { data } = await caller.query(document, { filter });
      return data.recruitingCampaigns.nodes.map(({ id }: { id: string }) => id);
    };
    expect(await list(scene.brand)).toEqual([shops, spread, all]);
    expect(await list(creator)).toEqual([spread, all]);
    expect(await list(creator, { pays: 'SPREAD' })).toEqual([spread]);
    expect(await list(creator, { categoryId: toGlobalId('Category', fruit?.id ?? '') })).toEqual([
      spread,
      all,
    ]);
    const other = await scene.alliance.database.rows(sql<{ id: string }>`
      insert into category (id, level, path, slug, name_zh, name_en)
      values (${local(all)}, 1, array[${local(all)}]::uuid[], 'toys', '玩具', 'Toys') returning id`);
    expect(await list(creator, { categoryId: toGlobalId('Category', other[0]?.id ?? '') })).toEqual([]);
  });

  it('gives an enrolling brand the campaign whose creators are named', async () => {
    const partyIds = [toGlobalId('Creator', creatorId)];
    const id = await opened(scene, { access: 'NAMED_CREATORS', partyIds });
    const enrolment = await pending(scene, id);
    expect(await read(scene.brand, enrolment, 'campaign { id }')).toEqual({ campaign: { id } });
  });
});
