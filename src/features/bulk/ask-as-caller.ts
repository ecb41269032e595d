import { execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Actor } from '../../graphql/actor.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { ERROR_CODES } from '../../graphql/errors.ts';
import { LoaderCache } from '../../graphql/loaders.ts';
import type { Clock } from '../../kernel/clock.ts';
import { actorAgain, type Identified } from '../account/index.ts';
import type { Ask } from './walk-levels.ts';

/** An export ends without a file for a reason that its caller can understand. */
export class ExportFailed extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Asking {
  readonly database: Database;
  readonly clock: Clock;
  readonly schema: GraphQLSchema;
  readonly exportId: string;
}

/**
 * Asks as whoever has asked for the export, as far as they may now: a key that was revoked and a member who has left read
 * nothing more from the next page on. They act for the organisation of the export alone, since all its members read the file.
 */
export function newAsk(asking: Asking): Ask {
  return async (document, variables) => {
    const contextValue = await contextOf(asking);
    const { schema } = asking;
    const { data, errors } = await execute({ schema, document, contextValue, variableValues: variables });
    for (const error of errors ?? []) if (!isGone(error)) throw failureOf(error);
    return data;
  };
}

async function contextOf({ database, clock, exportId }: Asking): Promise<RequestContext> {
  const [asked] = await database.rows(sql<Identified & { partyId: string }>`
    select party_id as "partyId", issuer, subject, api_key_id as "apiKeyId" from bulk_export where id = ${exportId}`);
  const actor = asked && (await actorAgain(database, asked, clock.now()));
  const seats = actor?.seats.filter(({ partyId }) => partyId === asked?.partyId) ?? [];
  if (actor === undefined || seats.length === 0) {
    throw new ExportFailed(
      'UNAUTHENTICATED',
      'Whoever has asked for it may no longer read for the organisation.',
    );
  }
  const narrowed: Actor = { ...actor, seats };
  const loaders = new LoaderCache({ sql: database, actor: narrowed, now: clock.now() });
  return { actor: narrowed, database, clock, requestId: exportId, loaders };
}

/** Whether a row, from the page before, is no longer there: then there is nothing below it. */
const isGone = ({ path, extensions }: GraphQLError): boolean =>
  path?.length === 2 && typeof path[1] === 'number' && extensions.code === 'NOT_FOUND';

/** What is wrong with the query or closed to the caller, they are told; what is our fault is thrown as it is. */
function failureOf(error: GraphQLError): Error {
  const code = String(error.extensions.code);
  if (code in ERROR_CODES && code !== 'INTERNAL_SERVER_ERROR') {
    return new ExportFailed(code, `${error.message} (${(error.path ?? []).join('.')})`);
  }
  return error.originalError ?? error;
}
