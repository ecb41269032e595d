import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { operationsFolder } from './paths.ts';

/** A query that the explorer opens in a tab. */
export interface ReadyQuery {
  /** The file's name without its ending. */
  name: string;
  /** What the query shows, in some words: the file's leading `# Title:`. */
  title: string;
  query: string;
  /** JSON text, empty where the query takes no variables. */
  variables: string;
}

/** One kind of caller, with the queries that are ready for it. */
export interface CallerQueries {
  /** The folder's name under schema/operations. */
  id: string;
  title: string;
  /** Who this caller is, in one sentence for a newcomer. */
  about: string;
  queries: ReadyQuery[];
}

/** The callers in the order of the explorer's buttons; each is a folder of schema/operations. */
export const callers = [
  {
    id: 'creator-app',
    title: 'Creator',
    about: 'picks goods from the pool, promotes them, earns commission',
  },
  { id: 'agency-client', title: 'Agency', about: 'recruits goods, signs creators, shares in the commission' },
  { id: 'brand-console', title: 'Brand', about: 'puts goods into the pool, sets the commission, pays it' },
  { id: 'operator', title: 'Operator', about: 'runs the alliance and sees every party in it' },
  { id: 'shop-system', title: 'Shop system', about: 'a program that hands in orders and refunds by API key' },
] as const;

/** What begins so has a meaning in a sandbox alone. */
const SANDBOX_PREFIX = 'sandbox-';

/**
 * Reads the ready queries of every caller; those of sandboxes only for one. A file without `# Title:` is a trusted
 * document that the explorer does not show. Throws with the file's name on one that does not parse or holds more than
 * one operation.
 */
export async function readReadyQueries(
  folder: string = operationsFolder,
  { sandbox = false } = {},
): Promise<CallerQueries[]> {
  const isShown = (name: string): boolean => sandbox || !name.startsWith(SANDBOX_PREFIX);
  return Promise.all(
    callers.map(async (caller) => ({
      ...caller,
      queries: await readFolder(join(folder, caller.id), isShown),
    })),
  );
}

async function readFolder(folder: string, isShown: (name: string) => boolean): Promise<ReadyQuery[]> {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql') && isShown(name));
  const found = await Promise.all(names.sort().map((name) => readQuery(folder, name.slice(0, -8))));
  return found
    .filter((entry) => entry !== undefined)
    .sort((one, other) => one.order - other.order)
    .map((entry) => entry.ready);
}

async function readQuery(
  folder: string,
  name: string,
): Promise<{ order: number; ready: ReadyQuery } | undefined> {
  const path = join(folder, `${name}.graphql`);
  const text = await readFile(path, 'utf8');
  const title = headValue(text, 'Title');
  if (title === undefined) return undefined;
  requireOneOperation(path, text);
  const order = Number(headValue(text, 'Order') ?? Number.MAX_SAFE_INTEGER);
  const query = text.replace(/^# *Order:.*\n/m, '').replace(/^# *Title: */m, '# ');
  return { order, ready: { name, title, query, variables: await readVariables(folder, name) } };
}

function headValue(text: string, key: 'Title' | 'Order'): string | undefined {
  return new RegExp(`^# *${key}: *(.+)$`, 'm').exec(text)?.[1]?.trim();
}

function requireOneOperation(path: string, text: string): void {
  let operations: number;
  try {
    const { definitions } = parse(text);
    operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
  if (operations !== 1) throw new Error(`${path}: holds ${operations} operations, a ready query holds one`);
}

async function readVariables(folder: string, name: string): Promise<string> {
  const path = join(folder, `${name}.variables.json`);
  if (!existsSync(path)) return '';
  try {
    return JSON.stringify(JSON.parse(await readFile(path, 'utf8')), null, 2);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}
