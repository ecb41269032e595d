import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { SetUpError } from '../kernel/set-up-error.ts';
import { operationsFolder } from './explorer/paths.ts';
import {
  DOCUMENT_CLIENTS,
  type DocumentClient,
  type DocumentManifest,
  type DocumentManifests,
  documentIdOf,
  normalisedDocument,
} from './trusted-documents.ts';

/**
 * The manifests of all clients from their folders of operations. Throws a SetUpError that names the file where one does not
 * parse, does not fit the schema, or holds anything but one operation with a name that no other of its client has.
 */
export function compileDocuments(
  schema: GraphQLSchema,
  folder: string = operationsFolder,
): DocumentManifests {
  return Object.fromEntries(
    DOCUMENT_CLIENTS.map((client) => [client, compileFolder(schema, folder, client)]),
  ) as DocumentManifests;
}

/** A manifest as it stands in its file. */
export const printManifest = (manifest: DocumentManifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

function compileFolder(schema: GraphQLSchema, folder: string, client: DocumentClient): DocumentManifest {
  const files = readdirSync(join(folder, client)).filter((file) => file.endsWith('.graphql'));
  const fileOf = new Map<string, string>();
  const entries = files.sort().map((file) => {
    const path = join(client, file);
    const { name, text } = compileFile(schema, path, readFileSync(join(folder, path), 'utf8'));
    const other = fileOf.get(name);
    if (other !== undefined)
      throw new SetUpError(`${path}: ${name} is the name of the operation in ${other}`);
    fileOf.set(name, path);
    return [documentIdOf(text), text];
  });
  return Object.fromEntries(entries);
}

function compileFile(schema: GraphQLSchema, path: string, source: string): { name: string; text: string } {
  const text = explained(path, () => normalisedDocument(source));
  const document = parse(text, { noLocation: true });
  const [problem] = validate(schema, document);
  if (problem !== undefined) throw new SetUpError(`${path}: ${problem.message}`);
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const name = operations[0]?.name?.value;
  if (operations.length !== 1 || name === undefined)
    throw new SetUpError(`${path}: a trusted document holds one operation, which has a name`);
  return { name, text };
}

function explained(path: string, read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new SetUpError(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}
