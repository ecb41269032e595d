import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { endOverdueBoosts, postBoostSpend } from '../../src/features/boost/index.ts';
import { idOfType, toGlobalId } from '../../src/kernel/ids.ts';
import { said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { event, placed } from '../kit/world.ts';
import {
  alliance,
  balance,
  buy,
  byCreator,
  callers,
  charge,
  clock,
  creatorId,
  DAY_MS,
  ESCROW,
  HOUR_MS,
  later,
  move,
  openBoosts,
  problems,
  product,
  report,
  seen,
  wish,
  world,
} from './boost-scene.ts';
import { earn } from './money.ts';

openBoosts();

/** What was told of the end of a boost. */
const ends = (id: string): Promise<Json[]> =>
  alliance.database.rows(sql<Json>`
    select data from outbox_event where kind = 'BOOST_ENDED' and subject_id = ${idOfType(id, 'Boost')}`);

describe('a boost', () => {
  it('puts its budget aside out of the escrow, and gives back what is left', async () => {
    const { result } = await buy(callers.brand);
    expect(result).toMatchObject({
      state: 'ACTIVE',
      budget: { minorUnits: '10000' },
      spent: { minorUnits: '0' },
      rest: { minorUnits: '10000' },
      bid: { amount: '10.00' },
      exposures: '0',
      fromHour: 0,
      untilHour: 24,
    });
    const { brandId } = product;
    expect([await balance(brandId, 'ESCROW'), await balance(brandId, 'BOOST')]).toEqual([
      ESCROW - 10_000n,
      10_000n,
    ]);
    expect(await report([charge(result.id, '1'), charge(result.id, '2', { exposures: 500 })])).toEqual([
      'CHARGED 1000',
      'CHARGED 500',
    ]);
    const revenue = await balance(alliance.id, 'REVENUE');
    await postBoostSpend(alliance.database, clock.now());
    expect(await balance(brandId, 'BOOST')).toBe(8_500n);
    expect((await balance(alliance.id, 'REVENUE')) - revenue).toBe(1_500n);
    expect(await problems()).toEqual([]);
    const stopped = await move(callers.brand, 'Stop', result.id);
    expect(stopped.result).toMatchObject({
      state: 'ENDED',
      endedBecause: 'STOPPED',
      spent: { minorUnits: '1500' },
    });
    expect([await balance(brandId, 'ESCROW'), await balance(brandId, 'BOOST')]).toEqual([
      ESCROW - 1_500n,
      0n,
    ]);
    expect(await ends(result.id)).toEqual([
      { data: { because: 'STOPPED', spentMinor: '1500', releasedMinor: '8500', currency: 'CNY' } },
    ]);
    expect(await report([charge(result.id, '3')])).toEqual(['NOT_RUNNING 0']);
    expect(said(await move(callers.brand, 'Stop', result.id))).toBe('StateConflict');
    expect(await problems()).toEqual([]);
  });

  it('of a creator is paid of what could be paid out, after what is owed', async () => {
    expect(said(await buy(callers.creator, byCreator()))).toBe('BoostAboveBalance');
    await earn(world, product.brandId, creatorId, 1_500n);
    const { result } = await buy(callers.creator, byCreator());
    expect(result).toMatchObject({ budget: { minorUnits: '1000' } });
    expect([await balance(creatorId, 'PAYABLE'), await balance(creatorId, 'BOOST')]).toEqual([500n, 1_000n]);
    expect(await report([charge(result.id, '1', { exposures: 100 })])).toEqual(['CHARGED 100']);
    await move(callers.creator, 'Stop', result.id);
    expect([await balance(creatorId, 'PAYABLE'), await balance(creatorId, 'BOOST')]).toEqual([1_400n, 0n]);
    expect(await problems()).toEqual([]);
  });

  it('ends with its budget: the last charge is cut to it, and what comes later costs nothing', async () => {
    const { result } = await buy(callers.brand, wish({ budgetMinor: '1700' }));
    expect(
      await report([
        charge(result.id, '1'),
        charge(result.id, '2'),
        charge(result.id, '3', { exposures: 1 }),
      ]),
    ).toEqual(['CHARGED 1000', 'CUT_TO_BUDGET 700', 'NOT_RUNNING 0']);
    expect(await seen(callers.brand, result.id)).toMatchObject({
      state: 'ENDED',
      endedBecause: 'BUDGET_SPENT',
      spent: { minorUnits: '1700' },
      rest: { minorUnits: '0' },
      exposures: '2000',
    });
    expect(await balance(product.brandId, 'BOOST')).toBe(0n);
    expect(await problems()).toEqual([]);
  });

  it('ends an hour after its time, in which the last exposures may be told', async () => {
    const { result } = await buy(callers.brand);
    clock.set(later(DAY_MS + HOUR_MS - 1));
    await endOverdueBoosts(alliance.database, clock.now());
    expect((await seen(callers.brand, result.id)).state).toBe('ACTIVE');
    const shownAt = later(DAY_MS - 1).toISOString();
    expect(await report([charge(result.id, '1', { shownAt }), charge(result.id, '2')])).toEqual([
      'CHARGED 1000',
      'NOT_SCHEDULED 0',
    ]);
    clock.set(later(DAY_MS + HOUR_MS));
    await endOverdueBoosts(alliance.database, clock.now());
    expect(await seen(callers.brand, result.id)).toMatchObject({ state: 'ENDED', endedBecause: 'TIME_OVER' });
    expect(await balance(product.brandId, 'ESCROW')).toBe(ESCROW - 1_000n);
  });

  it('is shown within its hours of the alliance, and not while it is paused', async () => {
    const { result } = await buy(callers.brand, wish({ fromHour: 10, untilHour: 11 }));
    const at = (ms: number) => ({ shownAt: later(ms).toISOString() });
    clock.set(later(2 * HOUR_MS));
    expect(
      await report([charge(result.id, '1', at(HOUR_MS - 1)), charge(result.id, '2', at(HOUR_MS))]),
    ).toEqual(['CHARGED 1000', 'NOT_SCHEDULED 0']);
    clock.set(later(HOUR_MS / 2));
    expect((await move(callers.brand, 'Pause', result.id)).result.state).toBe('PAUSED');
    expect(said(await move(callers.brand, 'Pause', result.id))).toBe('StateConflict');
    expect(await report([charge(result.id, '3', at(0)), charge(result.id, '4')])).toEqual([
      'CHARGED 1000',
      'NOT_RUNNING 0',
    ]);
    clock.set(later(HOUR_MS / 2 + 1));
    expect((await move(callers.brand, 'Resume', result.id)).result.state).toBe('ACTIVE');
    clock.set(later(HOUR_MS / 2 + 60_000));
    expect(await report([charge(result.id, '4', at(HOUR_MS / 2)), charge(result.id, '5')])).toEqual([
      'NOT_RUNNING 0',
      'CHARGED 1000',
    ]);
  });
});

describe('a charge', () => {
  it('counts once by its id, and is refused with another content', async () => {
    const { result } = await buy(callers.brand);
    const one = charge(result.id, 'same');
    expect(await report([one, one])).toEqual(['CHARGED 1000', 'REPEATED 1000']);
    expect(await report([one, { ...one, exposures: 999 }])).toEqual(['REPEATED 1000', 'CONTENT_DIFFERS 0']);
    expect((await seen(callers.brand, result.id)).spent.minorUnits).toBe('1000');
  });

  it('is never dearer than the bid, and names a boost', async () => {
    const { result } = await buy(callers.brand);
    const unknown = toGlobalId('Boost', product.id);
    expect(
      await report([charge(result.id, '1', { priceMinor: '1001' }), charge(unknown, '2'), charge('x', '3')]),
    ).toEqual(['ABOVE_BID 0', 'UNKNOWN_BOOST', 'UNKNOWN_BOOST']);
  });

  it('is told by operators alone', async () => {
    const { result } = await buy(callers.brand);
    for (const caller of [callers.brand, callers.creator, callers.stranger])
      expect(await report([charge(result.id, '1')], caller)).toEqual(['FORBIDDEN']);
    const shownAt = later(DAY_MS).toISOString();
    expect(await report([charge(result.id, '1', { shownAt, exposures: 0, eventId: '' })])).toEqual([
      'InvalidInput InvalidInput InvalidInput',
    ]);
  });

  it('is shown to whoever pays', async () => {
    const { result } = await buy(callers.brand, wish({ budgetMinor: '1500' }));
    await report([charge(result.id, 'a'), charge(result.id, 'b')]);
    const fields = `charges(first: 1) { nodes { eventId exposures price { amount } cost { minorUnits }
      charged { minorUnits } } pageInfo { hasNextPage endCursor } }`;
    const { charges } = await seen(callers.brand, result.id, fields);
    expect(charges.nodes).toEqual([
      {
        eventId: 'b',
        exposures: 1000,
        price: { amount: '10.00' },
        cost: { minorUnits: '1000' },
        charged: { minorUnits: '500' },
      },
    ]);
    const after = JSON.stringify(charges.pageInfo.endCursor);
    const next = await seen(callers.brand, result.id, `charges(after: ${after}) { nodes { eventId } }`);
    expect(next.charges.nodes).toEqual([{ eventId: 'a' }]);
  });
});

describe('who buys', () => {
  it('boosts what it sells, or what is in its showcase; others find nothing', async () => {
    const other = await world.product();
    await world.plan(other);
    const productId = toGlobalId('Product', other.id);
    expect(said(await buy(callers.brand, wish({ productId })))).toBe('NotFoundError');
    expect(said(await buy(callers.creator, byCreator({ productId })))).toBe('NotFoundError');
    expect(said(await buy(callers.stranger))).toBe('NotFoundError');
    const { result } = await buy(callers.brand);
    for (const caller of [callers.creator, callers.stranger]) {
      expect(await seen(caller, result.id)).toBeNull();
      expect(said(await move(caller, 'Stop', result.id))).toBe('NotFoundError');
    }
    expect(await seen(callers.operator, result.id)).toMatchObject({ id: result.id });
  });

  it('has one boost of a product at a time', async () => {
    const { result } = await buy(callers.brand);
    expect(said(await buy(callers.brand, wish({ endsAt: later(2 * DAY_MS).toISOString() })))).toBe(
      'StateConflict',
    );
    const next = { startsAt: later(DAY_MS).toISOString(), endsAt: later(2 * DAY_MS).toISOString() };
    expect(said(await buy(callers.brand, wish(next)))).toBe('DONE');
    await move(callers.brand, 'Stop', result.id);
    expect(said(await buy(callers.brand))).toBe('DONE');
  });

  it('is told all that is wrong with a wish', async () => {
    const wrong = {
      budgetMinor: '0',
      bidMinor: '-1',
      currency: 'USD',
      startsAt: later(-DAY_MS),
      fromHour: 24,
    };
    const { userErrors } = await buy(callers.brand, wish({ ...wrong, endsAt: later(-2 * DAY_MS) }));
    expect(userErrors.map(({ path }: Json) => path[1])).toEqual([
      'budgetMinor',
      'bidMinor',
      'currency',
      'startsAt',
      'endsAt',
      'fromHour',
    ]);
    expect(said(await buy(callers.brand, wish({ budgetMinor: String(ESCROW + 1n) })))).toBe(
      'BoostAboveBalance',
    );
  });
});

it('tells the orders that it has won and the return on what it spent', async () => {
  const { brandId, code } = product;
  const link = await world.link(creatorId, product);
  await earn(world, product.brandId, creatorId, 1_000n);
  const ofBrand = (await buy(callers.brand)).result.id;
  const ofCreator = (await buy(callers.creator, byCreator())).result.id;
  await report([charge(ofBrand, '1', { exposures: 4000 }), charge(ofCreator, '1', { exposures: 500 })]);
  const order = async (orderNo: string, boosted: boolean, linkCode: string | null, at: Date) => {
    const detail = { occurredAt: at, placed: placed(code, { boosted, linkCode, buyerRef: orderNo }) };
    const paid = event(brandId, 'PAID', orderNo, { occurredAt: at });
    await world.ingest(brandId, [event(brandId, 'PLACED', orderNo, detail), paid], later(DAY_MS));
  };
  await order('won by both', true, link, later(1000));
  await order('won by the brand', true, null, later(2000));
  await order('not boosted', false, link, later(3000));
  await order('before', true, link, later(-1));
  await order('after', true, link, later(DAY_MS));
  const refund = { amountMinor: 2_500n, quantity: 0 };
  const returned = event(brandId, 'REFUNDED', 'won by both', { occurredAt: later(5000), refund } as never);
  await world.ingest(brandId, [returned], later(DAY_MS));
  const fields = `figures { orders units returnedLines gmv { minorUnits } refunded { minorUnits } returnOnSpend }`;
  expect((await seen(callers.brand, ofBrand, fields)).figures).toEqual({
    orders: 2,
    units: 2,
    returnedLines: 1,
    gmv: { minorUnits: '20000' },
    refunded: { minorUnits: '2500' },
    returnOnSpend: '4.37',
  });
  expect((await seen(callers.creator, ofCreator, fields)).figures).toEqual({
    orders: 1,
    units: 1,
    returnedLines: 1,
    gmv: { minorUnits: '10000' },
    refunded: { minorUnits: '2500' },
    returnOnSpend: '15.00',
  });
});
