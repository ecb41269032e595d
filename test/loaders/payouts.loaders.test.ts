import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBatch, readBankAnswer, requestPayout } from '../../src/features/payout/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { Caller } from '../kit/alliance.ts';
import { toPain002 } from '../payout/bank-answer.ts';
import { PayoutScene } from '../payout/scene.ts';

const MANY = 20;
let scene: PayoutScene;
let operator: Caller;
const ids = { Creator: '', Agency: '', PayoutBatch: '' };

beforeAll(async () => {
  scene = await PayoutScene.make();
  operator = await scene.alliance.memberOf(scene.alliance.id);
  await scene.payFrom();
  const now = scene.clock.now();
  for (const kind of ['Creator', 'Agency'] as const) {
    const payee = await scene.payee(10_000n, { kind });
    ids[kind] = payee.globalId;
    for (let i = 0; i < MANY; i++) {
      await scene.world.tx((tx) =>
        requestPayout(tx, { payeeId: payee.id, currency: 'CNY', amountMinor: 100n }, now),
      );
    }
  }
  const { id } = await scene.world.tx((tx) => makeBatch(tx, 'CNY', now));
  ids.PayoutBatch = toGlobalId('PayoutBatch', id);
  for (const group of ['RJCT', 'ACSC']) {
    await scene.world.tx((tx) => readBankAnswer(tx, toPain002({ batchId: id, group }), now));
  }
});
afterAll(() => scene.close());

const PAYOUT = `state gross { minorUnits } transactionIds payee { name } method { maskedNumber party { name } }
  batch { madeAt } answers { nodes { effect } } corrections { reason }`;

it.each([
  ['Creator', 'payouts', 7],
  ['Agency', 'payouts', 7],
  ['PayoutBatch', 'payouts', 7],
] as const)('payouts of a %s: as many statements for one as for twenty', async (type, list, budget) => {
  for (const first of [1, MANY]) {
    const { data, errors, statements } = await operator.query(
      `{ node(id: "${ids[type]}") { ... on ${type} { ${list}(first: ${first}) { nodes { ${PAYOUT} } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.node[list].nodes).toHaveLength(first);
    expect(data.node[list].nodes[0].answers.nodes).toEqual([
      { effect: 'APPLIED' },
      { effect: 'CONTRADICTS' },
    ]);
    expect(statements.length).toBeLessThanOrEqual(budget);
  }
});

it('the lists of operators: as many statements for one as for twenty', async () => {
  for (const first of [1, MANY]) {
    const one = await operator.query(
      `{ payouts(first: ${first}, contradicted: true) { nodes { ${PAYOUT} } } }`,
    );
    expect([one.data.payouts.nodes.length, one.statements.length]).toEqual([first, 6]);
    const two = await operator.query(
      `{ payoutBatches(first: ${first}) { nodes { file { xml } payouts(first: 1) { nodes { state } } } } }`,
    );
    expect(two.statements).toHaveLength(3);
  }
});
