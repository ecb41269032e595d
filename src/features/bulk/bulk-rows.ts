import type { ExportState } from './bulk-state.ts';

/** An export as it is read for the API. The secret is never shown: it signs the addresses of the file. */
export interface BulkExportRow {
  readonly id: string;
  readonly partyId: string;
  readonly query: string;
  readonly state: ExportState;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly rowsSoFar: bigint;
  readonly sizeBytes: bigint;
  readonly sha256: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly secret: Buffer;
}

export const EXPORT_COLUMNS = [
  'id',
  'partyId',
  'query',
  'state',
  'createdAt',
  'startedAt',
  'endedAt',
  'expiresAt',
  'rowsSoFar',
  'sizeBytes',
  'sha256',
  'errorCode',
  'errorMessage',
  'secret',
] as const;
