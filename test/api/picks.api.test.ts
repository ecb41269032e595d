import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import type { Scope } from '../../src/graphql/actor.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { type MadeProduct, World } from '../kit/world.ts';
import { act, said } from './act.ts';

let alliance: TestAlliance;
let world: World;
let creatorId: string;
let creator: Caller;
let other: Caller;
let product: MadeProduct;
let enrolmentId: string;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  creatorId = await world.creator();
  creator = await alliance.memberOf(creatorId);
  other = await alliance.memberOf(await world.creator());
  product = await world.product({ title: '苹果' });
  await world.plan(product);
  const enrolment = await world.enrolment(product, await world.agency());
  enrolmentId = toGlobalId('Enrolment', enrolment.id);
});

afterAll(() => alliance.close());

const pick = (more: object = {}) => ({
  creatorId: toGlobalId('Creator', creatorId),
  productId: toGlobalId('Product', product.id),
  ...more,
});

describe.each(['showcaseAdd', 'promotionLinkCreate'])('%s', (name) => {
  it('takes a product of the pool, with the terms that then hold', async () => {
    const fields =
      'product { title } creator { id } enrolment { id } terms { winner { kind commissionRate } }';
    const plain = await act(creator, name, pick(), fields);
    expect(plain.result).toEqual({
      product: { title: '苹果' },
      creator: { id: toGlobalId('Creator', creatorId) },
      enrolment: null,
      terms: { winner: { kind: 'OPEN', commissionRate: 2000 } },
    });
    const { result } = await act(creator, name, pick({ enrolmentId }), fields);
    expect([result.enrolment, result.terms.winner.kind]).toEqual([{ id: enrolmentId }, 'CAMPAIGN']);
  });

  it('refuses what is not in the pool, has no offer, or is picked from elsewhere', async () => {
    const bare = await world.product();
    const draft = await world.product({ draft: true });
    const foreign = await world.enrolment(await world.product(), await world.agency());
    const id = (of: MadeProduct) => ({ productId: toGlobalId('Product', of.id) });
    expect((await act(creator, name, pick(id(bare)))).userErrors[0]).toMatchObject({
      __typename: 'StateConflict',
      state: 'NO_OFFER',
    });
    expect(said(await act(creator, name, pick(id(draft))))).toBe('NotFoundError');
    expect(said(await act(creator, name, pick({ enrolmentId: toGlobalId('Enrolment', foreign.id) })))).toBe(
      'NotFoundError',
    );
    expect(said(await act(creator, name, pick({ enrolmentId: 'Enrolment_x' })))).toBe('NotFoundError');
    expect(said(await act(creator, name, pick({ productId: toGlobalId('Brand', product.brandId) })))).toBe(
      'NotFoundError',
    );
  });

  it('refuses a product that was suspended', async () => {
    const gone = await world.product();
    await world.plan(gone);
    const productId = toGlobalId('Product', gone.id);
    await act(await alliance.memberOf(gone.brandId), 'productSuspend', { productId });
    const { userErrors } = await act(creator, name, pick({ productId }));
    expect(userErrors[0]).toMatchObject({ __typename: 'StateConflict', state: 'SUSPENDED' });
  });

  it('is for the creator', async () => {
    const agencyId = await world.agency();
    expect(said(await act(other, name, pick()))).toBe('NotFoundError');
    expect(said(await act(await alliance.memberOf(agencyId), name, pick()))).toBe('NotFoundError');
    expect(said(await act(alliance.withHeader(), name, pick()))).toBe('UNAUTHENTICATED');
    const operator = await alliance.memberOf(alliance.id);
    const nobody = { creatorId: toGlobalId('Creator', agencyId) };
    expect(said(await act(operator, name, pick(nobody)))).toBe('NotFoundError');
  });
});

describe('a showcase', () => {
  const SHOWCASE = '{ viewer { creator { showcase { nodes { id } } } } }';
  const items = async () => (await creator.query(SHOWCASE)).data.viewer.creator.showcase.nodes;

  it('holds a product once, and no more when it was taken out', async () => {
    const one = await act(creator, 'showcaseAdd', pick(), 'id');
    const two = await act(creator, 'showcaseAdd', pick(), 'id');
    expect(two.result).toEqual(one.result);
    expect(await items()).toEqual([one.result]);
    const input = { showcaseItemId: one.result.id };
    expect(said(await act(other, 'showcaseRemove', input))).toBe('NotFoundError');
    const first = await act(creator, 'showcaseRemove', input, 'removedAt');
    const second = await act(creator, 'showcaseRemove', input, 'removedAt');
    expect(second.result).toEqual(first.result);
    expect(await items()).toEqual([]);
    expect(said(await act(creator, 'showcaseRemove', { showcaseItemId: 'x' }))).toBe('NotFoundError');
  });
});

