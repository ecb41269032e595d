import { minOf } from '../../kernel/money.ts';

/** A clawback of which something is still owed. */
export interface OpenClawback {
  readonly id: string;
  /** What is still owed, above zero. */
  readonly owedMinor: bigint;
}

/** What of an amount goes against one clawback. */
export interface Recovery {
  readonly clawbackId: string;
  /** Above zero. */
  readonly amountMinor: bigint;
  /** Whether nothing is owed after it. */
  readonly closes: boolean;
}

/** Spends an amount on clawbacks in their order, the oldest first; what is left over is not spent. Pure. */
export function planRecovery(oldestFirst: readonly OpenClawback[], amountMinor: bigint): Recovery[] {
  const recoveries: Recovery[] = [];
  let leftMinor = amountMinor;
  for (const { id, owedMinor } of oldestFirst) {
    if (leftMinor <= 0n) break;
    const partMinor = minOf(owedMinor, leftMinor);
    leftMinor -= partMinor;
    recoveries.push({ clawbackId: id, amountMinor: partMinor, closes: partMinor === owedMinor });
  }
  return recoveries;
}
