import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Caller } from '../kit/alliance.ts';
import {
  alliance,
  balance,
  callers,
  creatorId,
  DUE_AT,
  later,
  lineUpTo,
  openScene,
  product,
  refund,
  settle,
} from './scene.ts';

openScene();

const HOUR_MS = 3_600_000;
const hours = (at: Date, count: number) => new Date(at.getTime() + count * HOUR_MS);

async function accountsOf(
  caller: Caller,
  type: 'Creator' | 'Brand',
  id: string,
): Promise<Record<string, string>> {
  const { data } = await caller.query(
    `{ node(id: "${toGlobalId(type, id)}") { ... on ${type} { accounts { id kind party { name kind } } } } }`,
  );
  return Object.fromEntries(data.node.accounts.map(({ id: of, kind }: Record<string, string>) => [kind, of]));
}

async function balanceAt(caller: Caller, accountId: string, at: Date): Promise<number> {
  const { data, errors } = await caller.query(
    'query ($id: ID!, $at: DateTimeISO!) { node(id: $id) { ... on LedgerAccount { balanceAt(at: $at) { minorUnits } } } }',
    { id: accountId, at: at.toISOString() },
  );
  expect(errors).toBeUndefined();
  return Number(data.node.balanceAt.minorUnits);
}

describe('an account', () => {
  it('has the balance of every moment, to the millisecond', async () => {
    const line = await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    await refund(line, 5000n, hours(DUE_AT, 1));
    await refund(line, 5000n, hours(DUE_AT, 2), '2');
    const { PAYABLE = '', RECEIVABLE = '' } = await accountsOf(callers.creator, 'Creator', creatorId);
    const moments = [
      new Date('1970-01-01T00:00:00Z'),
      new Date(DUE_AT.getTime() - 1),
      DUE_AT,
      hours(DUE_AT, 1),
    ];
    const later9 = [hours(DUE_AT, 2), new Date('9998-12-31T00:00:00Z')];
    const seen: number[] = [];
    for (const at of [...moments, ...later9]) seen.push(await balanceAt(callers.creator, PAYABLE, at));
    expect(seen).toEqual([0, 0, 1440, 720, 0, 0]);
    // What is owed was taken of the balance within the same moment.
    expect(await balanceAt(callers.creator, RECEIVABLE, hours(DUE_AT, 1))).toBe(0);
  });

  it('gives that balance as the sum of all transfers until then would', async () => {
    for (const day of [0, 1, 2]) {
      const line = await lineUpTo('RECEIVED');
      await settle(later(DUE_AT, day));
      await refund(line, 3333n, hours(later(DUE_AT, day), 1));
    }
    const { ESCROW = '' } = await accountsOf(callers.brand, 'Brand', product.brandId);
    for (const hour of [-1, 0, 1, 12, 24, 25, 48, 49, 500]) {
      const at = hours(DUE_AT, hour);
      const [row] = await alliance.database.rows(sql<{ sum: bigint }>`
        select coalesce(sum(case when t.to_account_id = a.id then t.amount_minor else -t.amount_minor end), 0)::bigint as sum
        from ledger_account a join ledger_transfer t on a.id in (t.from_account_id, t.to_account_id)
        where a.party_id = ${product.brandId} and t.posted_at <= ${at}`);
      expect([hour, BigInt(await balanceAt(callers.operator, ESCROW, at))]).toEqual([hour, row?.sum]);
    }
  });

  it('does not exist for anybody but its party and operators, by whatever way', async () => {
    await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    const { PAYABLE: id = '' } = await accountsOf(callers.creator, 'Creator', creatorId);
    for (const [name, caller] of Object.entries(callers)) {
      const { data, errors } = await caller.query(`{ node(id: "${id}") { id } }`);
      const found = name === 'creator' || name === 'operator';
      expect([name, data.node?.id, errors?.[0]?.extensions.code]).toEqual(
        found ? [name, id, undefined] : [name, undefined, 'NOT_FOUND'],
      );
    }
  });
});

const money = (more: object = {}) => ({
  brandId: toGlobalId('Brand', product.brandId),
  amountMinor: '5000',
  currency: 'CNY',
  reference: 'Bank 2026/06/16-1',
  ...more,
});
const ENTRY =
  'transactionId kind reference amount { minorUnits } balanceAfter { minorUnits } counterparty { kind }';
const news = () =>
  alliance.database.rows(sql<{ kind: string; data: object }>`
    select kind, data from outbox_event where kind like 'ESCROW_%' and ${product.brandId}::uuid = any(party_ids) order by id`);