describe('a live session', () => {
  it('begins and ends once, for its creator', async () => {
    const input = { creatorId: toGlobalId('Creator', creatorId), title: '晚八点' };
    const { result } = await act(creator, 'liveSessionStart', input, 'id title endedAt');
    expect(result).toMatchObject({ title: '晚八点', endedAt: null });
    const end = { liveSessionId: result.id };
    expect(said(await act(other, 'liveSessionEnd', end))).toBe('NotFoundError');
    const first = await act(creator, 'liveSessionEnd', end, 'endedAt');
    expect(Date.parse(first.result.endedAt)).toBeLessThanOrEqual(Date.now());
    expect((await act(creator, 'liveSessionEnd', end, 'endedAt')).result).toEqual(first.result);
    expect(said(await act(creator, 'liveSessionStart', { ...input, title: '' }))).toBe('InvalidInput');
    expect(said(await act(other, 'liveSessionStart', input))).toBe('NotFoundError');
    expect(
      said(await act(creator, 'liveSessionEnd', { liveSessionId: toGlobalId('Creator', creatorId) })),
    ).toBe('NotFoundError');
  });
});

describe('clicksIngest', () => {
  const keyOf = async (partyId: string, ...scopes: Scope[]) => {
    const made = await world.tx((tx) =>
      createApiKey(tx, { partyId, name: 'Shop', scopes }, 'test', new Date()),
    );
    return alliance.withHeader(`Bearer ${made.token}`);
  };
  const clicks = (linkCode: string, more: object = {}) => ({
    clicks: [{ linkCode, buyerRef: 'buyer-1', clickedAt: '2026-06-16T12:00:00Z', ...more }],
  });

  it('is for operators and for keys with orders:write, each for its own brand', async () => {
    const code = await world.link(creatorId, product);
    const stranger = await world.brand();
    const answers = [];
    for (const caller of [
      await alliance.memberOf(alliance.id),
      await keyOf(product.brandId, 'orders:write'),
      await keyOf(stranger, 'orders:write'),
      await keyOf(product.brandId, 'read', 'catalogue:write'),
      await keyOf(alliance.id, 'read'),
      await alliance.memberOf(product.brandId),
      await alliance.memberOf(alliance.id, 'ALLIANCE', 'VIEWER'),
      creator,
    ]) {
      const { refused, result } = await act(caller, 'clicksIngest', clicks(code), 'kept');
      answers.push(result?.kept ?? refused.join());
    }
    expect(answers).toEqual([1, 1, 0, ...Array.from({ length: 5 }, () => 'NotFoundError')]);
    const rows = await alliance.database.rows(sql`select 1 from click`);
    expect(rows).toHaveLength(2);
  });

  it('keeps nothing when one click of the call is wrong, and nothing for codes that no link has', async () => {
    const operator = await alliance.memberOf(alliance.id);
    const code = await world.link(creatorId, product);
    const refusedWith = async (more: object) => said(await act(operator, 'clicksIngest', clicks(code, more)));
    expect(await refusedWith({ buyerRef: '' })).toBe('InvalidInput');
    expect(await refusedWith({ buyerRef: 'x'.repeat(101) })).toBe('InvalidInput');
    expect(await refusedWith({ linkCode: 'a\u0000' })).toBe('InvalidInput');
    expect(await refusedWith({ clickedAt: '2999-01-01T00:00:00Z' })).toBe('InvalidInput');
    expect(await refusedWith({ clickedAt: 'now' })).toBe('BAD_USER_INPUT');
    expect(said(await act(operator, 'clicksIngest', { clicks: [] }))).toBe('InvalidInput');
    const many = Array.from({ length: 1001 }, () => clicks(code).clicks[0]);
    expect(said(await act(operator, 'clicksIngest', { clicks: many }))).toBe('InvalidInput');
    const { result } = await act(operator, 'clicksIngest', clicks('no-such-code'), 'kept');
    expect(result).toEqual({ kept: 0 });
    expect(
      await alliance.database.rows(
        sql`select 1 from click c join promotion_link l on l.id = c.link_id where l.code = ${code}`,
      ),
    ).toEqual([]);
  });
});
