export { ownExport } from './bulk.access.ts';
export { bulkRelations } from './bulk.relations.ts';
export { BulkResolver } from './bulk.resolver.ts';
export { expireExports } from './expire-exports.ts';
export { pathOfExport, readExportName } from './export-path.ts';
export { type ExportFile, findExportFile } from './read-file.ts';
export { type ExportOptions, runExports } from './run-exports.ts';
export { startExport } from './start-export.ts';
