import type { Database, Tx } from '../../src/db/database.ts';
import type { OnProgress } from '../../src/kernel/progress.ts';

const DAY_MS = 86_400_000;

/** What every story of the demo is told with. */
export interface Seeding {
  readonly tx: Tx;
  /** The database as it is seen within the one transaction of the seeding, for use cases that open their own. */
  readonly within: Database;
  readonly now: Date;
  readonly onProgress: OnProgress;
}

/** The moment so many days before the seeding; negative days lie ahead. */
export const ago = ({ now }: Seeding, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/**
 * Does the same for each item and tells how far it is. The unit of work forgets its rows in between: it looks through
 * all rows that it knows at each flush, which would make the thousandth a thousand times as slow as the first.
 */
export async function forEachItem<Item>(
  { tx, onProgress }: Seeding,
  step: string,
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (const [done, item] of items.entries()) {
    onProgress({ step, done, total: items.length });
    await work(item);
    tx.em.clear();
  }
  onProgress({ step, done: items.length, total: items.length });
}
