import type { Database } from '../../db/database.ts';

/**
 * When a job runs while time passes: at every moment at which something is due, only at the full hours or the midnights
 * of the alliance's time zone, or at its midnights and at the moment that was asked for.
 */
export type Pace = 'EVERY_STOP' | 'FULL_HOURS' | 'MIDNIGHTS' | 'MIDNIGHTS_AND_TARGET';

/** Something that time alone makes necessary, as a plain function of the time. The server says which there are. */
export interface SandboxJob {
  readonly name: string;
  readonly pace: Pace;
  readonly run: (database: Database, now: Date) => Promise<unknown>;
}
