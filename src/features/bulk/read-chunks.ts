import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/** The pieces of a file in their order, one in memory at a time; no connection is held between two of them. */
export async function* readChunks(db: Sql, exportId: string): AsyncGenerator<Buffer> {
  for (let number = 1; ; number++) {
    const [chunk] = await db.rows(
      sql<{
        data: Buffer;
      }>`select data from bulk_chunk where export_id = ${exportId} and number = ${number}::int`,
    );
    if (chunk === undefined) return;
    yield chunk.data;
  }
}
