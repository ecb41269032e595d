import { describe, expect, it } from 'vitest';
import { expireStories } from '../../src/features/source/index.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import {
  agencyId,
  alliance,
  baseOf,
  beltId,
  beltOf,
  callers,
  clock,
  creatorId,
  DAY_MS,
  hashOf,
  isPooled,
  lineNow,
  liveBaseId,
  move,
  openSources,
  paper,
  product,
  productId,
  START,
  seen,
  sourceOf,
  submit,
  told,
  verified,
  world,
} from './source-scene.ts';

openSources();

const inBelt = () => ({ kind: 'BELT', beltId, liveBaseId });

describe('the source story of a product', () => {
  it('is between its parties until the operator verifies it, and then seen by all who see the product', async () => {
    const { result } = await submit(callers.brand);
    expect(result).toMatchObject({ version: 1, state: 'SUBMITTED', inForce: false, verifiedAt: null });
    const nodes = async () => {
      const { data } = await callers.stranger.query('query ($id: ID!) { node(id: $id) { id } }', {
        id: result.id,
      });
      return data.node;
    };
    expect([await nodes(), await seen(callers.stranger)]).toEqual([null, null]);
    expect(await isPooled({ sourceGoods: true })).toBe(false);
    const { data } = await callers.operator.query(
      '{ waitingSourceStories(first: 100) { nodes { id state } } }',
    );
    expect(data.waitingSourceStories.nodes).toContainEqual({ id: result.id, state: 'SUBMITTED' });
    expect(said(await move(callers.brand, 'Verify', result.id))).toBe('FORBIDDEN');
    const done = await move(callers.operator, 'Verify', result.id);
    expect(done.result).toMatchObject({ state: 'VERIFIED', inForce: true, verifiedAt: START });
    expect(await nodes()).toEqual({ id: result.id });
    expect(await seen(callers.stranger)).toEqual({
      version: 1,
      kind: 'FACTORY',
      place: '江苏南通',
      state: 'VERIFIED',
      inForce: true,
      belt: null,
      liveBase: null,
      documents: [{ ...paper('audit'), url: null, expiresAt: null }],
    });
    expect(await told(product.brandId)).toEqual(['SOURCE_STORY_SUBMITTED', 'SOURCE_STORY_VERIFIED']);
  });

  it('that names a belt is confirmed by the agency of the belt before it is verified', async () => {
    const { result } = await submit(callers.brand, inBelt());
    expect((await move(callers.operator, 'Verify', result.id)).userErrors).toMatchObject([
      { __typename: 'StateConflict', state: 'SUBMITTED' },
    ]);
    const rival = await alliance.memberOf(await world.agency());
    for (const caller of [callers.brand, callers.stranger, rival])
      expect(said(await move(caller, 'Confirm', result.id))).toBe('NotFoundError');
    expect((await move(callers.agency, 'Confirm', result.id)).result).toMatchObject({ state: 'CONFIRMED' });
    expect(said(await move(callers.agency, 'Confirm', result.id))).toBe('StateConflict');
    expect((await move(callers.operator, 'Verify', result.id)).result).toMatchObject({ state: 'VERIFIED' });
    expect(await seen(callers.stranger)).toMatchObject({
      belt: { id: beltId },
      liveBase: { id: liveBaseId },
    });
    const steps = ['SUBMITTED', 'CONFIRMED', 'VERIFIED'].map((step) => `SOURCE_STORY_${step}`);
    expect([await told(product.brandId), await told(agencyId)]).toEqual([steps, steps]);
    const { data } = await callers.agency.query('{ viewer { agency { sourceStories { nodes { id } } } } }');
    expect(data.viewer.agency.sourceStories.nodes).toEqual([{ id: result.id }]);
  });

  it('is confirmed by the agency that submits it, which does so for brands of its belt alone', async () => {
    const { result } = await submit(callers.agency, inBelt());
    expect(result).toMatchObject({ state: 'CONFIRMED', version: 1 });
    const outside = await world.product();
    const refused = await submit(callers.agency, {
      ...inBelt(),
      productId: toGlobalId('Product', outside.id),
    });
    expect(refused.userErrors).toMatchObject([{ state: 'NOT_IN_BELT', path: ['input', 'beltId'] }]);
    expect(said(await submit(callers.agency))).toBe('NotFoundError');
    expect(said(await submit(callers.stranger, inBelt()))).toBe('NotFoundError');
    expect((await move(callers.brand, 'Withdraw', result.id)).result).toMatchObject({ state: 'WITHDRAWN' });
  });

  it('is not confirmed by an agency that is not certified for belts now', async () => {
    const { result } = await submit(callers.brand, inBelt());
    const suspended = { agencyId: toGlobalId('Agency', agencyId), reason: 'x', endsAt: null };
    await act(callers.operator, 'agencySuspend', suspended);
    const refused = { __typename: 'AgencyNotCertified', certification: 'SUSPENDED', service: 'BELT_BASE' };
    expect((await move(callers.agency, 'Confirm', result.id)).userErrors).toMatchObject([refused]);
    expect((await move(callers.agency, 'Reject', result.id, { reason: '不属实' })).result).toMatchObject({
      state: 'REJECTED',
      reason: '不属实',
    });
    expect((await submit(callers.agency, inBelt())).userErrors).toMatchObject([refused]);
  });

  it('is rejected with a reason, by the agency before it confirms and by the operator at any time before verifying', async () => {
    const { result } = await submit(callers.brand, inBelt());
    expect(said(await move(callers.agency, 'Reject', result.id, { reason: ' ' }))).toBe('InvalidInput');
    await move(callers.agency, 'Confirm', result.id);
    expect(said(await move(callers.agency, 'Reject', result.id, { reason: 'x' }))).toBe('StateConflict');
    expect(said(await move(callers.brand, 'Reject', result.id, { reason: 'x' }))).toBe('NotFoundError');
    const rejected = await move(callers.operator, 'Reject', result.id, { reason: '照片不符' });
    expect(rejected.result).toMatchObject({ state: 'REJECTED', reason: '照片不符', endedAt: START });
    expect((await submit(callers.brand)).result).toMatchObject({ version: 2, state: 'SUBMITTED' });
  });

  it.each<[string, () => object | Promise<object>, string]>([
    ['an origin without a certificate of it', () => ({ kind: 'ORIGIN' }), 'documents'],
    ['a belt that is not named', () => ({ kind: 'BELT' }), 'beltId'],
    ['a base without its belt', () => ({ liveBaseId }), 'liveBaseId'],
    ['no place', () => ({ place: ' ' }), 'place'],
    ['no document', () => ({ documents: [] }), 'documents'],
    [
      'a document twice',
      () => ({ documents: [paper('a'), paper('a', { sha256: hashOf('a').toUpperCase() })] }),
      'documents',
    ],
    [
      'eleven documents',
      () => ({ documents: Array.from({ length: 11 }, (_, i) => paper(`${i}`)) }),
      'documents',
    ],
    ['a hash that is none', () => ({ documents: [paper('a', { sha256: 'abc' })] }), 'documents.0.sha256'],
    ['an address that is none', () => ({ documents: [paper('a', { url: 'http://x' })] }), 'documents.0.url'],
    [
      'a document of tomorrow',
      () => ({ documents: [paper('a', { issuedAt: '2026-06-17T02:00:00.000Z' })] }),
      'documents.0.issuedAt',
    ],
    [
      'a document that has ended',
      () => ({ documents: [paper('a', { expiresAt: START })] }),
      'documents.0.expiresAt',
    ],
    ['a base of another belt', async () => ({ ...inBelt(), liveBaseId: await otherBase() }), 'liveBaseId'],
    [
      'a belt of others',
      async () => ({ kind: 'BELT', beltId: await beltOf(await world.agency()) }),
      'beltId',
    ],
    ['a base that is closed', async () => ({ ...inBelt(), liveBaseId: await closedBase() }), 'liveBaseId'],
  ])('is not taken with %s', async (_what, more, field) => {
    const { userErrors } = await submit(callers.brand, await more());
    expect(userErrors).toMatchObject([{ path: ['input', ...field.split('.')] }]);
  });

  const otherBase = async () => baseOf(await beltOf(await world.agency()));
  const closedBase = async () => {
    const id = await baseOf(beltId);
    await act(callers.agency, 'liveBaseClose', { liveBaseId: id });
    return id;
  };

  it('waits once, and is the same for a call that is repeated', async () => {
    const key = { idempotencyKey: 'story-of-today' };
    const first = await submit(callers.brand, key);
    expect((await submit(callers.brand, key)).result).toEqual(first.result);
    expect((await submit(callers.brand)).userErrors).toMatchObject([{ state: 'SUBMITTED' }]);
  });

  it('takes the place of the one before, and lines keep the one that they were placed under', async () => {
    const none = await lineNow();
    clock.advance(60_000);
    await verified();
    const first = await lineNow();
    clock.advance(60_000);
    const { result } = await submit(callers.brand, { place: '浙江湖州', documents: [paper('new audit')] });
    expect(await seen(callers.stranger)).toMatchObject({ version: 1 });
    await move(callers.operator, 'Verify', result.id);
    // Half-open: what is placed at this moment is placed under the new one.
    const second = await lineNow();
    clock.advance(60_000);
    expect(await seen(callers.stranger)).toMatchObject({ version: 2, place: '浙江湖州' });
    const revoked = await move(callers.operator, 'Revoke', result.id, { reason: '改由外厂代工' });
    expect(revoked.result).toMatchObject({ state: 'REVOKED', reason: '改由外厂代工', inForce: false });
    const last = await lineNow();
    expect(await Promise.all([none, first, second, last].map(sourceOf))).toEqual([
      null,
      { kind: 'FACTORY', place: '江苏南通', version: 1 },
      { kind: 'FACTORY', place: '浙江湖州', version: 2 },
      null,
    ]);
    expect(await seen(callers.stranger)).toBe(null);
    const { data } = await callers.brand.query(
      'query ($id: ID!) { product(id: $id) { sourceStories { nodes { version state } } } }',
      { id: productId() },
    );
    expect(data.product.sourceStories.nodes).toEqual([
      { version: 2, state: 'REVOKED' },
      { version: 1, state: 'SUPERSEDED' },
    ]);
    expect(await told(creatorId)).toEqual(['SOURCE_STORY_REVOKED']);
  });

  it('is revoked by the agency that stands for it too, and by nobody else but the operator', async () => {
    const { result } = await submit(callers.agency, inBelt());
    await move(callers.operator, 'Verify', result.id);
    const reason = { reason: '搬出产业带' };
    for (const caller of [callers.brand, callers.stranger])
      expect(said(await move(caller, 'Revoke', result.id, reason))).toBe('NotFoundError');
    expect((await move(callers.agency, 'Revoke', result.id, reason)).result).toMatchObject({
      state: 'REVOKED',
    });
    expect(said(await move(callers.agency, 'Revoke', result.id, reason))).toBe('StateConflict');
  });

  it('ends with the first of its documents, to the moment', async () => {
    const ends = new Date(clock.now().getTime() + DAY_MS);
    const documents = [
      paper('a'),
      paper('b', { expiresAt: ends.toISOString() }),
      paper('c', { expiresAt: new Date(ends.getTime() + DAY_MS).toISOString() }),
    ];
    await verified({ documents });
    const { result: waiting } = await submit(callers.brand, { documents });
    clock.set(new Date(ends.getTime() - 1).toISOString());
    expect(await expireStories(alliance.database, clock.now())).toBe(0);
    expect([await seen(callers.stranger), await isPooled({ sourceGoods: true })]).toMatchObject([
      { version: 1 },
      true,
    ]);
    clock.set(ends.toISOString());
    expect(await seen(callers.stranger)).toBe(null);
    expect(await expireStories(alliance.database, clock.now())).toBe(1);
    expect(await isPooled({ sourceGoods: true })).toBe(false);
    expect(await told(creatorId)).toEqual(['SOURCE_STORY_EXPIRED']);
    expect((await move(callers.operator, 'Verify', waiting.id)).userErrors).toMatchObject([
      { state: 'EXPIRED' },
    ]);
    expect(await expireStories(alliance.database, clock.now())).toBe(0);
  });

  it.each([
    ['leaves its belt', false],
    ['moves to another belt', true],
  ])('ends at once when the brand %s; one without a belt goes on', async (_what, moves) => {
    const other = await world.product({ brandId: product.brandId });
    await world.plan(other);
    await verified({ productId: toGlobalId('Product', other.id) });
    const { result } = await submit(callers.agency, inBelt());
    await move(callers.operator, 'Verify', result.id);
    expect(await isPooled({ beltId, sourceKind: 'BELT' })).toBe(true);
    const brandId = toGlobalId('Brand', product.brandId);
    if (moves) {
      const rival = await world.agency();
      const asked = await act(
        callers.brand,
        'beltJoin',
        { beltId: await beltOf(rival), brandId, message: '' },
        'id',
      );
      const answer = { joinId: asked.result.id, accept: true };
      expect(said(await act(await alliance.memberOf(rival), 'beltJoinAnswer', answer))).toBe('DONE');
    } else await act(callers.brand, 'beltLeave', { brandId });
    expect(await seen(callers.stranger)).toBe(null);
    expect([await isPooled({ sourceGoods: true }), await isPooled({ sourceKind: 'FACTORY' }, other)]).toEqual(
      [false, true],
    );
    expect(await told(creatorId)).toEqual(['SOURCE_STORY_LEFT_BELT']);
    expect((await told(agencyId)).at(-1)).toBe('SOURCE_STORY_LEFT_BELT');
    expect(said(await move(callers.operator, 'Revoke', result.id, { reason: 'x' }))).toBe('StateConflict');
  });

  it('narrows the pool by kind and belt, and stands in it also after the product has come back', async () => {
    const { result } = await submit(callers.agency, { kind: 'FACTORY', beltId });
    await move(callers.operator, 'Verify', result.id);
    const found = async () => [
      await isPooled({ sourceGoods: true }),
      await isPooled({ sourceGoods: false }),
      await isPooled({ sourceKind: 'FACTORY' }),
      await isPooled({ sourceKind: 'BELT' }),
      await isPooled({ sourceKind: 'FACTORY', beltId }),
      await isPooled({ sourceGoods: true, source: 'OWN_SHOP' }),
    ];
    const there = [true, false, true, false, true, true];
    expect(await found()).toEqual(there);
    for (const name of ['productSuspend', 'productResume'])
      expect(said(await act(callers.operator, name, { productId: productId() }))).toBe('DONE');
    expect(await found()).toEqual(there);
  });
});

