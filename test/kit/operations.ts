import { readdirSync, readFileSync } from 'node:fs';
import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql';
import type { DemoIdentity } from '../../seeds/demo/identities.ts';
import { operationsFolder } from '../../src/server/explorer/paths.ts';
import { documentIdOf, normalisedDocument } from '../../src/server/trusted-documents.ts';
import type { Json } from './alliance.ts';

/** One file of schema/operations, with the variables that lie beside it. */
export interface Operation {
  readonly path: string;
  readonly caller: DemoIdentity['caller'];
  readonly text: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** Its id as a trusted document. */
  readonly documentId: string;
  /** Undefined where no file has them. */
  readonly variables: Json | undefined;
}

/** All operations, by their paths. */
export function readOperations(): Operation[] {
  const files = readdirSync(operationsFolder, { recursive: true, encoding: 'utf8' }).sort();
  return files.filter((path) => path.endsWith('.graphql')).map((path) => readOperation(path, files));
}

function readOperation(path: string, files: readonly string[]): Operation {
  const read = (file: string): string => readFileSync(`${operationsFolder}/${file}`, 'utf8');
  const text = read(path);
  const beside = path.replace('.graphql', '.variables.json');
  const document = parse(text);
  const definition = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error(`${path} holds no operation.`);
  return {
    path,
    caller: path.split('/')[0] as DemoIdentity['caller'],
    text,
    document,
    definition,
    documentId: documentIdOf(normalisedDocument(text)),
    variables: files.includes(beside) ? JSON.parse(read(beside)) : undefined,
  };
}

const isOf =
  (type: OperationTypeNode) =>
  ({ definition }: Operation): boolean =>
    definition.operation === type;
export const isQuery = isOf(OperationTypeNode.QUERY);
export const isMutation = isOf(OperationTypeNode.MUTATION);
export const isSubscription = isOf(OperationTypeNode.SUBSCRIPTION);

/** Whether it can be run on the demo as it is: the others need what only a day of their caller brings about. */
export const runsOnDemo = ({ definition, variables }: Operation): boolean =>
  variables !== undefined ||
  (definition.variableDefinitions ?? []).every(
    ({ type, defaultValue }) => type.kind !== Kind.NON_NULL_TYPE || defaultValue !== undefined,
  );
