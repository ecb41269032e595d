import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import { type BulkExportRow, EXPORT_COLUMNS } from './bulk-rows.ts';

export const exportById = rowById<BulkExportRow>({
  name: 'exportById',
  table: 'bulk_export',
  columns: EXPORT_COLUMNS,
});

export const exportsOfParty = newestOf<BulkExportRow>({
  name: 'exportsOfParty',
  table: 'bulk_export',
  key: 'partyId',
  columns: EXPORT_COLUMNS,
});
