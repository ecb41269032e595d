import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import type { OnProgress } from '../../src/kernel/progress.ts';
import { dataFolder, freePort } from '../kit/alliance-process.ts';
import { Api } from './api.ts';
import { type Load, runOperator, runPayee, runShop } from './clients.ts';
import { Crew, type Victim } from './crew.ts';
import { Dice } from './dice.ts';
import { FastClock } from './fast-clock.ts';
import { finishWork, modelProblems, proofProblems } from './final-checks.ts';
import { KilledPostgres } from './postgres.ts';
import { ProviderDouble } from './provider-double.ts';
import { type Stage, setStage } from './stage.ts';
import { Writes } from './writes.ts';

export interface KillRunOptions {
  readonly kills: number;
  readonly seed: number;
  readonly onProgress?: OnProgress;
  /** Ends the run at once, and puts everything away. */
  readonly signal?: AbortSignal;
}

/** What a run has done and found. */
export interface KillReport {
  readonly seed: number;
  readonly kills: Readonly<Record<string, number>>;
  /** At how many kills each of these was under way. */
  readonly underWay: Readonly<Record<string, number>>;
  readonly answeredCalls: number;
  readonly unansweredCalls: number;
  readonly timedOutCalls: number;
  readonly answeredEvents: number;
  readonly answeredPayouts: number;
  readonly answeredDeposits: number;
  readonly orders: number;
  readonly linesSettled: number;
  readonly clawbacks: number;
  readonly failedSteps: number;
  readonly seconds: number;
  /** Everything that is not as it must be. */
  readonly problems: readonly string[];
}

const DAY_MS = 86_400_000;
/** The run begins so long ago, and is to end some weeks before now: reports from the future are refused. */
const BEGIN_DAYS_AGO = 320;
const DAYS_LIVED = 270;
/** No life of an order is longer. */
const LEAST_DAYS_AGO = 17;
const SLOWEST_SECONDS_PER_KILL = 30;
const CLIENTS_PER_SHOP = 2;
const PROGRESS_PATIENCE_MS = 120_000;
const PROOFS_EVERY = 25;
const CLIENT_MISTAKES = 5;
/** Of six kills in a row. */
const VICTIMS: readonly Victim[] = [
  'server',
  'worker',
  'worker',
  'postgres',
  'postgres',
  'session of postgres',
];

/**
 * Kills the server, a worker, or PostgreSQL at random moments while orders, settlement and payouts go on; after each kill
 * looks for every write that was answered, and in the end compares everything with what must be there.
 */
export async function killRun(options: KillRunOptions): Promise<KillReport> {
  const startedAt = Date.now();
  const folder = dataFolder();
  const postgres = await KilledPostgres.start(folder.path, await freePort());
  const over = new AbortController();
  const closing: (() => Promise<void>)[] = [() => postgres.stop(), () => folder.remove()];
  try {
    const run = await setUp(options, { postgres, folder: folder.path, over: over.signal });
    closing.unshift(
      () => run.crew.stop(),
      () => run.provider.stop(),
    );
    try {
      await run.crew.start();
      const report = await killUnderLoad(run);
      return { ...report, seconds: Math.round((Date.now() - startedAt) / 1000) };
    } catch (error) {
      const message = `Seed ${options.seed}: ${(error as Error).message}\n${await run.crew.describe()}`;
      throw new Error(message, { cause: error });
    }
  } finally {
    over.abort();
    for (const close of closing) await close();
  }
}

interface Place {
  readonly postgres: KilledPostgres;
  readonly folder: string;
  readonly over: AbortSignal;
}

/** Makes the alliance and everything around it; nothing of it runs yet but PostgreSQL and the provider. */
async function setUp(options: KillRunOptions, { postgres, folder, over }: Place): Promise<Run> {
  const database = 'alliance';
  const dice = new Dice(options.seed);
  await onClient(postgres.urlOf('postgres'), (client) => client.query(`create database ${database}`));
  const url = postgres.urlOf(database);
  const stage = await setStage(url);
  const port = await freePort();
  const server = `http://127.0.0.1:${port}`;
  const provider = await ProviderDouble.start(dice.fork(), `${server}/payouts/callback`);
  const clock = clockFor(options.kills);
  const crew = new Crew({ postgres, database, port, providerUrl: provider.url, clock, folder });
  const api = new Api(`${server}/graphql`, over);
  return { options, dice, postgres, url, stage, provider, crew, clock, api };
}

/** A time that has come through most of the days when the run is over, however slow the machine is. */
function clockFor(kills: number): FastClock {
  const factor = (DAYS_LIVED * DAY_MS) / ((kills * SLOWEST_SECONDS_PER_KILL + 60) * 1000);
  return new FastClock(Date.now(), Date.now() - BEGIN_DAYS_AGO * DAY_MS, factor);
}

interface Run {
  readonly options: KillRunOptions;
  readonly dice: Dice;
  readonly postgres: KilledPostgres;
  readonly url: string;
  readonly stage: Stage;
  readonly provider: ProviderDouble;
  readonly crew: Crew;
  readonly clock: FastClock;
  readonly api: Api;
}

