import type { Identity } from '../features/account/index.ts';

interface Checked {
  readonly identity: Identity;
  /** When the token is over by itself, by `Date.now()`. */
  readonly endsAtMs: number;
  /** Until when its signature is not looked at again, by `performance.now()`. */
  readonly keptUntil: number;
}

const MOST = 5_000;

/**
 * Access tokens whose signatures were checked a moment ago: an app sends the same one with each request, and checking it
 * costs more than many an answer. Who the holder is and what they may do is read anew each time.
 */
export class CheckedTokens {
  readonly #checked = new Map<string, Checked>();

  constructor(private readonly keepMs: number) {}

  /** Whose token it is; undefined when its signature is to be checked, or its time is over. */
  identityOf(token: string): Identity | undefined {
    const known = this.#checked.get(token);
    if (known === undefined) return undefined;
    if (known.endsAtMs > Date.now() && known.keptUntil > performance.now()) return known.identity;
    this.#checked.delete(token);
    return undefined;
  }

  keep(token: string, identity: Identity, endsAtMs: number): void {
    const [oldest] = this.#checked.keys();
    if (this.#checked.size >= MOST && oldest !== undefined) this.#checked.delete(oldest);
    this.#checked.set(token, { identity, endsAtMs, keptUntil: performance.now() + this.keepMs });
  }
}
