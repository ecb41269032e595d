import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enrolProduct } from '../../src/features/campaign/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { EARLY, type MadeProduct, World } from '../kit/world.ts';
import { ADDRESS } from '../sample/sample-world.ts';

const NOON = '2026-06-16T04:00:00.000Z';
const MIDNIGHT = '2026-06-16T16:00:00.000Z';

const clock = new TestClock(NOON);
let alliance: TestAlliance;
let world: World;
let brandId: string;
let agencyId: string;
let creatorId: string;
let product: MadeProduct;
let brand: Caller;
let agency: Caller;
let creator: Caller;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
});
beforeEach(async () => {
  [brandId, agencyId, creatorId] = [await world.brand(), await world.agency(), await world.creator()];
  product = await world.product({ brandId });
  await world.plan(product);
  brand = await alliance.memberOf(brandId);
  agency = await alliance.memberOf(agencyId);
  creator = await alliance.memberOf(creatorId);
});
afterAll(() => alliance.close());

const idOf = { brand: () => toGlobalId('Brand', brandId), agency: () => toGlobalId('Agency', agencyId) };
const block = async (blocker: 'brand' | 'agency', blockedId: string) => {
  const input = { blockerId: idOf[blocker](), blockedId, reason: '多次违约' };
  const outcome = await act(blocker === 'brand' ? brand : agency, 'partyBlock', input, 'id');
  expect(said(outcome)).toBe('DONE');
  return outcome.result.id;
};

describe.each(['brand', 'agency'] as const)('enrolments, when the %s blocks', (blocker) => {
  const enrolments = () =>
    alliance.database.rows(sql<Json>`
      select state, note, committed_until as "committedUntil", ends_at as "endsAt" from enrolment
      where brand_id = ${brandId} order by state, ends_at nulls last`);
  const other = () => (blocker === 'brand' ? idOf.agency() : idOf.brand());

  it('that are pending are rejected, and approved ones end at midnight or with their commitment', async () => {
    const { campaignId } = await world.enrolment(product, agencyId);
    const committed = await world.enrolment(await world.product({ brandId }), agencyId);
    const until = new Date('2026-07-01T00:00:00.000Z');
    await alliance.database.rows(
      sql`update enrolment set committed_until = ${until} where id = ${committed.id}`,
    );
    const pending = { campaignId, agencyId, brandId, productId: (await world.product({ brandId })).id };
    const rates = { commissionBp: 2000, serviceFeeBp: 300, state: 'PENDING', from: EARLY } as const;
    await world.tx((tx) => enrolProduct(tx, { ...pending, ...rates }, EARLY));
    await world.enrolment(product, await world.agency());
    await block(blocker, other());
    expect(await enrolments()).toEqual([
      { state: 'APPROVED', note: '多次违约', committedUntil: null, endsAt: new Date(MIDNIGHT) },
      { state: 'APPROVED', note: '多次违约', committedUntil: until, endsAt: until },
      // With another agency.
      { state: 'APPROVED', note: null, committedUntil: null, endsAt: null },
      { state: 'REJECTED', note: '多次违约', committedUntil: null, endsAt: null },
    ]);
  });

  it('stay ended when the block is lifted', async () => {
    await world.enrolment(product, agencyId);
    const blockId = await block(blocker, other());
    expect(said(await act(blocker === 'brand' ? brand : agency, 'partyUnblock', { blockId }))).toBe('DONE');
    expect(await enrolments()).toMatchObject([{ state: 'APPROVED', endsAt: new Date(MIDNIGHT) }]);
  });
});

describe('samples', () => {
  it('that nobody has answered are rejected with the reason, and approved ones are shipped', async () => {
    const ids: string[] = [];
    for (const made of [product, await world.product({ brandId })]) {
      if (made !== product) await world.plan(made);
      const productId = toGlobalId('Product', made.id);
      await act(brand, 'sampleRuleSet', { productId, approval: 'MANUAL', quota: 5 });
      const asked = { productId, skuId: toGlobalId('Sku', made.skuId), address: ADDRESS, message: '想试用' };
      const input = { creatorId: toGlobalId('Creator', creatorId), ...asked };
      ids.push((await act(creator, 'sampleRequest', input, 'id')).result.id);
    }
    const [pending, approved] = ids;
    await act(brand, 'sampleApprove', { sampleRequestId: approved });
    await block('brand', toGlobalId('Creator', creatorId));
    const read = async (id?: string) =>
      (await creator.query(`{ node(id: "${id}") { ... on SampleRequest { state reason } } }`)).data.node;
    expect(await read(pending)).toEqual({ state: 'REJECTED', reason: '多次违约' });
    expect(await read(approved)).toEqual({ state: 'APPROVED', reason: null });
    const shipped = { sampleRequestId: approved, carrier: '顺丰', trackingNumber: 'SF1' };
    expect(said(await act(brand, 'sampleShip', shipped))).toBe('DONE');
  });
});

