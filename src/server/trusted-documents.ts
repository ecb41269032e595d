import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, print } from 'graphql';
import type { Actor } from '../graphql/actor.ts';
import { failure } from '../graphql/errors.ts';
import { projectRoot } from './explorer/paths.ts';

/** The clients whose operations are trusted documents; each is a folder of schema/operations. */
export const DOCUMENT_CLIENTS = ['creator-app', 'agency-client', 'brand-console'] as const;
export type DocumentClient = (typeof DOCUMENT_CLIENTS)[number];

/** The documents of one client, each under its id. */
export type DocumentManifest = Readonly<Record<string, string>>;
export type DocumentManifests = Readonly<Record<DocumentClient, DocumentManifest>>;

/** The manifests of this version, as `alliance schema` writes them: `<client>.json`. */
export const documentsFolder = join(projectRoot, 'schema/documents');
/** Those of all releases before: apps that were shipped with them go on working. */
export const releasedDocumentsFolder = join(projectRoot, 'schema/released/documents');

/** A document without comments, in the layout of graphql-js: whoever has its text comes to the same id. */
export const normalisedDocument = (text: string): string => print(parse(text, { noLocation: true }));

/** The id of a normalised document, as GraphQL over HTTP names it. */
export const documentIdOf = (normalised: string): string =>
  `sha256:${createHash('sha256').update(normalised).digest('hex')}`;

/** The manifest of a client in a folder; empty where there is none. */
export function readManifest(folder: string, client: DocumentClient): DocumentManifest {
  const path = join(folder, `${client}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as DocumentManifest) : {};
}

/** What a request asks to run: an id, a text, or both. Values are as the caller sent them. */
export interface AskedDocument {
  readonly documentId?: unknown;
  readonly query?: unknown;
}

/** The documents that a server knows by their ids, and who may run nothing else. */
export class TrustedDocuments {
  readonly #byClient: ReadonlyMap<DocumentClient, ReadonlyMap<string, string>>;
  /** Whether creators run the documents of their app alone. */
  readonly #creatorsBound: boolean;

  constructor(manifests: readonly DocumentManifests[], { creatorsBound }: { creatorsBound: boolean }) {
    this.#byClient = new Map(
      DOCUMENT_CLIENTS.map((client) => [
        client,
        new Map(manifests.flatMap((each) => Object.entries(each[client]))),
      ]),
    );
    this.#creatorsBound = creatorsBound;
  }

  /** The text behind an id, whichever client it is of. */
  textOf(id: string): string | undefined {
    return DOCUMENT_CLIENTS.map((client) => this.#byClient.get(client)?.get(id)).find(Boolean);
  }

  /**
   * The text of the trusted document that is asked for; undefined where the request brings a text of its own and may.
   * Throws a typed error for an id that is unknown or no text, and for what the caller may not run.
   */
  choose({ documentId, query }: AskedDocument, actor: Actor): string | undefined {
    const isBound = this.#creatorsBound && isCreatorOnly(actor);
    if (documentId === undefined || documentId === null) {
      if (isBound) throw notTrusted('A creator runs trusted documents alone: send the documentId of one.');
      return undefined;
    }
    if (typeof documentId !== 'string') throw failure('BAD_USER_INPUT', 'A documentId is one text.');
    if (query !== undefined && query !== null)
      throw failure('BAD_USER_INPUT', 'A request has a documentId or a query, not both.');
    const text = this.textOf(documentId);
    if (text === undefined) throw failure('DOCUMENT_NOT_FOUND', 'No trusted document has this documentId.');
    if (isBound && !this.#byClient.get('creator-app')?.has(documentId))
      throw notTrusted('A creator runs the trusted documents of the creator app alone.');
    return text;
  }
}

/** The documents of this version and of all releases before it. */
export function readTrustedDocuments(options: { creatorsBound: boolean }): TrustedDocuments {
  const manifests = [releasedDocumentsFolder, documentsFolder].map(
    (folder) =>
      Object.fromEntries(
        DOCUMENT_CLIENTS.map((client) => [client, readManifest(folder, client)]),
      ) as DocumentManifests,
  );
  return new TrustedDocuments(manifests, options);
}

/** Whether somebody acts for creators and for nobody else, by a token or by a key. */
const isCreatorOnly = ({ seats }: Actor): boolean =>
  seats.length > 0 && seats.every(({ partyKind }) => partyKind === 'CREATOR');

const notTrusted = (message: string) => failure('DOCUMENT_NOT_TRUSTED', message);
