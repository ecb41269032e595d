import { sql } from 'kysely';
import type { Database, Sql } from '../db/database.ts';

/** The channel on which triggers say that a name was changed. */
const CHANNEL = 'names';
/** Names of each kind at most; beyond, the oldest are read again when they are next asked for. */
const MOST = 100_000;

interface Named {
  readonly id: string;
}
export interface NamedParty extends Named {
  readonly name: string;
}
export interface NamedCategory extends Named {
  readonly nameZh: string;
  readonly nameEn: string;
}

/**
 * Names of parties and categories, kept by this process: they stand in almost every answer, and are hardly ever changed. Each
 * change is notified by a trigger, and then all are forgotten. Nothing else is kept: neither money, nor rights, nor states.
 */
export class KeptNames {
  readonly #parties = new Kept<NamedParty>((db, ids) =>
    db.rows(sql<NamedParty>`select id, name from party where id = any(${ids}::uuid[])`),
  );
  readonly #categories = new Kept<NamedCategory>((db, ids) =>
    db.rows(sql<NamedCategory>`
      select id, name_zh as "nameZh", name_en as "nameEn" from category where id = any(${ids}::uuid[])`),
  );

  constructor(private readonly db: Sql) {}

  parties(ids: readonly string[]): Promise<NamedParty[]> {
    return this.#parties.of(this.db, ids);
  }

  categories(ids: readonly string[]): Promise<NamedCategory[]> {
    return this.#categories.of(this.db, ids);
  }

  forget(): void {
    this.#parties.forget();
    this.#categories.forget();
  }
}

/** Keeps names, and hears of what is changed until it is stopped. */
export function keepNames(database: Database): { readonly names: KeptNames; stop(): Promise<void> } {
  const names = new KeptNames(database.reads);
  // Also called whenever the connection that hears was lost and is there again.
  const listening = database.listen(CHANNEL, () => names.forget());
  return { names, stop: () => listening.stop() };
}

class Kept<Row extends Named> {
  #rows = new Map<string, Row>();

  constructor(private readonly read: (db: Sql, ids: readonly string[]) => Promise<Row[]>) {}

  /** The rows of those that there are, in any order. No statement where all are known. */
  async of(db: Sql, ids: readonly string[]): Promise<Row[]> {
    const kept = this.#rows;
    const known: Row[] = [];
    const unknown = ids.filter((id) => {
      const row = kept.get(id);
      if (row !== undefined) known.push(row);
      return row === undefined;
    });
    if (unknown.length === 0) return known;
    const read = await this.read(db, unknown);
    // What was read before something was forgotten goes into the map that was given up.
    for (const row of read) kept.set(row.id, row);
    for (const id of kept.keys()) {
      if (kept.size <= MOST) break;
      kept.delete(id);
    }
    return [...known, ...read];
  }

  forget(): void {
    this.#rows = new Map();
  }
}