async function killUnderLoad(run: Run): Promise<Omit<KillReport, 'seconds'>> {
  const { options, stage, dice, api, crew } = run;
  const writes = new Writes();
  const stop = new AbortController();
  const load: Load = { api, writes, clock: run.clock, stopping: stop.signal };
  const shops = stage.shops.flatMap((shop, i) =>
    Array.from({ length: CLIENTS_PER_SHOP }, (_, j) => runShop(load, shop, `S${i}-${j}`, dice.fork())),
  );
  const payees = stage.payees.map((payee) => runPayee(load, payee, dice.fork()));
  const operator = runOperator(load, stage.operatorKey, stage.shops, dice.fork());
  const broken = Promise.withResolvers<never>();
  for (const client of [...shops, ...payees, operator]) client.catch(broken.reject);
  options.signal?.addEventListener('abort', () => broken.reject(options.signal?.reason));
  const tally: Tally = { kills: {}, underWay: {} };
  await Promise.race([broken.promise, killAll(run, writes, tally)]);
  stop.abort();
  const orders = (await Promise.all(shops)).flat();
  await Promise.all(payees);
  const deposits = await operator;
  await crew.stop();
  options.onProgress?.({ step: 'Comparing all', done: options.kills, total: options.kills });
  await onClient(run.url, (client) => writes.lookInto(client, true));
  const database = await openDatabase(run.url, { entities, poolSize: 2 });
  try {
    await finishWork(database, run.provider);
    const done = { stage, orders, deposits, writes, provider: run.provider };
    const problems = [
      ...writes.problems,
      ...(await modelProblems(database, done)),
      ...(await proofProblems(database)),
    ];
    return {
      ...(await figures(run, database, writes)),
      ...tally,
      seed: options.seed,
      orders: orders.length,
      problems,
    };
  } finally {
    await database.close();
  }
}

interface Tally {
  readonly kills: Record<string, number>;
  readonly underWay: Record<string, number>;
}

async function killAll(run: Run, writes: Writes, tally: Tally): Promise<void> {
  const { options, dice, crew, api } = run;
  // Every kind comes in its turn, in an order by chance.
  let bag: Victim[] = [];
  await progress(run);
  for (let done = 1; done <= options.kills; done++) {
    await sleep(dice.between(20, 1_500));
    if (bag.length === 0) bag = dice.shuffled(VICTIMS);
    const victim = bag.pop() as Victim;
    count(tally.kills, victim);
    const calls = [...api.underWay.values()].map(({ what }) => what);
    for (const what of new Set([...crew.underWay(), ...calls])) count(tally.underWay, what);
    if (run.clock.now().getTime() > Date.now() - LEAST_DAYS_AGO * DAY_MS)
      throw new Error('The machine is too slow for so many kills.');
    await crew.killAndRestart(victim, dice.between(0, 1));
    await progress(run);
    await onClient(run.url, (client) => writes.lookInto(client));
    if (done % PROOFS_EVERY === 0) await proveMidway(run, writes);
    if (writes.problems.length > CLIENT_MISTAKES) return;
    options.onProgress?.({ step: 'Killing', done, total: options.kills });
  }
}

const count = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

/** What `verify` and `reconcile` find while everything goes on: each of their statements sees one moment. */
async function proveMidway({ url }: Run, writes: Writes): Promise<void> {
  const database = await openDatabase(url, { entities, poolSize: 2 });
  try {
    writes.problems.push(...(await proofProblems(database)));
  } finally {
    await database.close();
  }
}

/** Waits until calls are answered again and each worker has come through a round; throws what hangs when it takes too long. */
async function progress({ api, crew }: Run): Promise<void> {
  const answered = api.answered;
  const rounds = [...crew.rounds];
  const deadline = Date.now() + PROGRESS_PATIENCE_MS;
  const stuck = (): string[] => [
    ...(api.answered < answered + 3 ? ['no calls are answered'] : []),
    ...crew.rounds.flatMap((count, i) =>
      count <= (rounds[i] ?? 0) ? [`worker ${i + 1} comes through no round`] : [],
    ),
  ];
  while (stuck().length > 0) {
    crew.checkAlive();
    if (Date.now() > deadline) {
      const calls = [...api.underWay.values()].map(
        ({ what, since }) => `${what} for ${Date.now() - since} ms`,
      );
      throw new Error(`It hangs: ${stuck().join(', ')}; under way: ${calls.join(', ')}.`);
    }
    await sleep(20);
  }
}

async function figures({ api, crew }: Run, database: Database, writes: Writes) {
  const [there] = await database.rows(sql<{ settled: bigint; clawbacks: bigint }>`
    select (select count(*) from line_settlement) as settled, (select count(*) from clawback) as clawbacks`);
  return {
    answeredCalls: api.answered,
    unansweredCalls: api.unanswered,
    timedOutCalls: api.timeOuts,
    answeredEvents: writes.events,
    answeredPayouts: writes.keyed('payout'),
    answeredDeposits: writes.keyed('ledger_transfer'),
    linesSettled: Number(there?.settled),
    clawbacks: Number(there?.clawbacks),
    failedSteps: [...crew.failures.values()].reduce((sum, times) => sum + times, 0),
  };
}

async function onClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
