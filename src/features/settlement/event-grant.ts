import { minOf, share } from '../../kernel/money.ts';
import type { LineRow } from '../order/index.ts';

/** SUBSIDY: to the brand, for what the buyer pays. BONUS: to the creator, on the commission base. */
export type PurseKind = 'SUBSIDY' | 'BONUS';

/** What an official event gives on each line, out of one budget; amounts in minor units of its currency. */
export interface Purse {
  readonly kind: PurseKind;
  readonly rateBp: number;
  /** The most for one line; null without a limit. */
  readonly capMinor: bigint | null;
  /** What of the budget is neither granted nor released. */
  readonly leftMinor: bigint;
}

/** What has been granted on a line: at most what is due. */
export interface Grant {
  readonly dueMinor: bigint;
  readonly grantedMinor: bigint;
}

/** What is due for a line so far: of what was ordered, the part that has not come back. Nothing before it is paid. */
export function dueMinor(purse: Pick<Purse, 'kind' | 'rateBp' | 'capMinor'>, line: LineRow): bigint {
  if (line.paidAt === null || line.state === 'CANCELLED') return 0n;
  const [whole, left] =
    purse.kind === 'SUBSIDY'
      ? [line.goodsPaidMinor, line.goodsPaidMinor - line.refundedMinor]
      : [line.baseMinor, line.remainingBaseMinor];
  if (whole === 0n) return 0n;
  const entitled = share(whole, purse.rateBp);
  return (minOf(entitled, purse.capMinor ?? entitled) * left) / whole;
}

/**
 * What is granted when so much is due and so much is left of the budget. A grant falls with what is due and gives that back;
 * where there is not enough, what is left is granted, so that nothing of the budget stays behind while something is due.
 */
export function grantedMinor(before: bigint, due: bigint, leftMinor: bigint): bigint {
  return due <= before ? due : before + minOf(due - before, leftMinor);
}

/** What of a line counts on the boards: what the buyer has paid for the goods, less what came back. */
export const countedMinor = (line: LineRow): bigint =>
  line.paidAt === null || line.state === 'CANCELLED' ? 0n : line.goodsPaidMinor - line.refundedMinor;
