import type { Needs } from './allocations-process.ts';
import type { OperationName } from './operations.ts';

/** By how much the bytes of an operation may differ from its budget. Runs on one machine differed by 0.03 % at most. */
export const TOLERANCE = 0.01;

/** What each operation of the benchmark needs: statements exactly, bytes of V8's heap within the tolerance. */
export const BUDGETS: Readonly<Record<OperationName, Needs>> = {
  poolPage: { statements: 5, bytes: 835_534 },
  creatorEarnings: { statements: 7, bytes: 1_856_485 },
  agencyView: { statements: 7, bytes: 4_108_310 },
};
