import type { Database } from '../db/database.ts';
import type { FeedWatch } from '../db/feed-watch.ts';
import type { Clock } from '../kernel/clock.ts';
import type { GroupCommit } from '../kernel/group-commit.ts';
import type { WebhookSettings } from '../kernel/webhook-settings.ts';
import type { Actor } from './actor.ts';
import type { AuditedCall } from './audit.ts';
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
  /** How single order events share a commit; each has its own when left out. */
  readonly groupCommit?: GroupCommit;
  /** What the configuration says of webhooks; closed when left out. */
  readonly webhooks?: WebhookSettings;
  /** The connection that a subscription is sent over; undefined for a request that is answered once. */
  readonly live?: LiveConnection;
  /** The mutation that runs, for the audit log; see finish-schema.ts. */
  readonly audit?: AuditedCall;
}

/** What a subscription lives by. */
export interface LiveConnection {
  /** Says when there is something to read. */
  readonly feed: FeedWatch;
  /** Aborted when the subscription or its connection ends. */
  readonly signal: AbortSignal;
}
