import pg from 'pg';
import type { OnProgress } from '../../src/kernel/progress.ts';
import { FILL_LINES, FILL_PARTIES, HELPERS } from './settle-world-sql.ts';

/** How large an alliance is made for settlement to be measured on. */
export interface SettleWorld {
  /** Order lines that are received and due. */
  readonly lines: number;
  readonly brands: number;
  readonly creators: number;
  readonly agencies: number;
  readonly productsPerBrand: number;
}

export const WORLD: Omit<SettleWorld, 'lines'> = {
  brands: 200,
  creators: 5000,
  agencies: 50,
  productsPerBrand: 10,
};

/** When all lines of the world are due. */
export const ALL_DUE_AT = new Date('2026-08-01T00:00:00Z');

const LINES_AT_ONCE = 20_000;

/**
 * Fills a migrated and founded database by statements on whole sets: far faster than by the intake, and just what the
 * intake would have left, which `verify` proves. Runs as the owner of the database. The same numbers give the same rows.
 */
export async function fillSettleWorld(
  url: string,
  world: SettleWorld,
  onProgress?: OnProgress,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Only while it is filled; what is measured is as durable as ever.
    await client.query('set synchronous_commit = off');
    await client.query('set work_mem = "128MB"');
    await client.query(HELPERS);
    const { brands, creators, agencies, productsPerBrand } = world;
    for (const { text, values } of FILL_PARTIES({ brands, creators, agencies, productsPerBrand }))
      await client.query(text, values);
    await client.query('analyze');
    for (let done = 0; done < world.lines; ) {
      const upTo = Math.min(done + LINES_AT_ONCE, world.lines);
      await fillLines(client, world, done + 1, upTo);
      done = upTo;
      onProgress?.({ step: 'Filling', done, total: world.lines });
    }
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

async function fillLines(client: pg.Client, world: SettleWorld, from: number, upTo: number): Promise<void> {
  await client.query('begin');
  for (const { text, values } of FILL_LINES(world, from, upTo)) await client.query(text, values);
  await client.query('commit');
}
