import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GraphQLFloat, GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { describe, expect, it } from 'vitest';
import { rule } from '../../src/graphql/access.ts';
import { nodeTypeNames } from '../../src/graphql/node.ts';
import { relations } from '../../src/graphql/relation.ts';
import { buildAllianceSchema, printAllianceSchema } from '../../src/server/schema.ts';
import { bareLists, floats, reachableFields, undescribed, unpaged, unruled } from './walk.ts';

/** Every list that is no connection, and what keeps it short. */
const BOUNDED: Readonly<Record<string, string>> = {
  'OrderLine.protections': 'five kinds of protections',
  'ProductTrust.protections': 'five kinds of protections',
  'TrustBuyMembership.rules': 'four rules of admission',
  'TrustCard.rules': 'two rules of the card',
  'AttributionClaim.evidenceUrls': '10 addresses at most',
  'TrustClaim.evidenceUrls': '10 addresses at most',
  'TrustScore.components': 'three components',
  'Insight.paths': 'the five paths',
  'InsightTakenApart.factors': 'the five factors',
  'OfficialEvent.prizes': '200 prizes at most',
  'OfficialEvent.purses': 'one per kind that there is: two',
  'ClaimFinding.hits': 'the first 100',
  'ClaimRule.exceptCategoryIds': '50 at most, refused beyond',
  'ClaimRule.near': '50 at most, refused beyond',
  'ClaimRule.onlyCategoryIds': '50 at most, refused beyond',
  'ClaimRule.terms': '50 at most, refused beyond',
  'ClaimRule.unless': '50 at most, refused beyond',
  'ClaimRuleSet.rules': '100 at most, refused beyond',
  'Query.claimRulesTry': 'the first 100 places',
  'BoostChargesReported.results': '1,000 charges a call at most',
  'SourceStory.documents': '10 documents at most',
  'TrafficPolicy.tierExposures': 'ten tiers at most',
  'Agency.certifiedFor': 'one per service that there is: four',
  'Agency.services': 'one per service that there is: four',
  'Agency.accounts': 'one per kind and currency',
  'Agency.balances': 'one per currency',
  'Alliance.accounts': 'one per kind and currency',
  'Alliance.balances': 'one per currency',
  'Brand.accounts': 'one per kind and currency',
  'Brand.balances': 'one per currency',
  'Creator.accounts': 'one per kind and currency',
  'Creator.balances': 'one per currency',
  'Payout.corrections': 'what operators have decided about one payout',
  'Payout.transactionIds': 'the request and each end of one payout',
  'ApiKey.scopes': 'one per scope that there is',
  'AuditEntry.errorTypes': 'one per type of error of one mutation',
  'AuditEntry.inputFields': 'one per field of one input',
  'AttributionEvidence.passedOver': 'one per stronger way of attribution: three',
  'CertificationApplication.reasons': '20 at most, refused beyond',
  'CertificationApplication.services': 'one per service that there is: four',
  'CertificationWindow.services': 'one per service that there is: four',
  'CampaignFigures.sales': 'one per currency that brands sell in',
  'Clawback.recoveries': 'one per settlement that paid a part of one refund back',
  'Category.children': 'entered by the operator, a few dozen',
  'CommissionExplanation.baseParts': 'the four parts of a base',
  'CommissionExplanation.losers': 'the offers on one product at one moment, which exclude each other by kind',
  'CommissionExplanation.steps': 'one per payment, refund and cancellation of one line',
  'CommissionStep.entries': 'one per node of the waterfall',
  'ContractProposal.visibility': 'one per part that may be seen: six',
  'ContractTerms.visibility': 'one per part that may be seen: six',
  'Engagement.milestones': '20 at most, refused beyond',
  'Engagement.products': '20 at most, refused beyond',
  'EngagementMilestone.deliveries': 'six at most: one, and one for each round of changes',
  'EngagementMilestone.entries': 'three at most: held, released, returned',
  'Enrolment.invalidBecause': 'one per fault that there is: nine',
  'EnrolmentBatch.answers': 'one per item of the call, 500 at most',
  'LineSettlement.clawbacks': 'one per payee and refund of one line after settlement',
  'LineSettlement.delayedBy': 'one per reason that there is: seven',
  'LineSettlement.shares': 'the payees of one line',
  'LivePlanVersion.gifts': '20 at most, refused beyond',
  'LivePlanVersion.highlights': '20 at most, refused beyond',
  'LivePlanVersion.merchandise': '200 at most, refused beyond',
  'LiveSession.money': 'one per currency',
  'LiveSession.productFigures': 'the 200 with the highest GMV',
  'LiveItem.offers': 'one per SKU of a product, 100 at most',
  'MilestoneDelivery.links': '20 at most, refused beyond',
  'OrderEventError.path': 'the depth of the input',
  'OrderEventsIngested.results': 'one per event of the call, 1,000 at most',
  'PlanConflict.conflicts': 'a hundred are listed',
  'PlanPreview.creators': 'a hundred are told of, with the count of all',
  'PlanTerms.tiers': 'ten at most',
  'Product.enrolments': 'one live enrolment per product and campaign',
  'Product.skus': '100 at most, refused beyond',
  'ProductUnfit.because': 'one per fault that there is: nine',
  'Query.categories': 'the first level of the tree',
  'Query.nodes': 'one per id of the call, 100 at most',
  'Query.sandboxStories': 'one per story that there is: eight',
  'RecruitingCampaign.categories': '50 a call, no more than there are categories',
  'RequirementsNotMet.unmet': 'one per requirement that there is: four',
  'SampleAddress.lines': '4 at most, refused beyond',
  'SampleFigures.shortOf': 'one per requirement that there is: three',
  'SampleRequirementsUnmet.shortOf': 'one per requirement that there is: three',
  'SettledShare.payouts': 'those that a part of one settlement went out with',
  'Statement.accounts': 'one per kind of account that there is: nine',
  'Statement.totals': 'one per kind of account and kind of transfer',
  'StatementOrderLine.parts': 'the places of one payee in the waterfall of one line',
  'SandboxStoryRun.steps': 'the steps of one story: twenty at most',
  'SandboxStoryStep.figures': 'the payees of one story: five at most',
  'TermsResolution.losers': 'the offers on one product at one moment, which exclude each other by kind',
  'Viewer.memberships': 'the organisations of one person',
  'Waterfall.nodes': 'the payees of one line',
  'WebhookEndpoint.kinds': 'one per kind that there is',
  'WebhookEndpoint.secrets': 'five at most, refused beyond',
};

