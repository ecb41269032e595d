import { randomUUID } from 'node:crypto';
import type { TypedDocumentString } from './generated/creator-app.ts';

/** What every mutation answers: its result, and what was wrong. */
interface Payload {
  readonly userErrors: readonly { readonly __typename?: string }[];
}
type PayloadOf<Result> = Extract<Result[keyof Result], Payload>;
type InputOf<Variables> = Variables extends { input: infer Input } ? Omit<Input, 'idempotencyKey'> : never;

/**
 * The creator app as its makers would write it: typed by the generated documents, of which it sends the ids alone. It reads by
 * GET, and repeats a write under the key that it had.
 */
export class CreatorApp {
  /** The ids of the documents that were run. */
  readonly ran = new Set<string>();
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, token: string) {
    this.#url = `${url}/graphql`;
    this.#headers = { authorization: `Bearer ${token}` };
  }

  /** Reads. Throws where anything has failed. */
  async read<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    ...[variables]: Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables]
  ): Promise<Result> {
    const search = new URLSearchParams({ documentId: this.#idOf(document) });
    if (variables !== undefined) search.set('variables', JSON.stringify(variables));
    return answerOf(await fetch(`${this.#url}?${search}`, { headers: this.#headers }));
  }

  /** Writes, and gives the payload. Throws where anything has failed, which is no user error. */
  async write<Result extends object, Variables>(
    document: TypedDocumentString<Result, Variables>,
    input: InputOf<Variables>,
    idempotencyKey: string = randomUUID(),
  ): Promise<PayloadOf<Result>> {
    const documentId = this.#idOf(document);
    const body = JSON.stringify({ documentId, variables: { input: { ...input, idempotencyKey } } });
    const headers = { ...this.#headers, 'content-type': 'application/json' };
    const data = await answerOf<Result>(await fetch(this.#url, { method: 'POST', headers, body }));
    return Object.values(data)[0] as PayloadOf<Result>;
  }

  #idOf(document: { __meta__?: Record<string, unknown> | undefined }): string {
    const { documentId } = document.__meta__ as { documentId: string };
    this.ran.add(documentId);
    return documentId;
  }
}

async function answerOf<Result>(response: Response): Promise<Result> {
  const { data, errors } = (await response.json()) as { data: Result; errors?: { message: string }[] };
  if (errors !== undefined) throw new Error(`HTTP ${response.status}: ${JSON.stringify(errors)}`);
  return data;
}
