import type { Database } from '../db/database.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Actor } from './actor.ts';
import type { LoaderCache } from './loaders.ts';

/** What each resolver gets: who asks, where the data is, what time it is. */
export interface RequestContext {
  readonly actor: Actor;
  readonly database: Database;
  readonly clock: Clock;
  readonly requestId: string;
  /** The address that the request came from, for the audit log. */
  readonly address?: string;
  readonly loaders: LoaderCache;
}
