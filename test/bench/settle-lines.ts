import 'reflect-metadata';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { verify } from '../../src/checks/verify.ts';
import { openTerminal, type Terminal } from '../../src/cli/terminal.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { entities } from '../../src/entities.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { dataFolder } from '../kit/alliance-process.ts';
import { runWorkers, type WorkerReport } from './run-workers.ts';
import { ALL_DUE_AT, fillSettleWorld, WORLD } from './settle-world.ts';
import { notSettledOnce } from './settled-once.ts';

/**
 * How long settlement takes and what memory it needs: `npm run bench:settle -- --lines 1000000 --workers 2,4`. Fills an
 * alliance of its own on an embedded PostgreSQL with its usual, durable settings, and settles the same lines once by
 * each number of worker processes. A number of lines that is smaller is measured first where one is given with --small;
 * --heap gives each worker that many MiB for its objects, so that it ends where they grow with the number of lines.
 */
interface Run {
  readonly lines: number;
  readonly workers: number;
  readonly seconds: number;
  readonly linesPerSecond: number;
  readonly peakMib: number;
  readonly reports: readonly (Omit<WorkerReport, 'samplesKib'> & { readonly memoryMib: readonly number[] })[];
  readonly problems: readonly string[];
}

const EARLY = new Date('2026-01-01T00:00:00Z');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      lines: { type: 'string', default: '1000000' },
      small: { type: 'string', default: '100000' },
      workers: { type: 'string', default: '2,4' },
      heap: { type: 'string' },
      verify: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const terminal = openTerminal(values.json);
  const workers = values.workers.split(',').map(Number);
  const heapMib = values.heap === undefined ? undefined : Number(values.heap);
  const folder = dataFolder();
  const server = await startEmbedded({ dataFolder: folder.path });
  const runs: Run[] = [];
  const bare: { lines: number; seconds: number }[] = [];
  try {
    for (const lines of [Number(values.small), Number(values.lines)].filter((count) => count > 0)) {
      await fill(server.url, lines, terminal);
      for (const count of lines === Number(values.lines) ? workers : workers.slice(0, 1)) {
        runs.push(await measure(server.url, { lines, count, heapMib }, terminal));
        terminal.note(lineOf(runs.at(-1) as Run));
      }
      bare.push({ lines, seconds: await bareInsert(urlOf(server.url, 'run')) });
      if (values.verify) await verifyRun(urlOf(server.url, 'run'), terminal);
    }
  } finally {
    await server.release();
    await folder.remove();
  }
  terminal.answer({ runs, bare }, [...runs.map(lineOf), ...bare.map(bareLine)].join('\n'));
  process.exitCode = runs.some(({ problems }) => problems.length > 0) ? 1 : 0;
}

const lineOf = (run: Run): string =>
  `${run.lines.toLocaleString('en')} lines by ${run.workers} workers: ${run.seconds.toFixed(1)} s, ` +
  `${run.linesPerSecond.toLocaleString('en')} lines a second, at most ${run.peakMib} MiB in one worker; ` +
  (run.problems.length === 0 ? 'each line settled once.' : run.problems.join('; '));

const bareLine = ({ lines, seconds }: { lines: number; seconds: number }): string =>
  `${lines.toLocaleString('en')} lines, the sums alone by one INSERT … SELECT: ${seconds.toFixed(1)} s.`;

const urlOf = (url: string, database: string): string =>
  Object.assign(new URL(url), { pathname: `/${database}` }).href;

async function administer(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(url, 'postgres') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function onDatabase<Result>(
  url: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(url, { entities, poolSize: 2 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Fills the database `filled`, which each run gets a copy of. */
async function fill(url: string, lines: number, terminal: Terminal): Promise<void> {
  await administer(
    url,
    'drop database if exists run with (force)',
    'drop database if exists filled with (force)',
  );
  await administer(url, 'create database filled');
  const filled = urlOf(url, 'filled');
  await onDatabase(filled, async (database) => {
    await migrate(database);
    const alliance = { name: '联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
    await database.transaction((tx) => foundAlliance(tx, alliance, EARLY));
  });
  await fillSettleWorld(filled, { ...WORLD, lines }, terminal.onProgress);
  terminal.endProgress();
}

interface Measured {
  readonly lines: number;
  readonly count: number;
  readonly heapMib: number | undefined;
}

async function measure(url: string, { lines, count, heapMib }: Measured, terminal: Terminal): Promise<Run> {
  terminal.note(`Copying ${lines.toLocaleString('en')} lines for ${count} workers …`);
  await administer(
    url,
    'drop database if exists run with (force)',
    'create database run template filled strategy file_copy',
    'checkpoint',
  );
  const run = urlOf(url, 'run');
  const startedAt = performance.now();
  const reports = await runWorkers(run, count, ALL_DUE_AT, heapMib);
  const seconds = Math.max(...reports.map((report) => report.seconds));
  terminal.note(`Settled after ${((performance.now() - startedAt) / 1000).toFixed(1)} s; checking …`);
  const settled = reports.reduce((sum, report) => sum + report.lines, 0);
  const problems = await onDatabase(run, notSettledOnce);
  if (settled !== lines) problems.unshift(`the workers count ${settled} lines`);
  return {
    lines,
    workers: count,
    seconds,
    linesPerSecond: Math.round(lines / seconds),
    peakMib: Math.round(Math.max(...reports.map(({ peakKib }) => peakKib)) / 1024),
    reports: reports.map(({ samplesKib, ...report }) => ({ ...report, memoryMib: thinned(samplesKib) })),
    problems,
  };
}

/** Twenty samples evenly over time, in MiB. */
function thinned(samplesKib: readonly number[]): number[] {
  const step = Math.max(1, Math.floor(samplesKib.length / 20));
  return samplesKib.filter((_, i) => i % step === 0).map((kib) => Math.round(kib / 1024));
}

/** The same sums without taking, posting and telling: what any settlement has to read at least. */
async function bareInsert(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create table bare (brand_id uuid, payee_id uuid, currency text, net_minor bigint)');
    const startedAt = performance.now();
    await client.query(`
      insert into bare select n.brand_id, n.payee_id, l.currency, sum(n.net_minor)
      from line_settlement s join order_line l on l.brand_id = s.brand_id and l.id = s.line_id
      join waterfall_node n on n.brand_id = s.brand_id and n.line_id = s.line_id group by 1, 2, 3`);
    return (performance.now() - startedAt) / 1000;
  } finally {
    await client.end();
  }
}

async function verifyRun(url: string, terminal: Terminal): Promise<void> {
  const { failures } = await onDatabase(url, (database) =>
    verify(database, { onProgress: terminal.onProgress }),
  );
  terminal.note(
    failures.length === 0 ? 'verify finds nothing.' : `verify: ${JSON.stringify(failures.slice(0, 5))}`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

await main();
