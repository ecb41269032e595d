import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { ExportFailed } from './ask-as-caller.ts';
import { isHeld, type Lease, LeaseLost, renewed } from './lease.ts';
import { readChunks } from './read-chunks.ts';
import type { Piece } from './walk-levels.ts';

const compress = promisify(gzip);

/** A chunk is written when it holds so much, or at the end of a page after so long, so that progress is seen. */
const CHUNK_BYTES = 1_048_576;
const PATIENCE_MS = 1_000;
const MAX_FILE_BYTES = 1_073_741_824;
/** How long a file is kept. */
const KEPT_MS = 3 * 86_400_000;

/**
 * The file of an export while it is written: rows become members of a gzip, each a row of the database of its own, written
 * in the same statement that notes how far the export has come. Two workers never both add to it.
 */
export class KeptFile {
  #lines: string[] = [];
  #bytes = 0;
  #writtenAt = performance.now();
  #rows: number;
  #chunks: number;
  /** Whether whoever takes over would go on after the last chunk; not where it was written in the middle of a page. */
  #isKept = true;

  constructor(
    readonly db: Sql,
    readonly lease: Lease,
    readonly chunkBytes = CHUNK_BYTES,
  ) {
    this.#rows = lease.rows;
    this.#chunks = lease.chunks;
  }

  /** Takes more rows. Throws LeaseLost, or ExportFailed when the file becomes too large. */
  async add({ lines, reached }: Piece): Promise<void> {
    for (const line of lines) {
      this.#lines.push(line);
      this.#bytes += Buffer.byteLength(line) + 1;
    }
    const isLate = performance.now() - this.#writtenAt > PATIENCE_MS;
    const isDue = this.#bytes >= this.chunkBytes || (reached !== undefined && (isLate || !this.#isKept));
    if (isDue) await this.#write(reached);
  }

  /** Writes what is left and closes the file: its hash is over the bytes as they are downloaded. */
  async complete(now: Date): Promise<void> {
    if (this.#lines.length > 0 || this.#chunks === 0) await this.#write();
    const hash = createHash('sha256');
    for await (const data of readChunks(this.db, this.lease.id)) hash.update(data);
    const done = await this.db.rows(sql`
      update bulk_export set state = 'COMPLETED', sha256 = ${hash.digest('hex')}, ended_at = ${now},
        expires_at = ${new Date(now.getTime() + KEPT_MS)}, lease_id = null, leased_until = null
      where ${isHeld(this.lease)} returning id`);
    if (done.length === 0) throw new LeaseLost();
  }

  /** One statement: without the lease nothing is written. */
  async #write(reached?: string): Promise<void> {
    const isEmpty = this.#lines.length === 0 && this.#chunks > 0;
    const data = await compress(this.#lines.map((line) => `${line}\n`).join(''));
    this.#rows += this.#lines.length;
    if (!isEmpty) this.#chunks += 1;
    this.#isKept = reached !== undefined;
    [this.#lines, this.#bytes, this.#writtenAt] = [[], 0, performance.now()];
    const kept =
      reached === undefined
        ? sql``
        : sql`, cursor = ${reached}, kept_rows = ${this.#rows}, kept_chunks = ${this.#chunks}::int, attempts = 0`;
    const [written] = await this.db.rows(sql<{ size: bigint }>`
      with held as (
        update bulk_export set rows_so_far = ${this.#rows}, leased_until = ${renewed(this.lease)},
          size_bytes = size_bytes + ${isEmpty ? 0 : data.length}::int ${kept}
        where ${isHeld(this.lease)} returning id, size_bytes),
      chunk as (
        insert into bulk_chunk (export_id, number, data)
        select id, ${this.#chunks}::int, ${data}::bytea from held where not ${isEmpty}::boolean)
      select size_bytes as size from held`);
    if (written === undefined) throw new LeaseLost();
    if (written.size > MAX_FILE_BYTES)
      throw new ExportFailed('TOO_LARGE', 'The file would be larger than 1 GiB: export less at once.');
  }
}
