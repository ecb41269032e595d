import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  alliance,
  became,
  brand,
  callers,
  clock,
  creator,
  creatorId,
  days,
  decide,
  entered,
  liveNow,
  NOW,
  openOn,
  openScreening,
  PENALTY,
  penalised,
  product,
  productGid,
  report,
  seen,
  strangerId,
  toldOf,
  world,
} from './screening-scene.ts';

openScreening();

const suspended = { kind: 'SUSPENDED', endsAt: days(10) };
const appeal = (claimPenaltyId: string, caller = callers.brand, text = '有检测报告') =>
  act(caller, 'claimPenaltyAppeal', { claimPenaltyId, text }, PENALTY);
const answer = (claimPenaltyId: string, outcome = 'GRANTED', caller = callers.operator) =>
  act(caller, 'claimAppealDecide', { claimPenaltyId, outcome, note: '报告属实' }, PENALTY);
const paths = ({ userErrors }: { userErrors: Json[] }) =>
  userErrors.map(({ path }) => path.slice(1).join('.'));

/** What a brand may begin while it is not suspended, by what it answers. */
const brandBegins: Readonly<Record<string, () => Promise<string>>> = {
  productSubmit: async () =>
    became(await act(callers.brand, 'productSubmit', { productId: await entered('苹果') })),
  planCreate: async () =>
    became(
      await act(callers.brand, 'planCreate', {
        brandId: brand(),
        productId: await entered('苹果'),
        kind: 'OPEN',
        title: '计划',
        commissionRate: 1000,
      }),
    ),
  enrolmentsCreate: async () => {
    const fresh = await world.product({ brandId: strangerId });
    const { campaignId } = await world.enrolment(fresh, await world.agency());
    // As the pool would have it: what is looked at is the brand, not that its products were suspended.
    const made = await entered('苹果');
    await alliance.database.rows(sql`
      update product set state = 'LISTED', listed_at = ${NOW} where title = '苹果' and brand_id = ${product.brandId}`);
    const input = {
      brandId: brand(),
      campaignId: toGlobalId('RecruitingCampaign', campaignId),
      products: [{ productId: made, commissionRate: 2000 }],
    };
    const answers = 'answers { enrolment { state } error { ... on ProductUnfit { because } } }';
    const { result } = await act(callers.brand, 'enrolmentsCreate', input, answers);
    const [{ enrolment, error }] = result.answers;
    return enrolment?.state ?? error.because.join(' ');
  },
  liveFlashList: async () => {
    const { result: session } = await act(
      callers.operator,
      'liveSessionStart',
      { creatorId: creator(), title: '直播' },
      'id',
    );
    const flash = {
      liveSessionId: session.id,
      brandId: brand(),
      categoryId: toGlobalId('Category', await world.leafCategory()),
      title: '大闸蟹',
      photoUrl: 'https://img.example/crab.jpg',
      priceMinor: '9900',
      stock: 5,
    };
    return became(await act(callers.operator, 'liveFlashList', flash));
  },
};

const poolHas = async (): Promise<boolean> => {
  const [row] = await alliance.database.rows(sql<{ there: boolean }>`
    select exists (select from pool_entry where product_id = ${product.id}) as there`);
  return row?.there === true;
};

describe('a brand that is suspended', () => {
  it('is out of the pool and begins nothing new until the day has come; then it resumes its products', async () => {
    const draft = await entered('香梨');
    await act(callers.brand, 'productSubmit', { productId: draft });
    const id = await penalised('brand', suspended);
    expect(await seen(productGid(), 'state reviewNote', callers.brand)).toEqual({
      state: 'SUSPENDED',
      reviewNote: 'The brand is suspended or expelled for exaggerated claims.',
    });
    expect(await poolHas()).toBe(false);
    for (const begin of ['productSubmit', 'planCreate', 'liveFlashList'])
      expect([begin, await brandBegins[begin]?.()]).toEqual([begin, 'SUSPENDED']);
    expect(await brandBegins.enrolmentsCreate?.()).toBe('BRAND_RESTRICTED');
    const resume = () => act(callers.brand, 'productResume', { productId: productGid() }, 'state');
    expect(became(await resume())).toBe('SUSPENDED');
    const review = { productId: draft, approve: true };
    expect(became(await act(callers.operator, 'productReview', review))).toBe('SUSPENDED');
    expect(await toldOf(id, callers.brand)).toEqual([
      ['PENALTY_GIVEN', { kind: 'SUSPENDED', endsAt: days(10) }],
    ]);
    clock.set(days(10));
    expect((await resume()).result.state).toBe('LISTED');
    expect(await poolHas()).toBe(true);
    for (const begin of ['productSubmit', 'planCreate', 'liveFlashList'])
      expect([begin, await brandBegins[begin]?.()]).toEqual([begin, 'DONE']);
    expect(await brandBegins.enrolmentsCreate?.()).toBe('PENDING');
  });

  it('sees its penalties, and others do not', async () => {
    const id = await penalised('brand', suspended);
    const { data } = await callers.brand.query(
      `{ viewer { brand { claimPenalties(first: 1) { nodes { ${PENALTY} } } } } }`,
    );
    expect(data.viewer.brand.claimPenalties.nodes).toMatchObject([
      { id, kind: 'SUSPENDED', givenAt: NOW, endsAt: days(10), appealableUntil: days(30), appeal: null },
    ]);
    for (const caller of [callers.creator, callers.stranger])
      expect(await seen(id, 'kind', caller)).toBeNull();
    const foreign = `query ($id: ID!) { brand(id: $id) { claimPenalties { nodes { id } } } }`;
    expect((await callers.stranger.query(foreign, { id: brand() })).errors?.[0]?.extensions.code).toBe(
      'NOT_FOUND',
    );
  });

  it('gets no product into the pool that is listed at the same moment', async () => {
    const finding = await openOn(await entered('全网第一'));
    const waiting = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => {
        const id = await entered(`香梨 ${i}`);
        await act(callers.brand, 'productSubmit', { productId: id });
        return id;
      }),
    );
    const [given, ...listed] = await Promise.all([
      decide(finding.id, { penalty: { kind: 'EXPELLED' } }),
      ...waiting.map((productId) => act(callers.operator, 'productReview', { productId, approve: true })),
    ]);
    expect(said(given)).toBe('DONE');
    for (const outcome of listed) expect(['DONE', 'EXPELLED']).toContain(became(outcome));
    const [row] = await alliance.database.rows(sql<{ count: number }>`
      select count(*)::int as count from product where brand_id = ${product.brandId} and state = 'LISTED'`);
    expect(row?.count).toBe(0);
  });
});

