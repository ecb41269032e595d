import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import { BANK, IBAN, NOON, type Payee, PayoutScene } from './scene.ts';

let scene: PayoutScene;
let operator: Caller;

beforeAll(async () => {
  scene = await PayoutScene.make();
  operator = await scene.alliance.memberOf(scene.alliance.id);
});
afterAll(() => scene.close());

const MONEY = '{ minorUnits currencyCode }';
const FIELDS = `id state gross ${MONEY} withholdingBp withheld ${MONEY} net ${MONEY} period requestedAt sentAt endedAt
  contradicted transactionIds payee { organisationId } method { maskedNumber }`;
const request = (payee: Payee, amountMinor?: bigint | null, more: object = {}) =>
  act(
    payee.caller,
    'payoutRequest',
    { payeeId: payee.globalId, currencyCode: 'CNY', amountMinor: amountMinor?.toString(), ...more },
    FIELDS,
  );
const cny = (minorUnits: string) => ({ minorUnits, currencyCode: 'CNY' });

describe('a method', () => {
  const set = (payee: Payee, method: object, caller = payee.caller) =>
    act(
      caller,
      'payoutMethodSet',
      { partyId: payee.globalId, ...method },
      'id holder country maskedNumber retiredAt',
    );

  it('is shown by its last four characters, to its owner and operators, and takes the place of the one before', async () => {
    const payee = await scene.payee(0n, { method: null });
    const { result } = await set(payee, BANK);
    expect(result).toEqual({
      id: result.id,
      holder: 'Muller + Sohne',
      country: 'DE',
      maskedNumber: '•••• 3000',
      retiredAt: null,
    });
    const other = await set(payee, {
      kind: 'PROVIDER',
      holder: 'Li',
      country: 'CN',
      accountNumber: 'wallet-77',
    });
    expect(other.result.maskedNumber).toBe('•••• t-77');
    const ask = (id: string) => `{ node(id: "${id}") { ... on PayoutMethod { retiredAt maskedNumber } } }`;
    for (const caller of [payee.caller, operator]) {
      expect((await caller.query(ask(result.id))).data.node).toEqual({
        retiredAt: NOON,
        maskedNumber: '•••• 3000',
      });
      const { data } = await caller.query(`{ creator(id: "${payee.globalId}") { payoutMethod { id } } }`);
      expect(data.creator.payoutMethod.id).toBe(other.result.id);
    }
    const stranger = await scene.payee(0n);
    expect((await stranger.caller.query(ask(result.id))).data.node).toBeNull();
  });

  it('is set only by a manager of the payee, not by operators or viewers', async () => {
    const payee = await scene.payee(0n, { method: null });
    const viewer = await scene.alliance.memberOf(payee.id, 'CREATOR', 'VIEWER');
    for (const caller of [operator, viewer, (await scene.payee(0n)).caller]) {
      expect(said(await set(payee, BANK, caller))).toBe('NotFoundError');
    }
    const brand = { ...payee, globalId: toGlobalId('Brand', await scene.world.brand()) };
    expect(said(await set(brand, BANK))).toBe('NotFoundError');
  });

  it.each<[string, object]>([
    ['an IBAN with a wrong check digit', { ...BANK, iban: 'DE88370400440532013000' }],
    ['an IBAN that is too short', { ...BANK, iban: 'DE8937040044' }],
    ['a holder in letters that banks do not take', { ...BANK, holder: '李雷' }],
    ['no holder', { ...BANK, holder: ' ' }],
    ['an IBAN and a number', { ...BANK, accountNumber: '12345678' }],
    ['neither', { kind: 'BANK', holder: 'Li', country: 'CN' }],
    [
      'a number without a bank',
      { kind: 'BANK', holder: 'Li', country: 'CN', accountNumber: '6222021234567890' },
    ],
    ['a wrong BIC', { ...BANK, bic: 'DEUT' }],
    ['an unknown country', { kind: 'PROVIDER', holder: 'Li', country: 'XX', accountNumber: 'wallet-77' }],
  ])('is not taken with %s, and the answer repeats no number', async (_what, method) => {
    const payee = await scene.payee(0n, { method: null });
    const outcome = await set(payee, method);
    expect([...new Set(outcome.refused)]).toEqual(['InvalidInput']);
    expect(JSON.stringify(outcome.userErrors)).not.toMatch(/\d{6}|37040044/);
  });

  it('is taken with a number and a clearing code, and retired by its owner or an operator, twice the same', async () => {
    const number = '6222021234567890';
    const method = {
      kind: 'BANK',
      holder: 'Li',
      country: 'CN',
      accountNumber: number,
      clearingCode: '102100099996',
    };
    const payee = await scene.payee(0n, { method: null });
    const { result } = await set(payee, method);
    expect(result.maskedNumber).toBe('•••• 7890');
    const retire = (caller: Caller) =>
      act(caller, 'payoutMethodRetire', { payoutMethodId: result.id }, 'retiredAt');
    expect(said(await retire((await scene.payee(0n)).caller))).toBe('NotFoundError');
    for (const caller of [operator, payee.caller]) expect((await retire(caller)).result.retiredAt).toBe(NOON);
    expect(said(await request(payee))).toBe('NoPayoutMethod');
  });

  it('leaves no whole number in the log', () => {
    const log = scene.alliance.log.join('');
    expect(log).not.toContain(IBAN);
    expect(log).not.toContain('6222021234567890');
  });
});

