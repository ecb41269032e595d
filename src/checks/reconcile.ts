import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { COMPARISONS, type Comparison } from './comparisons.ts';
import { compareOrders, type OrdersFile } from './reconcile-orders.ts';

/** One thing of which two records say different amounts. */
export interface Difference {
  /** The name of the comparison. */
  readonly comparison: string;
  readonly subject: string;
  readonly currency: string;
  /** Minor units; null where it stands on the other side only. */
  readonly leftMinor: bigint | null;
  readonly rightMinor: bigint | null;
  readonly likelyCause: string;
}

/** What one comparison has looked at. */
export interface Compared {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  /** How many things were compared, and how many of them differ. */
  readonly things: number;
  readonly different: number;
}

export interface Reconciliation {
  readonly comparisons: readonly Compared[];
  readonly differences: readonly Difference[];
}

export interface ReconcileOptions {
  /** A shop system's own file of orders, where there is one. */
  readonly orders?: OrdersFile;
  /** At most so many differences of each comparison are listed; all are counted. */
  readonly most?: number;
  readonly onProgress?: OnProgress;
}

const MOST_DIFFERENCES = 10_000;

/**
 * Compares every two records of the same money: shares with entries, settled lines with the ledger, transfers with
 * balances, clawbacks, reserves, payouts and statements with the ledger, and the lines with a shop's own orders where a
 * file is given. Lists each difference with its likely cause; changes nothing.
 */
export async function reconcile(
  database: Database,
  { orders, most = MOST_DIFFERENCES, onProgress }: ReconcileOptions = {},
): Promise<Reconciliation> {
  const comparisons: Compared[] = [];
  const differences: Difference[] = [];
  const total = COMPARISONS.length + (orders === undefined ? 0 : 1);
  for (const comparison of COMPARISONS) {
    onProgress?.({ step: 'Comparing', done: comparisons.length, total });
    const { compared, found } = await compare(database, comparison, most);
    comparisons.push(compared);
    differences.push(...found);
  }
  if (orders !== undefined) {
    const { compared, found } = await compareOrders(database, orders, most, onProgress);
    comparisons.push(compared);
    differences.push(...found);
  }
  return { comparisons, differences };
}

async function compare(
  database: Database,
  { name, left, right, sql: rows }: Comparison,
  most: number,
): Promise<{ compared: Compared; found: Difference[] }> {
  const both = sql.raw(rows);
  const [counted] = await database.rows(sql<{ things: bigint; different: bigint }>`
    select count(*) as things, count(*) filter (where lhs is distinct from rhs) as different from (${both}) c`);
  const { things = 0n, different = 0n } = counted ?? {};
  const found =
    different === 0n
      ? []
      : await database.rows(sql<Difference>`
          select ${name}::text as comparison, subject, currency, lhs as "leftMinor", rhs as "rightMinor",
            cause as "likelyCause"
          from (${both}) c where lhs is distinct from rhs order by subject limit ${most}`);
  return { compared: { name, left, right, things: Number(things), different: Number(different) }, found };
}
