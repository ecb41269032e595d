import fc from 'fast-check';
import { expect } from 'vitest';
import { applyAnswers } from '../../../src/features/payout/apply-answers.ts';
import { PayoutOperationsResolver, PayoutResolver } from '../../../src/features/payout/index.ts';
import { toGlobalId } from '../../../src/kernel/ids.ts';
import { agree } from '../checks.ts';
import type { Death } from '../dying.ts';
import type { Model } from '../model/model.ts';
import type { Said } from '../model/payouts.ts';
import { PAYEES, type Payee, part } from '../model/words.ts';
import { callTwice, commandOf, deathArb, pickOf, type Real, survive } from './command.ts';

const requests = new PayoutResolver();
const operations = new PayoutOperationsResolver();

/** Those who owe beside what they have come alone, where there are any. */
function payeesWithMoney({ book }: Model): Payee[] {
  const all = PAYEES.filter((payee) => book.balance(payee, 'PAYABLE') > 0n);
  const owing = all.filter((payee) => book.balance(payee, 'RECEIVABLE') < 0n);
  return owing.length > 0 ? owing : all;
}

/** Payees ask for all that they have, a part of it, or more; what is more than they may have is refused. */
export const requestCommand = commandOf(
  {
    name: 'payout requests',
    may: (model) => payeesWithMoney(model).length > 0,
    async run(model, real, { pick, permille, death }) {
      const { payouts, rulesNow } = model;
      const payee = pickOf(payeesWithMoney(model), pick);
      const amount =
        permille === null
          ? payouts.available(payee)
          : part(model.book.balance(payee, 'PAYABLE'), permille * 10);
      if (model.book.balance(payee, 'RECEIVABLE') < 0n) real.tally.count('payout requests of debtors');
      const allowed = payouts.allows(payee, amount, rulesNow);
      const partyKind = payee.startsWith('creator') ? 'CREATOR' : 'AGENCY';
      const partyId = real.world.payees[payee];
      const caller = { partyId, partyKind, now: model.now } as const;
      const input = {
        payeeId: toGlobalId(partyKind === 'CREATOR' ? 'Creator' : 'Agency', partyId),
        currencyCode: 'CNY',
        amountMinor: permille === null ? null : amount,
      };
      const made = await callTwice(real, caller, death, requests.payoutRequest.bind(requests), input);
      expect(made !== undefined).toBe(allowed);
      if (allowed) payouts.request(payee, amount, rulesNow);
      real.tally.count(allowed ? 'payouts' : 'refused payouts');
      await agree(model, real);
    },
  },
  fc.record({
    pick: fc.nat(1000),
    permille: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 1100 })),
    death: deathArb,
  }),
);

/** The provider says something of a payout: late, twice, out of order, or the contrary of what it has said. */
export async function answer(
  model: Model,
  real: Real,
  no: number,
  said: Said,
  death: Death | null,
): Promise<void> {
  const payout = model.payouts.all[no];
  if (payout === undefined) return;
  const payoutId = real.seen.payouts[no]?.id ?? '';
  const given = { payoutId, source: 'CALLBACK', said } as const;
  await survive(real, death, (database) =>
    database.transaction((tx) => applyAnswers(tx, [given], new Date(model.now))),
  );
  const before = payout.state;
  model.payouts.hear(payout, said);
  if (payout.state !== before) real.tally.count(`payouts ${payout.state}`);
  await agree(model, real);
}

export const answerCommand = commandOf(
  {
    name: 'payout answers',
    may: ({ payouts }) => payouts.all.length > 0,
    run: (model, real, { pick, said, death }) => {
      const open = model.payouts.all.filter(({ state }) => state === 'REQUESTED' || state === 'SENT');
      const payout = pickOf(open.length > 0 && pick % 4 > 0 ? open : model.payouts.all, pick >> 2);
      return answer(model, real, model.payouts.all.indexOf(payout), said, death);
    },
  },
  fc.record({
    pick: fc.nat(1000),
    said: fc.constantFrom<Said[]>('PENDING', 'CONFIRMED', 'CONFIRMED', 'FAILED', 'FAILED'),
    death: deathArb,
  }),
);

/** An operator finds that a payout has ended otherwise than was said. */
export const correctCommand = commandOf(
  {
    name: 'payout corrections',
    may: ({ payouts }) => payouts.all.some(({ state }) => state === 'CONFIRMED' || state === 'FAILED'),
    async run(model, real, { pick, death }) {
      const over = model.payouts.all.filter(({ state }) => state === 'CONFIRMED' || state === 'FAILED');
      const payout = pickOf(over, pick);
      const seen = real.seen.payouts[model.payouts.all.indexOf(payout)];
      const caller = { partyId: real.world.allianceId, partyKind: 'ALLIANCE', now: model.now } as const;
      const input = {
        payoutId: toGlobalId('Payout', seen?.id ?? ''),
        toState: payout.state === 'CONFIRMED' ? ('FAILED' as const) : ('CONFIRMED' as const),
        reason: 'The bank has found it.',
      };
      await callTwice(real, caller, death, operations.payoutCorrect.bind(operations), input);
      model.payouts.correct(payout);
      await agree(model, real);
    },
  },
  fc.record({ pick: fc.nat(1000), death: deathArb }),
);
