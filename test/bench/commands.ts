import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openTerminal, type Terminal } from '../../src/cli/terminal.ts';
import { throughputChart } from './chart.ts';
import { CONTENDERS } from './contenders.ts';
import { BENCH_FOLDER, type BenchServer, benchServer, worldOf } from './data.ts';
import { type Goal, readingGoals, standingOf } from './goals.ts';
import { growthGoals } from './growth.ts';
import { intakeGoals, measureIntake } from './intake.ts';
import { describeMachine } from './machine.ts';
import { memoryGoals, watchMemory } from './memory.ts';
import { OPERATION_NAMES, type OperationName } from './operations.ts';
import { installPeers } from './peers.ts';
import { contendersOf, read } from './reads.ts';
import type { Plan } from './rounds.ts';
import { isSizeName, SIZES, type SizeName } from './sizes.ts';
import { goalTable, readingTables, table } from './tables.ts';

/** Where the figures go that are to be shown; otherwise they lie beside the data. */
const PUBLISHED = resolve(import.meta.dirname, '../../docs/benchmark');

interface Common {
  readonly strict: boolean;
  readonly json: boolean;
  readonly publish: boolean;
}

interface ReadsOptions extends Common {
  readonly size: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly concurrency: readonly number[];
  readonly operations: readonly string[];
  readonly contenders: readonly string[];
}

/** Runs a command with what every one needs, and tells its goals. */
async function onServer<Result extends { goals: readonly Goal[]; text: string; document: object }>(
  { strict, json }: Common,
  work: (server: BenchServer, terminal: Terminal) => Promise<Result>,
): Promise<void> {
  const terminal = openTerminal(json);
  await installPeers(terminal);
  const server = await benchServer();
  try {
    const { goals, text, document } = await work(server, terminal);
    const judged = goals.map((goal) => ({ ...goal, ...standingOf(goal) }));
    terminal.answer({ ...document, goals: judged }, `${text}\n\n${goalTable(goals)}`);
    if (strict && judged.some(({ met }) => !met)) process.exitCode = 1;
  } finally {
    terminal.endProgress();
    await server.release();
  }
}

export const runReads = (options: ReadsOptions): Promise<void> =>
  onServer(options, async (server, terminal) => {
    const size = sizeOf(options.size);
    const contenders = contendersOf(options.contenders, terminal);
    const world = await worldOf(server, size, terminal);
    const machine = await describeMachine(server.url);
    const { rows, statements, compared } = await read(contenders, world, planOf(options), terminal);
    const document = { machine, size, data: SIZES[size], compared, statements, rows };
    const goals = readingGoals(rows);
    write(options, 'reads', { ...document, goals }, [
      'reads.svg',
      throughputChart(rows, `${size} data, ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`),
    ]);
    return { goals, document, text: readingTables(rows, statements) };
  });

export const runGrowth = (
  options: Omit<ReadsOptions, 'size' | 'operations'> & { from: string; to: string },
): Promise<void> =>
  onServer(options, async (server, terminal) => {
    const plan = planOf({ ...options, operations: [] });
    const ours = CONTENDERS.filter(({ name }) => name === 'alliance');
    const [from, to] = [sizeOf(options.from), sizeOf(options.to)];
    const smaller = await worldOf(server, from, terminal);
    const larger = await worldOf(server, to, terminal);
    const before = await read(ours, smaller, plan, terminal);
    const after = await read(ours, larger, plan, terminal);
    const machine = await describeMachine(server.url);
    const document = { machine, from, to, before: before.rows, after: after.rows };
    const goals = growthGoals(before.rows, after.rows);
    write(options, 'growth', { ...document, goals });
    const text = [
      `${from} data\n`,
      readingTables(before.rows, before.statements),
      `\n${to} data\n`,
      readingTables(after.rows, after.statements),
    ].join('\n');
    return { goals, document, text };
  });

export const runMemory = (
  options: Common & { size: string; minutes: number; concurrency: number },
): Promise<void> =>
  onServer(options, async (server, terminal) => {
    const size = sizeOf(options.size);
    const world = await worldOf(server, size, terminal);
    const minutes = await watchMemory(world, options, terminal);
    const document = { machine: await describeMachine(server.url), size, minutes };
    const goals = memoryGoals(minutes);
    write(options, 'memory', { ...document, goals });
    const text = minutes
      .map(
        ({ rssMb, perSecond }, i) => `minute ${i + 1}: ${rssMb.toFixed(0)} MB, ${perSecond.toFixed(0)} req/s`,
      )
      .join('\n');
    return { goals, document, text };
  });

export const runIntake = (options: Common & { size: string; seconds: number }): Promise<void> =>
  onServer(options, async (server, terminal) => {
    const size = sizeOf(options.size);
    const world = await worldOf(server, size, terminal);
    const results = await measureIntake(world, options.seconds, terminal);
    const document = { machine: await describeMachine(server.url), size, results };
    const goals = intakeGoals(results);
    write(options, 'intake', { ...document, goals });
    const cells = results.map(({ way, callers, each, perSecond, barePerSecond }) => [
      `${way}, ${callers} callers, ${each} a call`,
      perSecond.toFixed(0),
      barePerSecond.toFixed(0),
      (perSecond / barePerSecond).toFixed(2),
    ]);
    const text = table(['events a second', 'alliance', 'bare inserts', 'of bare'], cells);
    return { goals, document, text };
  });

/** Only makes the data. */
export async function runData(name: string): Promise<void> {
  const terminal = openTerminal(false);
  const server = await benchServer();
  try {
    await worldOf(server, sizeOf(name), terminal);
  } finally {
    terminal.endProgress();
    await server.release();
  }
}

const planOf = ({
  operations,
  concurrency,
  rounds,
  seconds,
}: Pick<ReadsOptions, 'operations' | 'concurrency' | 'rounds' | 'seconds'>): Plan => ({
  operations: operations.length === 0 ? OPERATION_NAMES : operations.map(operationOf),
  concurrencies: concurrency,
  rounds,
  seconds,
});

function operationOf(name: string): OperationName {
  const operation = OPERATION_NAMES.find((each) => each === name);
  if (operation === undefined)
    throw new Error(`There is no operation ${name}: ${OPERATION_NAMES.join(', ')}.`);
  return operation;
}

function sizeOf(name: string): SizeName {
  if (!isSizeName(name)) throw new Error(`There is no size ${name}: ${Object.keys(SIZES).join(', ')}.`);
  return name;
}

function write({ publish }: Common, name: string, document: object, ...files: [string, string][]): void {
  const folder = publish ? PUBLISHED : BENCH_FOLDER;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
}
