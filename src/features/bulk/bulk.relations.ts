import { selfAndOperators } from '../../graphql/access.ts';
import { relate } from '../../graphql/relation.ts';
import { Alliance, toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { exportsOfParty } from './bulk.loaders.ts';
import { BulkExport } from './bulk.types.ts';
import type { BulkExportRow } from './bulk-rows.ts';

const bulkExports = {
  kind: 'page',
  type: () => BulkExport,
  description: 'Its exports in bulk, newest first; for itself and operators.',
  key: ({ id }: { id: string }) => id,
  load: exportsOfParty,
  access: selfAndOperators,
} as const;

export const bulkRelations = [
  ...relate<NamedBrand>(Brand, { bulkExports }),
  ...relate<NamedCreator>(Creator, { bulkExports }),
  ...relate<NamedAgency>(Agency, { bulkExports }),
  ...relate<{ readonly id: string }>(Alliance, { bulkExports }),
  ...relate<BulkExportRow>(BulkExport, { organisation: toParty('partyId', 'Whose export it is.') }),
];
