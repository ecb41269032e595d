import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { runExports } from '../features/bulk/index.ts';
import { deliverDue, pruneDeliveries } from '../features/webhook/index.ts';
import { type Clock, machineNow } from '../kernel/clock.ts';
import type { WebhookSettings } from '../kernel/webhook-settings.ts';
import type { Loop } from './loops.ts';

export { startLoops } from './loops.ts';

/** What the loops of a process work with. */
export interface LoopOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** What exports are read by. */
  readonly schema: GraphQLSchema;
  readonly webhooks: WebhookSettings;
}

const EXPORT_EVERY_MS = 1_000;
/** So that one long export does not keep all other organisations waiting. */
const EXPORTS_AT_ONCE = 2;
const DELIVER_EVERY_MS = 500;
const PRUNE_EVERY_MS = 600_000;

/** The loops of a process. Any number of processes share the work. */
export const workLoops = ({ database, clock, log, schema, webhooks }: LoopOptions): readonly Loop[] => [
  {
    name: 'Exporting in bulk',
    everyMs: EXPORT_EVERY_MS,
    lanes: EXPORTS_AT_ONCE,
    run: (signal) => {
      const onFault = (err: unknown) => log.error({ err }, 'An export failed; it is tried again');
      return runExports(database, { schema, clock, signal, onFault });
    },
  },
  {
    name: 'Delivering webhooks',
    everyMs: DELIVER_EVERY_MS,
    lanes: 1,
    run: (signal) => {
      const onFault = (err: unknown) =>
        log.error({ err }, 'A delivery failed by our fault; it is sent again');
      return deliverDue(database, { settings: webhooks, clock, signal, onFault });
    },
  },
  {
    name: 'Forgetting old deliveries',
    everyMs: PRUNE_EVERY_MS,
    lanes: 1,
    run: () => pruneDeliveries(database, machineNow(clock)),
  },
];
