import { operatorsOnly, selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { brandAndOperators, Product, type ProductRow, toProductOrNone } from '../product/index.ts';
import { type FindingRow, findingById, findingsOfParty, findingsOfProduct } from './finding.loaders.ts';
import { ClaimFinding } from './finding.types.ts';
import { type PenaltyRow, penaltiesOfParty, penaltyOfFinding } from './penalty.loaders.ts';
import { ClaimPenalty } from './penalty.types.ts';
import { type ReportRow, reportsOfFinding, reportsOfParty } from './report.loaders.ts';
import { ClaimReport } from './report.types.ts';

const ofParty = {
  claimFindings: {
    kind: 'page',
    type: () => ClaimFinding,
    description: 'What the screening has found in its texts, newest first; for itself and operators.',
    key: ({ id }: { id: string }) => id,
    load: findingsOfParty,
    access: selfAndOperators,
  },
  claimPenalties: {
    kind: 'page',
    type: () => ClaimPenalty,
    description: 'The penalties that it was given for exaggeration, newest first; for itself and operators.',
    key: ({ id }: { id: string }) => id,
    load: penaltiesOfParty,
    access: selfAndOperators,
  },
} as const;

const claimReports = {
  kind: 'page',
  type: () => ClaimReport,
  description: 'What it has reported for exaggeration, newest first; for itself and operators.',
  key: ({ id }: { id: string }) => id,
  load: reportsOfParty,
  access: selfAndOperators,
} as const;

export const screeningRelations = [
  ...relate<FindingRow>(ClaimFinding, {
    party: toParty('partyId', 'Whose text it is.'),
    product: toProductOrNone('The product, where the text is of one.'),
    penalty: {
      kind: 'one',
      type: () => ClaimPenalty,
      description: 'The penalty that it led to, if any.',
      key: ({ id }) => id,
      load: penaltyOfFinding,
      nullable: true,
    },
    reports: {
      kind: 'page',
      type: () => ClaimReport,
      description: 'What members have reported of the text, newest first; for operators.',
      key: ({ id }) => id,
      load: reportsOfFinding,
      access: operatorsOnly,
    },
  }),
  ...relate<PenaltyRow>(ClaimPenalty, {
    party: toParty('partyId', 'Whom it was given.'),
    finding: toOne(() => ClaimFinding, findingById, 'findingId', 'What it was given for.'),
  }),
  ...relate<ReportRow>(ClaimReport, {
    reporter: toParty('reporterId', 'Who has reported it.'),
  }),
  ...relate<ProductRow>(Product, {
    claimFindings: {
      kind: 'page',
      type: () => ClaimFinding,
      description: 'What the screening has found in its text, newest first; for its brand and operators.',
      key: ({ id }) => id,
      load: findingsOfProduct,
      access: brandAndOperators,
    },
  }),
  ...relate<NamedBrand>(Brand, { ...ofParty, claimReports }),
  ...relate<NamedCreator>(Creator, { ...ofParty, claimReports }),
  ...relate<NamedAgency>(Agency, { claimReports }),
];
