import { type EntitySchema, MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql';
import { type CompiledQuery, Kysely, PostgresDialect, type RawBuilder } from 'kysely';
import pg from 'pg';
import { arrayOf } from './array-text.ts';
import { AllianceDriver } from './driver.ts';
import { type Listening, listen } from './listen.ts';
import { migrations } from './migrations/index.ts';
import { parseTime } from './parse-time.ts';
import { openReaders, type Readers } from './readers.ts';
import { currentWatch } from './watch.ts';

/** Where statements go: the pool, or one transaction. */
export interface Sql {
  /** Runs one statement and gives its rows as plain objects. */
  rows<Row>(query: RawBuilder<Row>): Promise<Row[]>;
}

/** One transaction: raw statements, and the unit of work of MikroORM, on the same connection. */
export interface Tx extends Sql {
  readonly em: SqlEntityManager;
}

export interface Database extends Sql {
  readonly orm: MikroORM;
  /** Statements that only read, prepared, over a few connections that all requests share. Not for what takes long. */
  readonly reads: Sql;
  /** Runs the work in one transaction and tries it again when PostgreSQL asks for that (40001, 40P01). */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Listens on a channel of PostgreSQL by a connection of its own. */
  listen(channel: string, onNotice: () => void): Listening;
  /** Said after a migration: it may have made the role that connections work as. */
  renewRoles(): void;
  /** How it stands with the connections of this process now. */
  condition(): DatabaseCondition;
  close(): Promise<void>;
}

/** How it stands with a pool of connections. */
export interface DatabaseCondition {
  /** Connections that there may be. */
  readonly most: number;
  /** Connections that there are. */
  readonly open: number;
  /** Those of them that nobody uses. */
  readonly idle: number;
  /** Statements and transactions that wait for a connection. */
  readonly waiting: number;
  /** When PostgreSQL has last answered a statement, by `performance.now()`; -Infinity before the first. */
  readonly answeredAt: number;
}

export interface DatabaseOptions {
  /** The rows that the unit of work knows. */
  readonly entities: readonly EntitySchema[];
  /** Connections at most; 10 when left out. */
  readonly poolSize?: number;
  /** Connections that requests share for reading; 3 when left out. */
  readonly readers?: number;
  /** Called with the text of each statement, for counting and logs. */
  readonly onStatement?: (sql: string) => void;
}

const ATTEMPTS = 5;
const RETRIED = new Set(['40001', '40P01']);
const { INT8, TIMESTAMPTZ } = pg.types.builtins;
/** What pg has no names for: arrays of int4, int8, text and uuid. */
const ARRAYS = { INT4: 1007, INT8: 1016, TEXT: 1009, UUID: 2951 } as const;

/** Opens the database of the alliance. Nothing is migrated here. */
export async function openDatabase(url: string, options: DatabaseOptions): Promise<Database> {
  const connection = connectionConfig(url);
  const pool = newPool(connection, options.poolSize ?? 10);
  const readers = openReaders(connection, options.readers ?? 3);
  const driver = new AllianceDriver({ pool });
  let answeredAt = Number.NEGATIVE_INFINITY;
  const ended = (text: string, ms: number, failed: boolean): void => {
    if (!failed) {
      answeredAt = performance.now();
      options.onStatement?.(text);
    }
    currentWatch()?.ended({ sql: text, ms, failed });
  };
  const kysely = new Kysely<unknown>({
    dialect: dialectOf(driver, pool),
    log: ({ level, query, queryDurationMillis: ms }) => ended(query.sql, ms, level === 'error'),
  });
  const orm = await MikroORM.init({
    entities: [...options.entities],
    dbName: new URL(url).pathname.slice(1),
    driverOptions: kysely,
    ensureDatabase: false,
    // All in the one transaction that `migrate` hands over, which works as the owner.
    migrations: { migrationsList: migrations(), snapshot: false, allOrNothing: true, silent: true },
    debug: false,
  });
  return {
    orm,
    rows: async (query) => (await query.execute(kysely)).rows,
    reads: { rows: (query) => watched(query.compile(kysely), readers.rows, ended) },
    transaction: (work) => retried(() => orm.em.fork().transactional((em) => work(asTx(em)))),
    listen: (channel, onNotice) => listen(url, channel, onNotice),
    renewRoles() {
      driver.renewRoles();
      readers.renew();
    },
    condition: () => ({
      most: pool.options.max,
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount + readers.condition().waiting,
      answeredAt,
    }),
    close: async () => {
      await Promise.all([orm.close(true), readers.close()]);
    },
  };
}

async function watched<Row>(
  { sql: text, parameters }: CompiledQuery<Row>,
  read: Readers['rows'],
  ended: (text: string, ms: number, failed: boolean) => void,
): Promise<Row[]> {
  const began = performance.now();
  let failed = true;
  try {
    const rows = await read<Row>(text, parameters);
    failed = false;
    return rows;
  } finally {
    ended(text, performance.now() - began, failed);
  }
}

function dialectOf(driver: AllianceDriver, pool: pg.Pool): PostgresDialect {
  const dialect = new PostgresDialect({ pool });
  dialect.createDriver = () => driver;
  return dialect;
}

function connectionConfig(connectionString: string): pg.ClientConfig {
  const types = new pg.TypeOverrides();
  // Every bigint column is money or a count that may pass 2^53: exact in JavaScript, too.
  types.setTypeParser(INT8, BigInt);
  types.setTypeParser(TIMESTAMPTZ, parseTime);
  types.setTypeParser(ARRAYS.INT8, arrayOf(BigInt));
  types.setTypeParser(ARRAYS.INT4, arrayOf(Number));
  types.setTypeParser(ARRAYS.TEXT, arrayOf(String));
  types.setTypeParser(ARRAYS.UUID, arrayOf(String));
  return { connectionString, types, application_name: 'goods-alliance' };
}

function newPool(config: pg.ClientConfig, max: number): pg.Pool {
  const pool = new pg.Pool({ ...config, max });
  // Without listeners the process would end when PostgreSQL restarts; the running query rejects by itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function asTx(em: SqlEntityManager): Tx {
  const connection = em.getTransactionContext<Kysely<unknown>>();
  if (connection === undefined) throw new Error('A transaction was expected.');
  return { em, rows: async (query) => (await query.execute(connection)).rows };
}

async function retried<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let left = ATTEMPTS - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || !RETRIED.has(sqlState(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * (ATTEMPTS - left)));
    }
  }
}

/** The SQLSTATE of a failure of PostgreSQL, also of one that MikroORM has wrapped. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, previous, cause } = error as { code?: unknown; previous?: unknown; cause?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : sqlState(previous ?? cause);
}

/** The name of the constraint that a write has hit, where PostgreSQL gives one. */
export function violatedConstraint(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { constraint, previous, cause } = error as {
    constraint?: unknown;
    previous?: unknown;
    cause?: unknown;
  };
  return typeof constraint === 'string' ? constraint : violatedConstraint(previous ?? cause);
}
