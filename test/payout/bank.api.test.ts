import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeBatch, readBankAnswer } from '../../src/features/payout/index.ts';
import { bankId } from '../../src/features/payout/pain001.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Caller } from '../kit/alliance.ts';
import { type Report, toPain002 } from './bank-answer.ts';
import { IBAN, type Payee, PayoutScene } from './scene.ts';

let scene: PayoutScene;
let operator: Caller;
let payees: Payee[];
/** The payouts of the payees in the file: 100.00 each, of which 10.00 are withheld. */
let payouts: string[];
let batchId: string;

beforeAll(async () => {
  scene = await PayoutScene.make();
  operator = await scene.alliance.memberOf(scene.alliance.id);
  await scene.policy({ withholdingCreatorBp: 1000 });
});
afterAll(async () => {
  await scene.expectSound();
  await scene.close();
});

beforeEach(async () => {
  await scene.payFrom();
  payees = [await scene.payee(), await scene.payee(), await scene.payee()];
  payouts = [];
  for (const payee of payees) payouts.push(await requested(payee));
  const { result } = await make();
  batchId = fromGlobalId(result.id)?.id ?? '';
});

async function requested(payee: Payee): Promise<string> {
  const input = { payeeId: payee.globalId, currencyCode: 'CNY' };
  const { result } = await act(payee.caller, 'payoutRequest', input, 'id');
  return fromGlobalId(result.id)?.id ?? '';
}

const BATCH = 'id payoutCount total { minorUnits currencyCode } payouts { nodes { id state } } file { xml }';
const make = (caller = operator, more: object = {}) =>
  act(caller, 'payoutBatchMake', { currencyCode: 'CNY', ...more }, BATCH);
const answer = (xml: string, caller = operator, more: object = {}) =>
  act(caller, 'payoutBatchAnswer', { xml, ...more }, 'id');
const report = (more: Partial<Report>) => answer(toPain002({ batchId, ...more }));
const correct = (payoutId: string, toState: string, more: object = {}, caller = operator) =>
  act(
    caller,
    'payoutCorrect',
    { payoutId: toGlobalId('Payout', payoutId), toState, reason: 'The bank has called', ...more },
    'state contradicted failureCode transactionIds corrections { toState reason }',
  );

/** Where payouts stand: the state of each, with its code. */
async function states(): Promise<string[]> {
  const rows = await scene.database.rows(sql<{ text: string }>`
    select concat_ws(' ', p.state, p.failure_code, case when p.contradicted then '!' end) as text
    from unnest(${payouts}::uuid[]) with ordinality k (id, no) join payout p on p.id = k.id order by k.no`);
  return rows.map(({ text }) => text);
}

const effects = async (payee: Payee | undefined): Promise<readonly string[] | null | undefined> =>
  (await scene.payouts(payee?.id ?? '')).at(-1)?.answers;

describe('a file for the bank', () => {
  it('takes all payouts of its currency that wait, once, and reads the same each time', async () => {
    expect(await states()).toEqual(['SENT', 'SENT', 'SENT']);
    const node = `{ node(id: "${toGlobalId('PayoutBatch', batchId)}") { ... on PayoutBatch { ${BATCH} } } }`;
    const [one, two] = [(await operator.query(node)).data.node, (await operator.query(node)).data.node];
    expect(one).toEqual(two);
    expect(one).toMatchObject({
      payoutCount: 3,
      total: { minorUnits: '27000', currencyCode: 'CNY' },
      payouts: { nodes: payouts.map((id) => ({ id: toGlobalId('Payout', id), state: 'SENT' })) },
    });
    expect(one.file.xml).toContain('<CtrlSum>270.00</CtrlSum>');
    for (const id of payouts) expect(one.file.xml).toContain(`<EndToEndId>${bankId(id)}</EndToEndId>`);
    expect((await make()).userErrors[0].state).toBe('NOTHING_WAITS');
    expect(scene.alliance.log.join('')).not.toContain(IBAN);
  });

  it('is for operators; its text for those with money:write', async () => {
    const viewer = await scene.alliance.memberOf(scene.alliance.id, 'ALLIANCE', 'VIEWER');
    for (const caller of [viewer, payees[0]?.caller as Caller])
      expect(said(await make(caller))).toBe('FORBIDDEN');
    const node = `{ node(id: "${toGlobalId('PayoutBatch', batchId)}") { ... on PayoutBatch { payoutCount file { xml } } } }`;
    const { data, errors } = await viewer.query(node);
    expect([data.node.payoutCount, data.node.file, errors?.[0]?.extensions.code]).toEqual([
      3,
      null,
      'NOT_FOUND',
    ]);
    expect((await (payees[0] as Payee).caller.query(node)).data.node).toBeNull();
    const list = await operator.query('{ payoutBatches(first: 1) { nodes { id } } }');
    expect(list.data.payoutBatches.nodes).toEqual([{ id: toGlobalId('PayoutBatch', batchId) }]);
  });

  it('is made once by many at once, and again under the same key', async () => {
    const payee = await scene.payee();
    await requested(payee);
    const answers = await Promise.all(Array.from({ length: 6 }, () => make()));
    expect(answers.map(said).sort()).toEqual(['DONE', ...Array(5).fill('StateConflict')]);
    await requested(await scene.payee());
    const key = { idempotencyKey: `batch-${batchId}` };
    const repeated = await Promise.all(Array.from({ length: 6 }, () => make(operator, key)));
    expect(new Set(repeated.map(({ result }) => result.id)).size).toBe(1);
    expect(said(await make(operator, { ...key, currencyCode: 'EUR' }))).toBe('IdempotencyKeyReused');
  });

  it('is not made without an account to pay from', async () => {
    await scene.database.rows(sql`
      update payout_method set retired_at = set_at where party_id = ${scene.alliance.id} and retired_at is null`);
    await requested(await scene.payee());
    expect(said(await make())).toBe('InvalidInput');
    await scene.payFrom();
    const batch = await scene.world.tx((tx) => makeBatch(tx, 'CNY', scene.clock.now()));
    expect(batch.payouts).toBe(1);
  });
});

