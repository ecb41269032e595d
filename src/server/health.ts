import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { type Database, sqlState } from '../db/database.ts';
import { migrations } from '../db/migrations/index.ts';

/** Why a process wants no requests now. */
export const UNREADY = {
  SHUTTING_DOWN: 'The process is about to end.',
  DATABASE_UNREACHABLE: 'PostgreSQL has not answered in time.',
  MIGRATIONS_MISSING: 'The database is not in the form of this version: run "alliance migrate".',
} as const;
export type Unready = keyof typeof UNREADY;

/** How long PostgreSQL is waited for. */
const PATIENCE_MS = 2_000;
/** For so long a look is good, so that whoever asks more often asks nobody else. */
const GOOD_FOR_MS = 1_000;
/** SQLSTATEs of a database without the table of migrations, or without any right to it. */
const NO_TABLE = new Set(['42P01', '42501']);

/** Whether a process should be sent work. It is asked from outside, so that it costs the database next to nothing. */
export class Health {
  readonly #database: Database;
  #ending = false;
  #migrated = false;
  #looking: Promise<Unready[]> | undefined;
  #looked: { at: number; found: Unready[] } | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whether the process is about to end. */
  get isEnding(): boolean {
    return this.#ending;
  }

  /** From now on the process wants no more work. */
  beginEnding(): void {
    this.#ending = true;
  }

  /** What speaks against sending it work; nothing when it is ready. It answers in bounded time. */
  async reasons(): Promise<Unready[]> {
    if (this.#ending) return ['SHUTTING_DOWN'];
    if (this.#looked && performance.now() - this.#looked.at < GOOD_FOR_MS) return this.#looked.found;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<Unready[]> {
    const found = await this.#ask();
    this.#looked = { at: performance.now(), found };
    return found;
  }

  async #ask(): Promise<Unready[]> {
    // Under load a look would queue behind everybody's statements, and their answers say the same.
    const answered = performance.now() - this.#database.condition().answeredAt < GOOD_FOR_MS;
    if (answered && this.#migrated) return [];
    try {
      this.#migrated = await inTime(isMigrated(this.#database));
      return this.#migrated ? [] : ['MIGRATIONS_MISSING'];
    } catch (error) {
      // Anew after whatever has happened to it: it may be another database that comes back.
      this.#migrated = false;
      return [NO_TABLE.has(sqlState(error) ?? '') ? 'MIGRATIONS_MISSING' : 'DATABASE_UNREACHABLE'];
    }
  }
}

async function isMigrated(database: Database): Promise<boolean> {
  const names = migrations().map(({ name }) => name);
  const [row] = await database.rows(
    sql<{
      done: bigint;
    }>`select count(distinct name) as done from mikro_orm_migrations where name = any(${names})`,
  );
  return Number(row?.done ?? 0) === names.length;
}

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('It took too long.')), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Answers /healthz (200 while the process lives) and /readyz (200 while it wants work, else 503 with the reasons). Both
 * are open to everybody and tell nothing else.
 */
export function registerHealth(app: FastifyInstance, health: Health): void {
  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok' };
  });
  app.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const reasons = await health.reasons();
    if (reasons.length === 0) return { status: 'ready' };
    const told = reasons.map((code) => ({ code, message: UNREADY[code] }));
    return reply.status(503).send({ status: 'not ready', reasons: told });
  });
}
