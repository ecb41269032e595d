import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../seeds/random.ts';
import {
  newHttpProvider,
  type PayoutProvider,
  pollPayouts,
  sendPayouts,
} from '../../src/features/payout/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { toDecimal } from '../../src/kernel/money.ts';
import { act, said } from '../api/act.ts';
import { MisbehavingProvider } from './misbehaving-provider.ts';
import { type Payee, PayoutScene, PROVIDER } from './scene.ts';

const PAYEES = 40;
const EARNED = 100_000n;
const ROUNDS = 12;
const TIMEOUT_MS = 100;
const SEEDS = (process.env.PAYOUT_SEEDS ?? '1,2').split(',').map(Number);

let scene: PayoutScene | undefined;
let bank: MisbehavingProvider | undefined;
afterEach(async () => {
  await scene?.close();
  await bank?.close();
});

/** A provider as a process sees it that is killed now and then, before or after an order has gone out. */
function killedNowAndThen(provider: PayoutProvider, random: ReturnType<typeof createRandom>): PayoutProvider {
  const orDie = (): void => {
    if (random.chance(30)) throw new Error('Killed');
  };
  return {
    async send(order) {
      orDie();
      const report = await provider.send(order);
      orDie();
      return report;
    },
    poll: (payoutId) => provider.poll(payoutId),
  };
}

describe.each(SEEDS)('payouts through a provider that misbehaves, seed %i', (seed) => {
  it('end as the provider has them in its books: nobody is paid twice, nothing is lost', async () => {
    const random = createRandom(seed);
    const callbackUrl = () => `${scene?.alliance.server.url}/payouts/callback`;
    bank = await MisbehavingProvider.start({ random, callbackUrl, hangMs: 3 * TIMEOUT_MS });
    scene = await PayoutScene.make({ environment: { PAYOUT_CALLBACK_SECRET: bank.secret } });
    const { database, clock } = scene;
    await scene.policy({ withholdingCreatorBp: 700, withholdingAgencyBp: 33 });
    const provider = newHttpProvider({ url: bank.url, token: bank.token, timeoutMs: TIMEOUT_MS });
    const payees: Payee[] = [];
    for (let i = 0; i < PAYEES; i++) {
      const kind = i % 4 === 0 ? 'Agency' : 'Creator';
      payees.push(await scene.payee(EARNED, { kind, method: PROVIDER }));
    }
    const ask = async (amountMinor?: string) => {
      const { caller, globalId: payeeId } = random.pick(payees);
      return said(await act(caller, 'payoutRequest', { payeeId, currencyCode: 'CNY', amountMinor }));
    };
    const work = async (way: typeof sendPayouts, using: PayoutProvider): Promise<void> => {
      await way(database, using, clock.now()).catch((error: Error) => {
        if (error.message !== 'Killed') throw error;
      });
    };

    for (let round = 0; round < ROUNDS; round++) {
      const flaky = killedNowAndThen(provider, random);
      await Promise.all([
        ...Array.from({ length: 8 }, () => ask(String(random.int(1, 40_000)))),
        ...Array.from({ length: 2 }, () => work(sendPayouts, flaky)),
        ...Array.from({ length: 2 }, () => work(pollPayouts, flaky)),
        bank.callBack(),
      ]);
      clock.advance(random.int(1, 7_200) * 1000);
    }
    for (let i = 0; i < PAYEES; i++) await ask();

    bank.behave();
    // What hangs has been let go.
    await sleep(4 * TIMEOUT_MS);
    for (let left = 1; left > 0; ) {
      clock.advance(6 * 3_600_000);
      await work(sendPayouts, provider);
      await work(pollPayouts, provider);
      const [open] = await database.rows(sql<{ count: bigint }>`
        select count(*) from payout where state in ('REQUESTED', 'SENT')`);
      left = Number(open?.count ?? 0);
    }
    await correctByBooks(scene, bank);
    await scene.expectSound();
    await expectSameBooks(scene, bank);
    const effects = await database.rows(sql<{ effect: string }>`
      select distinct effect from payout_answer order by effect`);
    expect(effects.map(({ effect }) => effect)).toEqual(['APPLIED', 'CONTRADICTS', 'REPEATED', 'STALE']);
    expect(Math.max(...[...bank.books.values()].map(({ orders }) => orders))).toBeGreaterThan(1);
  }, 120_000);
});

/** The operator looks into the provider's books wherever something was contradicted. */
async function correctByBooks(
  { alliance, database }: PayoutScene,
  { books, contradicted }: MisbehavingProvider,
) {
  const operator = await alliance.memberOf(alliance.id);
  const marked = await database.rows(sql<{ id: string; state: string }>`
    select id, state from payout where contradicted`);
  expect(new Set(marked.map(({ id }) => id))).toEqual(contradicted);
  for (const { id, state } of marked) {
    const toState = books.get(id)?.status.toUpperCase();
    if (toState === state) continue;
    const input = { payoutId: toGlobalId('Payout', id), toState, reason: "By the provider's books" };
    expect(said(await act(operator, 'payoutCorrect', input))).toBe('DONE');
  }
}

interface Ours {
  readonly id: string;
  readonly payeeId: string;
  readonly state: string;
  readonly net: bigint;
  readonly gross: bigint;
}

async function expectSameBooks(scene: PayoutScene, { books }: MisbehavingProvider): Promise<void> {
  const ours = await scene.database.rows(sql<Ours>`
    select id, payee_id as "payeeId", state, net_minor as net, gross_minor as gross from payout`);
  expect(ours.length).toBeGreaterThan(PAYEES);
  const told = (id: string, status: string, amount: string) => `${id} ${status} ${amount}`;
  expect(ours.map(({ id, state, net }) => told(id, state, toDecimal(net, 'CNY'))).sort()).toEqual(
    [...books].map(([id, { status, amount }]) => told(id, status.toUpperCase(), amount)).sort(),
  );
  const paid = ours.filter(({ state }) => state === 'CONFIRMED');
  const cash = paid.reduce((sum, { net }) => sum + net, 0n);
  expect((await scene.balances(scene.alliance.id)).CASH).toBe(cash);
  for (const [payeeId, list] of Map.groupBy(ours, (payout) => payout.payeeId)) {
    const out = list.filter(({ state }) => state === 'CONFIRMED').reduce((sum, { gross }) => sum + gross, 0n);
    const { PAYABLE = 0n, PAYOUT_CLEARING } = await scene.balances(payeeId);
    expect([PAYABLE, PAYOUT_CLEARING]).toEqual([EARNED - out, undefined]);
  }
}
