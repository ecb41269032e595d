/** Everybody who calls in the matrix; the objects are those of side A. */
export const CALLERS = [
  'nobody',
  'brand B',
  'key of brand B',
  'creator B',
  'agency B',
  'recruiter B',
  'brand A',
  'key of brand A',
  'creator A',
  'agency A, sees all',
  'agency A, sees all but EARNINGS',
  'agency A, sees nothing',
  'former agency A',
  'recruiter A',
  'operator',
] as const;
export type CallerName = (typeof CALLERS)[number];

const MEMBERS = CALLERS.filter((caller) => caller !== 'nobody');
const BRAND: CallerName[] = ['brand A', 'key of brand A', 'operator'];
const BRANDS: CallerName[] = ['brand A', 'key of brand A', 'brand B', 'key of brand B'];
/** The managing agency, whatever the contract lets it see. */
const MANAGERS: CallerName[] = [
  'agency A, sees all',
  'agency A, sees all but EARNINGS',
  'agency A, sees nothing',
];
/** What the contract opens part by part; EARNINGS is a part of its own. */
const MANAGED: CallerName[] = [
  'creator A',
  'agency A, sees all',
  'agency A, sees all but EARNINGS',
  'operator',
];
const EARNINGS: CallerName[] = ['creator A', 'agency A, sees all', 'operator'];
const BOUND: CallerName[] = ['creator A', ...MANAGERS, 'operator'];
const PAID: CallerName[] = ['creator A', ...MANAGERS, 'recruiter A'];
const AGENCY: CallerName[] = [...MANAGERS, 'operator'];

/** A request for a sample is between its two sides; the agency sees it where the contract says so. */
const SAMPLED: CallerName[] = [
  ...BRAND,
  'creator A',
  'agency A, sees all',
  'agency A, sees all but EARNINGS',
];

/**
 * Who may meet each object of side A, in whatever way: written down here from domain.md and api.md, not from the
 * rules in the code.
 */
export const SEEN_BY: Readonly<Record<string, readonly CallerName[]>> = {
  Brand: MEMBERS,
  Creator: MEMBERS,
  Agency: CALLERS,
  'Agency, recruiting': CALLERS,
  IndustrialBelt: MEMBERS,
  Category: MEMBERS,
  'Product, listed': MEMBERS,
  'Product, of a TARGETED plan': MEMBERS,
  'Product, DRAFT': BRAND,
  'Sku, listed': MEMBERS,
  'Sku, DRAFT': BRAND,
  'Plan, OPEN': MEMBERS,
  'Plan, TARGETED': [...BRAND, 'creator A'],
  'RecruitingCampaign, ALL': MEMBERS,
  // Which creators pick is narrowed, not which brands are asked to enrol.
  'RecruitingCampaign, NAMED_CREATORS': [...BRANDS, 'creator A', 'recruiter A', 'operator'],
  'RecruitingCampaign, NAMED_SHOPS': [...BRAND, 'recruiter A'],
  'Enrolment, approved': MEMBERS,
  'Enrolment, approved for named creators': [...BRAND, 'creator A', 'recruiter A'],
  'Enrolment, pending': [...BRAND, 'recruiter A'],
  'Enrolment, second-level': MEMBERS,
  'Enrolment, second-level, ended': [...BRAND, 'recruiter A', 'former agency A'],
  CreatorContract: BOUND,
  'CreatorContract, ended': ['creator A', 'former agency A', 'operator'],
  'ContractProposal, change': BOUND,
  'ContractProposal, of another agency': ['creator A', 'recruiter A', 'operator'],
  'OrderLine, pays all four': [...BRAND, ...PAID],
  'OrderLine, from before the contract': [
    ...BRAND,
    'creator A',
    'agency A, sees all',
    'agency A, sees all but EARNINGS',
    'former agency A',
  ],
  'OrderLine, pays nobody': BRAND,
  ShowcaseItem: MANAGED,
  PromotionLink: MANAGED,
  'PromotionLink, spread': [...MANAGED, 'recruiter A'],
  LiveSession: MEMBERS,
  ApiKey: BRAND,
  'Engagement, of a creator': [
    ...BRAND,
    'creator A',
    'agency A, sees all',
    'agency A, sees all but EARNINGS',
  ],
  'Engagement, of an agency': [...BRAND, 'recruiter A'],
  EngagementMilestone: [...BRAND, 'creator A'],
  PartyBlock: [...BRAND, ...MANAGERS],
  'SampleRule, of a listed product': MEMBERS,
  'SampleRule, of a DRAFT': BRAND,
  'SampleRequest, fulfilled by an order': SAMPLED,
  'SampleRequest, fulfilled by a live session': SAMPLED,
  'SampleRequest, to be shipped': SAMPLED,
  AlliancePolicy: MEMBERS,
  'OrganisationMember, of the brand': BRAND,
  BeltJoin: [...BRAND, 'recruiter A'],
  LiveBase: MEMBERS,
  CertificationWindow: MEMBERS,
  CertificationApplication: AGENCY,
  AgencyCertificate: AGENCY,
  AgencySuspension: AGENCY,
};

