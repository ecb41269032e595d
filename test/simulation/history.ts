import fc from 'fast-check';
import { expect } from 'vitest';
import { closeCaseCommand, openCaseCommand, writeOffCommand } from './commands/cases.ts';
import { type Command, type Real, shuffled } from './commands/command.ts';
import { placeCommand, refundCommand, tellHeldCommand } from './commands/orders.ts';
import { answer, answerCommand, correctCommand, requestCommand } from './commands/payouts.ts';
import { release, releaseCommand, settle, settleCommand, waitCommand } from './commands/settle.ts';
import { tell } from './commands/tell.ts';
import { changeContractCommand, changePlanCommand, changePolicyCommand, rulesArb } from './commands/terms.ts';
import type { Lane } from './lane.ts';
import { Model } from './model/model.ts';
import { MINUTE, type Rules } from './model/words.ts';
import { NOTHING } from './observe.ts';
import type { Tally } from './tally.ts';

/** A history: the policy that it begins under, what happens, and whether it is told a second time at its end. */
export interface History {
  readonly rules: Rules;
  /** Something is ordered and settled first: most of what can go wrong comes after that. */
  readonly first: readonly Command[];
  readonly commands: Iterable<Command>;
  readonly isRetold: boolean;
  readonly by: number;
}

/** What refunds, settles and pays out comes often: only what follows on it is rare by itself. */
const weighted: [number, fc.Arbitrary<Command>][] = [
  [2, placeCommand],
  [2, tellHeldCommand],
  [8, refundCommand],
  [6, settleCommand],
  [1, releaseCommand],
  [1, waitCommand],
  [2, openCaseCommand],
  [3, closeCaseCommand],
  [4, writeOffCommand],
  [12, requestCommand],
  [8, answerCommand],
  [4, correctCommand],
  [1, changePolicyCommand],
  [1, changePlanCommand],
  [1, changeContractCommand],
];

/** Beside those that a history begins with. */
const MOST_COMMANDS = 8;

/** How a history begins: what follows by itself is too rare to be left to chance. */
const firstArb: fc.Arbitrary<Command[]> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(placeCommand, settleCommand) },
  // Something is agreed anew before anything is ordered, also for orders from before.
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.oneof(changePolicyCommand, changePlanCommand, changeContractCommand),
      placeCommand,
      settleCommand,
    ),
  },
  // Somebody owes what was paid out, and earns again.
  fc.tuple(
    placeCommand,
    settleCommand,
    requestCommand,
    refundCommand,
    placeCommand,
    settleCommand,
    requestCommand,
  ),
);

export const historyArb: fc.Arbitrary<History> = fc.record({
  rules: rulesArb,
  first: firstArb,
  commands: fc.commands(
    weighted.flatMap(([weight, command]) => Array.from({ length: weight }, () => command)),
    { maxCommands: MOST_COMMANDS, size: 'max' },
  ),
  isRetold: fc.nat(7).map((n) => n === 0),
  by: fc.nat(1000),
});

/** Lets a history happen, and then what must happen in the end. */
export async function live(
  { rules, first, commands, isRetold, by }: History,
  lane: Lane,
  tally: Tally,
): Promise<void> {
  const world = await lane.next(rules);
  const model = new Model(rules, lane.now);
  const real: Real = { world, lane, tally, seen: NOTHING };
  try {
    await fc.asyncModelRun(() => ({ model, real }), [...first, ...commands]);
    if (isRetold && model.placed.length > 0) await retell(model, real, by);
    await finish(model, real);
  } finally {
    lane.now = model.now;
  }
  tally.count('histories');
  tally.count('lines', model.lines.size);
  for (const { state } of model.book.clawbacks) tally.count(`clawbacks ${state}`);
}

/**
 * Invariant 2: the same events under other order numbers, shuffled and repeated, in one batch or two, give each line the
 * same figures, whatever has changed since it was placed.
 */
async function retell(model: Model, real: Real, by: number): Promise<void> {
  const twinOf = (orderNo: string) => `T${orderNo}`;
  const originals = model.placed;
  for (const { order } of originals) model.order({ ...order, orderNo: twinOf(order.orderNo) });
  const twins = originals.flatMap(({ order, told }) =>
    told.map((event) => ({ orderNo: twinOf(order.orderNo), event: { ...event, id: `T${event.id}` } })),
  );
  const told = shuffled(twins, by);
  const cut = by % twins.length;
  const [first, second] = [told.slice(0, cut), told.slice(cut)];
  if (first.length > 0) await tell(model, real, first, null);
  const repeated = first.slice(0, Math.ceil(first.length / 2));
  await tell(model, real, shuffled([...second, ...repeated, ...second], by), null);
  const figures = (orderNo: string) => {
    const line = real.seen.lines.find((one) => one.orderNo === orderNo);
    return line && [line.state, line.left, line.refunded, line.shares];
  };
  const orderNos = originals.map(({ order }) => order.orderNo);
  expect(orderNos.map(twinOf).map(figures)).toEqual(orderNos.map(figures));
  real.tally.count('retold histories');
}

/**
 * What was held back is told, all that is due is settled, every payout ends and every reserve comes back: nothing is left
 * for the next history.
 */
async function finish(model: Model, real: Real): Promise<void> {
  const { held } = model;
  model.held = [];
  if (held.length > 0) await tell(model, real, held, null);
  model.now = Math.max(
    model.now + MINUTE,
    ...model.dueTimes(),
    ...model.book.reserves.map((r) => r.releaseAt),
  );
  if (model.due(model.now).length > 0)
    await settle(model, real, model.now, { batchLines: 5000, runs: 1, death: null });
  expect(model.due(model.now)).toEqual([]);
  for (const [no, { state }] of model.payouts.all.entries())
    if (state === 'REQUESTED' || state === 'SENT')
      await answer(model, real, no, no % 2 === 0 ? 'FAILED' : 'CONFIRMED', null);
  model.now = Math.max(model.now, ...model.book.reserves.map((r) => r.releaseAt));
  if (model.book.reserves.some(({ released }) => !released)) await release(model, real, null);
}
