import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { act, said } from '../api/act.ts';
import { Deal } from '../engagement/deal.ts';
import type { Caller } from '../kit/alliance.ts';
import { toPain002 } from '../payout/bank-answer.ts';
import { BANK, PayoutScene, PROVIDER } from '../payout/scene.ts';
import { openSandbox, type TestSandbox } from '../sandbox/sandbox.ts';
import * as settled from '../settlement/scene.ts';

settled.openScene();
let scene: PayoutScene;
let operator: Caller;
let deal: Deal;
let sandbox: TestSandbox;

beforeAll(async () => {
  scene = await PayoutScene.make();
  await scene.payFrom();
  operator = await scene.alliance.memberOf(scene.alliance.id);
  deal = await Deal.make();
  sandbox = await openSandbox();
});
afterAll(() => Promise.all([scene.close(), deal.alliance.close(), sandbox.close()]));

/** A call that moves money, or says where it goes. */
interface Case {
  readonly caller: Caller;
  readonly input: object;
  readonly fields: string;
  /** The same call with something else in it. */
  readonly changed: object;
  readonly database: Database;
  /** What there is once when it took effect once. */
  readonly effects: RawBuilder<{ n: bigint }>;
}

const rawId = (globalId: string): string => fromGlobalId(globalId)?.id ?? '';

async function settledLine() {
  const line = await settled.lineUpTo('RECEIVED');
  await settled.settle(settled.DUE_AT);
  return line;
}

async function openCase() {
  const line = await settled.lineUpTo('RECEIVED');
  const input = { orderLineId: line.globalId, kind: 'RETURN', reason: 'Too small' };
  return { line, opened: await act(settled.callers.brand, 'afterSalesCaseOpen', input, 'id') };
}

async function payoutIn(batch: boolean) {
  const payee = await scene.payee();
  const input = { payeeId: payee.globalId, currencyCode: 'CNY' };
  const { result } = await act(payee.caller, 'payoutRequest', input, 'id');
  const made = batch
    ? await act(operator, 'payoutBatchMake', { currencyCode: 'CNY' }, 'id')
    : { result: { id: '' } };
  return { payee, payoutId: rawId(result.id), batchId: rawId(made.result.id || 'x') };
}

const eventsOf = (subject: string, kind: string) => sql<{ n: bigint }>`
  select count(*) n from outbox_event where subject_id = ${rawId(subject)} and kind = ${kind}`;

const atSettlement = () => ({ database: settled.alliance.database });
const atPayouts = () => ({ database: scene.database });

