import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  callers,
  clock,
  creatorId,
  ENDS,
  grants,
  open,
  openEvents,
  order,
  PRODUCT,
  product,
  REGISTERING,
  RUNNING,
  register,
  report,
  review,
  running,
  STARTS,
  seen,
  told,
  world,
} from './event-scene.ts';

openEvents();

const paths = ({ userErrors }: { userErrors: Json[] }) =>
  userErrors.map(({ path }) => path.slice(1).join('.'));

describe('an official event', () => {
  it('is opened by operators who may move money, and seen by every member', async () => {
    for (const caller of [callers.brand, callers.creator])
      expect(said(await open({}, caller))).toBe('FORBIDDEN');
    const { result } = await open({ subsidy: { rate: 800, capMinor: '500', budgetMinor: '100000' } });
    expect(result).toMatchObject({ state: 'REGISTERING', currencyCode: 'CNY', minCommission: 0 });
    for (const caller of [callers.brand, callers.creator, callers.stranger])
      expect(await seen(result.id, 'code purses { kind rate left { minorUnits } }', caller)).toEqual({
        code: result.code,
        purses: [{ kind: 'SUBSIDY', rate: 800, left: { minorUnits: '100000' } }],
      });
    const { data } = await callers.creator.query('{ officialEvents(first: 1) { nodes { id } } }');
    expect(data.officialEvents.nodes).toHaveLength(1);
  });

  it('has a code of its own', async () => {
    const { result } = await open();
    expect(said(await open({ code: result.code }))).toBe('StateConflict');
  });

  it('is told all that is wrong with it at once', async () => {
    const wrong = await open({
      code: 'no spaces',
      name: ' ',
      registerUntil: '2026-05-01T00:00:00.000Z',
      endsAt: '2027-06-20T16:00:00.000Z',
      subsidy: { rate: 9001, capMinor: '0', budgetMinor: '0' },
      prizes: [
        { board: 'CREATORS', rank: 1, amountMinor: '0' },
        { board: 'CREATORS', rank: 1, amountMinor: '5' },
        { board: 'BRANDS', rank: 101, amountMinor: '5' },
      ],
    });
    expect(paths(wrong).sort()).toEqual([
      'closesAt',
      'code',
      'endsAt',
      'name',
      'prizes',
      'prizes.0.amountMinor',
      'prizes.2.rank',
      'registerUntil',
      'subsidy.budgetMinor',
      'subsidy.capMinor',
      'subsidy.rate',
    ]);
    expect(paths(await open({ categoryIds: [toGlobalId('Category', creatorId)] }))).toEqual(['categoryIds']);
  });

  it('goes through its states by the clock', async () => {
    const { result } = await open({ registerFrom: '2026-06-11T00:00:00.000Z' });
    const states = [];
    for (const at of [REGISTERING, '2026-06-11T00:00:00Z', '2026-06-14T00:00:00Z', STARTS, ENDS]) {
      clock.set(at);
      states.push((await seen(result.id)).state);
    }
    expect(states).toEqual(['ANNOUNCED', 'REGISTERING', 'PREPARING', 'RUNNING', 'COUNTING']);
  });

  it('is cancelled before it starts: its products may go into another one', async () => {
    const { result } = await open();
    const { result: registered } = await register(result.id);
    const cancel = () =>
      act(callers.operator, 'officialEventCancel', { officialEventId: result.id }, 'state');
    expect(said(await act(callers.brand, 'officialEventCancel', { officialEventId: result.id }))).toBe(
      'FORBIDDEN',
    );
    expect((await cancel()).result.state).toBe('CANCELLED');
    expect(said(await cancel())).toBe('StateConflict');
    const { data } = await callers.brand.query(
      'query ($id: ID!) { node(id: $id) { ... on OfficialEventProduct { state } } }',
      { id: registered.id },
    );
    expect(data.node.state).toBe('CANCELLED');
    expect(said(await register((await open()).result.id))).toBe('DONE');
  });

  it('that runs is not cancelled', async () => {
    const officialEventId = await running();
    expect(said(await act(callers.operator, 'officialEventCancel', { officialEventId }))).toBe(
      'StateConflict',
    );
  });
});

