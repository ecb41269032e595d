import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  alliance,
  brand,
  callers,
  clock,
  creator,
  days,
  decide,
  entered,
  found,
  liveNow,
  NOW,
  openOn,
  openScreening,
  product,
  rewrite,
  statesOf,
  toldOf,
  world,
} from './screening-scene.ts';

openScreening();

const review = (productId: string, approve = true) =>
  act(callers.operator, 'productReview', { productId, approve, note: '已审' }, 'state');
const submit = (productId: string) => act(callers.brand, 'productSubmit', { productId }, 'state');

describe('a product', () => {
  it('that exaggerates is saved, and what was found waits with its places in the text as it was written', async () => {
    const title = '【顶 級】有机苹果';
    const description = '🍎 我们的苹果，ｇｕａｒａｎｔｅｅｄ weight loss!';
    const id = await entered(title, description);
    const finding = await openOn(id);
    expect(finding).toMatchObject({
      severity: 'BLOCK',
      rulesVersion: 1,
      foundAt: NOW,
      decidedAt: null,
      penalty: null,
      product: { id },
    });
    expect(finding.hits).toEqual([
      {
        field: 'title',
        code: 'UNIQUE',
        severity: 'REVIEW',
        reason: 'Nothing is the only one, or without an equal, by its own word.',
        from: 1,
        to: 4,
        text: '顶 級',
      },
      {
        field: 'description',
        code: 'GUARANTEED_EFFECT',
        severity: 'BLOCK',
        reason: 'An effect is not promised, least of all to everybody or by a date.',
        from: 9,
        to: description.length - 1,
        text: 'ｇｕａｒａｎｔｅｅｄ weight loss',
      },
    ]);
    for (const { field, from, to, text } of finding.hits)
      expect({ title, description }[field as 'title' | 'description'].slice(from, to)).toBe(text);
    expect(await toldOf(finding.id, callers.brand)).toEqual([['SCREENING_FOUND', {}]]);
    expect(await toldOf(finding.id, callers.operator)).toEqual([['SCREENING_FOUND', {}]]);
  });

  it('that is honest leaves nothing behind', async () => {
    await entered('烟台红富士苹果 5 斤装', '脆甜多汁，产地直发，坏果包赔。');
    expect(await found()).toEqual([]);
  });

  it('with another text supersedes what waited; what still exaggerates waits anew', async () => {
    const id = await entered('全网第一苹果');
    const first = await openOn(id);
    expect(said(await rewrite(id, { title: '史上最好的苹果' }))).toBe('DONE');
    expect(await statesOf(id)).toEqual(['OPEN', 'SUPERSEDED']);
    expect((await openOn(id)).hits.map(({ code }: Json) => code)).toContain('SUPERLATIVE');
    clock.set(days(1));
    expect((await rewrite(id, { title: ' 红富士苹果 ' })).result).toMatchObject({ title: '红富士苹果' });
    expect(await statesOf(id)).toEqual(['SUPERSEDED', 'SUPERSEDED']);
    expect((await found())[0]).toMatchObject({ decidedAt: days(1), reason: null });
    expect(await toldOf(first.id, callers.brand)).toEqual([
      ['SCREENING_FOUND', {}],
      ['SCREENING_DECIDED', { state: 'SUPERSEDED' }],
    ]);
    expect(said(await decide(first.id))).toBe('StateConflict');
  });

  it('with the same text again is what it was: decided stays decided, and open stays open', async () => {
    const id = await entered('全网第一苹果');
    await rewrite(id, { title: '全网第一苹果' });
    const { id: finding } = await openOn(id);
    await decide(finding, { outcome: 'DISMISSED' });
    await rewrite(id, { description: '' });
    expect(await statesOf(id)).toEqual(['DISMISSED']);
    // A detour makes it no other text.
    await rewrite(id, { description: '当季' });
    expect(await statesOf(id)).toEqual(['OPEN', 'DISMISSED']);
    await rewrite(id, { description: '' });
    expect(await statesOf(id)).toEqual(['SUPERSEDED', 'DISMISSED']);
  });

  it('that the rules block is listed when an operator has decided, or the text is another', async () => {
    for (const mend of [
      async (id: string) => void (await decide((await openOn(id)).id, { outcome: 'DISMISSED' })),
      async (id: string) => {
        await review(id, false);
        await rewrite(id, { title: '苹果' });
        await submit(id);
      },
    ]) {
      const id = await entered('国家级苹果');
      await submit(id);
      const refused = await review(id);
      expect([said(refused), refused.userErrors[0].state]).toEqual(['StateConflict', 'CLAIM_OPEN']);
      await mend(id);
      expect((await review(id)).result.state).toBe('LISTED');
    }
  });

  it('that is only to be looked at is listed meanwhile', async () => {
    const id = await entered('全网第一苹果');
    await submit(id);
    expect((await review(id)).result.state).toBe('LISTED');
    const node = `query ($id: ID!) { product(id: $id) { claimFindings { nodes { state severity } } } }`;
    const { data } = await callers.operator.query(node, { id });
    expect(data.product.claimFindings.nodes).toEqual([{ state: 'OPEN', severity: 'REVIEW' }]);
    const { errors } = await callers.stranger.query(node, { id });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('changes its text only outside of the pool and of the review, by its brand', async () => {
    const listed = toGlobalId('Product', product.id);
    expect((await rewrite(listed, { title: '苹果' })).userErrors[0]).toMatchObject({ state: 'LISTED' });
    await act(callers.brand, 'productSuspend', { productId: listed });
    expect((await rewrite(listed, { title: '苹果', description: '甜' })).result).toEqual({
      id: listed,
      title: '苹果',
      description: '甜',
    });
    expect((await rewrite(listed, {})).userErrors[0].path).toEqual(['input', 'title']);
    expect(said(await act(callers.stranger, 'productTextChange', { productId: listed, title: 'x' }))).toBe(
      'NotFoundError',
    );
    expect(said(await act(callers.brand, 'productResume', { productId: listed }))).toBe('DONE');
    const { data } = await callers.creator.query(
      '{ productPool(filter: { search: "苹果" }) { nodes { title } } }',
    );
    expect(data.productPool.nodes).toContainEqual({ title: '苹果' });
  });

  it('of many who save it at once has one finding open', async () => {
    const id = await entered('苹果');
    await Promise.all(Array.from({ length: 8 }, (_, i) => rewrite(id, { title: `全网第一苹果 ${i % 3}` })));
    expect((await statesOf(id)).filter((state) => state === 'OPEN')).toHaveLength(1);
  });
});

describe('hostile texts', () => {
  it('take a bounded time and leave a bounded finding', async () => {
    const texts = [
      `全${'\u200b'.repeat(9_000)}网第一`,
      '全网第一'.repeat(2_500),
      `${'最'.repeat(5_000)}${'好'.repeat(5_000)}`,
      '👨‍👩‍👧'.repeat(1_200),
      '(((((#~|'.repeat(1_250),
      '\u202e全\u2066网\ufeff第\u00ad一',
      'e\u0301'.repeat(4_000),
    ];
    const before = process.cpuUsage();
    for (const text of texts) {
      const id = await entered('苹果', text);
      for (const finding of (await found()).filter(({ subjectId }) => subjectId === id)) {
        expect(finding.hits.length).toBeLessThanOrEqual(100);
        for (const hit of finding.hits) expect(hit.text.length).toBeLessThanOrEqual(200);
      }
    }
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(15_000);
    const all = (await found()).filter(({ state }) => state === 'OPEN');
    expect(all.map(({ hits }) => hits.length).sort((a, b) => a - b)).toEqual([1, 1, 1, 100]);
  });

  it('cannot hide what is grave behind much that is not', async () => {
    const id = await entered('苹果', `${'全网第一。'.repeat(300)}专治失眠`);
    const { severity, hits } = await openOn(id);
    expect([severity, hits.length, hits.at(-1).code]).toEqual(['BLOCK', 100, 'CURE']);
  });

  it('with control characters are refused as before, and nothing is found', async () => {
    const id = await entered('苹果');
    expect(said(await rewrite(id, { title: '全网\u0000第一' }))).toBe('InvalidInput');
    expect(said(await rewrite(id, { title: '\ud800全网第一' }))).toBe('InvalidInput');
    expect(await found()).toEqual([]);
  });
});

describe('rules of a category', () => {
  it('find nothing in other categories', async () => {
    await world.leafCategory();
    const [food] = await alliance.database.rows(
      sql<{ id: string }>`select id from category where slug = 'food'`,
    );
    const rule = { code: 'TEA', severity: 'REVIEW', reason: 'Tea', terms: ['降压茶'] };
    const put = async (more: object) => {
      const rules = [{ ...rule, ...more }];
      const { userErrors } = await act(callers.operator, 'claimRulesChange', { rules });
      expect(userErrors).toEqual([]);
      return statesOf(await entered('降压茶'));
    };
    const { data } = await callers.operator.query(
      '{ claimRules { rules { code severity reason terms near within unless onlyCategoryIds exceptCategoryIds } } }',
    );
    const foodId = toGlobalId('Category', food?.id ?? '');
    expect(await put({ onlyCategoryIds: [foodId] })).toEqual(['OPEN']);
    expect(await put({ exceptCategoryIds: [foodId] })).toEqual([]);
    await act(callers.operator, 'claimRulesChange', { rules: data.claimRules.rules });
  });

  it('that are new find more in a text that is saved again, in the finding that is open', async () => {
    const id = await entered('全网第一降压茶');
    const { data } = await callers.operator.query(
      '{ claimRules { version rules { code severity reason terms near within unless } } }',
    );
    const { version, rules } = data.claimRules;
    const more = { code: 'TEA', severity: 'BLOCK', reason: 'Tea', terms: ['降压茶'] };
    await act(callers.operator, 'claimRulesChange', { rules: [...rules, more] });
    const before = await openOn(id);
    await rewrite(id, { title: '全网第一降压茶' });
    const after = await openOn(id);
    expect([before.id, before.severity, before.rulesVersion]).toEqual([after.id, 'REVIEW', version]);
    expect([after.severity, after.rulesVersion, after.hits.length]).toEqual([
      'BLOCK',
      version + 1,
      before.hits.length + 1,
    ]);
    await act(callers.operator, 'claimRulesChange', { rules });
  });
});

describe('live scripts', () => {
  const content = (more: object = {}) => ({
    title: '中秋专场',
    startsAt: days(1),
    plannedMinutes: 60,
    merchandise: [],
    ...more,
  });

  it('are screened in their title, gifts and highlights, with each version', async () => {
    const script = content({
      gifts: ['福袋', '全网第一福袋'],
      highlights: [
        { minute: 1, text: '产地连线' },
        { minute: 9, text: '药到病除' },
      ],
    });
    const input = { creatorId: creator(), content: script };
    const { result } = await act(callers.creator, 'livePlanCreate', input, 'id');
    const finding = await openOn(result.id, 'creator');
    expect(finding.hits.map(({ field, code }: Json) => [field, code])).toEqual([
      ['gifts.1', 'FIRST_RANK'],
      ['highlights.1', 'CURE'],
    ]);
    const change = { livePlanId: result.id, content: { ...script, plannedMinutes: 90 } };
    await act(callers.creator, 'livePlanChange', change);
    expect((await openOn(result.id, 'creator')).id).toBe(finding.id);
    await act(callers.creator, 'livePlanChange', { livePlanId: result.id, content: content() });
    expect(await statesOf(result.id, 'creator')).toEqual(['SUPERSEDED']);
  });

  it('and titles of sessions are, when they begin', async () => {
    const id = await liveNow('全网最低价专场');
    expect((await openOn(id, 'creator')).hits[0]).toMatchObject({ field: 'title', code: 'LOWEST_PRICE' });
    await liveNow('中秋专场');
    expect(await found('creator')).toHaveLength(1);
  });

  it('and flash listings, at once and when they are completed', async () => {
    const host = await alliance.memberOf(alliance.id);
    const { result: session } = await act(
      callers.creator,
      'liveSessionStart',
      { creatorId: creator(), title: '直播' },
      'id',
    );
    const flash = {
      liveSessionId: session.id,
      brandId: brand(),
      categoryId: toGlobalId('Category', await world.leafCategory()),
      title: '神药大闸蟹',
      photoUrl: 'https://img.example/crab.jpg',
      priceMinor: '9900',
      stock: 5,
    };
    const { result, userErrors } = await act(host, 'liveFlashList', flash, 'product { id }');
    expect(userErrors).toEqual([]);
    const productId = result.product.id;
    expect((await openOn(productId)).severity).toBe('BLOCK');
    await act(callers.creator, 'liveSessionEnd', { liveSessionId: session.id });
    expect(said(await act(callers.brand, 'liveFlashComplete', { productId, title: '大闸蟹' }))).toBe('DONE');
    expect(await statesOf(productId)).toEqual(['SUPERSEDED']);
  });
});