describe('a file', () => {
  const check = async (sha256: string, caller = callers.stranger, id = productId()) => {
    const { data, errors } = await caller.query(
      `query ($id: ID!, $sha256: String!) { sourceDocumentCheck(productId: $id, sha256: $sha256) {
        matches document { title } version } }`,
      { id, sha256 },
    );
    return errors?.[0]?.extensions.code ?? data.sourceDocumentCheck;
  };

  it('is compared by its hash with the documents of the story in force, by anybody who sees the product', async () => {
    const { result } = await submit(callers.brand);
    const nothing = { matches: false, document: null, version: null };
    expect(await check(hashOf('audit'))).toEqual(nothing);
    await move(callers.operator, 'Verify', result.id);
    const matches = { matches: true, document: { title: '验厂报告' }, version: 1 };
    expect(await check(hashOf('audit'))).toEqual(matches);
    expect(await check(hashOf('audit').toUpperCase())).toEqual(matches);
    expect(await check(hashOf('another file'))).toEqual({ ...nothing, version: 1 });
    expect(await check('abc')).toEqual({ ...nothing, version: 1 });
    expect(await check(hashOf('audit'), alliance.withHeader())).toBe('UNAUTHENTICATED');
    await move(callers.operator, 'Revoke', result.id, { reason: 'x' });
    expect(await check(hashOf('audit'))).toEqual(nothing);
  });

  it('is compared with nothing of a product that was never listed, but for its brand', async () => {
    const draft = await world.product({ brandId: product.brandId, draft: true });
    const id = toGlobalId('Product', draft.id);
    const storyId = await verified({ productId: id });
    expect(await check(hashOf('audit'), callers.stranger, id)).toBe('NOT_FOUND');
    expect(await check(hashOf('audit'), callers.brand, id)).toMatchObject({ matches: true });
    const { data } = await callers.stranger.query('query ($id: ID!) { node(id: $id) { id } }', {
      id: storyId,
    });
    expect(data.node).toBe(null);
    expect(fromGlobalId(storyId)?.type).toBe('SourceStory');
  });
});
