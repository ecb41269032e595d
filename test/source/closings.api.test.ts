import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { reconcile } from '../../src/checks/reconcile.ts';
import { verify } from '../../src/checks/verify.ts';
import { refreshDuePool } from '../../src/features/plan/index.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import { suspendClosedSources } from '../../src/features/source/index.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { event, type MadeProduct } from '../kit/world.ts';
import {
  alliance,
  callers,
  clock,
  creatorId,
  DAY_MS,
  isPooled,
  lineNow,
  openSources,
  product,
  START,
  told,
  world,
} from './source-scene.ts';

openSources();

type Shop = 'TAOBAO' | 'JD';
const close = (source: string, more: object = {}, caller = callers.operator) =>
  act(
    caller,
    'outsideSourceClose',
    { source, reason: '售后数据无法回传', ...more },
    'id version source reason announcedAt validFrom validTo',
  );
const reopen = (source: string, more: object = {}, caller = callers.operator) =>
  act(caller, 'outsideSourceReopen', { source, ...more }, 'version validFrom validTo');
const inDays = (days: number): string => new Date(Date.parse(START) + days * DAY_MS).toISOString();

/** A product of an outside shop in the pool, in the showcase of the creator. */
async function outside(source: Shop): Promise<MadeProduct> {
  const made = await world.product({ brandId: product.brandId, source });
  await world.plan(made);
  await world.showcase(creatorId, made);
  return made;
}

const stateOf = async ({ id }: MadeProduct): Promise<Json> => {
  const query = 'query ($id: ID!) { product(id: $id) { state reviewNote } }';
  return (await callers.brand.query(query, { id: toGlobalId('Product', id) })).data.product;
};
const step = (name: string, { id }: MadeProduct, more: object = {}, caller = callers.brand) =>
  act(caller, name, { productId: toGlobalId('Product', id), ...more });

/** Leaves every shop open for the next test, whose clock begins before this one's. */
async function openAll(): Promise<void> {
  await alliance.database.rows(sql`delete from outside_closing`);
}

