/** Why a line is not settled yet. */
export type SettlementDelay =
  | 'NOT_ATTRIBUTED'
  | 'CANCELLED'
  | 'NOT_PAID'
  | 'NOT_RECEIVED'
  | 'OPEN_CASE'
  | 'HOLDING'
  | 'AWAITING_RUN';

/** What decides when a line is settled. */
export interface SettlementFacts {
  readonly isAttributed: boolean;
  readonly isCancelled: boolean;
  readonly isPaid: boolean;
  readonly isReceived: boolean;
  /** Receipt and the holding days; null before the goods are received. */
  readonly dueAt: Date | null;
  readonly openCases: number;
  readonly settledAt: Date | null;
}

/**
 * What a line still waits for, as far as it is known (money.md, "Settlement"): nothing once it is settled; where nothing
 * will ever be settled only the reason for that. Pure.
 */
export function delaysOf(facts: SettlementFacts, now: Date): SettlementDelay[] {
  if (facts.settledAt !== null) return [];
  if (!facts.isAttributed) return ['NOT_ATTRIBUTED'];
  if (facts.isCancelled) return ['CANCELLED'];
  const delays: SettlementDelay[] = [];
  if (!facts.isPaid) delays.push('NOT_PAID');
  if (!facts.isReceived) delays.push('NOT_RECEIVED');
  if (facts.openCases > 0) delays.push('OPEN_CASE');
  if (facts.dueAt !== null && now < facts.dueAt) delays.push('HOLDING');
  return delays.length > 0 ? delays : ['AWAITING_RUN'];
}
