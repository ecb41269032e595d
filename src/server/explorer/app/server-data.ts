import type { CallerQueries } from '../ready-queries.ts';

/** What the server says about this explorer, at /graphiql/operations.json. */
export interface ExplorerData {
  demo: boolean;
  callers: CallerQueries[];
}

/** Someone whom a demo visitor may be, from GET /demo/identities. */
export interface Identity {
  id: string;
  title: string;
  /** The caller's folder under schema/operations, such as `creator-app`. */
  caller: string;
  organisation: string | null;
}

/** Everything that the page needs before it can be drawn. */
export interface StartData extends ExplorerData {
  /** Empty outside a demo. */
  identities: Identity[];
}

/** Fetches what the page starts with. Throws with a sentence for the person who looks at the page. */
export async function loadStartData(): Promise<StartData> {
  const data = await getJson<ExplorerData>('/graphiql/operations.json');
  const identities = data.demo ? await getJson<Identity[]>('/demo/identities') : [];
  return { ...data, identities };
}

/** Fetches JSON from this server. Throws with the address and the status when the answer is not a good one. */
export async function getJson<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
