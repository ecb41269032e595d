import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray, type PubSub } from 'type-graphql';
import {
  AccountResolver,
  accountRelations,
  MemberResolver,
  PolicyResolver,
} from '../features/account/index.ts';
import {
  AgencyResolver,
  BeltJoinResolver,
  BeltResolver,
  beltRelations,
  CertificationApplicationResolver,
  CertificationWindowResolver,
  certificationRelations,
  LiveBaseResolver,
  SuspensionResolver,
} from '../features/agency/index.ts';
import { AttributionClaimResolver, attributionRelations } from '../features/attribution/index.ts';
import { AuditResolver, auditRelations } from '../features/audit/index.ts';
import { BlockResolver, blockRelations } from '../features/block/index.ts';
import { BoostResolver, boostRelations } from '../features/boost/index.ts';
import { BrandResolver, brandRelations } from '../features/brand/index.ts';
import { BulkResolver, bulkRelations } from '../features/bulk/index.ts';
import {
  CampaignResolver,
  campaignRelations,
  EnrolmentAnswerResolver,
  EnrolmentResolver,
} from '../features/campaign/index.ts';
import { commissionRelations } from '../features/commission/index.ts';
import { ContractResolver, contractRelations, ProposalResolver } from '../features/contract/index.ts';
import { CreatorResolver, creatorRelations } from '../features/creator/index.ts';
import { EngagementResolver, engagementRelations, MilestoneResolver } from '../features/engagement/index.ts';
import { ChangeEventResolver, FeedResolver, LiveResolver, liveRelations } from '../features/feed/index.ts';
import { insightRelations } from '../features/insight/index.ts';
import {
  LiveBoardResolver,
  LiveCartResolver,
  LiveFlashResolver,
  LivePlanResolver,
  liveCartRelations,
} from '../features/live/index.ts';
import {
  EventBoardResolver,
  EventProductResolver,
  OfficialEventResolver,
  occasionRelations,
} from '../features/occasion/index.ts';
import { orderRelations } from '../features/order/index.ts';
import { PayoutOperationsResolver, PayoutResolver, payoutRelations } from '../features/payout/index.ts';
import { PlanResolver, PoolResolver, planRelations } from '../features/plan/index.ts';
import { ProductResolver, productRelations } from '../features/product/index.ts';
import {
  PlanPreviewResolver,
  PromotionResolver,
  promotionRelations,
  rateLockRelations,
  SpreadLinkResolver,
} from '../features/promotion/index.ts';
import { SampleResolver, SampleRuleResolver, sampleRelations } from '../features/sample/index.ts';
import { SandboxResolver, StoryResolver, storyRelations } from '../features/sandbox/index.ts';
import {
  ClaimFindingResolver,
  ClaimPenaltyResolver,
  ClaimReportResolver,
  ClaimRulesResolver,
  screeningRelations,
} from '../features/screening/index.ts';
import {
  balanceRelations,
  CaseResolver,
  ClawbackResolver,
  EscrowResolver,
  earningsRelations,
  IntakeResolver,
  LedgerAccountResolver,
  ledgerAccountRelations,
  RunResolver,
  settlementRelations,
} from '../features/settlement/index.ts';
import { SharingResolver, sharingRelations } from '../features/sharing/index.ts';
import { OutsideClosingResolver, SourceStoryResolver, sourceRelations } from '../features/source/index.ts';
import { StatementResolver, statementRelations } from '../features/statement/index.ts';
import { ExposureResolver, TrafficPolicyResolver, trafficRelations } from '../features/traffic/index.ts';
import {
  ClaimResolver,
  TrustBuyResolver,
  TrustPolicyResolver,
  trustRelations,
} from '../features/trust/index.ts';
import { WebhookDeliveryResolver, WebhookResolver, webhookRelations } from '../features/webhook/index.ts';
import { finishSchema } from '../graphql/finish-schema.ts';
import { EntryResolver } from './entry.resolver.ts';
import { viewerRelations } from './viewer.relations.ts';

