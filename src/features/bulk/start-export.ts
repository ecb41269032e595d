import { randomBytes } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { Actor } from '../../graphql/actor.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { planExport } from './plan-levels.ts';
import { UnfitQuery } from './read-query.ts';

export interface NewExport {
  readonly partyId: string;
  readonly query: string;
}

/** Exports of an organisation that wait, run, or have a file that is kept. */
const MOST_EXPORTS = 20;
const MAX_QUERY_CHARS = 16_000;
const SECRET_BYTES = 32;

/** Puts an export into the queue of an organisation. Refused when the query cannot be exported. Gives its id. */
export async function startExport(
  tx: Tx,
  actor: Actor,
  { partyId, query }: NewExport,
  schema: GraphQLSchema,
  now: Date,
): Promise<string> {
  refuseUnfit(schema, query);
  await refuseTooMany(tx, partyId);
  const id = newId();
  const [issuer, subject] = actor.kind === 'API_KEY' ? [null, null] : [actor.issuer, actor.subject];
  await tx.rows(sql`
    insert into bulk_export (id, party_id, issuer, subject, api_key_id, query, state, created_at, secret)
    values (${id}, ${partyId}, ${issuer}, ${subject}, ${actor.apiKeyId ?? null}, ${query}, 'WAITING', ${now},
      ${randomBytes(SECRET_BYTES)})`);
  return id;
}

function refuseUnfit(schema: GraphQLSchema, query: string): void {
  if (query.length > MAX_QUERY_CHARS)
    throw new Refusal([invalid(['input', 'query'], `A query has at most ${MAX_QUERY_CHARS} characters.`)]);
  try {
    planExport(schema, query);
  } catch (error) {
    if (error instanceof UnfitQuery) throw new Refusal([invalid(['input', 'query'], error.message)]);
    throw error;
  }
}

/** Two calls at the same moment may both find room; a few too many do no harm. */
async function refuseTooMany(tx: Tx, partyId: string): Promise<void> {
  const [row] = await tx.rows(sql<{ count: number }>`
    select count(*)::int as count from bulk_export
    where party_id = ${partyId} and state in ('WAITING', 'RUNNING', 'COMPLETED')`);
  if ((row?.count ?? 0) < MOST_EXPORTS) return;
  const message = `An organisation has at most ${MOST_EXPORTS} exports whose files are made or kept: cancel some.`;
  throw new Refusal([{ __typename: 'TooManyExports', message, path: ['input'], limit: MOST_EXPORTS }]);
}
