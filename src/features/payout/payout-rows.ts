import type { AnswerEffect, FinalState, PayoutState, Said } from './payout-state.ts';

/** The way that a payout goes: in a file for the bank, or through the provider. */
export type PayoutRoute = 'BANK' | 'PROVIDER';
export type AnswerSource = 'SEND' | 'POLL' | 'CALLBACK' | 'BANK_FILE';

/** A payout as it stands in its table. */
export interface PayoutRow {
  readonly id: string;
  readonly payeeId: string;
  readonly methodId: string;
  readonly route: PayoutRoute;
  readonly currency: string;
  /** What left the balance: withheld and net. */
  readonly grossMinor: bigint;
  readonly withholdingBp: number;
  readonly withheldMinor: bigint;
  /** What the payee receives, above zero. */
  readonly netMinor: bigint;
  readonly period: string | null;
  readonly state: PayoutState;
  readonly batchId: string | null;
  readonly failureCode: string | null;
  readonly failureDetail: string | null;
  readonly contradicted: boolean;
  readonly endings: number;
  readonly answers: number;
  readonly requestedAt: Date;
  readonly sentAt: Date | null;
  readonly endedAt: Date | null;
}

export const PAYOUT_COLUMNS = [
  'id',
  'payeeId',
  'methodId',
  'route',
  'currency',
  'grossMinor',
  'withholdingBp',
  'withheldMinor',
  'netMinor',
  'period',
  'state',
  'batchId',
  'failureCode',
  'failureDetail',
  'contradicted',
  'endings',
  'answers',
  'requestedAt',
  'sentAt',
  'endedAt',
] as const satisfies readonly (keyof PayoutRow)[];

/** What was said of a payout. */
export interface PayoutAnswerRow {
  readonly payoutId: string;
  readonly no: number;
  readonly source: AnswerSource;
  readonly said: Said;
  readonly code: string | null;
  readonly detail: string | null;
  readonly effect: AnswerEffect;
  readonly receivedAt: Date;
}

/** What an operator has made of a payout. */
export interface PayoutCorrectionRow {
  readonly payoutId: string;
  readonly no: number;
  readonly toState: FinalState;
  readonly reason: string;
  readonly correctedAt: Date;
}

/** A file for the bank, without its text. */
export interface PayoutBatchRow {
  readonly id: string;
  readonly currency: string;
  readonly payouts: number;
  readonly totalMinor: bigint;
  readonly madeAt: Date;
}

export const BATCH_COLUMNS = [
  'id',
  'currency',
  'payouts',
  'totalMinor',
  'madeAt',
] as const satisfies readonly (keyof PayoutBatchRow)[];
