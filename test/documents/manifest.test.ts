import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/graphql/actor.ts';
import { compileDocuments } from '../../src/server/compile-documents.ts';
import {
  type GeneratedFile,
  generatedFiles,
  releasedFiles,
  staleFiles,
  writeFiles,
} from '../../src/server/generated-files.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import {
  DOCUMENT_CLIENTS,
  type DocumentManifests,
  documentIdOf,
  documentsFolder,
  readManifest,
  releasedDocumentsFolder,
  TrustedDocuments,
} from '../../src/server/trusted-documents.ts';
import { readOperations } from '../kit/operations.ts';

const folders: string[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alliance-documents-'));
  folders.push(folder);
});

afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const client of DOCUMENT_CLIENTS) mkdirSync(join(folder, client), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe('the manifests', () => {
  it('hold each operation of their clients under its id', () => {
    const operations = readOperations();
    for (const client of DOCUMENT_CLIENTS) {
      const own = operations.filter(({ caller }) => caller === client);
      const manifest = readManifest(documentsFolder, client);
      expect(Object.keys(manifest).sort()).toEqual(own.map(({ documentId }) => documentId).sort());
      for (const [id, text] of Object.entries(manifest)) expect(documentIdOf(text)).toBe(id);
    }
  });

  it('of released apps still fit the schema', () => {
    const released = DOCUMENT_CLIENTS.flatMap((client) =>
      Object.entries(readManifest(releasedDocumentsFolder, client)),
    );
    for (const [id, text] of released)
      expect([id, validate(buildAllianceSchema(), parse(text))]).toEqual([id, []]);
  });

  it('keep what earlier releases have, beside what is new', () => {
    const path = 'schema/released/documents/creator-app.json';
    write({ [path]: JSON.stringify({ 'sha256:old': 'query Old { viewer { name } }' }) });
    const kept = releasedFiles(folder).find((file) => file.path === path) as GeneratedFile;
    const now = readManifest(documentsFolder, 'creator-app');
    expect(JSON.parse(kept.text)).toEqual({ 'sha256:old': 'query Old { viewer { name } }', ...now });
  });

  it('of released apps are run as those of now are', () => {
    const none = { 'creator-app': {}, 'agency-client': {}, 'brand-console': {} };
    const manifests: DocumentManifests[] = [
      { ...none, 'creator-app': { old: '{ old }' } },
      { ...none, 'creator-app': { now: '{ now }' } },
    ];
    const seats = [{ partyId: 'a', partyKind: 'CREATOR', role: 'OWNER' }] as const;
    const creator: Actor = { kind: 'USER', name: 'a', seats, scopes: new Set() };
    const documents = new TrustedDocuments(manifests, { creatorsBound: true });
    expect(documents.choose({ documentId: 'old' }, creator)).toBe('{ old }');
    expect(documents.choose({ documentId: 'now' }, creator)).toBe('{ now }');
  });
});

describe('what is generated', () => {
  it('is fresh', () => expect(staleFiles(generatedFiles()).map(({ path }) => path)).toEqual([]));

  it('is told where it is stale or missing, and written', () => {
    const files = [
      { path: 'schema/a.json', text: 'a' },
      { path: 'schema/b/c.json', text: 'c' },
    ];
    write({ 'schema/a.json': 'old' });
    expect(staleFiles(files, folder)).toEqual(files);
    writeFiles(files.slice(0, 1), folder);
    expect(staleFiles(files, folder)).toEqual(files.slice(1));
    writeFiles(files, folder);
    expect(staleFiles(files, folder)).toEqual([]);
  });
});

describe('compiling', () => {
  const schema = buildSchema('type Query { a: Int b: Int }');

  it('drops comments and layout, and keeps the order of fields', () => {
    write({ 'creator-app/a.graphql': '# Title: A\nquery A {b, a}' });
    const text = 'query A {\n  b\n  a\n}';
    const manifest = { [documentIdOf(text)]: text };
    expect(compileDocuments(schema, folder)).toEqual({
      'creator-app': manifest,
      'agency-client': {},
      'brand-console': {},
    });
  });

  it.each([
    ['does not parse', { 'creator-app/a.graphql': 'query A {' }, /creator-app\/a\.graphql: Syntax Error/],
    [
      'does not fit the schema',
      { 'agency-client/a.graphql': 'query A { c }' },
      /agency-client\/a\.graphql: Cannot query field "c"/,
    ],
    ['has no name', { 'creator-app/a.graphql': '{ a }' }, /a\.graphql: .* one operation, which has a name/],
    [
      'holds two operations',
      { 'creator-app/a.graphql': 'query A { a } query B { b }' },
      /a\.graphql: .* one operation, which has a name/,
    ],
    [
      'has the name of another one',
      { 'creator-app/a.graphql': 'query A { a }', 'creator-app/b.graphql': 'query A { b }' },
      /creator-app\/b\.graphql: A is the name of the operation in creator-app\/a\.graphql/,
    ],
  ])('refuses by its name a file that %s', (_what, files, message) => {
    write(files as unknown as Record<string, string>);
    expect(() => compileDocuments(schema, folder)).toThrow(message);
  });
});
