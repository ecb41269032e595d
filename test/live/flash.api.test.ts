import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import { event, PLACED_AT, placed } from '../kit/world.ts';
import {
  alliance,
  callers,
  clock,
  creatorId,
  expectSound,
  minutes,
  openLive,
  personOf,
  product,
  session,
  sessionId,
  world,
} from './live-scene.ts';

openLive();

/** Belongs to the creator and to the brand. */
let host: Caller;

beforeEach(async () => {
  host = alliance.withHeader(await personOf(creatorId, product.brandId));
});

const ITEM = 'id flash { title photoUrl skuCode } offers { price { minorUnits } left } product { id state }';

const list = async (more: object = {}, caller = host) =>
  act(
    caller,
    'liveFlashList',
    {
      liveSessionId: session(),
      brandId: toGlobalId('Brand', product.brandId),
      categoryId: toGlobalId('Category', await world.leafCategory()),
      title: '现捞大闸蟹',
      photoUrl: 'https://img.example/crab.jpg',
      priceMinor: '9900',
      stock: 5,
      ...more,
    },
    ITEM,
  );

const buy = async (flash: Json, orderNo: string, more: object = {}, at = PLACED_AT) => {
  const detail = placed(flash.skuCode, { itemTotalMinor: 9_900n, liveSessionId: sessionId, ...more });
  const told = event(product.brandId, 'PLACED', orderNo, { placed: detail, occurredAt: at });
  const [answer] = await world.ingest(product.brandId, [told], clock.now());
  return answer?.problem?.code ?? answer?.status;
};

it('a product listed with a photo, a price and a stock is sold at once, in its session alone', async () => {
  const { result, userErrors } = await list({ skuCode: 'CRAB-1' });
  expect(userErrors).toEqual([]);
  expect(result).toMatchObject({
    flash: { title: '现捞大闸蟹', photoUrl: 'https://img.example/crab.jpg', skuCode: 'CRAB-1' },
    offers: [{ price: { minorUnits: '9900' }, left: 5 }],
    product: { state: 'DRAFT' },
  });
  expect(await buy(result.flash, 'A')).toBe('APPLIED');
  expect(await buy(result.flash, 'B', { liveSessionId: null })).toBe('SKU_ONLY_IN_LIVE_SESSION');
  const { id: other } = await world.tx(async (tx) => {
    const [row] = await tx.rows(sql<{ id: string }>`
      insert into live_session (id, creator_id, title, started_at)
      values (${randomUUID()}, ${creatorId}, 'Another', ${minutes(-20)}) returning id`);
    return row as { id: string };
  });
  expect(await buy(result.flash, 'C', { liveSessionId: other })).toBe('SKU_ONLY_IN_LIVE_SESSION');
  expect(await buy(result.flash, 'D', { quantity: 5, itemTotalMinor: 49_500n })).toBe('LIVE_STOCK_SOLD_OUT');
  // Viewers see what it is, though the product itself is its brand's.
  const query = 'query ($id: ID!) { node(id: $id) { ... on LiveItem { flash { title } product { id } } } }';
  const { data } = await callers.stranger.query(query, { id: result.id });
  expect(data.node).toEqual({ flash: { title: '现捞大闸蟹' }, product: null });
  await expectSound();
});

it('is for who acts for the creator and for the brand, while the session runs', async () => {
  for (const caller of [callers.creator, callers.brand, callers.stranger])
    expect(said(await list({}, caller))).toBe('NotFoundError');
  expect(said(await list({ photoUrl: 'javascript:alert(1)' }))).toBe('InvalidInput');
  expect(said(await list({ priceMinor: '0' }))).toBe('InvalidInput');
  expect(said(await list({ skuCode: product.code }))).toBe('InvalidInput');
  const idempotencyKey = randomUUID();
  const [one, two] = [await list({ idempotencyKey }), await list({ idempotencyKey })];
  expect(one.result.id).toBe(two.result.id);
  await act(callers.creator, 'liveSessionEnd', { liveSessionId: session() });
  expect(said(await list())).toBe('StateConflict');
});

it('after the session it is completed, and sold like any other once it was listed', async () => {
  const { flash, product: made } = (await list()).result;
  await buy(flash, 'A');
  const complete = (caller = callers.brand) =>
    act(
      caller,
      'liveFlashComplete',
      { productId: made.id, title: '大闸蟹 4 只', description: '公母各半' },
      'state title',
    );
  expect((await complete()).userErrors[0]).toMatchObject({ state: 'RUNNING' });
  clock.set(minutes(1));
  await act(callers.creator, 'liveSessionEnd', { liveSessionId: session() });
  expect(await buy(flash, 'B', {}, minutes(5))).toBe('SKU_ONLY_IN_LIVE_SESSION');
  expect(said(await complete(callers.stranger))).toBe('NotFoundError');
  expect((await complete()).result).toEqual({ state: 'IN_REVIEW', title: '大闸蟹 4 只' });
  expect(said(await complete())).toBe('StateConflict');
  expect(said(await act(callers.operator, 'productReview', { productId: made.id, approve: true }))).toBe(
    'DONE',
  );
  expect(await buy(flash, 'C', { liveSessionId: null }, minutes(2))).toBe('APPLIED');
  const [sku] = await alliance.database.rows(sql<{ stock: bigint }>`
    select stock from sku where code = ${flash.skuCode}`);
  expect(sku?.stock).toBe(3n);
  await expectSound();
});

it('after the session it is dropped, and never sold again', async () => {
  const { flash, product: made } = (await list()).result;
  const drop = () => act(callers.brand, 'liveFlashDrop', { productId: made.id }, 'state');
  expect((await drop()).userErrors[0]).toMatchObject({ state: 'RUNNING' });
  await act(callers.creator, 'liveSessionEnd', { liveSessionId: session() });
  expect((await drop()).result).toEqual({ state: 'DELISTED' });
  expect(said(await drop())).toBe('StateConflict');
  expect(await buy(flash, 'A', { liveSessionId: null })).toBe('SKU_ONLY_IN_LIVE_SESSION');
  const usual = { productId: toGlobalId('Product', product.id) };
  expect(said(await act(callers.brand, 'liveFlashDrop', usual))).toBe('NotFoundError');
});
