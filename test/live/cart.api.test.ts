import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { caughtUp } from '../kit/feed.ts';
import {
  added,
  alliance,
  callers,
  clock,
  minutes,
  offer,
  openLive,
  product,
  session,
  stock,
  world,
} from './live-scene.ts';

openLive();

const CART = /* GraphQL */ `
  query ($id: ID!) {
    node(id: $id) {
      ... on LiveSession {
        pinnedItem { id }
        cart(first: 10) {
          nodes { id position pinned product { id } brand { id } offers { price { minorUnits } left sku { id } } }
        }
      }
    }
  }
`;

const cart = async (caller = callers.stranger) => {
  const { data, errors } = await caller.query(CART, { id: session() });
  expect(errors).toBeUndefined();
  return data.node;
};

const second = async () => {
  const other = await world.product();
  await world.plan(other);
  return added(other);
};

describe('the cart of a live session', () => {
  it('shows its items in their order, with prices and what is left, to every member', async () => {
    const item = await added();
    await offer(item, { priceMinor: '5900', stock: 7 });
    const next = await second();
    const { nodes } = (await cart()).cart;
    expect(nodes.map(({ id, position }: { id: string; position: number }) => [id, position])).toEqual([
      [item, 1],
      [next, 2],
    ]);
    expect(nodes[0].offers).toEqual([
      { price: { minorUnits: '5900' }, left: 7, sku: { id: toGlobalId('Sku', product.skuId) } },
    ]);
    expect(nodes[0].product).toEqual({ id: toGlobalId('Product', product.id) });
  });

  it('takes a product once, and only one that the creator may promote', async () => {
    const [one, two] = await Promise.all([added(), added()]);
    expect(one).toBe(two);
    const unplanned = await world.product();
    const input = { liveSessionId: session(), productId: toGlobalId('Product', unplanned.id) };
    const refused = await act(callers.creator, 'liveItemAdd', input);
    expect(refused.userErrors[0]).toMatchObject({ state: 'NO_OFFER', path: ['input', 'productId'] });
  });

  it('has one item pinned at most, also when many are pinned at once', async () => {
    const items = [await added(), await second(), await second()];
    const pin = (liveItemId: string, pinned = true) =>
      act(callers.creator, 'liveItemPin', { liveItemId, pinned });
    const answers = await Promise.all(items.flatMap((item) => [pin(item), pin(item)]));
    expect(answers.map(said)).toEqual(answers.map(() => 'DONE'));
    const { nodes } = (await cart()).cart;
    expect(nodes.filter(({ pinned }: { pinned: boolean }) => pinned)).toHaveLength(1);
    const { pinnedItem } = await cart();
    expect(said(await pin(pinnedItem.id, false))).toBe('DONE');
    expect((await cart()).pinnedItem).toBeNull();
  });

  it('is put into another order, by a list that names each item once', async () => {
    const items = [await added(), await second(), await second()];
    const arrange = (liveItemIds: string[]) =>
      act(callers.creator, 'liveCartArrange', { liveSessionId: session(), liveItemIds });
    const turned = [items[2], items[0], items[1]] as string[];
    expect(said(await arrange(turned))).toBe('DONE');
    expect((await cart()).cart.nodes.map(({ id }: { id: string }) => id)).toEqual(turned);
    for (const wrong of [items.slice(1), [...items, items[0] as string], [...items.slice(1), 'x']])
      expect(said(await arrange(wrong))).toBe('InvalidInput');
  });

  it('gives an item back with what its offers have left, and the product may come again', async () => {
    const item = await added();
    await offer(item, { stock: 40 });
    expect(await stock()).toEqual({ sku: 960, live: 40 });
    const remove = () => act(callers.creator, 'liveItemRemove', { liveItemId: item }, 'removedAt');
    expect(said(await remove())).toBe('DONE');
    expect(said(await remove())).toBe('DONE');
    expect((await stock()).sku).toBe(1000);
    expect((await cart()).cart.nodes).toEqual([]);
    expect(await added()).not.toBe(item);
    expect(said(await act(callers.creator, 'liveItemPin', { liveItemId: item }))).toBe('StateConflict');
  });

  it("is its creator's to change, and closed once the session is over", async () => {
    const item = await added();
    const productId = toGlobalId('Product', product.id);
    for (const caller of [callers.stranger, callers.brand]) {
      expect(said(await act(caller, 'liveItemAdd', { liveSessionId: session(), productId }))).toBe(
        'NotFoundError',
      );
      expect(said(await act(caller, 'liveItemPin', { liveItemId: item }))).toBe('NotFoundError');
      expect(said(await act(caller, 'liveItemRemove', { liveItemId: item }))).toBe('NotFoundError');
    }
    await act(callers.creator, 'liveSessionEnd', { liveSessionId: session() });
    expect(said(await act(callers.creator, 'liveItemAdd', { liveSessionId: session(), productId }))).toBe(
      'StateConflict',
    );
    expect(said(await act(callers.creator, 'liveItemPin', { liveItemId: item }))).toBe('StateConflict');
  });
});

