import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { readChunks } from './read-chunks.ts';

/** The file of a complete export: who may have it, and its bytes. */
export interface ExportFile {
  readonly id: string;
  readonly partyId: string;
  /** Signs its addresses. */
  readonly secret: Buffer;
  readonly sizeBytes: bigint;
  readonly sha256: string;
  readonly content: () => AsyncGenerator<Buffer>;
}

/** Finds the file of an export that is complete and not over its time. */
export async function findExportFile(db: Sql, id: string, now: Date): Promise<ExportFile | undefined> {
  const [row] = await db.rows(sql<Omit<ExportFile, 'content'>>`
    select id, party_id as "partyId", secret, size_bytes as "sizeBytes", sha256 from bulk_export
    where id = ${id} and state = 'COMPLETED' and expires_at > ${now}`);
  return row && { ...row, content: () => readChunks(db, id) };
}
