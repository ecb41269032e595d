import { request } from 'node:http';
import type { Json } from '../kit/alliance.ts';

/** An answer as it stands on the wire. */
export interface Told {
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfter: string | undefined;
  readonly body: Json;
}

export const VIEWER = '{ viewer { name } }';

/** Asks a server with an Authorization header, as a proxy would for somebody at this address. */
export function ask(
  url: string,
  authorization: string,
  forwardedFor?: string,
  query = VIEWER,
): Promise<Told> {
  const headers = {
    authorization,
    'content-type': 'application/json',
    ...(forwardedFor && { 'x-forwarded-for': forwardedFor }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('error', reject).on('end', () => {
        const body = JSON.parse(text);
        const retryAfter = response.headers['retry-after'];
        resolve({
          status: response.statusCode ?? 0,
          code: body.errors?.[0]?.extensions.code,
          retryAfter,
          body,
        });
      });
    });
    sent.on('error', reject).end(JSON.stringify({ query }));
  });
}
