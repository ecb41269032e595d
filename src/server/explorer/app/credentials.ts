import { getJson } from './server-data.ts';

/** Who a request is sent as. A pasted token lives in the page's memory only and is gone with it. */
export type Actor = { kind: 'identity'; id: string } | { kind: 'pasted'; token: string } | { kind: 'nobody' };

interface DemoToken {
  token: string;
  expiresAt: string;
}

/** A token is renewed this long before it ends, so that no request travels with one that ends on its way. */
const renewBeforeMs = 60_000;

const tokens = new Map<string, Promise<DemoToken>>();

/** Sends a request as an actor. A header that was typed into the headers editor wins. */
export async function fetchAs(
  actor: Actor,
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  if (headers.has('authorization')) return fetch(input, init);
  const token = await tokenOf(actor);
  if (token) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(input, { ...init, headers });
  // The demo may have been made anew under an open page; its next request then gets a new token.
  if (response.status === 401 && actor.kind === 'identity') tokens.delete(actor.id);
  return response;
}

async function tokenOf(actor: Actor): Promise<string | undefined> {
  if (actor.kind === 'nobody') return undefined;
  if (actor.kind === 'pasted') return actor.token.trim() || undefined;
  const kept = await tokens.get(actor.id);
  if (kept && Date.parse(kept.expiresAt) - renewBeforeMs > Date.now()) return kept.token;
  return (await requestToken(actor.id)).token;
}

/** Requests that start together share one token request; one that failed is not remembered. */
function requestToken(identity: string): Promise<DemoToken> {
  const request = getJson<DemoToken>('/demo/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identity }),
  });
  tokens.set(identity, request);
  request.catch(() => tokens.delete(identity));
  return request;
}