describe('requests to join a belt', () => {
  it.each([
    ['brand', { state: 'WITHDRAWN', reason: null }],
    ['agency', { state: 'DECLINED', reason: '多次违约' }],
  ] as const)('that nobody has answered end when the %s blocks', async (blocker, ended) => {
    const belt = { agencyId: idOf.agency(), name: `产业带 ${agencyId}`, region: '江苏', about: '家纺' };
    const beltId = (await act(agency, 'beltFound', belt, 'id')).result.id;
    const asked = { beltId, brandId: idOf.brand(), message: '请收我们' };
    const { result } = await act(brand, 'beltJoin', asked, 'id');
    await block(blocker, blocker === 'brand' ? idOf.agency() : idOf.brand());
    const { data } = await brand.query(`{ node(id: "${result.id}") { ... on BeltJoin { state reason } } }`);
    expect(data.node).toEqual(ended);
  });
});

describe('engagements', () => {
  const offer = async (providerId: string) => {
    const milestones = [{ kind: 'SCRIPT', title: '脚本', priceMinor: '500', dueAt: '2026-07-01T00:00:00Z' }];
    const input = { brandId: idOf.brand(), providerId, title: '短视频', brief: '三条', milestones };
    const { result } = await act(brand, 'engagementOffer', input, 'id milestones { id }');
    return result;
  };
  const stateOf = async (id: string) => {
    const { data } = await brand.query(`{ node(id: "${id}") { ... on Engagement { state note } } }`);
    return data.node;
  };

  it('that are offered are withdrawn by a brand that blocks, and accepted ones go on to their end', async () => {
    const provider = toGlobalId('Creator', creatorId);
    const [open, accepted] = [await offer(provider), await offer(provider)];
    const elsewhere = await offer(toGlobalId('Creator', await world.creator()));
    await act(creator, 'engagementAccept', { engagementId: accepted.id });
    await block('brand', provider);
    expect(await stateOf(open.id)).toEqual({ state: 'WITHDRAWN', note: '多次违约' });
    expect(await stateOf(elsewhere.id)).toEqual({ state: 'OFFERED', note: null });
    const milestoneId = accepted.milestones[0].id;
    expect(said(await act(creator, 'milestoneDeliver', { milestoneId, note: '完成', links: [] }))).toBe(
      'DONE',
    );
    expect(said(await act(brand, 'milestoneAccept', { milestoneId }))).toBe('DONE');
    expect((await stateOf(accepted.id)).state).toBe('COMPLETED');
  });

  it('that are offered are declined by an agency that blocks', async () => {
    const open = await offer(idOf.agency());
    await block('agency', idOf.brand());
    expect(await stateOf(open.id)).toEqual({ state: 'DECLINED', note: '多次违约' });
  });

  it('either are accepted before the block, or withdrawn by it, never left open', async () => {
    for (let round = 0; round < 20; round++) {
      const [other, someone] = [await world.creator(), toGlobalId('Brand', brandId)];
      const provider = toGlobalId('Creator', other);
      const caller = await alliance.memberOf(other);
      const { id: engagementId } = await offer(provider);
      const milestones = [
        { kind: 'SCRIPT', title: '脚本', priceMinor: '500', dueAt: '2026-07-01T00:00:00Z' },
      ];
      const second = { brandId: someone, providerId: provider, title: '再一条', brief: '一条', milestones };
      const [, accepted, offered] = await Promise.all([
        block('brand', provider),
        act(caller, 'engagementAccept', { engagementId }),
        act(brand, 'engagementOffer', second, 'id'),
      ]);
      const { state } = await stateOf(engagementId);
      expect([state, said(accepted)]).toEqual(
        state === 'RUNNING'
          ? ['RUNNING', 'DONE']
          : ['WITHDRAWN', expect.stringMatching(/^(Blocked|StateConflict)$/)],
      );
      if (offered.result !== null) expect((await stateOf(offered.result.id)).state).toBe('WITHDRAWN');
      else expect(said(offered)).toBe('Blocked');
    }
  });
});
