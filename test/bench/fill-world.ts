import pg from 'pg';
import type { OnProgress } from '../../src/kernel/progress.ts';
import { FILL_LINES, type Lines } from './lines-sql.ts';
import { FILL_PEOPLE, FILL_POOL, FILL_SHOWCASES, FILL_WORDS } from './pool-sql.ts';
import { FILL_PARTIES, HELPERS, type Parties, type Statement } from './world-sql.ts';

/** What is filled beside parties, offers and lines, for those who read: the pool, showcases, and who may sign in. */
export interface Readers {
  readonly issuer: string;
  /** From when on plans for a few creators are open: after all lines, whose terms they would have changed. */
  readonly targetedFrom: Date;
}

export interface FillOptions {
  readonly parties: Parties;
  readonly lines: Lines;
  readonly readers?: Readers;
  /** The last so many lines have the events that moved them; all where it is left out. */
  readonly linesWithEvents?: number;
}

const LINES_AT_ONCE = 20_000;
/** So many connections fill lines side by side: PostgreSQL uses one core for each. */
const FILLERS = 2;
const PRODUCTS_AT_ONCE = 50_000;

/**
 * Fills a migrated and founded database by statements on whole sets: far faster than by the intake, and just what the
 * intake would have left, which `verify` proves. Runs as the owner of the database. The same numbers give the same rows.
 */
export async function fillWorld(url: string, options: FillOptions, onProgress?: OnProgress): Promise<void> {
  await filling(url, async (client) => {
    await fillParties(client, options, onProgress);
    await client.query('analyze');
    await fillLines(url, client, options, onProgress);
    await client.query('vacuum analyze');
  });
}

async function filling(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Only while it is filled; what is measured is as durable as ever.
    await client.query('set synchronous_commit = off');
    await client.query('set work_mem = "128MB"');
    await client.query(HELPERS);
    await work(client);
  } finally {
    await client.end();
  }
}

async function fillParties(client: pg.Client, options: FillOptions, onProgress?: OnProgress): Promise<void> {
  const { parties, readers } = options;
  const before = [...FILL_WORDS(), ...FILL_PARTIES(parties)];
  const after = readers && [
    ...FILL_PEOPLE(parties, readers.issuer),
    ...FILL_SHOWCASES(parties, readers.targetedFrom),
  ];
  const total = before.length + (after?.length ?? 0);
  for (const [done, statement] of before.entries()) {
    onProgress?.({ step: 'Parties and offers', done, total });
    await run(client, statement);
  }
  if (after === undefined) return;
  await client.query('analyze');
  for (const [i, statement] of after.entries()) {
    onProgress?.({ step: 'Parties and offers', done: before.length + i, total });
    await run(client, statement);
  }
  const products = parties.brands * parties.productsPerBrand;
  for (let done = 0; done < products; done += PRODUCTS_AT_ONCE) {
    await run(client, FILL_POOL(parties, done + 1, Math.min(done + PRODUCTS_AT_ONCE, products)));
    onProgress?.({ step: 'The pool', done: Math.min(done + PRODUCTS_AT_ONCE, products), total: products });
  }
}

async function fillLines(
  url: string,
  client: pg.Client,
  options: FillOptions,
  onProgress?: OnProgress,
): Promise<void> {
  const { lines, from, secondsApart } = options.lines;
  const until = new Date(from.getTime() + lines * secondsApart * 1000);
  await client.query('select ensure_months($1, $2)', [from, until]);
  let [taken, done] = [0, 0];
  const fillUntilAllAreTaken = async (filler: pg.Client): Promise<void> => {
    while (taken < lines) {
      const first = taken + 1;
      taken = Math.min(taken + LINES_AT_ONCE, lines);
      const last = taken;
      await fillBatch(filler, options, first, last);
      done += last - first + 1;
      onProgress?.({ step: 'Order lines', done, total: lines });
    }
  };
  const fillers = Array.from({ length: FILLERS }, () => filling(url, fillUntilAllAreTaken));
  await Promise.all(fillers);
}

async function fillBatch(
  client: pg.Client,
  { parties, lines, linesWithEvents = lines.lines }: FillOptions,
  first: number,
  last: number,
): Promise<void> {
  const withEvents = last > lines.lines - linesWithEvents;
  await client.query('begin');
  for (const statement of FILL_LINES(parties, lines, first, last, withEvents)) await run(client, statement);
  await client.query('commit');
}

const run = (client: pg.Client, { text, values }: Statement) => client.query(text, [...values]);
