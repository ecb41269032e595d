import 'reflect-metadata';
import { getOperationAST, parse } from 'graphql';
import { executeByLevels } from '../../src/breadth/index.ts';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { actorOfIdentity } from '../../src/features/account/index.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { LoaderCache } from '../../src/graphql/loaders.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { ISSUER } from './issuer.ts';
import { DOCUMENTS, OPERATION_NAMES, type OperationName } from './operations.ts';

/** What one operation needs, with the same caller and page each time. */
export interface Needs {
  readonly statements: number;
  readonly bytes: number;
}

/**
 * Counts the statements of each operation and the bytes that it allocates on V8's heap. It runs in a process of its own, with
 * a young generation so large that nothing is collected while it counts, so that the growth of the heap is all that was
 * allocated. The least of many batches counts: whatever is compiled or grows once in a while is in the others.
 */
const WARM_UP = 30;
const BATCHES = 10;
const EACH = 5;
const ASKED: Readonly<Record<OperationName, { caller: string; variables: Record<string, unknown> }>> = {
  poolPage: { caller: 'creator-1', variables: { orderBy: 'RECOMMENDED' } },
  creatorEarnings: { caller: 'creator-1', variables: {} },
  agencyView: { caller: 'agency-1', variables: {} },
};

const [url = ''] = process.argv.slice(2);
let statements = 0;
const database = await openDatabase(url, {
  entities,
  poolSize: 1,
  onStatement: () => {
    statements += 1;
  },
});
const schema = buildAllianceSchema();
const now = new Date();
const clock = { now: () => now };

async function needsOf(operation: OperationName): Promise<Needs> {
  const { caller, variables } = ASKED[operation];
  const document = parse(DOCUMENTS[operation]);
  const actor = await actorOfIdentity(database, { issuer: ISSUER, subject: caller });
  const run = async (): Promise<string> => {
    const loaders = new LoaderCache({ sql: database, actor, now });
    const context: RequestContext = { actor, database, clock, requestId: 'allocations', loaders };
    const selected = getOperationAST(document);
    if (selected == null) throw new Error('A document has an operation.');
    const answer = await executeByLevels({ schema, document, operation: selected, variables, context });
    if (answer === undefined || answer.errors.length > 0) throw new Error(`${operation} has failed.`);
    return answer.data.text;
  };
  for (let i = 0; i < WARM_UP; i++) await run();
  statements = 0;
  await run();
  const counted = statements;
  let bytes = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < BATCHES; batch++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < EACH; i++) await run();
    bytes = Math.min(bytes, (process.memoryUsage().heapUsed - before) / EACH);
  }
  return { statements: counted, bytes: Math.round(bytes) };
}

const needs = {} as Record<OperationName, Needs>;
for (const operation of OPERATION_NAMES) needs[operation] = await needsOf(operation);
process.send?.(needs, () => process.disconnect());
await database.close();