describe('a request', () => {
  it('takes all that is available out of the balance, withholds tax by the kind of the payee, and is announced', async () => {
    await scene.policy({ withholdingCreatorBp: 333, withholdingAgencyBp: 0 });
    const payee = await scene.payee(10_001n);
    const { result } = await request(payee);
    expect(result).toEqual({
      id: result.id,
      state: 'REQUESTED',
      gross: cny('10001'),
      withholdingBp: 333,
      withheld: cny('333'),
      net: cny('9668'),
      period: null,
      requestedAt: scene.clock.now().toISOString(),
      sentAt: null,
      endedAt: null,
      contradicted: false,
      transactionIds: [expect.any(String)],
      payee: { organisationId: payee.globalId },
      method: { maskedNumber: '•••• 3000' },
    });
    expect(await scene.balances(payee.id)).toEqual({ PAYOUT_CLEARING: 10_001n });
    const [transfer] = await scene.database.rows(sql<{ kind: string; amount: bigint }>`
      select kind, amount_minor as amount from ledger_transfer where transaction_id = ${result.transactionIds[0]}`);
    expect(transfer).toEqual({ kind: 'PAYOUT', amount: 10_001n });
    const told = await scene.database.rows(sql<{ kind: string; parties: string[]; data: Json }>`
      select kind, party_ids as parties, data from outbox_event where kind like 'PAYOUT%'`);
    expect(told).toEqual([
      {
        kind: 'PAYOUT_REQUESTED',
        parties: [payee.id],
        data: { currency: 'CNY', grossMinor: '10001', netMinor: '9668' },
      },
    ]);
    const agency = await scene.payee(10_001n, { kind: 'Agency' });
    expect((await request(agency, 1n)).result).toMatchObject({ withheld: cny('0'), net: cny('1') });
    await scene.policy({ withholdingCreatorBp: 0 });
  });

  it('takes no more than there is less what is owed, no less than the minimum, and nothing below one', async () => {
    await scene.policy({ payoutMinimumMinor: 500n });
    const payee = await scene.payee(10_000n);
    for (const amount of [0n, -1n, -(2n ** 63n)])
      expect(said(await request(payee, amount))).toBe('InvalidInput');
    for (const amount of [10_001n, 2n ** 63n - 1n]) {
      expect(said(await request(payee, amount))).toBe('PayoutAboveBalance');
    }
    expect(said(await request(payee, 499n))).toBe('PayoutBelowMinimum');
    await scene.owe(payee.id, 9_600n);
    expect(said(await request(payee, 401n))).toBe('PayoutAboveBalance');
    expect(said(await request(payee))).toBe('PayoutBelowMinimum');
    await scene.owe(payee.id, 401n);
    expect(said(await request(payee))).toBe('PayoutAboveBalance');
    expect(said(await request(payee, null, { currencyCode: 'EUR' }))).toBe('PayoutAboveBalance');
    await scene.policy({ payoutMinimumMinor: 0n });
  });

  it('is for the payee alone', async () => {
    const payee = await scene.payee();
    const agency = await scene.payee(0n, { kind: 'Agency' });
    for (const caller of [operator, agency.caller]) {
      expect(said(await request({ ...payee, caller }))).toBe('NotFoundError');
    }
    expect(said(await request({ ...payee, globalId: 'Creator_x' }))).toBe('NotFoundError');
    expect(said(await request({ ...payee, globalId: payee.globalId.replace('Creator', 'Agency') }))).toBe(
      'NotFoundError',
    );
  });

  it('repeated with the same key, also at once, is one payout and one answer; with another content it is refused', async () => {
    const payee = await scene.payee(10_000n);
    const more = { idempotencyKey: `key-${payee.id}` };
    const answers = await Promise.all(Array.from({ length: 8 }, () => request(payee, 4_000n, more)));
    expect(new Set(answers.map(({ result }) => result.id)).size).toBe(1);
    expect(said(await request(payee, 4_001n, more))).toBe('IdempotencyKeyReused');
    expect(await scene.balances(payee.id)).toEqual({ PAYABLE: 6_000n, PAYOUT_CLEARING: 4_000n });
  });

  it('at once with others never takes more than there is', async () => {
    const payee = await scene.payee(10_000n);
    const answers = await Promise.all(Array.from({ length: 8 }, () => request(payee, 3_000n)));
    expect(answers.map(said).sort()).toEqual([
      ...Array(3).fill('DONE'),
      ...Array(5).fill('PayoutAboveBalance'),
    ]);
    expect(await scene.balances(payee.id)).toEqual({ PAYABLE: 1_000n, PAYOUT_CLEARING: 9_000n });
  });

  it('stands in lists: newest first for the payee and operators, and for nobody else', async () => {
    const payee = await scene.payee(10_000n);
    const ids: string[] = [];
    for (const amount of [1n, 2n, 3n]) ids.unshift((await request(payee, amount)).result.id);
    const ask = `{ creator(id: "${payee.globalId}") { payouts(first: 2) { nodes { id } pageInfo { hasNextPage } } } }`;
    for (const caller of [payee.caller, operator]) {
      const { data } = await caller.query(ask);
      expect(data.creator.payouts).toEqual({
        nodes: ids.slice(0, 2).map((id) => ({ id })),
        pageInfo: { hasNextPage: true },
      });
    }
    const stranger = (await scene.payee(0n)).caller;
    expect((await stranger.query(ask)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const all = '{ payouts(first: 3, state: REQUESTED, contradicted: false) { nodes { id } } }';
    expect((await operator.query(all)).data.payouts.nodes).toEqual(ids.map((id) => ({ id })));
    expect((await stranger.query(all)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('keeps every invariant, and is found by reconciliation where it was moved by hand', async () => {
    await scene.expectSound();
    const payee = await scene.payee(1_000n);
    const { id } = fromGlobalId((await request(payee)).result.id) ?? {};
    await scene.database.rows(sql`
      update payout set state = 'FAILED', sent_at = requested_at, ended_at = requested_at, endings = 1 where id = ${id}`);
    expect(await scene.differences()).toEqual([`payout ${id}, out of the balance: 0, 1000`]);
  });
});
