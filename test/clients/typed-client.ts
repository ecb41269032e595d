import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CodegenConfig, generate } from '@graphql-codegen/cli';
import { type DocumentNode, print } from 'graphql';
import { documentIdOf, normalisedDocument } from '../../src/server/trusted-documents.ts';

/** The generated client of the creator app. */
export const CLIENT_FILE = fileURLToPath(new URL('generated/creator-app.ts', import.meta.url));

const pathOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * A client of the creator app, typed by its operations. Scalars are what they are on the wire. Each document carries its id,
 * which is all that the app sends.
 */
const config: CodegenConfig = {
  schema: pathOf('schema/schema.graphql'),
  documents: [pathOf('schema/operations/creator-app/*.graphql')],
  silent: true,
  generates: {
    './generated/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        onExecutableDocumentNode: (document: DocumentNode) => ({
          documentId: documentIdOf(normalisedDocument(print(document))),
        }),
      },
      config: {
        documentMode: 'string',
        defaultScalarType: 'unknown',
        useTypeImports: true,
        scalars: {
          BasisPoints: 'number',
          BigInt: 'string',
          CurrencyCode: 'string',
          Date: 'string',
          DateTimeISO: 'string',
          Decimal: 'string',
        },
      },
    },
  },
};

/** The text of the client, made anew by graphql-codegen. Its documents come from files, so that it needs no tag for others. */
export async function generateClient(): Promise<string> {
  const files = await generate(config, false);
  const { content } = files.find((file: { filename: string }) => file.filename.endsWith('/graphql.ts')) as {
    content: string;
  };
  return `${content.trimEnd()}\n`;
}

/** The text of the client as it was committed. */
export const committedClient = (): string => readFileSync(CLIENT_FILE, 'utf8');

// "npm run schema" runs this file by itself.
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(CLIENT_FILE, await generateClient());
