import type { Running } from './contenders.ts';
import type { BenchIssuer } from './issuer.ts';
import { OPERATION_NAMES, type OperationName } from './operations.ts';
import type { BenchRequest, RequestsOf } from './requests.ts';

/** A request as one contender gets it, ready to be sent again and again. */
export interface Shot {
  readonly request: BenchRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where a shot goes, and who is to answer it. */
export type Target = Pick<Running, 'contender' | 'url'>;

export type ShotsOf = Readonly<Record<OperationName, readonly Shot[]>>;

/** Sends a shot; gives the text of the answer. Throws for whatever is no answer without errors. */
export async function fire({ url, contender }: Target, { headers, body, request }: Shot): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.status === 200 && !('errors' in JSON.parse(text))) return text;
  const what = `${contender.name} answers ${request.operation} of ${request.caller} with ${response.status}`;
  throw new Error(`${what}: ${text.slice(0, 1000)}`);
}

/** Turns the pages that requests begin after, by the contender's own cursors. */
export async function shotsFor(
  running: Running,
  requests: RequestsOf,
  issuer: BenchIssuer,
): Promise<ShotsOf> {
  const tokens = new Map<string, string>();
  const shot = async (request: BenchRequest): Promise<Shot> => {
    const { dialect } = running.contender;
    const token = tokens.get(request.caller) ?? (await issuer.token(request.caller));
    tokens.set(request.caller, token);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const at = (after: string | null): Shot => ({
      request,
      headers,
      body: JSON.stringify(dialect.bodyOf(request, after)),
    });
    let after: string | null = null;
    for (let page = 0; page < request.page; page++) {
      const { data } = JSON.parse(await fire(running, at(after))) as { data: unknown };
      const next = dialect.nextOf(request.operation, data);
      if (next === null) break;
      after = next;
    }
    return at(after);
  };
  const lists = {} as Record<OperationName, Shot[]>;
  for (const operation of OPERATION_NAMES) {
    lists[operation] = [];
    for (const request of requests[operation]) lists[operation].push(await shot(request));
  }
  return lists;
}