const CASES: Record<string, () => Promise<Case>> = {
  afterSalesCaseOpen: async () => {
    const line = await settled.lineUpTo('RECEIVED');
    return {
      ...atSettlement(),
      caller: settled.callers.brand,
      input: { orderLineId: line.globalId, kind: 'RETURN', reason: 'Too small' },
      fields: 'id kind reason openedAt',
      changed: { reason: 'Too large' },
      effects: sql`select count(*) n from after_sales_case where line_id = ${line.id}`,
    };
  },
  afterSalesCaseClose: async () => {
    const { line, opened } = await openCase();
    return {
      ...atSettlement(),
      caller: settled.callers.brand,
      input: { caseId: opened.result.id, outcome: 'WITHDRAWN', note: 'Done' },
      fields: 'id outcome note closedAt',
      changed: { outcome: 'REJECTED' },
      effects: sql`select 1 - open_cases n from line_due where line_id = ${line.id}`,
    };
  },
  clawbackWriteOff: async () => {
    const line = await settledLine();
    await settled.spend(settled.creatorId, 440n);
    await settled.refund(line, 10_000n, settled.DUE_AT);
    const { data } = await settled.callers.operator.query('{ waitingClawbacks { nodes { id } } }');
    return {
      ...atSettlement(),
      caller: settled.callers.operator,
      input: { clawbackId: data.waitingClawbacks.nodes.at(-1).id, reason: 'The creator has left' },
      fields: 'id state writtenOff { minorUnits }',
      changed: { reason: 'Another reason' },
      effects: sql`select count(*) n from ledger_transfer t join ledger_account a on a.id = t.to_account_id
        where a.party_id = ${settled.creatorId} and t.kind = 'WRITE_OFF'`,
    };
  },
  ...Object.fromEntries(
    (['escrowDeposit', 'escrowWithdraw'] as const).map((name) => [
      name,
      async () => {
        const { brandId } = settled.product;
        const input = { brandId: toGlobalId('Brand', brandId), amountMinor: '5000', currency: 'CNY' };
        const first = { ...input, amountMinor: '9000', reference: `First ${name}` };
        await act(settled.callers.operator, 'escrowDeposit', first);
        const kind = name === 'escrowDeposit' ? 'DEPOSIT' : 'WITHDRAWAL';
        return {
          ...atSettlement(),
          caller: settled.callers.operator,
          input: { ...input, reference: `Bank ${name}` },
          fields: 'transactionId kind amount { minorUnits } balanceAfter { minorUnits }',
          changed: { amountMinor: '5001' },
          effects: sql<{ n: bigint }>`select count(*) n from ledger_transfer
            where brand_id = ${brandId} and kind = ${kind} and amount_minor = 5000`,
        };
      },
    ]),
  ),
  payoutMethodSet: async () => {
    const payee = await scene.payee(0n, { method: null });
    return {
      ...atPayouts(),
      caller: payee.caller,
      input: { partyId: payee.globalId, ...BANK },
      fields: 'id holder maskedNumber',
      changed: { iban: 'NL91ABNA0417164300' },
      effects: sql`select count(*) n from payout_method where party_id = ${payee.id}`,
    };
  },
  payoutMethodRetire: async () => {
    const payee = await scene.payee(0n);
    const { data } = await payee.caller.query(`{ creator(id: "${payee.globalId}") { payoutMethod { id } } }`);
    const other = await scene.method(payee.id, PROVIDER);
    return {
      ...atPayouts(),
      caller: payee.caller,
      input: { payoutMethodId: toGlobalId('PayoutMethod', other) },
      fields: 'id retiredAt',
      changed: { payoutMethodId: data.creator.payoutMethod.id },
      effects: sql`select count(*) n from payout_method where id = ${other} and retired_at is not null`,
    };
  },
  payoutRequest: async () => {
    const payee = await scene.payee();
    return {
      ...atPayouts(),
      caller: payee.caller,
      input: { payeeId: payee.globalId, currencyCode: 'CNY', amountMinor: '4000' },
      fields: 'id state gross { minorUnits }',
      changed: { amountMinor: '4001' },
      effects: sql`select count(*) n from payout where payee_id = ${payee.id}`,
    };
  },
  payoutBatchMake: async () => {
    const { payoutId } = await payoutIn(false);
    return {
      ...atPayouts(),
      caller: operator,
      input: { currencyCode: 'CNY' },
      fields: 'id payoutCount file { xml }',
      changed: { currencyCode: 'EUR' },
      effects: sql`select count(*) n from payout where id = ${payoutId} and batch_id is not null`,
    };
  },
  payoutBatchAnswer: async () => {
    const { payoutId, batchId } = await payoutIn(true);
    const answer = (status: string) => toPain002({ batchId, transactions: [{ payoutId, status }] });
    return {
      ...atPayouts(),
      caller: operator,
      input: { xml: answer('ACSC') },
      fields: 'id',
      changed: { xml: answer('RJCT') },
      effects: sql`select count(*) n from payout_answer where payout_id = ${payoutId}`,
    };
  },
  payoutCorrect: async () => {
    const { payoutId, batchId } = await payoutIn(true);
    const said = [{ payoutId, status: 'ACSC' }];
    await act(operator, 'payoutBatchAnswer', { xml: toPain002({ batchId, transactions: said }) }, 'id');
    return {
      ...atPayouts(),
      caller: operator,
      input: { payoutId: toGlobalId('Payout', payoutId), toState: 'FAILED', reason: 'The bank has called' },
      fields: 'id state corrections { toState reason }',
      changed: { reason: 'Another reason' },
      effects: sql`select count(*) n from payout_correction where payout_id = ${payoutId}`,
    };
  },
  milestoneAccept: async () => {
    const { milestones } = await deal.engagement();
    const milestoneId = milestones[0].id;
    await act(deal.creator, 'milestoneDeliver', { milestoneId, note: 'Done', links: [] });
    return {
      database: deal.alliance.database,
      caller: deal.brand,
      input: { milestoneId },
      fields: 'id state',
      changed: { milestoneId: milestones[1].id },
      effects: eventsOf(milestoneId, 'MILESTONE_ACCEPTED'),
    };
  },
  disputeResolve: async () => {
    const { milestones } = await deal.engagement();
    const milestoneId = milestones[0].id;
    await act(deal.creator, 'milestoneDeliver', { milestoneId, note: 'Done', links: [] });
    await act(deal.brand, 'milestoneDispute', { milestoneId, reason: 'Not what was agreed' });
    return {
      database: deal.alliance.database,
      caller: deal.operator,
      input: { milestoneId, toProviderMinor: '40000', reason: 'By what was done' },
      fields: 'id state toProvider { amount }',
      changed: { toProviderMinor: '40001' },
      effects: eventsOf(milestoneId, 'DISPUTE_RESOLVED'),
    };
  },
  sandboxClockAdvance: async () => ({
    database: sandbox.database,
    caller: await sandbox.memberOf(sandbox.id),
    input: { by: { hours: 1 } },
    fields: 'fromAt toAt reachedAt',
    changed: { by: { hours: 2 } },
    effects: sql`select count(*) n from sandbox_move`,
  }),
  sandboxStoryRun: async () => ({
    database: sandbox.database,
    caller: await sandbox.memberOf(sandbox.id),
    input: { story: 'PAID_SHIPPED_RECEIVED_SETTLED' },
    fields: 'story endedAt orderLine { id } steps { at what }',
    changed: { story: 'CANCELLED_BEFORE_SHIPPING' },
    effects: sql`select count(*) n from sandbox_story_run`,
  }),
};

/** Names of what moves money, or decides where it goes. */
const MONEY = /^(afterSales|clawback|escrow|payout|milestoneAccept$|disputeResolve|sandbox)/;

it('each mutation that moves money is tried here', () => {
  const names = Object.keys(buildAllianceSchema().getMutationType()?.getFields() ?? {});
  expect(Object.keys(CASES).sort()).toEqual(names.filter((name) => MONEY.test(name)).sort());
});

it.each(Object.keys(CASES))('%s takes effect once, however often it is sent at once', async (name) => {
  const { caller, input, fields, changed, database, effects } = await (CASES[name] as () => Promise<Case>)();
  const count = async () => Number((await database.rows(effects))[0]?.n);
  const keyed = { ...input, idempotencyKey: `money-${name}` };
  expect(await count()).toBe(0);
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => act(caller, name, keyed, fields)));
  outcomes.push(await act(caller, name, keyed, fields));
  expect(outcomes.map(said)).toEqual(outcomes.map(() => 'DONE'));
  expect(new Set(outcomes.map(({ result }) => JSON.stringify(result))).size).toBe(1);
  expect(await count()).toBe(1);
  const other = await act(caller, name, { ...keyed, ...changed }, fields);
  expect([other.result, said(other)]).toEqual([null, 'IdempotencyKeyReused']);
  expect(await count()).toBe(1);
});
