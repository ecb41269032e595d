import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileDocuments, printManifest } from './compile-documents.ts';
import { projectRoot } from './explorer/paths.ts';
import { buildAllianceSchema, printAllianceSchema } from './schema.ts';
import { DOCUMENT_CLIENTS, type DocumentManifest } from './trusted-documents.ts';

/** A file that is made from the schema: its path from the project's root, and the text that belongs there. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What is made from the schema and the operations: the printed schema, and a manifest for each client. */
export function generatedFiles(): GeneratedFile[] {
  const manifests = compileDocuments(buildAllianceSchema());
  return [
    { path: 'schema/schema.graphql', text: printAllianceSchema() },
    ...DOCUMENT_CLIENTS.map((client) => ({
      path: `schema/documents/${client}.json`,
      text: printManifest(manifests[client]),
    })),
  ];
}

/**
 * What a release keeps for the next ones to be compared with: its schema, and the documents of all apps so far, since phones
 * keep an old app for long.
 */
export function releasedFiles(root: string = projectRoot): GeneratedFile[] {
  return generatedFiles().map(({ path, text }) => {
    const released = path.replace('schema/', 'schema/released/');
    if (!path.endsWith('.json')) return { path: released, text };
    const before = JSON.parse(textAt(root, released) ?? '{}') as DocumentManifest;
    return { path: released, text: printManifest({ ...before, ...(JSON.parse(text) as DocumentManifest) }) };
  });
}

/** Those whose text is not the one that lies there. */
export const staleFiles = (files: readonly GeneratedFile[], root: string = projectRoot): GeneratedFile[] =>
  files.filter(({ path, text }) => textAt(root, path) !== text);

/** Writes the files where they belong. */
export function writeFiles(files: readonly GeneratedFile[], root: string = projectRoot): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function textAt(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