describe('the price and stock of a live session', () => {
  it('are set by the brand alone, and set anew', async () => {
    const item = await added();
    expect(said(await offer(item, {}, callers.creator))).toBe('NotFoundError');
    expect(said(await offer(item, {}, callers.stranger))).toBe('NotFoundError');
    const first = await offer(item);
    expect(first.result).toMatchObject({ price: { minorUnits: '6000' }, stock: 100, taken: 0, left: 100 });
    const again = await offer(item, { priceMinor: '5500', stock: 30, payWithinMinutes: 5 });
    expect(again.result).toMatchObject({ id: first.result.id, stock: 30, left: 30, payWithinMinutes: 5 });
    expect(await stock()).toEqual({ sku: 970, live: 30 });
  });

  it('are not above the list price, not more than there is, and of the product of the item', async () => {
    const item = await added();
    expect(said(await offer(item, { priceMinor: '10001' }))).toBe('InvalidInput');
    expect(said(await offer(item, { priceMinor: '0', stock: -1, payWithinMinutes: 0 }))).toBe(
      'InvalidInput InvalidInput InvalidInput',
    );
    expect((await offer(item, { stock: 1001 })).userErrors[0]).toMatchObject({ state: 'SHORT' });
    const other = await world.product({ brandId: product.brandId });
    expect(said(await offer(item, { skuId: toGlobalId('Sku', other.skuId) }))).toBe('NotFoundError');
    expect(await stock()).toEqual({ sku: 1000, live: undefined });
  });

  it('set twice at once leave what is set last, and lose no piece', async () => {
    const item = await added();
    const answers = await Promise.all([offer(item, { stock: 600 }), offer(item, { stock: 700 })]);
    expect(answers.map(said)).toEqual(['DONE', 'DONE']);
    const { sku, live } = await stock();
    expect(sku + Number(live)).toBe(1000);
    expect([600, 700]).toContain(live);
  });

  it('are repeated by their key without another effect', async () => {
    const item = await added();
    const idempotencyKey = randomUUID();
    const one = await offer(item, { idempotencyKey });
    expect((await offer(item, { idempotencyKey })).result).toEqual(one.result);
    expect(said(await offer(item, { idempotencyKey, stock: 5 }))).toBe('IdempotencyKeyReused');
  });
});

it('the brand is told of its products in carts, and finds them', async () => {
  const item = await added();
  clock.set(minutes(0));
  await offer(item);
  await act(callers.creator, 'liveItemRemove', { liveItemId: item });
  await caughtUp(alliance.database);
  const { data } =
    await callers.brand.query(`{ viewer { brand { liveItems(first: 5) { nodes { id liveSession { title } } } } }
    changes(first: 10, kinds: [LIVE_ITEM_ADDED, LIVE_OFFER_SET, LIVE_ITEM_REMOVED]) { nodes { kind data } } }`);
  expect(data.viewer.brand.liveItems.nodes).toEqual([{ id: item, liveSession: { title: '晚八点专场' } }]);
  expect(data.changes.nodes).toEqual([
    { kind: 'LIVE_ITEM_ADDED', data: {} },
    { kind: 'LIVE_OFFER_SET', data: { priceMinor: '6000', stock: 100 } },
    { kind: 'LIVE_ITEM_REMOVED', data: {} },
  ]);
});
