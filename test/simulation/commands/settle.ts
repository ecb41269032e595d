import fc from 'fast-check';
import { expect } from 'vitest';
import { releaseReserves, settleDue } from '../../../src/features/settlement/index.ts';
import { agree, agreeOn } from '../checks.ts';
import type { Death } from '../dying.ts';
import type { Model } from '../model/model.ts';
import { HOUR } from '../model/words.ts';
import { observe } from '../observe.ts';
import { commandOf, deathArb, type Real, survive } from './command.ts';

export interface Settling {
  /** Lines in one transaction at most. */
  readonly batchLines: number;
  /** How many runs share the work. */
  readonly runs: 1 | 2;
  readonly death: Death | null;
}

/** Settles what is due by a moment, which may lie in the past, and compares (invariant 4). */
export async function settle(
  model: Model,
  real: Real,
  asOf: number,
  { batchLines, runs, death }: Settling,
): Promise<void> {
  const options = { asOf: new Date(asOf), now: new Date(model.now), batchLines };
  await survive(real, death, (database) =>
    Promise.all(Array.from({ length: runs }, () => settleDue(database, options))),
  );
  const seen = await observe(real.world);
  const batches = new Map(seen.lines.map(({ orderNo, batch }) => [orderNo, batch]));
  const settled = model.settle(asOf, ({ order }) => batches.get(order.orderNo) ?? 'none');
  for (const lines of Map.groupBy(settled, ({ order }) => batches.get(order.orderNo)).values())
    expect(lines.length).toBeLessThanOrEqual(batchLines);
  real.tally.count('settled lines', settled.length);
  agreeOn(model, real, seen);
}

/** Waits for the next line, or for all that are received, or not at all. */
export const settleCommand = commandOf(
  {
    name: 'settlement',
    may: (model, { waitFor }) => waitFor === 'NOTHING' || model.dueTimes().length > 0,
    async run(model, real, { waitFor, lagHours, ...settling }) {
      const times = model.dueTimes();
      if (waitFor !== 'NOTHING')
        model.now = Math.max(model.now, (waitFor === 'NEXT' ? times[0] : times.at(-1)) ?? 0);
      const asOf = waitFor === 'NOTHING' ? model.now - lagHours * HOUR : model.now;
      await settle(model, real, asOf, settling);
    },
  },
  fc.record({
    waitFor: fc.constantFrom('NEXT', 'NEXT', 'NEXT', 'ALL', 'ALL', 'NOTHING'),
    lagHours: fc.constantFrom(0, 1, 30),
    batchLines: fc.constantFrom(1, 2, 5000, 5000),
    runs: fc.constantFrom<(1 | 2)[]>(1, 1, 1, 2),
    death: deathArb,
  }),
);

/** Releases the reserves whose date has come; waits for the next one or not. */
export async function release(model: Model, real: Real, death: Death | null): Promise<void> {
  await survive(real, death, (database) => releaseReserves(database, new Date(model.now)));
  real.tally.count('released reserves', model.book.release(model.now));
  await agree(model, real);
}

export const releaseCommand = commandOf(
  {
    name: 'release',
    may: ({ book }) => book.reserves.some(({ released }) => !released),
    async run(model, real, { waits, death }) {
      const dates = model.book.reserves.filter(({ released }) => !released).map(({ releaseAt }) => releaseAt);
      if (waits) model.now = Math.max(model.now, Math.min(...dates));
      await release(model, real, death);
    },
  },
  fc.record({ waits: fc.nat(3).map((n) => n > 0), death: deathArb }),
);

/** Time goes by. */
export const waitCommand = commandOf<{ hours: number }>(
  {
    name: 'wait',
    async run(model, _real, { hours }) {
      model.now += hours * HOUR;
    },
  },
  fc.record({ hours: fc.integer({ min: 1, max: 100 }) }),
);
