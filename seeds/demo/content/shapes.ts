/**
 * The shapes of the demo's content. Nothing here knows a database: entities refer to each other by readable
 * keys, times are days before the moment of seeding, and amounts are fen.
 */

export type CategoryKey = `category:${string}`;
export type AgencyKey = `agency:${string}`;
export type BeltKey = `belt:${string}`;
export type BrandKey = `brand:${string}`;
export type CreatorKey = `creator:${string}`;
export type ProductKey = `product:${string}`;
export type SkuKey = `sku:${string}`;
export type PlanKey = `plan:${string}`;
export type CampaignKey = `campaign:${string}`;

export interface CategorySeed {
  key: CategoryKey;
  parent: CategoryKey | null;
  level: 1 | 2 | 3;
  slug: string;
  nameZh: string;
  nameEn: string;
}

export type AgencyService = 'RECRUITING' | 'CREATOR_MANAGEMENT' | 'CONTENT' | 'BELT_BASE';

export interface AgencySeed {
  key: AgencyKey;
  name: string;
  /** What the name means, for readers without Chinese. */
  gloss: string;
  city: string;
  about: string;
  services: AgencyService[];
}

export interface BeltSeed {
  key: BeltKey;
  name: string;
  gloss: string;
  region: string;
  agency: AgencyKey;
  about: string;
}

export type BrandKind = 'BRAND' | 'FACTORY' | 'ORIGIN' | 'BELT_MERCHANT';

export interface BrandSeed {
  key: BrandKey;
  /** Two capital letters that begin the brand's SKU codes. */
  code: string;
  name: string;
  gloss: string;
  kind: BrandKind;
  city: string;
  belt: BeltKey | null;
  about: string;
}

export type CreatorTier = 'ORDINARY' | 'WAIST' | 'HEAD';

export interface CreatorSeed {
  key: CreatorKey;
  name: string;
  tier: CreatorTier;
  followers: number;
  city: string;
  about: string;
  /** Slugs of the top categories that the creator talks about. */
  topics: string[];
}

export interface ContractSeed {
  agency: AgencyKey;
  creator: CreatorKey;
  shareBp: number;
  visibility: ('SHOWCASE' | 'LINKS' | 'SAMPLES' | 'ENGAGEMENTS' | 'ORDERS' | 'EARNINGS')[];
  /** Days before seeding since which the contract is in force. */
  sinceDays: number;
}

export type ProductState = 'DRAFT' | 'IN_REVIEW' | 'LISTED' | 'SUSPENDED' | 'DELISTED';
export type ProductSource = 'OWN_SHOP' | 'TAOBAO' | 'TMALL' | 'JD' | 'PINDUODUO' | 'YOUZAN' | 'MOKUAI';

export interface SkuSeed {
  key: SkuKey;
  /** Unique within the brand. */
  code: string;
  optionName: string;
  priceMinor: bigint;
  stock: number;
}

export interface ProductSeed {
  key: ProductKey;
  brand: BrandKey;
  /** Always a leaf. */
  category: CategoryKey;
  title: string;
  description: string;
  state: ProductState;
  /** Why the review sent it back; only on a draft. */
  reviewNote: string | null;
  source: ProductSource;
  /** Null exactly for OWN_SHOP. */
  sourceUrl: string | null;
  createdDays: number;
  /** Days before seeding of the listing; null while it was never listed. */
  listedDays: number | null;
  skus: SkuSeed[];
}

export type PlanKind = 'OPEN' | 'TARGETED' | 'SHOP_TARGETED' | 'EXCLUSIVE';

export interface PlanSeed {
  key: PlanKey;
  kind: PlanKind;
  brand: BrandKey;
  /** Null exactly for SHOP_TARGETED. */
  product: ProductKey | null;
  title: string;
  commissionBp: number;
  /** Whom it names; empty exactly for OPEN. */
  creators: CreatorKey[];
  sinceDays: number;
}

