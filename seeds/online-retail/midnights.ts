import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import type { OnProgress } from '../../src/kernel/progress.ts';
import type { Intake } from './intake.ts';
import { brandIdOf } from './names.ts';

/** The midnights (UTC) of the data: at each, what is due by then is settled, after all that came before it. */
export interface Midnights {
  /** Runs the midnights up to this time, that moment included; to be told of each row before it is sent. */
  reach(at: Date): Promise<void>;
  /** Runs on, after the last row, until no line waits. The intake has nothing left. */
  runOut(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60_000;

/** Opens the midnights from the day of the first row on. Times never run backwards. */
export function openMidnights(database: Database, intake: Intake, onProgress?: OnProgress): Midnights {
  let next: Date | undefined;
  const settleUpTo = async (at: Date, told: (midnight: Date) => void = () => undefined) => {
    while (next !== undefined && next <= at) {
      await settleDue(database, { asOf: next, now: next });
      told(next);
      next = midnightAfter(next);
    }
  };
  return {
    async reach(at) {
      next ??= midnightAfter(at);
      if (at < next) return;
      await intake.flush();
      await settleUpTo(at);
    },
    async runOut() {
      const last = await lastDue(database);
      if (last === undefined || next === undefined) return;
      const first = next.getTime();
      const until = new Date(Math.ceil(last.getTime() / DAY_MS) * DAY_MS);
      const nights = (at: number) => (at - first) / DAY_MS + 1;
      await settleUpTo(until, (midnight) =>
        onProgress?.({
          step: 'Settling the last days',
          done: nights(midnight.getTime()),
          total: nights(until.getTime()),
        }),
      );
    },
  };
}

/**
 * When that which follows from a row is posted: at the end of its day, so that the ledger of a replay is the same
 * whichever of the batches that are under way at once comes first.
 */
export const endOfDay = (rowAt: Date): Date => new Date(midnightAfter(rowAt).getTime() - 1);

const midnightAfter = (at: Date): Date => new Date((Math.floor(at.getTime() / DAY_MS) + 1) * DAY_MS);

const BRANDS = Array.from({ length: 100 }, (_, p) => brandIdOf(p));

/** When the last of the lines that wait is due. */
async function lastDue(database: Database): Promise<Date | undefined> {
  const [row] = await database.rows(sql<{ last: Date | null }>`
    select max(due_at) as last from line_due where brand_id = any(${BRANDS}::uuid[]) and open_cases = 0`);
  return row?.last ?? undefined;
}
