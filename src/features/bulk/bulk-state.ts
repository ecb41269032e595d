import { declareEnum } from '../../graphql/declare-enum.ts';
import { mayMove, type Transitions } from '../../kernel/transitions.ts';

export type ExportState = 'WAITING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'EXPIRED';

/** The life of an export: what has ended is not begun anew. */
export const EXPORT_STATES: Transitions<ExportState> = {
  WAITING: ['RUNNING', 'CANCELLED'],
  RUNNING: ['COMPLETED', 'FAILED', 'CANCELLED'],
  COMPLETED: ['EXPIRED', 'CANCELLED'],
  FAILED: [],
  CANCELLED: [],
  EXPIRED: [],
};

export const ExportStateEnum = declareEnum('BulkExportState', 'How far an export in bulk has come.', {
  WAITING: 'It waits for a worker, or for an earlier export of the organisation.',
  RUNNING: 'Rows are being read.',
  COMPLETED: 'The file is there until it expires.',
  FAILED: 'It has ended without a file; `error` says why.',
  CANCELLED: 'It was cancelled, or its file was deleted before its time.',
  EXPIRED: 'The file was deleted at its time.',
});

/** The states from which an export may come into this one, for the condition of the one statement that moves it. */
export const statesBefore = (to: ExportState): ExportState[] =>
  (Object.keys(EXPORT_STATES) as ExportState[]).filter((from) => mayMove(EXPORT_STATES, from, to));