describe("a bank's answer", () => {
  it('confirms, fails and leaves open, payment by payment; the money follows', async () => {
    const before = await scene.balances(scene.alliance.id);
    const [one = '', two = '', three = ''] = payouts;
    const told = await report({
      count: '3',
      sum: '270',
      group: 'PART',
      transactions: [
        { payoutId: one, status: 'ACSC', amount: '<InstdAmt Ccy="CNY">90.0</InstdAmt>' },
        { payoutId: two, status: 'RJCT', reason: 'AC04', detail: 'Account closed &amp; gone' },
        { payoutId: three, status: 'PDNG' },
      ],
    });
    expect(said(told)).toBe('DONE');
    expect(await states()).toEqual(['CONFIRMED', 'FAILED AC04', 'SENT']);
    const balances = await Promise.all(payees.map(({ id }) => scene.balances(id)));
    expect(balances).toEqual([{}, { PAYABLE: 10_000n }, { PAYOUT_CLEARING: 10_000n }]);
    const after = await scene.balances(scene.alliance.id);
    expect((after.CASH ?? 0n) - (before.CASH ?? 0n)).toBe(9_000n);
    expect((after.WITHHOLDING ?? 0n) - (before.WITHHOLDING ?? 0n)).toBe(1_000n);
    const { data } = await (payees[1] as Payee).caller.query(
      `{ node(id: "${toGlobalId('Payout', two)}") { ... on Payout { failureCode failureDetail } } }`,
    );
    expect(data.node).toEqual({ failureCode: 'AC04', failureDetail: 'Account closed & gone' });
  });

  it('rejects all as a whole, confirms the rest that it does not name, and says nothing new when it is repeated', async () => {
    const xml = toPain002({ batchId, group: 'RJCT' });
    const key = { idempotencyKey: `answer-${batchId}` };
    await Promise.all(Array.from({ length: 4 }, () => answer(xml, operator, key)));
    await Promise.all(Array.from({ length: 4 }, () => answer(xml)));
    expect(await states()).toEqual(['FAILED', 'FAILED', 'FAILED']);
    expect(await effects(payees[0])).toEqual([
      'BANK_FILE FAILED APPLIED',
      ...Array(4).fill('BANK_FILE FAILED REPEATED'),
    ]);
    expect(await scene.balances(payees[0]?.id ?? '')).toEqual({ PAYABLE: 10_000n });
    expect(said(await answer(`${xml} `, operator, key))).toBe('IdempotencyKeyReused');
  });

  it.each(['ACTC', 'ACSP', 'PDNG', 'RCVD'])('of %s for the whole file is nothing final', async (group) => {
    expect(said(await report({ group }))).toBe('DONE');
    expect(await states()).toEqual(['SENT', 'SENT', 'SENT']);
  });

  it('pays what comes back on what is owed', async () => {
    const [payee] = payees as [Payee];
    await scene.owe(payee.id, 3_000n);
    await scene.database.rows(sql`
      insert into clawback (id, brand_id, line_id, step_no, payee_id, currency, amount_minor, state, transaction_id, posted_at)
      select gen_random_uuid(), b.id, gen_random_uuid(), 1, ${payee.id}, 'CNY', 3000, 'WAITING', gen_random_uuid(), now()
      from brand b limit 1`);
    await report({ group: 'RJCT' });
    expect(await scene.balances(payee.id)).toEqual({ PAYABLE: 7_000n });
  });

  it.each<[string, (ids: readonly string[]) => Partial<Report>]>([
    ['another number of payments', () => ({ count: '4', group: 'ACSC' })],
    ['a number that is none', () => ({ count: '3e0x', group: 'ACSC' })],
    ['another control sum', () => ({ sum: '270.01', group: 'ACSC' })],
    ['a control sum that is none', () => ({ sum: 'NaN', group: 'ACSC' })],
    [
      'a payment of another file',
      ([id = '']) => ({
        transactions: [{ payoutId: id.replace(/.$/, (last) => (last === '0' ? '1' : '0')), status: 'ACSC' }],
      }),
    ],
    [
      'a payment twice',
      ([id = '']) => ({ transactions: ['ACSC', 'RJCT'].map((status) => ({ payoutId: id, status })) }),
    ],
    [
      'another amount',
      ([id = '']) => ({
        transactions: [{ payoutId: id, status: 'ACSC', amount: '<InstdAmt Ccy="CNY">91.00</InstdAmt>' }],
      }),
    ],
    [
      'another currency',
      ([id = '']) => ({
        transactions: [{ payoutId: id, status: 'ACSC', amount: '<InstdAmt Ccy="EUR">90.00</InstdAmt>' }],
      }),
    ],
    [
      'a file that was never made',
      () => ({ batchId: '01a2136e-d15b-7342-8c4d-3ec45c04c078', group: 'ACSC' }),
    ],
    ['no id of a file', () => ({ batchId: "' or true --", group: 'ACSC' })],
  ])('with %s is refused and changes nothing', async (_what, more) => {
    expect(said(await report(more(payouts)))).toBe('BankAnswerMismatch');
    expect(await states()).toEqual(['SENT', 'SENT', 'SENT']);
    expect(await effects(payees[0])).toBeNull();
  });

  const good = () => toPain002({ batchId, group: 'ACSC' });
  it.each<[string, () => string]>([
    ['nothing', () => ''],
    ['no XML', () => 'OK'],
    ['XML that is cut off', () => good().slice(0, -20)],
    ['XML of another kind', () => good().replaceAll('pain.002.001.10', 'pain.002.001.03')],
    ['no group', () => good().replace(/<OrgnlGrpInfAndSts>.*<\/OrgnlGrpInfAndSts>/s, '')],
    ['no id', () => good().replace(/<OrgnlMsgId>.*<\/OrgnlMsgId>/, '')],
    ['an unknown status', () => good().replace('ACSC', 'GOOD')],
    [
      'a payment without an id',
      () => toPain002({ batchId, transactions: [{ payoutId: '', status: 'ACSC' }] }),
    ],
    [
      'a rejection that confirms',
      () =>
        toPain002({ batchId, group: 'RJCT', transactions: [{ payoutId: payouts[0] ?? '', status: 'ACSC' }] }),
    ],
    [
      'a document type',
      () => good().replace('?>', '?><!DOCTYPE Document SYSTEM "http://127.0.0.1:1/x.dtd">'),
    ],
    [
      'an entity of a file',
      () =>
        good()
          .replace('?>', '?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
          .replace('BANK-1', '&x;'),
    ],
    [
      'entities of entities',
      () =>
        good().replace(
          '?>',
          `?><!DOCTYPE d [<!ENTITY a "aa">${'abcdefgh'
            .split('')
            .map((_n, i) => `<!ENTITY a${i} "&a;&a;">`)
            .join('')}]>`,
        ),
    ],
    [
      'ten thousand levels',
      () => good().replace('BANK-1', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`),
    ],
    [
      'names of prototypes',
      () =>
        good()
          .replace('BANK-1', '<__proto__><GrpSts>ACSC</GrpSts></__proto__><constructor>x</constructor>')
          .replace('CstmrPmtStsRpt><GrpHdr', 'x'),
    ],
  ])('of %s is refused or read as what it says, and is no fault of ours', async (what, xml) => {
    const outcome = await answer(xml());
    if (what === 'names of prototypes') expect(['DONE', 'InvalidInput']).toContain(said(outcome));
    else {
      expect(said(outcome)).toBe('InvalidInput');
      expect(await states()).toEqual(['SENT', 'SENT', 'SENT']);
    }
  });

  it('of ten megabytes is refused without being read', async () => {
    const long = good().replace('BANK-1', 'x'.repeat(10_000_000));
    await expect(scene.world.tx((tx) => readBankAnswer(tx, long, scene.clock.now()))).rejects.toThrow(
      'too long',
    );
    expect((await answer(long)).status).toBe(413);
  });

  it('is for operators with money:write', async () => {
    expect(said(await answer(good(), payees[0]?.caller))).toBe('FORBIDDEN');
  });
});

describe('a contradiction', () => {
  it('moves nothing, is shown to operators, and is corrected by one of them with a reason, there and back', async () => {
    const [payee] = payees as [Payee];
    const [id = ''] = payouts;
    await report({ transactions: [{ payoutId: id, status: 'RJCT', reason: 'AC01' }] });
    await report({ transactions: [{ payoutId: id, status: 'ACSC' }] });
    expect((await states())[0]).toBe('FAILED AC01 !');
    expect(await effects(payee)).toEqual(['BANK_FILE FAILED APPLIED', 'BANK_FILE CONFIRMED CONTRADICTS']);
    expect(await scene.balances(payee.id)).toEqual({ PAYABLE: 10_000n });
    const list = await operator.query(`{ payouts(contradicted: true) {
      nodes { id answers { nodes { no said effect code } } } } }`);
    expect(list.data.payouts.nodes).toContainEqual({
      id: toGlobalId('Payout', id),
      answers: {
        nodes: [
          { no: 1, said: 'FAILED', effect: 'APPLIED', code: 'AC01' },
          { no: 2, said: 'CONFIRMED', effect: 'CONTRADICTS', code: null },
        ],
      },
    });
    expect((await correct(id, 'CONFIRMED')).result).toEqual({
      state: 'CONFIRMED',
      contradicted: false,
      failureCode: null,
      transactionIds: Array(3).fill(expect.any(String)),
      corrections: [{ toState: 'CONFIRMED', reason: 'The bank has called' }],
    });
    expect(await scene.balances(payee.id)).toEqual({});
    await scene.expectSound();
    expect((await correct(id, 'FAILED')).result).toMatchObject({ state: 'FAILED', failureCode: 'CORRECTED' });
    expect(await scene.balances(payee.id)).toEqual({ PAYABLE: 10_000n });
    const audit = await scene.database.rows(sql`
      select operation from audit_entry where operation = 'payoutCorrect' and object = ${toGlobalId('Payout', id)}`);
    expect(audit).toHaveLength(2);
  });

  it('is corrected also where the money was spent meanwhile: the balance falls below zero', async () => {
    const [payee] = payees as [Payee];
    const [id = ''] = payouts;
    await report({ group: 'RJCT' });
    await requested(payee);
    await correct(id, 'CONFIRMED');
    expect(await scene.balances(payee.id)).toEqual({ PAYABLE: -10_000n, PAYOUT_CLEARING: 10_000n });
    await scene.expectSound();
  });

  it('is corrected once by many at once, by operators only, and not where there is no end or the same', async () => {
    const [id = '', other = ''] = payouts;
    expect((await correct(other, 'FAILED')).userErrors[0].state).toBe('SENT');
    await report({ group: 'RJCT' });
    expect((await correct(id, 'FAILED')).userErrors[0].state).toBe('FAILED');
    expect(said(await correct(id, 'CONFIRMED', { reason: ' ' }))).toBe('InvalidInput');
    expect(said(await correct(id, 'CONFIRMED', {}, payees[0]?.caller))).toBe('FORBIDDEN');
    const key = { idempotencyKey: `correct-${id}` };
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => correct(id, 'CONFIRMED', key)),
      ...Array.from({ length: 4 }, () => correct(id, 'CONFIRMED')),
    ]);
    const done = answers.filter((one) => said(one) === 'DONE').length;
    // Either those with the key, which all have one answer, or one of the others was the first.
    expect([1, 4]).toContain(done);
    expect(await scene.balances(payees[0]?.id ?? '')).toEqual({});
    if (done === 4) {
      expect(said(await correct(id, 'CONFIRMED', { ...key, reason: 'Another' }))).toBe(
        'IdempotencyKeyReused',
      );
    }
  });
});