describe('the escrow of a brand', () => {
  it('takes what the operator enters, and the brand is told', async () => {
    const { result } = await act(callers.operator, 'escrowDeposit', money(), ENTRY);
    expect(result).toEqual({
      transactionId: expect.any(String),
      kind: 'DEPOSIT',
      reference: 'Bank 2026/06/16-1',
      amount: { minorUnits: '5000' },
      balanceAfter: { minorUnits: '5000' },
      counterparty: { kind: 'ALLIANCE' },
    });
    expect(await balance(product.brandId, 'ESCROW')).toBe(5000n);
    expect(await news()).toEqual([
      { kind: 'ESCROW_DEPOSITED', data: { amountMinor: '5000', currency: 'CNY' } },
    ]);
  });

  it('takes a repeated call once, also many at the same moment, and gives the same answer', async () => {
    const input = money({ idempotencyKey: 'deposit-key-1' });
    const calls = Array.from({ length: 8 }, () => act(callers.operator, 'escrowDeposit', input, ENTRY));
    const answers = await Promise.all(calls);
    expect(answers.map(said)).toEqual(Array(8).fill('DONE'));
    await act(callers.operator, 'escrowDeposit', money({ reference: 'another' }));
    const again = await act(callers.operator, 'escrowDeposit', input, ENTRY);
    expect(new Set([...answers, again].map(({ result }) => JSON.stringify(result))).size).toBe(1);
    expect(await balance(product.brandId, 'ESCROW')).toBe(10_000n);
    const other = await act(callers.operator, 'escrowDeposit', { ...input, amountMinor: '5001' });
    expect(said(other)).toBe('IdempotencyKeyReused');
  });

  it('never takes the same money twice, whoever enters it, under whatever key', async () => {
    const colleague = await alliance.memberOf(alliance.id);
    const both = await Promise.all(
      [callers.operator, colleague].map((who) => act(who, 'escrowDeposit', money())),
    );
    expect(both.map(said).sort()).toEqual(['DONE', 'InvalidInput']);
    expect(said(await act(colleague, 'escrowDeposit', money({ reference: ' Bank 2026/06/16-1 ' })))).toBe(
      'InvalidInput',
    );
    expect(await balance(product.brandId, 'ESCROW')).toBe(5000n);
  });

  it('gives back no more than there is', async () => {
    await act(callers.operator, 'escrowDeposit', money());
    const more = await act(callers.operator, 'escrowWithdraw', money({ amountMinor: '5001' }));
    expect(said(more)).toBe('EscrowTooLow');
    const both = await Promise.all(
      ['W1', 'W2'].map((reference) =>
        act(callers.operator, 'escrowWithdraw', money({ amountMinor: '3000', reference })),
      ),
    );
    expect(both.map(said).sort()).toEqual(['DONE', 'EscrowTooLow']);
    expect(await balance(product.brandId, 'ESCROW')).toBe(2000n);
    expect((await news()).map(({ kind }) => kind)).toEqual(['ESCROW_DEPOSITED', 'ESCROW_WITHDRAWN']);
  });

  it('gives nothing back where the brand owes', async () => {
    await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    expect(said(await act(callers.operator, 'escrowWithdraw', money({ amountMinor: '1' })))).toBe(
      'EscrowTooLow',
    );
  });

  it.each([
    ['another currency', { currency: 'USD' }, 'InvalidInput'],
    ['nothing', { amountMinor: '0' }, 'InvalidInput'],
    ['less than nothing', { amountMinor: '-1' }, 'InvalidInput'],
    ['more than any bank has', { amountMinor: '1000000000000001' }, 'InvalidInput'],
    ['no reference', { reference: '  ' }, 'InvalidInput'],
    ['a long reference', { reference: 'x'.repeat(101) }, 'InvalidInput'],
    ['no brand', { brandId: 'Brand_AAAAAAAAAAAAAAAAAAAAAA' }, 'NotFoundError'],
  ])('refuses %s', async (_what, more, error) => {
    for (const mutation of ['escrowDeposit', 'escrowWithdraw'])
      expect(said(await act(callers.operator, mutation, money(more)))).toBe(error);
    expect(await balance(product.brandId, 'ESCROW')).toBe(null);
  });

  it('is moved by operators who may write alone', async () => {
    const looker = await alliance.memberOf(alliance.id, 'ALLIANCE', 'VIEWER');
    for (const caller of [callers.brand, callers.creator, looker])
      expect((await act(caller, 'escrowDeposit', money())).code).toBe('FORBIDDEN');
    expect((await act(alliance.withHeader(), 'escrowDeposit', money())).code).toBe('UNAUTHENTICATED');
  });
});