const RESOLVERS = [
  AccountResolver,
  AgencyResolver,
  AuditResolver,
  BeltJoinResolver,
  BeltResolver,
  BlockResolver,
  BoostResolver,
  OfficialEventResolver,
  SharingResolver,
  AttributionClaimResolver,
  EventProductResolver,
  EventBoardResolver,
  BrandResolver,
  BulkResolver,
  CampaignResolver,
  CaseResolver,
  CertificationApplicationResolver,
  CertificationWindowResolver,
  ChangeEventResolver,
  ClaimFindingResolver,
  ClaimPenaltyResolver,
  ClaimReportResolver,
  ClaimResolver,
  ClaimRulesResolver,
  ClawbackResolver,
  ContractResolver,
  CreatorResolver,
  EngagementResolver,
  EnrolmentAnswerResolver,
  EnrolmentResolver,
  EntryResolver,
  EscrowResolver,
  FeedResolver,
  IntakeResolver,
  LedgerAccountResolver,
  LiveBaseResolver,
  LiveBoardResolver,
  LiveCartResolver,
  LiveFlashResolver,
  LivePlanResolver,
  LiveResolver,
  MilestoneResolver,
  MemberResolver,
  OutsideClosingResolver,
  PayoutOperationsResolver,
  PayoutResolver,
  PlanPreviewResolver,
  PlanResolver,
  PolicyResolver,
  PoolResolver,
  ProductResolver,
  PromotionResolver,
  ProposalResolver,
  RunResolver,
  SampleResolver,
  SampleRuleResolver,
  SandboxResolver,
  SourceStoryResolver,
  SpreadLinkResolver,
  StoryResolver,
  StatementResolver,
  SuspensionResolver,
  ExposureResolver,
  TrafficPolicyResolver,
  TrustBuyResolver,
  TrustPolicyResolver,
  WebhookDeliveryResolver,
  WebhookResolver,
  ...accountRelations,
  ...auditRelations,
  ...beltRelations,
  ...brandRelations,
  ...certificationRelations,
  ...blockRelations,
  ...boostRelations,
  ...occasionRelations,
  ...insightRelations,
  ...sharingRelations,
  ...attributionRelations,
  ...bulkRelations,
  ...creatorRelations,
  ...campaignRelations,
  ...commissionRelations,
  ...contractRelations,
  ...earningsRelations,
  ...engagementRelations,
  ...balanceRelations,
  ...ledgerAccountRelations,
  ...liveCartRelations,
  ...liveRelations,
  ...orderRelations,
  ...payoutRelations,
  ...planRelations,
  ...productRelations,
  ...promotionRelations,
  ...rateLockRelations,
  ...sampleRelations,
  ...screeningRelations,
  ...settlementRelations,
  ...sourceRelations,
  ...statementRelations,
  ...storyRelations,
  ...trafficRelations,
  ...trustRelations,
  ...viewerRelations,
  ...webhookRelations,
] as const;

/** Subscriptions follow the feed; TypeGraphQL wants this where there are any. */
const NO_TOPICS: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('Nothing is published by topics.');
  },
};

let built: GraphQLSchema | undefined;

/** The one schema of the alliance, built once a process. */
export function buildAllianceSchema(): GraphQLSchema {
  // Inputs are checked by the use cases, which tell the caller what to mend; emitted metadata stays off.
  built ??= finishSchema(
    buildSchemaSync({
      resolvers: RESOLVERS as never as NonEmptyArray<never>,
      validate: false,
      pubSub: NO_TOPICS,
    }),
  );
  return built;
}

/** The schema as text, sorted, as it stands in `schema/schema.graphql`. */
export const printAllianceSchema = (): string =>
  `${printSchema(lexicographicSortSchema(buildAllianceSchema()))}\n`;