/** What a creator may begin while not suspended. */
const creatorBegins: Readonly<Record<string, () => Promise<string>>> = {
  showcaseAdd: async () =>
    became(await act(callers.creator, 'showcaseAdd', { creatorId: creator(), productId: productGid() })),
  promotionLinkCreate: async () =>
    became(
      await act(callers.creator, 'promotionLinkCreate', { creatorId: creator(), productId: productGid() }),
    ),
  liveSessionStart: async () =>
    became(await act(callers.creator, 'liveSessionStart', { creatorId: creator(), title: '直播' })),
  livePlanStart: async () => {
    const content = { title: '直播', startsAt: days(1), plannedMinutes: 60, merchandise: [] };
    const plan = await act(callers.creator, 'livePlanCreate', { creatorId: creator(), content }, 'id');
    return became(await act(callers.creator, 'livePlanStart', { livePlanId: plan.result.id }));
  },
  spreadLinkCreate: async () => {
    const agencyId = await world.agency();
    const { id, campaignId } = await world.enrolment(product, agencyId, {
      commissionBp: 2000,
      serviceFeeBp: 0,
    });
    await alliance.database.rows(
      sql`update recruiting_campaign set pays = 'SPREAD' where id = ${campaignId}`,
    );
    const input = { enrolmentId: toGlobalId('Enrolment', id), creatorId: creator(), creatorRate: 1000 };
    return became(await act(await alliance.memberOf(agencyId), 'spreadLinkCreate', input));
  },
};
const creatorAnswers = async (): Promise<Record<string, string>> => {
  const answers: Record<string, string> = {};
  for (const [name, begin] of Object.entries(creatorBegins)) answers[name] = await begin();
  return answers;
};
const all = (state: string) => Object.fromEntries(Object.keys(creatorBegins).map((name) => [name, state]));

describe('a creator', () => {
  it('that is suspended begins no session and promotes nothing new until the day has come', async () => {
    await penalised('creator', suspended);
    expect(await creatorAnswers()).toEqual(all('SUSPENDED'));
    // What runs goes on, and what is written may be mended.
    expect(await poolHas()).toBe(true);
    clock.set(days(10));
    expect(await creatorAnswers()).toEqual(all('DONE'));
  });

  it('that is suspended puts nothing into a cart, and boosts nothing', async () => {
    const session = await act(
      callers.creator,
      'liveSessionStart',
      { creatorId: creator(), title: '直播' },
      'id',
    );
    await world.showcase(creatorId, product);
    await penalised('creator', suspended);
    const item = { liveSessionId: session.result.id, productId: productGid() };
    const boost = {
      payerId: creator(),
      productId: productGid(),
      startsAt: days(20),
      endsAt: days(21),
      budgetMinor: '1',
      bidMinor: '1',
      currency: 'CNY',
    };
    expect(became(await act(callers.creator, 'liveItemAdd', item))).toBe('SUSPENDED');
    expect(became(await act(callers.creator, 'boostBuy', boost))).toBe('SUSPENDED');
    clock.set(days(10));
    expect(became(await act(callers.creator, 'liveItemAdd', item))).toBe('DONE');
    expect(became(await act(callers.creator, 'boostBuy', boost))).toBe('BoostAboveBalance');
  });

  it('that is expelled does not either, without end', async () => {
    const id = await penalised('creator', { kind: 'EXPELLED' });
    clock.set(days(1000));
    expect(await creatorAnswers()).toEqual(all('EXPELLED'));
    expect(await seen(id, 'endsAt')).toEqual({ endsAt: null });
  });

  it('that is warned goes on', async () => {
    await penalised('creator', { kind: 'WARNING' });
    expect(await creatorAnswers()).toEqual(all('DONE'));
  });

  it('that is expelled and suspended is told of what lasts longer', async () => {
    const [one, two] = [await liveNow('全网最低价'), await liveNow('史上最强')];
    const [first, second] = [await openOn(one, 'creator'), await openOn(two, 'creator')];
    await decide(first.id, { penalty: { kind: 'EXPELLED' } });
    await decide(second.id, { penalty: suspended });
    expect(await creatorBegins.liveSessionStart?.()).toBe('EXPELLED');
  });
});

