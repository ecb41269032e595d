import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** What came over one subscription, and how it has ended. */
export interface Followed {
  readonly results: {
    data?: Record<string, never>;
    errors?: { message: string; extensions: { code: string } }[];
  }[];
  readonly client: Client;
  /** The code of the close, once the connection was closed; waits for it. */
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Waits until so many results have come. */
  count(least: number): Promise<void>;
}

/** Subscribes over a WebSocket with these parameters of the connection. */
export function followByWebSocket(
  url: string,
  query: string,
  connectionParams: Record<string, unknown>,
  extensions?: Record<string, unknown>,
): Followed {
  const results: Followed['results'] = [];
  const { promise: closed, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    lazy: true,
    on: { closed: (event) => resolve(event as never) },
  });
  client.subscribe(
    { query, extensions },
    {
      next: (result) => void results.push(result as never),
      error: (error) => void (Array.isArray(error) && results.push({ errors: error as never })),
      complete: () => undefined,
    },
  );
  return { results, client, closed, count: (least) => until(() => results.length >= least) };
}

/** Waits until something is so; the test's own limit ends the waiting. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** What a stream of events has sent. */
export interface Streamed {
  readonly status: number;
  readonly results: Followed['results'];
  /** Whether the server has completed it. */
  readonly isOver: () => boolean;
  stop(): void;
}

/** Subscribes over a stream of events. */
export async function followByStream(url: string, body: object, authorization?: string): Promise<Streamed> {
  const stopping = new AbortController();
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(authorization && { authorization }),
    },
    body: JSON.stringify(body),
    signal: stopping.signal,
  });
  const results: Followed['results'] = [];
  let over = false;
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const parts = (rest + Buffer.from(chunk).toString('utf8')).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        if (part.startsWith('event: complete')) over = true;
        const data = /^event: next\ndata: (.*)$/s.exec(part)?.[1];
        if (data !== undefined) results.push(JSON.parse(data) as never);
      }
    }
  };
  if (response.status === 200) read().catch(() => undefined);
  else results.push((await response.json()) as never);
  return { status: response.status, results, isOver: () => over, stop: () => stopping.abort() };
}
