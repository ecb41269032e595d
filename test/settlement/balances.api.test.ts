import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { releaseReserves } from '../../src/features/settlement/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Caller } from '../kit/alliance.ts';
import { payOut } from './pay-out.ts';
import {
  agencyId,
  alliance,
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

const PARTS = ['available', 'reserved', 'owed', 'onItsWay', 'balance'];
const MINOR = (parts: readonly string[]) =>
  parts.map((part) => `${part} { minorUnits currencyCode }`).join(' ');

/** The balances of a payee, in fen, by their parts. */
async function ofPayee(caller: Caller, kind: 'creator' | 'agency') {
  const { data, errors } = await caller.query(`{ viewer { ${kind} { balances { ${MINOR(PARTS)} } } } }`);
  expect(errors).toBeUndefined();
  return data.viewer[kind].balances.map((one: Record<string, { minorUnits: string }>) =>
    PARTS.map((part) => Number(one[part]?.minorUnits)),
  );
}

async function ofBrand() {
  const { data } = await callers.brand.query(
    '{ viewer { brand { balances { escrow { amount currencyCode } } } } }',
  );
  return data.viewer.brand.balances;
}

describe('balances', () => {
  it('are none before the first money, and then what settlement made of them', async () => {
    expect(await ofPayee(callers.creator, 'creator')).toEqual([]);
    expect(await ofBrand()).toEqual([]);
    await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    expect(await ofPayee(callers.creator, 'creator')).toEqual([[1440, 0, 0, 0, 1440]]);
    expect(await ofPayee(callers.agency, 'agency')).toEqual([[360, 0, 0, 0, 360]]);
    expect(await ofBrand()).toEqual([{ escrow: { amount: '-20.00', currencyCode: 'CNY' } }]);
  });

  it('tell what is kept back, and what is available after its date', async () => {
    await alliance.database.rows(sql`update alliance_policy set reserve_bp = 1000, reserve_days = 30`);
    await lineUpTo('RECEIVED');
    await alliance.database.rows(sql`update alliance_policy set reserve_bp = 0, reserve_days = 0`);
    await settle(DUE_AT);
    expect(await ofPayee(callers.creator, 'creator')).toEqual([[1296, 144, 0, 0, 1440]]);
    await releaseReserves(alliance.database, later(DUE_AT, 30));
    expect(await ofPayee(callers.creator, 'creator')).toEqual([[1440, 0, 0, 0, 1440]]);
  });

  it('go below zero by what is owed once the money is on its way', async () => {
    const line = await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    await payOut(creatorId, 1440n);
    expect(await ofPayee(callers.creator, 'creator')).toEqual([[0, 0, 0, 1440, 0]]);
    await refund(line, 5000n, DUE_AT);
    expect(await ofPayee(callers.creator, 'creator')).toEqual([[0, 0, 720, 1440, -720]]);
  });

  it('are for the party itself and operators: the agency that sees EARNINGS sees none of them', async () => {
    await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    const ask = (type: string, id: string) =>
      `{ node(id: "${toGlobalId(type, id)}") { ... on ${type} { balances { __typename } accounts { id } } } }`;
    const asked = [
      ['Creator', creatorId, ['creator', 'operator']],
      ['Agency', agencyId, ['agency', 'operator']],
      ['Brand', product.brandId, ['brand', 'operator']],
      ['Alliance', alliance.id, ['operator']],
    ] as const;
    for (const [type, id, readers] of asked) {
      for (const [name, caller] of Object.entries(callers)) {
        const { errors } = await caller.query(ask(type, id));
        const codes = (errors ?? []).map(({ extensions }) => extensions.code);
        const isReader = (readers as readonly string[]).includes(name);
        expect([type, name, codes]).toEqual([type, name, isReader ? [] : ['NOT_FOUND', 'NOT_FOUND']]);
      }
    }
  });

  it('of the alliance are its fees, and the cash that has come in, seen from outside', async () => {
    const before = await ofAlliance();
    await lineUpTo('RECEIVED');
    await settle(DUE_AT);
    const deposit = {
      brandId: toGlobalId('Brand', product.brandId),
      amountMinor: '5000',
      currency: 'CNY',
      reference: 'B1',
    };
    expect(said(await act(callers.operator, 'escrowDeposit', deposit))).toBe('DONE');
    const after = await ofAlliance();
    expect([after.revenue - before.revenue, after.cash - before.cash]).toEqual([200, -5000]);
    expect([after.subsidy, after.withholding]).toEqual([0, 0]);
    expect(await ofBrand()).toEqual([{ escrow: { amount: '30.00', currencyCode: 'CNY' } }]);
  });
});

async function ofAlliance(): Promise<Record<'revenue' | 'subsidy' | 'cash' | 'withholding', number>> {
  const parts = ['revenue', 'subsidy', 'cash', 'withholding'] as const;
  const { data } = await callers.operator.query(`{ viewer { alliance { balances { ${MINOR(parts)} } } } }`);
  const [one] = data.viewer.alliance.balances;
  return Object.fromEntries(parts.map((part) => [part, Number(one?.[part].minorUnits ?? 0)])) as never;
}