describe('an appeal', () => {
  it('that is granted lifts the penalty', async () => {
    const id = await penalised('brand', { kind: 'EXPELLED' });
    clock.set(days(5));
    expect((await appeal(id)).result.appeal).toEqual({
      state: 'OPEN',
      text: '有检测报告',
      appealedAt: days(5),
      note: null,
      decidedAt: null,
    });
    expect(await brandBegins.productSubmit?.()).toBe('EXPELLED');
    const { data } = await callers.operator.query('{ openClaimAppeals(first: 100) { nodes { id } } }');
    expect(data.openClaimAppeals.nodes).toContainEqual({ id });
    clock.set(days(6));
    const { result } = await answer(id);
    expect(result).toMatchObject({
      liftedAt: days(6),
      appeal: { state: 'GRANTED', note: '报告属实', decidedAt: days(6) },
      finding: { state: 'UPHELD' },
    });
    expect(await brandBegins.productSubmit?.()).toBe('DONE');
    expect(await brandBegins.planCreate?.()).toBe('DONE');
    const resumed = await act(callers.brand, 'productResume', { productId: productGid() }, 'state');
    expect(resumed.result.state).toBe('LISTED');
    expect((await toldOf(id, callers.brand)).map(([kind]) => kind)).toEqual([
      'PENALTY_GIVEN',
      'PENALTY_APPEALED',
      'PENALTY_LIFTED',
    ]);
  });

  it('that is rejected changes nothing, and is the only one', async () => {
    const id = await penalised('creator', suspended);
    expect(said(await appeal(id, callers.creator))).toBe('DONE');
    expect(became(await appeal(id, callers.creator))).toBe('OPEN');
    expect((await answer(id, 'REJECTED')).result).toMatchObject({
      liftedAt: null,
      appeal: { state: 'REJECTED' },
    });
    expect(became(await appeal(id, callers.creator))).toBe('REJECTED');
    expect(became(await answer(id))).toBe('REJECTED');
    expect(await creatorBegins.liveSessionStart?.()).toBe('SUSPENDED');
    expect((await toldOf(id, callers.creator)).map(([kind]) => kind)).toEqual([
      'PENALTY_GIVEN',
      'PENALTY_APPEALED',
      'PENALTY_APPEAL_REJECTED',
    ]);
  });

  it('is made within 30 days, by the party itself, and decided by operators', async () => {
    const id = await penalised('brand', { kind: 'WARNING' });
    expect(became(await answer(id))).toBe('NOT_APPEALED');
    for (const caller of [callers.creator, callers.stranger, callers.operator])
      expect(said(await appeal(id, caller))).toBe('NotFoundError');
    const clerk = await alliance.memberOf(product.brandId, 'BRAND', 'VIEWER');
    expect(said(await appeal(id, clerk))).toBe('NotFoundError');
    expect(paths(await appeal(id, callers.brand, ' '))).toEqual(['text']);
    clock.set(days(30));
    expect(became(await appeal(id))).toBe('LATE');
    clock.set(new Date(Date.parse(days(30)) - 1).toISOString());
    expect(said(await appeal(id))).toBe('DONE');
    expect(said(await answer(id, 'GRANTED', callers.brand))).toBe('FORBIDDEN');
  });

  it('of two who decide at once is decided by one', async () => {
    const id = await penalised('brand', suspended);
    const appeals = await Promise.all([1, 2, 3].map(() => appeal(id)));
    expect(appeals.map(said).sort()).toEqual(['DONE', 'StateConflict', 'StateConflict']);
    const outcomes = await Promise.all([answer(id), answer(id, 'REJECTED'), answer(id)]);
    expect(outcomes.map(said).sort()).toEqual(['DONE', 'StateConflict', 'StateConflict']);
  });
});

it('all of it stands in the audit log, for the party too, but not who has reported', async () => {
  await report();
  const finding = await openOn(productGid());
  const { result } = await decide(finding.id, { penalty: suspended });
  await appeal(result.penalty.id);
  await answer(result.penalty.id);
  const { data } = await callers.brand.query(
    '{ viewer { memberships { auditLog(first: 20) { nodes { action } } } } }',
  );
  const operations = data.viewer.memberships[0].auditLog.nodes.map(({ action }: Json) => action);
  expect(operations.slice(0, 3)).toEqual(['claimAppealDecide', 'claimPenaltyAppeal', 'claimFindingDecide']);
  expect(operations).not.toContain('claimReport');
});
