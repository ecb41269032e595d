import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { FindingState } from './finding-state.ts';

/** What a member has reported, with what became of it. */
export interface ReportRow {
  readonly id: string;
  readonly findingId: string;
  readonly reporterId: string;
  readonly words: string;
  readonly reportedAt: Date;
  /** Of the finding that it belongs to. */
  readonly state: FindingState;
  readonly decidedAt: Date | null;
  readonly productId: string | null;
  readonly livePlanId: string | null;
  readonly liveSessionId: string | null;
}

const COLUMNS = [
  'id',
  'findingId',
  'reporterId',
  'words',
  'reportedAt',
  'state',
  'decidedAt',
  'productId',
  'livePlanId',
  'liveSessionId',
] as const;

/** Its outcome is that of its finding, read with it. */
const REPORTS = { table: 'claim_report_outcome', columns: COLUMNS } as const;
export const reportById = rowById<ReportRow>({ name: 'claimReportById', ...REPORTS });
export const reportsOfParty = newestOf<ReportRow>({
  name: 'claimReportsOfParty',
  key: 'reporterId',
  ...REPORTS,
});
export const reportsOfFinding = newestOf<ReportRow>({
  name: 'claimReportsOfFinding',
  key: 'findingId',
  ...REPORTS,
});
