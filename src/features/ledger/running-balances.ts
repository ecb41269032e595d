import type { LockedAccount } from '../../db/locks.ts';
import { maxOf } from '../../kernel/money.ts';

/** A transfer between two accounts that are locked, before its place in their histories is known. */
export interface Movement {
  readonly fromAccountId: string;
  readonly toAccountId: string;
  /** Above zero. */
  readonly amountMinor: bigint;
}

/** The place of a movement in the histories of its accounts, and their balances after it. */
export interface Placed {
  readonly fromPosting: bigint;
  readonly fromBalanceMinor: bigint;
  /** All that has gone out of the account that pays, with this. */
  readonly fromOutMinor: bigint;
  readonly toPosting: bigint;
  readonly toBalanceMinor: bigint;
  /** All that has come in to the account that is paid, with this. */
  readonly toInMinor: bigint;
}

/**
 * Applies movements in their order to accounts: the place and the balances of each, and what becomes of the accounts.
 * Pure; the accounts are those under lock.
 */
export function runningBalances<Move extends Movement>(
  accounts: readonly LockedAccount[],
  movements: readonly Move[],
): { readonly placed: readonly (Move & Placed)[]; readonly after: readonly LockedAccount[] } {
  const state = new Map(accounts.map((account) => [account.id, account]));
  const post = (id: string, changeMinor: bigint): LockedAccount => {
    const before = state.get(id);
    if (before === undefined) throw new Error(`Account ${id} is not locked.`);
    const balanceMinor = before.balanceMinor + changeMinor;
    const inMinor = before.inMinor + maxOf(changeMinor, 0n);
    const after = { ...before, balanceMinor, inMinor, postings: before.postings + 1n };
    state.set(id, after);
    return after;
  };
  const placed = movements.map((movement) => {
    const from = post(movement.fromAccountId, -movement.amountMinor);
    const to = post(movement.toAccountId, movement.amountMinor);
    return {
      ...movement,
      fromPosting: from.postings,
      fromBalanceMinor: from.balanceMinor,
      fromOutMinor: from.inMinor - from.balanceMinor,
      toPosting: to.postings,
      toBalanceMinor: to.balanceMinor,
      toInMinor: to.inMinor,
    };
  });
  return { placed, after: [...state.values()] };
}