const schema = buildAllianceSchema();

describe('the schema', () => {
  it('describes every type, field, argument and enum value', () => expect(undescribed(schema)).toEqual([]));

  it('names an access rule for every object type and every root field', () => {
    expect(unruled(schema)).toEqual([]);
  });

  it('pages every connection', () => expect(unpaged(schema)).toEqual([]));

  it('has no list without a bound', () => {
    const problems = bareLists(schema).filter((name) => !name.endsWith('Payload.userErrors'));
    const errorPaths = problems.filter((name) => schema.getType('UserError') && !isErrorPath(name));
    expect(errorPaths).toEqual(Object.keys(BOUNDED).sort());
  });

  it('has no floats', () => expect(floats(schema)).toEqual([]));

  it('is the one in schema/schema.graphql', () => {
    const file = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));
    expect(printAllianceSchema()).toBe(readFileSync(file, 'utf8'));
  });

  it('leads to every relation', () => {
    const reachable = reachableFields(schema);
    const declared = relations().map(({ on, name }) => `${on.name}.${name}`);
    expect(declared.length).toBeGreaterThan(30);
    expect(declared.filter((name) => !reachable.has(name))).toEqual([]);
  });

  it('can fetch again by its id whatever says that it is a node', () => {
    const nodes = schema.getPossibleTypes(schema.getType('Node') as never).map(({ name }) => name);
    expect(nodeTypeNames().sort()).toEqual(nodes.sort());
  });
});

/** The path of a user error is as deep as the input. */
const isErrorPath = (name: string): boolean => {
  const [type = '', field] = name.split('.');
  const interfaces = (schema.getType(type) as GraphQLObjectType).getInterfaces?.() ?? [];
  return field === 'path' && interfaces.some(({ name: of }) => of === 'UserError');
};

describe('the walk', () => {
  const bare = new GraphQLObjectType({
    name: 'Bare',
    fields: {
      price: { type: GraphQLFloat },
      names: { type: new GraphQLList(GraphQLString), args: { like: { type: GraphQLString } } },
    },
  });
  const page = new GraphQLObjectType({
    name: 'BareConnection',
    description: 'A page of bare ones.',
    extensions: { access: rule('anyone', () => true) },
    fields: { nodes: { type: new GraphQLList(bare), description: 'The bare ones.' } },
  });
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { bare: { type: bare }, all: { type: page, description: 'All of them.' } },
  });
  const careless = new GraphQLSchema({ query });

  it('finds what is not described', () => {
    expect(undescribed(careless)).toEqual([
      'Bare has no description',
      'Bare.price has no description',
      'Bare.names has no description',
      'Bare.names(like:) has no description',
      'Query.bare has no description',
    ]);
  });

  it('finds what has no rule', () => {
    expect(unruled(careless).sort()).toEqual([
      'Bare has no access rule',
      'Query.all has no access rule',
      'Query.bare has no access rule',
    ]);
  });

  it('finds lists, pages without bounds, and floats', () => {
    expect(bareLists(careless)).toEqual(['Bare.names']);
    expect(unpaged(careless)).toEqual(['Query.all is a connection without first and after']);
    expect(floats(careless)).toEqual(['Bare.price is a Float']);
  });

  it('finds what cannot be reached', () => {
    expect([...reachableFields(careless)]).toEqual([
      'Query.bare',
      'Query.all',
      'Bare.price',
      'Bare.names',
      'BareConnection.nodes',
    ]);
  });
});