/** Fields with a rule of their own: the object that they are asked of, and who may read them. */
export const READ_BY: Readonly<Record<string, readonly [object: string, readonly CallerName[]]>> = {
  'Brand.orderLines': ['Brand', BRAND],
  'Brand.unattributedOrderLines': ['Brand', BRAND],
  'Brand.waitingOrderEvents': ['Brand', BRAND],
  'Brand.rateLocks': ['Brand', BRAND],
  'Plan.creators': ['Plan, TARGETED', BRAND],
  'Plan.rateLocks': ['Plan, TARGETED', BRAND],
  'Plan.versions': ['Plan, TARGETED', BRAND],
  'Creator.rateLocks': ['Creator', EARNINGS],
  'Creator.showcase': ['Creator', MANAGED],
  'Creator.promotionLinks': ['Creator', MANAGED],
  'Creator.orderLines': ['Creator', MANAGED],
  'Creator.contractInForce': ['Creator', BOUND],
  'Creator.contractProposals': ['Creator', ['creator A', 'operator']],
  'Agency.contracts': ['Agency', [...MANAGERS, 'operator']],
  'Agency.contractProposals': ['Agency', [...MANAGERS, 'operator']],
  'Agency.creators': ['Agency', [...MANAGERS, 'operator']],
  'Agency.orderLines': ['Agency', [...MANAGERS, 'operator']],
  'ShowcaseItem.terms': ['ShowcaseItem', EARNINGS],
  'PromotionLink.terms': ['PromotionLink', EARNINGS],
  'Brand.beltJoins': ['Brand', BRAND],
  'IndustrialBelt.joins': ['IndustrialBelt', ['recruiter A', 'operator']],
  'Brand.members': ['Brand', BRAND],
  'Creator.members': ['Creator', ['creator A', 'operator']],
  'Agency.members': ['Agency', AGENCY],
  'Agency.belts': ['Agency', MEMBERS],
  'Agency.certificates': ['Agency', AGENCY],
  'Agency.certificationApplications': ['Agency', AGENCY],
  'Agency.suspensions': ['Agency', AGENCY],
  'CertificationWindow.applications': ['CertificationWindow', ['operator']],
  'RecruitingCampaign.enrolments': ['RecruitingCampaign, ALL', ['recruiter A', 'operator']],
  'Brand.blocks': ['Brand', BRAND],
  'Agency.blocks': ['Agency', AGENCY],
  'RecruitingCampaign.figures': ['RecruitingCampaign, ALL', ['recruiter A', 'operator']],
  'RecruitingCampaign.namedParties': ['RecruitingCampaign, NAMED_CREATORS', ['recruiter A', 'operator']],
  'Brand.enrolments': ['Brand', BRAND],
  'Brand.engagements': ['Brand', BRAND],
  'Creator.engagements': ['Creator', MANAGED],
  'Agency.engagements': ['Agency, recruiting', ['recruiter A', 'operator']],
  'Engagement.brief': ['Engagement, of a creator', [...BRAND, 'creator A']],
  'Engagement.note': ['Engagement, of a creator', [...BRAND, 'creator A']],
  'Engagement.milestones': ['Engagement, of a creator', [...BRAND, 'creator A']],
  'Engagement.products': ['Engagement, of a creator', [...BRAND, 'creator A']],
  'Brand.sampleRequests': ['Brand', BRAND],
  'Creator.sampleRequests': ['Creator', MANAGED],
  'Product.reviewNote': ['Product, listed', BRAND],
  'Enrolment.spreadLinks': ['Enrolment, approved', ['recruiter A', 'operator']],
  'PromotionLink.creatorRate': ['PromotionLink, spread', ['creator A', 'recruiter A', 'operator']],
  'Enrolment.note': ['Enrolment, approved', [...BRAND, 'recruiter A']],
  'Enrolment.decidedAt': ['Enrolment, approved', [...BRAND, 'recruiter A']],
  'Enrolment.invalidBecause': ['Enrolment, approved', [...BRAND, 'recruiter A']],
  'Enrolment.secondEnrolments': ['Enrolment, approved', [...BRAND, 'recruiter A']],
  'Enrolment.versions': ['Enrolment, second-level', [...BRAND, 'recruiter A', 'former agency A']],
  'Enrolment.committedUntil': ['Enrolment, approved', [...BRAND, 'recruiter A', 'former agency A']],
  'Enrolment.endsAt': ['Enrolment, approved', [...BRAND, 'recruiter A', 'former agency A']],
  'Enrolment.leaveAskedAt': ['Enrolment, approved', [...BRAND, 'recruiter A', 'former agency A']],
  'Enrolment.leaveAskedBy': ['Enrolment, approved', [...BRAND, 'recruiter A', 'former agency A']],
  'OrderLine.buyerRef': ['OrderLine, pays all four', BRAND],
  'OrderLine.reserved': ['OrderLine, pays all four', BRAND],
};
