const FILE_NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.ndjson\.gz$/;

/** Where the file of an export stands under the server. */
export const pathOfExport = (id: string): string => `/bulk/${id}.ndjson.gz`;

/** The id of the export whose file is called so; undefined for every other text. */
export const readExportName = (file: string): string | undefined => FILE_NAME.exec(file)?.[1];