describe('a product in an official event', () => {
  it('is registered by its brand, out of the pool, with the commission that is asked for', async () => {
    const { result: event } = await open({ minCommission: 2000 });
    expect(said(await register(event.id, product, callers.stranger))).toBe('NotFoundError');
    expect(said(await register(event.id, product, callers.creator))).toBe('NotFoundError');
    const draft = await world.product({ brandId: product.brandId, draft: true });
    expect(paths(await register(event.id, draft))).toEqual(['productId']);
    const cheap = await world.product({ brandId: product.brandId });
    await world.plan(cheap, { commissionBp: 1999 });
    expect(paths(await register(event.id, cheap))).toEqual(['productId']);
    expect(said(await register(event.id))).toBe('DONE');
    expect(said(await register(event.id))).toBe('StateConflict');
  });

  it('is registered while that is open, for its categories and its currency', async () => {
    const other = await open({ registerFrom: '2026-06-12T00:00:00.000Z' });
    expect(said(await register(other.result.id))).toBe('StateConflict');
    const { result: dollars } = await open({ currency: 'USD' });
    expect(paths(await register(dollars.id))).toEqual(['productId']);
    const categoryId = toGlobalId('Category', await world.leafCategory());
    expect(said(await register((await open({ categoryIds: [categoryId] })).result.id))).toBe('DONE');
  });

  it('is in one event at a time', async () => {
    const one = await open();
    const two = await open();
    const later = await open({
      startsAt: ENDS,
      endsAt: '2026-06-25T16:00:00.000Z',
      closesAt: '2026-07-25T16:00:00.000Z',
    });
    const { result } = await register(one.result.id);
    expect(said(await register(two.result.id))).toBe('StateConflict');
    expect(said(await register(later.result.id))).toBe('DONE');
    expect((await review(result.id, 'REJECTED', '主图不清晰')).result).toMatchObject({
      state: 'REJECTED',
      note: '主图不清晰',
    });
    expect(said(await register(two.result.id))).toBe('DONE');
  });

  it('is reviewed beforehand, by operators, with a reason where it is refused', async () => {
    const { result: event } = await open();
    const { result } = await register(event.id);
    const input = { eventProductId: result.id, decision: 'APPROVED' };
    expect(said(await act(callers.brand, 'eventProductReview', input))).toBe('FORBIDDEN');
    expect(paths(await review(result.id, 'REJECTED'))).toEqual(['note']);
    const { data } = await callers.operator.query('{ waitingEventProducts(first: 100) { nodes { id } } }');
    expect(data.waitingEventProducts.nodes).toContainEqual({ id: result.id });
    const node = 'query ($id: ID!) { node(id: $id) { ... on OfficialEventProduct { state note } } }';
    expect((await callers.creator.query(node, { id: result.id })).data.node).toBeNull();
    expect((await review(result.id)).result.state).toBe('APPROVED');
    expect(said(await review(result.id))).toBe('StateConflict');
    const seenBy = await seen(event.id, 'products { nodes { state product { id } } }', callers.creator);
    expect(seenBy.products.nodes).toEqual([
      { state: 'APPROVED', product: { id: toGlobalId('Product', product.id) } },
    ]);
    const { result: other } = await register(
      (await open({ startsAt: ENDS, endsAt: '2026-06-25T16:00:00.000Z' })).result.id,
    );
    clock.set(ENDS);
    expect(said(await review(other.id))).toBe('StateConflict');
  });

  it('is taken back before the start, and registered again', async () => {
    const { result: event } = await open();
    const { result } = await register(event.id);
    await review(result.id);
    const withdraw = (caller = callers.brand) =>
      act(caller, 'eventProductWithdraw', { eventProductId: result.id }, PRODUCT);
    expect(said(await withdraw(callers.stranger))).toBe('NotFoundError');
    expect((await withdraw()).result.state).toBe('WITHDRAWN');
    expect((await register(event.id)).result).toMatchObject({ id: result.id, state: 'REGISTERED' });
    await review(result.id);
    clock.set(RUNNING);
    expect(said(await withdraw())).toBe('StateConflict');
  });

  it('that is removed counts with what was ordered before', async () => {
    const event = await running({ subsidy: { rate: 1000, budgetMinor: '100000' } });
    const code = await world.link(creatorId, product);
    await order(code, 'before');
    clock.set('2026-06-18T02:00:00.000Z');
    const { products } = await seen(event, 'products { nodes { id } }');
    expect((await review(products.nodes[0].id, 'REMOVED', 'sold something else')).result.state).toBe(
      'REMOVED',
    );
    await order(code, 'after');
    await report(told('RECEIVED', 'before'));
    expect(await grants(event)).toEqual({ before: 1000 });
  });
});

describe('an order line', () => {
  it('counts where it was placed in the time of the event and is credited to a creator', async () => {
    const event = await running({
      subsidy: { rate: 1000, budgetMinor: '100000' },
      bonus: { rate: 100, budgetMinor: '100000' },
    });
    const code = await world.link(creatorId, product);
    clock.set('2026-06-15T15:59:59.999Z');
    await order(code, 'too early');
    clock.set(STARTS);
    await order(code, 'first');
    await order('no such link', 'of nobody');
    clock.set(ENDS);
    await order(code, 'too late');
    expect(await grants(event)).toEqual({ first: 1000 });
  });

  it('shows each side what it is given', async () => {
    const event = await running({
      subsidy: { rate: 1000, budgetMinor: '400' },
      bonus: { rate: 100, budgetMinor: '100000' },
    });
    await order(await world.link(creatorId, product), 'L');
    const amounts = '{ granted { minorUnits } due { minorUnits } }';
    const lines = `orderLines(first: 1) { nodes {
      officialEvent { id } officialEventSubsidy ${amounts} officialEventBonus ${amounts} } }`;
    const line = async (side: 'brand' | 'creator') => {
      const { data, errors } = await callers[side].query(`{ viewer { ${side} { ${lines} } } }`);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
      return data.viewer[side].orderLines.nodes[0];
    };
    const grant = (granted: string, due: string) => ({
      granted: { minorUnits: granted },
      due: { minorUnits: due },
    });
    const officialEvent = { id: event };
    expect(await line('brand')).toEqual({
      officialEvent,
      officialEventSubsidy: grant('400', '1000'),
      officialEventBonus: null,
    });
    expect(await line('creator')).toEqual({
      officialEvent,
      officialEventSubsidy: null,
      officialEventBonus: grant('100', '100'),
    });
  });
});
