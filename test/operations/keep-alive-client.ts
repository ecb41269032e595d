import { Agent, request } from 'node:http';

/** What became of a request. */
export type Outcome = { readonly status: number; readonly body: string } | { readonly error: string };

/** Somebody who asks again and again over one connection that is kept open. */
export class KeepAliveClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** Asks GraphQL; without a retry, whatever happens to the connection. */
  ask(url: string, query: string): Promise<Outcome> {
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json' };
      const sent = request(`${url}/graphql`, { agent: this.#agent, method: 'POST', headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part) => {
          body += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', ({ message }) => resolve({ error: message }));
      });
      sent.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }));
      sent.end(JSON.stringify({ query }));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
