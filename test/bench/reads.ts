import type { Terminal } from '../../src/cli/terminal.ts';
import { type Armed, compareAnswers } from './agree.ts';
import {
  CONTENDERS,
  type Contender,
  type ContenderName,
  isInstalled,
  startAll,
  stopAll,
} from './contenders.ts';
import type { World } from './data.ts';
import { openIssuer } from './issuer.ts';
import type { OperationName } from './operations.ts';
import { makeRequests } from './requests.ts';
import { type Plan, type Row, runRounds } from './rounds.ts';
import { shotsFor } from './shots.ts';
import { countStatements } from './statements.ts';

export type StatementCounts = Partial<Record<ContenderName, Readonly<Record<OperationName, number>>>>;

/** What came out of reading. */
export interface Reading {
  readonly compared: number;
  readonly rows: readonly Row[];
  /** On average for an operation; a contender is missing where PostgreSQL could not count. */
  readonly statements: StatementCounts;
}

const REQUESTS_EACH = 64;

/** The contenders that were asked for and whose packages are there; says so of each that is left out. */
export function contendersOf(names: readonly string[], terminal: Terminal): Contender[] {
  const wanted = CONTENDERS.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const contender of wanted.filter((each) => !isInstalled(each)))
    terminal.note(
      `LEFT OUT: ${contender.name} needs the package ${contender.needs}: npm ci --prefix test/bench.`,
    );
  return wanted.filter(isInstalled);
}

/** Starts contenders on a world, gives them what they are asked, and stops them after the work. */
export async function withArmed<Result>(
  contenders: readonly Contender[],
  world: World,
  requestsEach: number,
  work: (armed: readonly Armed[]) => Promise<Result>,
): Promise<Result> {
  const issuer = await openIssuer();
  try {
    const requests = await makeRequests(world.url, requestsEach);
    const running = await startAll(contenders, world.url, issuer);
    try {
      const armed: Armed[] = [];
      for (const each of running)
        armed.push({ running: each, shots: await shotsFor(each, requests, issuer) });
      return await work(armed);
    } finally {
      await stopAll(running);
    }
  } finally {
    await issuer.close();
  }
}

/** Measures the three operations on a world. Throws when the answers of two contenders differ. */
export function read(
  contenders: readonly Contender[],
  world: World,
  plan: Plan,
  terminal: Terminal,
): Promise<Reading> {
  return withArmed(contenders, world, REQUESTS_EACH, async (armed) => {
    terminal.note(`Comparing the answers of ${contenders.map(({ name }) => name).join(', ')} …`);
    const { compared, problems } = await compareAnswers(armed);
    if (problems.length > 0)
      throw new Error(`${problems.length} answers differ:\n${problems.slice(0, 5).join('\n')}`);
    terminal.note(`${compared} answers agree.`);
    const statements: StatementCounts = {};
    for (const each of armed) {
      const counts = await countStatements(world.url, each);
      if (counts !== undefined) statements[each.running.contender.name] = counts;
    }
    return { compared, statements, rows: await runRounds(armed, plan, terminal) };
  });
}
