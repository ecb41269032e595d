import { expect, it } from 'vitest';
import { act } from '../api/act.ts';
import { event } from '../kit/world.ts';
import {
  alliance,
  balance,
  callers,
  clock,
  creatorId,
  DUE_AT,
  later,
  lineUpTo,
  openScene,
  product,
  refund,
  settle,
  spend,
  world,
} from './scene.ts';

openScene();

const SHOWN = 'id kind reason outcome note openedAt closedAt orderLine { id }';
const open = (orderLineId: string, more: object = {}) => ({
  orderLineId,
  kind: 'RETURN',
  reason: 'Too small',
  ...more,
});

it('a line with an open case is not settled, and is settled when the last one is closed', async () => {
  const line = await lineUpTo('RECEIVED');
  const first = await act(callers.brand, 'afterSalesCaseOpen', open(line.globalId), SHOWN);
  expect(first.userErrors).toEqual([]);
  expect(first.result).toMatchObject({ kind: 'RETURN', outcome: null, orderLine: { id: line.globalId } });
  const second = await act(
    callers.operator,
    'afterSalesCaseOpen',
    open(line.globalId, { kind: 'DISPUTE' }),
    'id',
  );
  expect(await settle(DUE_AT)).toMatchObject({ lines: 0 });
  const close = (caseId: string, outcome: string) =>
    act(callers.brand, 'afterSalesCaseClose', { caseId, outcome, note: 'Done' }, SHOWN);
  expect((await close(first.result.id, 'WITHDRAWN')).result).toMatchObject({
    outcome: 'WITHDRAWN',
    note: 'Done',
  });
  expect(await settle(later(DUE_AT, 1))).toMatchObject({ lines: 0 });
  await close(second.result.id, 'REJECTED');
  expect((await close(second.result.id, 'REJECTED')).userErrors).toMatchObject([
    { __typename: 'StateConflict', path: ['input', 'caseId'] },
  ]);
  expect(await settle(later(DUE_AT, 1))).toMatchObject({ lines: 1 });
});

it('a case that was opened before the goods were received counts, too', async () => {
  const line = await lineUpTo('SHIPPED');
  const { result } = await act(callers.brand, 'afterSalesCaseOpen', open(line.globalId), 'id');
  await world.ingest(product.brandId, [event(product.brandId, 'RECEIVED', line.orderNo)]);
  expect(await settle(DUE_AT)).toMatchObject({ lines: 0 });
  await act(callers.brand, 'afterSalesCaseClose', { caseId: result.id, outcome: 'WITHDRAWN' }, 'id');
  expect(await settle(DUE_AT)).toMatchObject({ lines: 1 });
});

it('is for the brand and operators alone', async () => {
  const line = await lineUpTo('RECEIVED');
  for (const caller of [callers.creator, callers.agency, callers.stranger]) {
    const { userErrors } = await act(caller, 'afterSalesCaseOpen', open(line.globalId), 'id');
    expect(userErrors).toMatchObject([{ __typename: 'NotFoundError', path: ['input', 'orderLineId'] }]);
  }
  const onlooker = await alliance.memberOf(product.brandId, 'BRAND', 'VIEWER');
  expect((await act(onlooker, 'afterSalesCaseOpen', open(line.globalId), 'id')).userErrors).toHaveLength(1);
});

it('what is owed is written off at the cost of the alliance, once', async () => {
  const line = await lineUpTo('RECEIVED');
  await settle(DUE_AT);
  await spend(creatorId, 440n);
  await refund(line, 10_000n, DUE_AT);
  clock.set(later(DUE_AT, 3));
  const revenue = (await balance(alliance.id, 'REVENUE')) ?? 0n;
  const waiting = await callers.operator.query('{ waitingClawbacks { nodes { id } } }');
  const { id: clawbackId } = waiting.data.waitingClawbacks.nodes.at(-1);
  const input = { clawbackId, reason: 'The creator has left' };
  expect((await act(callers.creator, 'clawbackWriteOff', input, 'id')).code).toBe('FORBIDDEN');
  const { result } = await act(
    callers.operator,
    'clawbackWriteOff',
    input,
    'state writtenOff { minorUnits } reason',
  );
  expect(result).toEqual({
    state: 'WRITTEN_OFF',
    writtenOff: { minorUnits: '1000' },
    reason: 'The creator has left',
  });
  expect((await act(callers.operator, 'clawbackWriteOff', input, 'id')).userErrors).toMatchObject([
    { __typename: 'StateConflict', state: 'CLOSED' },
  ]);
  expect(await balance(creatorId, 'RECEIVABLE')).toBe(0n);
  expect(await balance(alliance.id, 'REVENUE')).toBe(revenue - 1000n);
});