describe('an outside shop', () => {
  it('that is closed now has its products out of the pool now, and no others', async () => {
    await openAll();
    const [gone, other] = [await outside('TAOBAO'), await outside('JD')];
    const { result } = await close('TAOBAO');
    expect(result).toEqual({
      id: result.id,
      version: 1,
      source: 'TAOBAO',
      reason: '售后数据无法回传',
      announcedAt: START,
      validFrom: START,
      validTo: null,
    });
    expect(await Promise.all([gone, other, product].map((one) => isPooled({}, one)))).toEqual([
      false,
      true,
      true,
    ]);
    expect(await stateOf(gone)).toEqual({
      state: 'SUSPENDED',
      reviewNote: expect.stringContaining('closed the outside shop'),
    });
    expect(await told(creatorId)).toEqual(['OUTSIDE_SOURCE_CLOSES', 'OUTSIDE_PRODUCT_LEFT']);
    expect(await told(product.brandId)).toEqual(['OUTSIDE_SOURCE_CLOSES', 'PRODUCT_SUSPENDED']);
    const { data } = await callers.stranger.query('{ outsideClosings(first: 1) { nodes { id source } } }');
    expect(data.outsideClosings.nodes).toEqual([{ id: result.id, source: 'TAOBAO' }]);
  });

  it('that is closed lists nothing any more, on no way', async () => {
    await openAll();
    const [listed, draft, reviewed] = [
      await outside('TAOBAO'),
      await world.product({ brandId: product.brandId, source: 'TAOBAO', draft: true }),
      await world.product({ brandId: product.brandId, source: 'TAOBAO', draft: true }),
    ];
    await step('productSubmit', reviewed);
    await close('TAOBAO');
    const closed = [{ __typename: 'StateConflict', state: 'SOURCE_CLOSED', path: ['input', 'productId'] }];
    expect((await step('productSubmit', draft)).userErrors).toMatchObject(closed);
    expect(
      (await step('productReview', reviewed, { approve: true }, callers.operator)).userErrors,
    ).toMatchObject(closed);
    for (const caller of [callers.brand, callers.operator])
      expect((await step('productResume', listed, {}, caller)).userErrors).toMatchObject(closed);
    // A plan that opens meanwhile brings nothing back.
    await refreshDuePool(alliance.database, clock.now());
    expect(await isPooled({}, listed)).toBe(false);
    expect(
      said(await step('productReview', reviewed, { approve: false, note: '换渠道' }, callers.operator)),
    ).toBe('DONE');
    const own = await world.product({ brandId: product.brandId, draft: true });
    expect(said(await step('productSubmit', own))).toBe('DONE');
  });

  it('is closed from a date: to the moment before nothing changes, and at it all of its products leave', async () => {
    await openAll();
    const gone = await outside('JD');
    expect((await close('JD', { from: inDays(10) })).result).toMatchObject({
      validFrom: inDays(10),
      validTo: null,
    });
    const later = await outside('JD');
    clock.set(new Date(Date.parse(inDays(10)) - 1).toISOString());
    expect(await suspendClosedSources(alliance.database, clock.now())).toBe(0);
    expect(await Promise.all([gone, later].map((one) => isPooled({}, one)))).toEqual([true, true]);
    clock.set(inDays(10));
    const draft = await world.product({ brandId: product.brandId, source: 'JD', draft: true });
    expect(said(await step('productSubmit', draft))).toBe('StateConflict');
    expect(await suspendClosedSources(alliance.database, clock.now())).toBeGreaterThanOrEqual(2);
    expect(await Promise.all([gone, later].map((one) => isPooled({}, one)))).toEqual([false, false]);
    expect(await suspendClosedSources(alliance.database, clock.now())).toBe(0);
    expect(await told(creatorId)).toEqual([
      'OUTSIDE_SOURCE_CLOSES',
      'OUTSIDE_PRODUCT_LEFT',
      'OUTSIDE_PRODUCT_LEFT',
    ]);
  });

  it('is opened again, and its products come back when their brands resume them', async () => {
    await openAll();
    const made = await outside('JD');
    await close('JD');
    expect((await close('JD')).userErrors).toMatchObject([{ state: 'SOURCE_CLOSED' }]);
    expect((await reopen('JD', { from: inDays(2) })).result).toEqual({
      version: 1,
      validFrom: START,
      validTo: inDays(2),
    });
    expect((await reopen('JD')).userErrors).toMatchObject([{ state: 'SOURCE_OPEN' }]);
    expect(said(await step('productResume', made))).toBe('StateConflict');
    expect((await close('JD', { from: inDays(1) })).userErrors).toMatchObject([{ path: ['input', 'from'] }]);
    clock.set(inDays(2));
    expect(said(await step('productResume', made))).toBe('DONE');
    expect(await isPooled({}, made)).toBe(true);
    expect(await suspendClosedSources(alliance.database, clock.now())).toBe(0);
    expect((await close('JD', { from: inDays(3) })).result).toMatchObject({ version: 2 });
    expect((await told(product.brandId)).slice(-1)).toEqual(['OUTSIDE_SOURCE_CLOSES']);
  });

  it('whose closing is taken back before it begins was never closed', async () => {
    await openAll();
    const made = await outside('JD');
    await close('JD', { from: inDays(5) });
    expect((await reopen('JD')).result).toEqual({ version: 1, validFrom: inDays(5), validTo: inDays(5) });
    clock.set(inDays(5));
    expect(await suspendClosedSources(alliance.database, clock.now())).toBe(0);
    expect(await isPooled({}, made)).toBe(true);
  });

  it.each([
    ['the own shop', 'OWN_SHOP', {}, 'source'],
    ['yesterday', 'JD', { from: inDays(-1) }, 'from'],
    ['without a reason', 'JD', { reason: ' ' }, 'reason'],
  ])('is not closed as %s', async (_what, source, more, field) => {
    expect((await close(source, more)).userErrors).toMatchObject([{ path: ['input', field] }]);
  });

  it('is closed and opened by operators alone, once for a call that is repeated', async () => {
    await openAll();
    for (const caller of [callers.brand, callers.agency, callers.creator])
      expect([said(await close('JD', {}, caller)), said(await reopen('JD', {}, caller))]).toEqual([
        'FORBIDDEN',
        'FORBIDDEN',
      ]);
    const key = { idempotencyKey: 'close-jd-today' };
    const first = await close('JD', key);
    expect((await close('JD', key)).result).toEqual(first.result);
  });

  it('takes as many statements for twenty products as for one', async () => {
    await openAll();
    await outside('TAOBAO');
    for (let i = 0; i < 20; i++) await outside('JD');
    const counts: number[] = [];
    for (const source of ['TAOBAO', 'JD']) {
      const input = { source, reason: 'x', idempotencyKey: `closing-${source}` };
      const { statements, data } = await callers.operator.query(
        'mutation ($input: OutsideSourceCloseInput!) { outsideSourceClose(input: $input) { userErrors { __typename } } }',
        { input },
      );
      expect(data.outsideSourceClose.userErrors).toEqual([]);
      counts.push(statements.length);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(await told(creatorId)).toHaveLength(2 + 21);
  });
});

const FACTS = [
  'order_line',
  'frozen_terms',
  'waterfall_node',
  'commission_step',
  'commission_entry',
] as const;

/** Every row of a line in every table of facts. */
async function factsOf(lineId: string): Promise<Json[]> {
  const { id, brandId } = fromGlobalId(lineId) ?? {};
  const facts: Json[] = [];
  for (const table of FACTS) {
    const key = table === 'order_line' ? 'id' : 'line_id';
    facts.push(
      await alliance.database.rows(sql`
        select to_jsonb(t)::text as row from ${sql.table(table)} t
        where t.brand_id = ${brandId} and ${sql.ref(`t.${key}`)} = ${id} order by 1`),
    );
  }
  return facts;
}

describe('an order that was placed before its shop was closed', () => {
  it('keeps its terms to the last row, and is paid, settled and refunded as one whose shop stays open', async () => {
    await openAll();
    const [closing, staying] = [await outside('TAOBAO'), await outside('JD')];
    const lines: string[] = [];
    for (const made of [closing, staying]) lines.push(await lineNow(made, await world.link(creatorId, made)));
    const before = await Promise.all(lines.map(factsOf));
    await close('TAOBAO');
    expect(await Promise.all(lines.map(factsOf))).toEqual(before);
    clock.advance(DAY_MS);
    await suspendClosedSources(alliance.database, clock.now());
    expect(await Promise.all(lines.map(factsOf))).toEqual(before);
    for (const kind of ['PAID', 'SHIPPED', 'RECEIVED'] as const) {
      clock.advance(60_000);
      for (const lineId of lines) {
        const orderNo = await orderNoOf(lineId);
        const one = event(product.brandId, kind, orderNo, { occurredAt: clock.now() });
        expect(await world.ingest(product.brandId, [one], clock.now())).toEqual([{ status: 'APPLIED' }]);
      }
    }
    clock.advance(30 * DAY_MS);
    await settleDue(alliance.database, { asOf: clock.now(), now: clock.now() });
    const [gone, stayed] = await Promise.all(lines.map(moneyOf));
    expect(gone).toEqual(stayed);
    // 20 % of 100.00, of which the technical fee is 2.00.
    expect(gone).toEqual({
      nets: { CREATOR: 1800n, TECHNICAL_FEE: 200n },
      rates: { CREATOR: 2000, TECHNICAL_FEE: 1000 },
      settled: true,
    });
    const orderNo = await orderNoOf(lines[0]!);
    const refund = { occurredAt: clock.now(), refund: { amountMinor: 10_000n, quantity: 1 } };
    await world.ingest(product.brandId, [event(product.brandId, 'REFUNDED', orderNo, refund)], clock.now());
    expect((await moneyOf(lines[0]!)).nets).toEqual({ CREATOR: 0n, TECHNICAL_FEE: 0n });
    expect((await reconcile(alliance.database)).differences).toEqual([]);
    expect((await verify(alliance.database)).failures).toEqual([]);
  });
});

async function orderNoOf(lineId: string): Promise<string> {
  const [row] = await alliance.database.rows(sql<{ no: string }>`
    select order_no as no from order_line where id = ${fromGlobalId(lineId)?.id}`);
  return row?.no ?? '';
}

/** What each payee keeps of a line and by which rate, and whether it is settled. */
async function moneyOf(lineId: string): Promise<Json> {
  const id = fromGlobalId(lineId)?.id;
  const nodes = await alliance.database.rows(sql<{ role: string; net: bigint; rate: number }>`
    select role, net_minor as net, rate_bp as rate from waterfall_node where line_id = ${id}`);
  const settled = await alliance.database.rows(sql`select from line_settlement where line_id = ${id}`);
  return {
    nets: Object.fromEntries(nodes.map(({ role, net }) => [role, net])),
    rates: Object.fromEntries(nodes.map(({ role, rate }) => [role, rate])),
    settled: settled.length > 0,
  };
}
