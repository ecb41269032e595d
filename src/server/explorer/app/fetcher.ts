import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit';
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { createClient, NetworkError } from 'graphql-sse';
import { type Actor, fetchAs } from './credentials.ts';

type Results = AsyncIterableIterator<unknown>;

/**
 * Sends what is run as whoever is the actor by then. A subscription comes as a stream of events: unlike a WebSocket it takes
 * the same header as every other request, and a refusal of it says why.
 */
export function newFetcher(actorOfNow: () => Actor): Fetcher {
  const send: typeof fetch = (input, init) => fetchAs(actorOfNow(), input, init);
  const ask = createGraphiQLFetcher({ url: '/graphql', fetch: send });
  return (given, options) => {
    const operation = operationOf(given);
    const params = { ...given, operationName: operation?.name?.value ?? given.operationName };
    if (operation?.operation !== 'subscription') return ask(params, options);
    return follow(send, params, options?.headers) as ReturnType<Fetcher>;
  };
}

/**
 * The operation that is meant, read from the text that is sent: for a moment after a change of tabs GraphiQL still has the
 * name and the document of the tab before.
 */
function operationOf({ query, operationName }: FetcherParams): OperationDefinitionNode | null {
  try {
    const document = parse(query);
    return getOperationAST(document, operationName) ?? getOperationAST(document) ?? null;
  } catch {
    // The server says what is wrong with it.
    return null;
  }
}

/** Does not connect anew by itself: what had happened meanwhile would be missing, and nobody would see that. */
function follow(
  send: typeof fetch,
  { query, variables, operationName }: FetcherParams,
  headers: Record<string, string> = {},
): Results {
  const client = createClient({ url: '/graphql/stream', fetchFn: send, headers, retryAttempts: 0 });
  const results: Results = client.iterate({ query, variables, operationName: operationName ?? undefined });
  // No generator around it: that could not be stopped while it waits for the next event.
  return {
    next: () => results.next().catch(refusalOf),
    return: async () => (await results.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** What the server has answered in place of a stream. */
async function refusalOf(error: unknown): Promise<IteratorResult<unknown>> {
  if (error instanceof NetworkError && error.response instanceof Response)
    return { done: false, value: await error.response.json() };
  throw error;
}
