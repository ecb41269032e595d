import type { ModelPlaced, ModelPolicy } from '../../order/line-model.ts';

/** Who is paid in a history. The names stand for ids that each world has of its own. */
export const PAYEES = ['creator0', 'creator1', 'agency0', 'agency1', 'agency2'] as const;
export type Payee = (typeof PAYEES)[number];
export type Party = Payee | 'brand' | 'alliance';
export type Creator = 'creator0' | 'creator1';
export type Agency = 'agency0' | 'agency1' | 'agency2';

/** One version of the alliance's policy, as far as money goes by it. */
export interface Rules extends ModelPolicy {
  readonly holdingDays: number;
  readonly reserveBp: number;
  readonly reserveDays: number;
  readonly recoveryBp: number;
  readonly withholdingCreatorBp: number;
  readonly withholdingAgencyBp: number;
  readonly payoutMinimum: bigint;
}

/** An event of a line; PLACED is the only one without an amount. Times are in milliseconds. */
export interface Told {
  readonly id: string;
  readonly kind: 'PLACED' | 'PAID' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED' | 'REFUNDED';
  readonly at: number;
  readonly amount: bigint;
  readonly pieces: number;
}

/** What a buyer ordered: which of the world's two products, by whose link, at which prices, and when. */
export interface Order {
  readonly orderNo: string;
  readonly product: 0 | 1;
  /** Null for an order that nobody is credited with. */
  readonly creator: Creator | null;
  readonly placed: ModelPlaced;
  readonly placedAt: number;
}

/** A value that holds from a moment until the next one begins. */
export interface Version<Value> {
  readonly from: number;
  readonly value: Value;
}

/** What of the versions, oldest first, holds at a moment. */
export function valueAt<Value>(versions: readonly Version<Value>[], at: number): Value {
  const found = versions.findLast(({ from }) => from <= at);
  if (found === undefined) throw new Error(`Nothing holds at ${new Date(at).toISOString()}.`);
  return found.value;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `floor(amount × bp / 10000)`. */
export const part = (amount: bigint, bp: number): bigint => (amount * BigInt(bp)) / 10_000n;
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
