import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { runExports } from '../features/bulk/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Loop } from './loops.ts';

export { startLoops } from './loops.ts';

/** What the loops of a process work with. */
export interface LoopOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** What exports are read by. */
  readonly schema: GraphQLSchema;
}

const EXPORT_EVERY_MS = 1_000;
/** So that one long export does not keep all other organisations waiting. */
const EXPORTS_AT_ONCE = 2;

/** The loops of a process. Any number of processes share the work. */
export const workLoops = ({ database, clock, log, schema }: LoopOptions): readonly Loop[] => [
  {
    name: 'Exporting in bulk',
    everyMs: EXPORT_EVERY_MS,
    lanes: EXPORTS_AT_ONCE,
    run: (signal) => {
      const onFault = (err: unknown) => log.error({ err }, 'An export failed; it is tried again');
      return runExports(database, { schema, clock, signal, onFault });
    },
  },
];
