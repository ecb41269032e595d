export { decideFinding } from './decide-finding.ts';
export { ClaimFindingResolver } from './finding.resolver.ts';
export { ClaimPenaltyResolver } from './penalty.resolver.ts';
export { ClaimReportResolver } from './report.resolver.ts';
export { reportClaim } from './report-claim.ts';
export { ClaimRulesResolver } from './rules.resolver.ts';
export { screeningRelations } from './screening.relations.ts';
