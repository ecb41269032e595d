import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import type { FindingRow } from './finding.loaders.ts';
import type { ReportRow } from './report.loaders.ts';

/** What was found, and what it led to, is between whoever wrote the text and the operators. */
export const writerSide = rule<Pick<FindingRow, 'partyId'>>(
  'whoever wrote the text, and operators',
  (actor, { partyId }) => isMember(actor, partyId) || isOperator(actor),
);

/** Nobody but operators learns who has reported. */
export const reporterSide = rule<Pick<ReportRow, 'reporterId'>>(
  'the reporter and operators',
  (actor, { reporterId }) => isMember(actor, reporterId) || isOperator(actor),
);
