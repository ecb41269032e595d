import { type RawBuilder, sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { endOpenProposals } from './move-proposal.ts';

/** Ends proposals whose time is over, stamped with the moment that was due, however late this runs. A chore. */
export const lapseProposals = (database: Database, now: Date): Promise<void> =>
  database.transaction((tx) => lapseDue(tx, sql`true`, now));

/** Ends those of the proposals that are due, so that a late chore keeps nobody from proposing anew. */
export const lapseDue = (tx: Sql, which: RawBuilder<unknown>, now: Date): Promise<void> =>
  endOpenProposals(tx, { to: 'LAPSED', which: sql`lapses_at <= ${now} and ${which}`, skipLocked: true }, now);
