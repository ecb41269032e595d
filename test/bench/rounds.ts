import type { Terminal } from '../../src/cli/terminal.ts';
import type { Armed } from './agree.ts';
import type { ContenderName } from './contenders.ts';
import { type Measured, measure, median } from './measure.ts';
import type { OperationName } from './operations.ts';

/** What is run, and how long. */
export interface Plan {
  readonly operations: readonly OperationName[];
  readonly concurrencies: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
}

/** The medians of all rounds of one contender, operation and concurrency, beside the rounds themselves. */
export interface Row {
  readonly contender: ContenderName;
  readonly operation: OperationName;
  readonly concurrency: number;
  readonly median: Measured;
  readonly rounds: readonly Measured[];
}

/** Enough for V8 to have compiled what is hot, and for PostgreSQL to have taken to its generic plans on each connection. */
const WARM_UP = { connections: 16, seconds: 3 };

/**
 * Measures all by turns: round by round, operation by operation, and in each of these one contender after the other, so
 * that whatever slows the machine for a while slows all alike. Each round begins with another contender.
 */
export async function runRounds(armed: readonly Armed[], plan: Plan, terminal: Terminal): Promise<Row[]> {
  const { operations, concurrencies, rounds, seconds } = plan;
  for (const [i, { running, shots }] of armed.entries()) {
    terminal.onProgress({ step: 'Warming up', done: i, total: armed.length });
    for (const operation of operations) await measure(running, shots[operation], WARM_UP);
  }
  const total = rounds * operations.length * concurrencies.length * armed.length;
  const measured = new Map<string, Measured[]>();
  const keyOf = (name: string, operation: string, concurrency: number) =>
    `${name}/${operation}/${concurrency}`;
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    const turned = armed.map((_, i) => armed[(i + round) % armed.length] as Armed);
    for (const operation of operations) {
      for (const connections of concurrencies) {
        for (const { running, shots } of turned) {
          terminal.onProgress({ step: `Round ${round + 1}`, done: done++, total });
          const key = keyOf(running.contender.name, operation, connections);
          const list = measured.get(key) ?? [];
          measured.set(key, list);
          list.push(await measure(running, shots[operation], { connections, seconds }));
        }
      }
    }
  }
  terminal.endProgress();
  return armed.flatMap(({ running }) =>
    operations.flatMap((operation) =>
      concurrencies.map((concurrency) => {
        const list = measured.get(keyOf(running.contender.name, operation, concurrency)) ?? [];
        const row = { contender: running.contender.name, operation, concurrency };
        return { ...row, median: medianOf(list), rounds: list };
      }),
    ),
  );
}

function medianOf(list: readonly Measured[]): Measured {
  const of = (value: (each: Measured) => number) => median(list.map(value));
  return {
    perSecond: of(({ perSecond }) => perSecond),
    p50Ms: of(({ p50Ms }) => p50Ms),
    p99Ms: of(({ p99Ms }) => p99Ms),
    cpuMsPerRequest: of(({ cpuMsPerRequest }) => cpuMsPerRequest),
    rssMb: of(({ rssMb }) => rssMb),
    requests: of(({ requests }) => requests),
  };
}