export interface CampaignSeed {
  key: CampaignKey;
  agency: AgencyKey;
  title: string;
  about: string;
  access: 'ALL' | 'NAMED_SHOPS' | 'NAMED_CREATORS';
  /** The brands of NAMED_SHOPS or the creators of NAMED_CREATORS. */
  parties: (BrandKey | CreatorKey)[];
  minServiceFeeBp: number;
  /** Top categories that it takes and the lowest commission in each. */
  categories: { category: CategoryKey; minCommissionBp: number }[];
  opensDays: number;
  /** Days after seeding on which it closes; below 0 the agency has closed it so many days before. */
  closesInDays: number;
  /** SERVICE_FEE when left out. */
  pays?: 'SERVICE_FEE' | 'SPREAD';
  places?: number;
  commitmentDays?: number;
  secondLevelOpen?: boolean;
}

export interface EnrolmentSeed {
  campaign: CampaignKey;
  product: ProductKey;
  /** In a SPREAD campaign all that the brand pays. */
  commissionBp: number;
  serviceFeeBp: number;
  state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'REJECTED_FOR_GOOD' | 'WITHDRAWN' | 'ENDED';
  note: string | null;
  sinceDays: number;
}

/** A product of another agency's campaign in one of a second agency, for a part of the first one's fee. */
export interface ReenrolmentSeed {
  from: CampaignKey;
  campaign: CampaignKey;
  product: ProductKey;
  serviceFeeBp: number;
  sinceDays: number;
}

/** A link that an agency has made from a SPREAD campaign, with the creator's part of the rate. */
export interface SpreadLinkSeed {
  campaign: CampaignKey;
  product: ProductKey;
  creator: CreatorKey;
  creatorPartBp: number;
  madeDays: number;
}

export interface ShowcaseSeed {
  creator: CreatorKey;
  product: ProductKey;
  /** The campaign from which the creator picked it, if any. */
  campaign: CampaignKey | null;
  pickedDays: number;
}

export interface SampleRuleSeed {
  product: ProductKey;
  approval: 'AUTOMATIC' | 'MANUAL';
  shortFalls: 'REVIEWED' | 'REFUSED';
  minFollowers: bigint;
  minGmvMinor: bigint;
  minCompletedOrders: number;
  priceCapMinor: bigint | null;
  quota: number;
  daysForContent: number;
  contentWanted: 'VIDEO' | 'LIVE' | 'ANY';
}

export interface SampleSeed {
  creator: CreatorKey;
  product: ProductKey;
  message: string;
  /** Where it is at the seeding. */
  state:
    | 'PENDING'
    | 'APPROVED'
    | 'SHIPPED'
    | 'CONTENT_DUE'
    | 'FULFILLED'
    | 'REJECTED'
    | 'WITHDRAWN'
    | 'OVERDUE'
    | 'NOT_SHIPPED';
  askedDays: number;
  /** Days before seeding of the brand's answer by hand; null where the rule, nobody or time answered. */
  answeredDays: number | null;
  shippedDays: number | null;
  receivedDays: number | null;
  /** When content was handed in, or the request withdrawn. */
  doneDays: number | null;
}

export type EngagementKey = `engagement:${string}`;

export interface MilestoneSeed {
  kind: 'PLANNING' | 'SCRIPT' | 'SHOOTING' | 'PRODUCT_SELECTION' | 'LIVE_MONITORING' | 'OTHER';
  title: string;
  priceMinor: bigint;
  /** Days before the seeding; negative ones lie ahead. */
  dueDays: number;
}

/** What happened in an engagement, so many days before the seeding; `no` counts its milestones from 1. */
export type EngagementStep =
  | { do: 'ACCEPT' | 'TIME'; days: number }
  | { do: 'DECLINE' | 'WITHDRAW'; days: number; text: string }
  | { do: 'TAKE'; no: number; days: number }
  | { do: 'DELIVER' | 'ASK_CHANGES' | 'DISPUTE'; no: number; days: number; text: string }
  | { do: 'CANCEL'; no: number; days: number; by: 'BRAND' | 'PROVIDER'; text: string }
  | { do: 'RESOLVE'; no: number; days: number; toProviderMinor: bigint; text: string };

export interface EngagementSeed {
  key: EngagementKey;
  brand: BrandKey;
  provider: CreatorKey | AgencyKey;
  title: string;
  brief: string;
  products: ProductKey[];
  offeredDays: number;
  milestones: MilestoneSeed[];
  steps: EngagementStep[];
}

export interface BlockSeed {
  key: `block:${string}`;
  blocker: BrandKey | AgencyKey;
  blocked: BrandKey | AgencyKey | CreatorKey;
  reason: string;
  days: number;
  liftedDays: number | null;
}
