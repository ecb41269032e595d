/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How an order line was credited. */
export type Attribution =
  /** By a claim of the creator, which was upheld after it was placed. */
  | 'CLAIM'
  /** By the buyer's last click on the product within the window. */
  | 'CLICK'
  /** By the link code on the line. */
  | 'LINK'
  /** By the live session in which it was placed. */
  | 'LIVE_SESSION'
  /** To nobody: the reason stands beside it. */
  | 'NONE';

/** A claim on an order line that is credited to nobody. */
export type AttributionClaimOpenInput = {
  /** The brand that sold it. */
  brandId: string | number;
  /** The creator who claims it. */
  creatorId: string | number;
  /** Where proofs are to be found: 10 https addresses at most. */
  evidenceUrls?: Array<string>;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The number of the line in the order, from 1. */
  lineNo?: number;
  /** The shop's number of the order, as the buyer has it. */
  orderNo: string;
  /** Why, 1 to 2,000 characters, without personal data of the buyer. */
  statement: string;
};

/** Where a claim on a line is. */
export type AttributionClaimState =
  /** The line is not credited to the creator. */
  | 'DISMISSED'
  /** It waits for the brand or an operator. */
  | 'OPEN'
  /** The line is credited to the creator. */
  | 'UPHELD';

/** What a part does to the commission base. */
export type BasePartEffect =
  /** It is in the base. */
  | 'ADDED'
  /** The policy leaves it in the base: the payees do not feel it. */
  | 'LEFT_IN_BASE'
  /** It lowers the base. */
  | 'TAKEN_OFF';

/** A part of the commission base. */
export type BasePartName =
  /** The discount that the brand bears. */
  | 'BRAND_DISCOUNT'
  /** The discount that the creator bears. */
  | 'CREATOR_DISCOUNT'
  /** List price times quantity. */
  | 'ITEM_TOTAL'
  /** The discount that the platform bears. */
  | 'PLATFORM_DISCOUNT';

/** Why a boost has ended. */
export type BoostEndedBecause =
  /** Its budget was spent to the last unit. */
  | 'BUDGET_SPENT'
  /** Whoever pays for it has stopped it. */
  | 'STOPPED'
  /** Its time is over, and with it the hour in which its last exposures may be reported. */
  | 'TIME_OVER';

/** Where a boost is in its life. */
export type BoostState =
  /** It is shown within its schedule. */
  | 'ACTIVE'
  /** It is over, and what was left of its budget was given back. */
  | 'ENDED'
  /** It is not shown until it is resumed; its time goes on. */
  | 'PAUSED';

/** Where an appeal stands. */
export type ClaimAppealState =
  /** The penalty is lifted. */
  | 'GRANTED'
  /** Waiting for an operator; the penalty holds meanwhile. */
  | 'OPEN'
  /** The penalty stays. */
  | 'REJECTED';

/** Where something that was found or reported in a text stands. */
export type ClaimFindingState =
  /** Nothing is wrong with the text. */
  | 'DISMISSED'
  /** Waiting for an operator. */
  | 'OPEN'
  /** The text was replaced before anybody decided. */
  | 'SUPERSEDED'
  /** The text exaggerates. */
  | 'UPHELD';

/** An appeal against a penalty. */
export type ClaimPenaltyAppealInput = {
  /** The penalty. */
  claimPenaltyId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** What there is to say, 1 to 2,000 characters. */
  text: string;
};

/** What an exaggeration costs. */
export type ClaimPenaltyKind =
  /** The same without end. */
  | 'EXPELLED'
  /** Until a date a brand is out of the pool and gets no new plans; a creator begins no live session and promotes nothing new. */
  | 'SUSPENDED'
  /** Nothing but the warning. */
  | 'WARNING';

/** A text that a member reports for exaggeration. */
export type ClaimReportInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The brand, creator or agency that reports. */
  reporterId: string | number;
  /** The product, the plan of a live session, or the live session. */
  subjectId: string | number;
  /** What is wrong with it, 1 to 1,000 characters. */
  words: string;
};

/** How a hit of the screening is dealt with. */
export type ClaimSeverity =
  /** A product is not listed before an operator has decided on it. */
  | 'BLOCK'
  /** An operator decides on it; until then all goes on. */
  | 'REVIEW';

/** How far a clawback 追回 is. */
export type ClawbackState =
  /** The last part came of later earnings. */
  | 'OFFSET'
  /** All was taken of the balance. */
  | 'TAKEN'
  /** Something is still owed: it goes against coming earnings. */
  | 'WAITING'
  /** The alliance has given up what was still owed, at its own cost. */
  | 'WRITTEN_OFF';

/** What moved the commission of a line. */
export type CommissionStepKind =
  /** The payment: the whole base is divided. */
  | 'ACCRUAL'
  /** A cancellation: nothing is left. */
  | 'CANCELLATION'
  /** A refund: the base that is left is divided afresh. */
  | 'REFUND';

/** A proposal to refuse. */
export type ContractDeclineInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The proposal. */
  proposalId: string | number;
  /** Why, 1 to 500 characters. */
  reason?: string | null | undefined;
};

/** A contract to end. */
export type ContractEndInput = {
  /** The contract. */
  contractId: string | number;
  /** When, now or later. It ends seven days from now at the latest, also when this is left out. */
  endsAt?: string | null | undefined;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** Why, 1 to 500 characters. */
  reason?: string | null | undefined;
};

/** Consent that a creator takes back in part. */
export type ContractNarrowVisibilityInput = {
  /** The contract. */
  contractId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** What the agency may still see: fewer parts than now, none of them new. */
  visibility: Array<ContractVisibility>;
};

/** A proposal to agree to, or to take back. */
export type ContractProposalInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The proposal. */
  proposalId: string | number;
};

/** What a proposal would bring about. */
export type ContractProposalKind =
  /** Other terms for a running contract; either side proposes. */
  | 'CHANGE'
  /** A new contract; agencies invite. */
  | 'INVITATION';

/** What has become of a proposal. */
export type ContractProposalState =
  /** Agreed to. */
  | 'ACCEPTED'
  /** Refused by the other side. */
  | 'DECLINED'
  /** Not answered in time, or the contract is ending. */
  | 'LAPSED'
  /** The other side may answer. */
  | 'PROPOSED'
  /** Taken back by the side that proposed it. */
  | 'WITHDRAWN';

/** The terms of a running contract as they are to be from acceptance on. */
export type ContractProposeChangeInput = {
  /** The contract. */
  contractId: string | number;
  /** Until when; open-ended when left out. */
  endsAt?: string | null | undefined;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** A word to the other side, at most 1,000 characters. */
  message?: string | null | undefined;
  /** What the agency is to get of the creator's commission after the technical fee. */
  shareRate: number;
  /** All that the agency is to see; may be nothing. */
  visibility: Array<ContractVisibility>;
};

/** A private part of a creator that the creator may let the managing agency see. */
export type ContractVisibility =
  /** The rates that the creator is offered, and what the creator earns on each line that can be seen. */
  | 'EARNINGS'
  /** The content engagements that brands have ordered from the creator. */
  | 'ENGAGEMENTS'
  /** The creator's promotion links. */
  | 'LINKS'
  /** The order lines credited to the creator, without what the creator earns on them. */
  | 'ORDERS'
  /** The samples that the creator asked for, and how far they are. */
  | 'SAMPLES'
  /** The products that the creator has picked. */
  | 'SHOWCASE';

/** How a contract stands, by its dates. */
export type CreatorContractState =
  /** Agreed to, but not begun. */
  | 'COMING'
  /** Over: the agency sees nothing of the creator any more. */
  | 'ENDED'
  /** In force until the end that one side has asked for. */
  | 'ENDING'
  /** In force, open-ended or for the agreed time. */
  | 'RUNNING';

/** What to enter as a new creator. */
export type CreatorRegisterInput = {
  /** What it says about itself, at most 2,000 characters. */
  about: string;
  /** The city that it works from, 1 to 100 characters. */
  city: string;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** Its name, 1 to 200 characters. */
  name: string;
};

/** How large a creator is, worked out from figures. */
export type CreatorTier =
  /** The few largest 头部. */
  | 'HEAD'
  /** Most creators. */
  | 'ORDINARY'
  /** The middle 腰部. */
  | 'WAIST';

/** By what earnings are put together. */
export type EarningsBy =
  /** By the recruiting campaign that applied; lines of plans together under none. */
  | 'CAMPAIGN'
  /** By the live session in which the lines were placed, or else the promotion link that they came by. */
  | 'CONTENT'
  /** By the day on which the lines were placed, in the alliance's time zone. */
  | 'DAY'
  /** By the plan that applied; lines of campaigns together under none. */
  | 'PLAN'
  /** By product. */
  | 'PRODUCT';

/** An offer to accept. */
export type EngagementAcceptInput = {
  /** The engagement. */
  engagementId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
};

/** Milestones to cancel. */
export type EngagementCancelInput = {
  /** The engagement. */
  engagementId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** These milestones only; all that are still to be delivered without. */
  milestoneIds?: Array<string | number> | null | undefined;
  /** Why, 1 to 500 characters. */
  reason: string;
};

/** An offer not to take. */
export type EngagementDeclineInput = {
  /** The engagement. */
  engagementId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** Why, at most 500 characters. */
  note?: string | null | undefined;
};

/** One of the two sides of an engagement. */
export type EngagementSide =
  /** The brand that orders. */
  | 'BRAND'
  /** The creator or agency that does the work. */
  | 'PROVIDER';

/** Where an engagement as a whole stands; it follows from its milestones. */
export type EngagementState =
  /** All work was cancelled before it was delivered. */
  | 'CANCELLED'
  /** All work has come to its end, and some of it was accepted or decided on. */
  | 'COMPLETED'
  /** The provider has not taken it. */
  | 'DECLINED'
  /** An operator is to decide on some of the work. */
  | 'DISPUTED'
  /** Nobody answered in time. */
  | 'LAPSED'
  /** The provider has not answered. */
  | 'OFFERED'
  /** Some of the work is being done or waits for an answer. */
  | 'RUNNING'
  /** The brand has taken the offer back, or a block has ended it. */
  | 'WITHDRAWN';

/** By what figures are put together. */
export type InsightBy =
  /** By the day on which the lines were placed, in the alliance's time zone. */
  | 'DAY'
  /** By the official event that the lines count for; other lines are left out. */
  | 'EVENT'
  /** All days that were asked for together. */
  | 'PERIOD'
  /** By week, from Monday to Sunday, as far as its days were asked for. */
  | 'WEEK';

/** What the GMV of live sessions is made of. */
export type InsightFactorName =
  /** Buyers won per watched hour: their first orders in a session. */
  | 'BUYERS_PER_HOUR'
  /** Orders per buyer. */
  | 'REPURCHASE'
  /** GMV per order, in minor units. */
  | 'VALUE_PER_ORDER'
  /** Unique viewers of each session, together. */
  | 'VIEWERS'
  /** Hours that each viewer watched. */
  | 'WATCH_TIME';

/** What an account of the ledger is for. */
export type LedgerAccountKind =
  /** What a brand or a creator has put aside for boosts. */
  | 'BOOST'
  /** Money in banks; below zero by what has come in from outside. */
  | 'CASH'
  /** What a brand has put in for commissions, less what has been settled out of it; below zero where it owes. */
  | 'ESCROW'
  /** What a payee has earned and may be paid. */
  | 'PAYABLE'
  /** What is on its way to a payee. */
  | 'PAYOUT_CLEARING'
  /** What a payee owes after a clawback; below zero by as much. */
  | 'RECEIVABLE'
  /** What is kept back of a payee until a date. */
  | 'RESERVE'
  /** The alliance's technical fees, less what it has written off. */
  | 'REVENUE'
  /** What a brand has put aside for buyers who shared its products; below zero by what they were given and has come back. */
  | 'SHARES'
  /** What the alliance gives to official events. */
  | 'SUBSIDY'
  /** Tax withheld from payees, to be passed on. */
  | 'WITHHOLDING';

/** What a transfer of the ledger does. */
export type LedgerTransferKind =
  /** Rounding after a refund gives a payee more than before it (ESCROW to PAYABLE, or to REVENUE). */
  | 'ADJUSTMENT'
  /** What an official event gives a creator on commissions, when it is closed (SUBSIDY to PAYABLE). */
  | 'BONUS_PAID'
  /** The budget of a boost is put aside (ESCROW of a brand, PAYABLE of a creator, to BOOST). */
  | 'BOOST_FUNDED'
  /** What is left of the budget of a boost comes back (BOOST to ESCROW or PAYABLE). */
  | 'BOOST_RELEASED'
  /** What a boost was shown for is spent (BOOST to REVENUE). */
  | 'BOOST_SPENT'
  /** A commission is taken back after settlement (RECEIVABLE, or REVENUE, to ESCROW). */
  | 'CLAWBACK'
  /** What is taken back is taken of coming earnings (PAYABLE to RECEIVABLE). */
  | 'CLAWBACK_OFFSET'
  /** What is taken back is taken of the balance (PAYABLE to RECEIVABLE). */
  | 'CLAWBACK_TAKEN'
  /** A brand pays money in (CASH to ESCROW). */
  | 'DEPOSIT'
  /** The price of accepted work becomes payable (ESCROW to PAYABLE). */
  | 'ENGAGEMENT'
  /** A payout is asked for (PAYABLE to PAYOUT_CLEARING). */
  | 'PAYOUT'
  /** A payout has arrived (PAYOUT_CLEARING to CASH). */
  | 'PAYOUT_CONFIRMED'
  /** A payout has failed and comes back (PAYOUT_CLEARING to PAYABLE). */
  | 'PAYOUT_RETURNED'
  /** A payout that was confirmed has not arrived after all (CASH, and WITHHOLDING, to PAYOUT_CLEARING). */
  | 'PAYOUT_REVERSED'
  /** A prize of an official event (SUBSIDY to PAYABLE of a creator, ESCROW of a brand). */
  | 'PRIZE_PAID'
  /** A part of a settlement is kept back until a date (PAYABLE to RESERVE). */
  | 'RESERVE_KEPT'
  /** What was kept back becomes payable (RESERVE to PAYABLE). */
  | 'RESERVE_RELEASED'
  /** A commission or fee becomes payable (ESCROW to PAYABLE; the technical fee to REVENUE). */
  | 'SETTLEMENT'
  /** The brand has given a buyer in its shop what was put aside for sharing (SHARES to ESCROW). */
  | 'SHARE_CREDITED'
  /** It comes back with what is refunded after that (SHARES to ESCROW). */
  | 'SHARE_RETURNED'
  /** A brand puts the reward of a buyer who shared a product aside (ESCROW to SHARES). */
  | 'SHARE_REWARDED'
  /** The alliance puts money aside for an official event (CASH to SUBSIDY). */
  | 'SUBSIDY_FUNDED'
  /** What an official event gives a brand for an order that is settled (SUBSIDY to ESCROW). */
  | 'SUBSIDY_PAID'
  /** What an official event does not give away comes back (SUBSIDY to CASH). */
  | 'SUBSIDY_RELEASED'
  /** It comes back with what is refunded after settlement (ESCROW to SUBSIDY). */
  | 'SUBSIDY_RETURNED'
  /** A brand takes money that it had paid in out again (ESCROW to CASH). */
  | 'WITHDRAWAL'
  /** Tax is withheld from a payout that has arrived (PAYOUT_CLEARING to WITHHOLDING). */
  | 'WITHHOLDING'
  /** The alliance gives up what a payee owes (REVENUE to RECEIVABLE). */
  | 'WRITE_OFF';

/** For whom something of a live session is meant. */
export type LiveAudience =
  /** For every viewer. */
  | 'EVERYBODY'
  /** For new fans, to win them. */
  | 'NEW_FANS'
  /** For old fans, to keep them. */
  | 'OLD_FANS';

/** The order of a cart. */
export type LiveCartArrangeInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** All items of the cart, each once, in their new order. */
  liveItemIds: Array<string | number>;
  /** The session. */
  liveSessionId: string | number;
};

/** What is listed at once in a running session. */
export type LiveFlashListInput = {
  /** The brand that sells it. */
  brandId: string | number;
  /** A category of the third level. */
  categoryId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The running session; the caller acts for its creator and for the brand. */
  liveSessionId: string | number;
  /** After how many minutes an order that is not paid gives its pieces back, 1 to 1440. */
  payWithinMinutes?: number;
  /** The https address of a photo, at most 500 characters. */
  photoUrl: string;
  /** What one piece costs, in minor units. */
  priceMinor: string;
  /** The shop's own code of its SKU, 1 to 64 characters; one is made when left out. */
  skuCode?: string | null | undefined;
  /** Pieces that there are, from 1. */
  stock: number;
  /** The title, 1 to 200 characters. */
  title: string;
};

/** A product for the cart of a live session. */
export type LiveItemAddInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The session, which is running. */
  liveSessionId: string | number;
  /** A product that its creator may promote. */
  productId: string | number;
};

/** An item to pin, or to pin no longer. */
export type LiveItemPinInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The item. */
  liveItemId: string | number;
  /** Whether it is to be pinned. */
  pinned?: boolean;
};

/** An item to take out of the cart. */
export type LiveItemRemoveInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The item. */
  liveItemId: string | number;
};

/** A new version of a plan. */
export type LivePlanChangeInput = {
  /** All that it says from now on. */
  content: LivePlanContentInput;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The plan. */
  livePlanId: string | number;
};

/** What a plan of a live session says. */
export type LivePlanContentInput = {
  /** Gifts, at most 20 of 1 to 200 characters. */
  gifts?: Array<string>;
  /** Highlights, at most 20. */
  highlights?: Array<LivePlanHighlightInput>;
  /** What is to be sold, at most 200 in their order. */
  merchandise: Array<LivePlanMerchandiseInput>;
  /** How many minutes it is to last, 1 to 1440. */
  plannedMinutes: number;
  /** When it is to begin. */
  startsAt: string;
  /** The title of the session, 1 to 100 characters. */
  title: string;
  /** The traffic budget in minor units of the alliance's currency. */
  trafficBudgetMinor?: string;
};

/** The plan of a live session. */
export type LivePlanCreateInput = {
  /** What it says. */
  content: LivePlanContentInput;
  /** The creator. */
  creatorId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
};

/** A highlight of a planned session. */
export type LivePlanHighlightInput = {
  /** How many minutes after the start. */
  minute: number;
  /** What happens, 1 to 200 characters. */
  text: string;
};

/** What a planned session is to sell. */
export type LivePlanMerchandiseInput = {
  /** For whom. */
  audience?: LiveAudience;
  /** What one piece is to cost, in minor units of the plan's currency. */
  priceMinor: string;
  /** The product. */
  productId: string | number;
  /** How many pieces, from 1. */
  stock: number;
};

/** The plan that becomes a session. */
export type LivePlanStartInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The plan. */
  livePlanId: string | number;
};

/** A live session that ends. */
export type LiveSessionEndInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The session. */
  liveSessionId: string | number;
};

/** A live session that begins. */
export type LiveSessionStartInput = {
  /** The creator. */
  creatorId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** Its title, 1 to 100 characters. */
  title: string;
};

/** What the platform of a live session says of its viewers. */
export type LiveViewersReportInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The session. */
  liveSessionId: string | number;
  /** How many viewers it had, 0 or more; a later report replaces it. */
  viewers: string;
  /** How many seconds all of them watched it together, 0 or more; unknown when left out. */
  watchedSeconds?: string | null | undefined;
};

/** Why an offer does not apply. */
export type LostBecause =
  /** The brand has blocked the creator. */
  | 'BLOCKED'
  /** Beside a rate lock, it pays no more than what applies. */
  | 'NOT_HIGHER'
  /** It was not in force at the moment. */
  | 'NOT_IN_FORCE'
  /** It names other creators. */
  | 'NOT_NAMED'
  /** The creator has neither picked the product from this campaign nor a link of it. */
  | 'NOT_PICKED'
  /** A stronger kind of offer reaches the creator. */
  | 'OUTRANKED';

/** Work to hand in. */
export type MilestoneDeliverInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** Where it is to be found: https addresses, 20 at most. */
  links?: Array<string>;
  /** The milestone. */
  milestoneId: string | number;
  /** What is to be said of it, 1 to 2,000 characters. */
  note: string;
};

/** What happens to the money of a milestone. */
export type MilestoneEntryKind =
  /** Held from the brand when the offer is accepted. */
  | 'HELD'
  /** Released to the provider, to be paid by the ledger when there is one. */
  | 'RELEASED'
  /** Returned to the brand. */
  | 'RETURNED';

/** Where a milestone stands. */
export type MilestoneState =
  /** The provider is at work, also on changes, and the price is held. */
  | 'ACCEPTED'
  /** The brand has taken the work; the price is released to the provider. */
  | 'ACCEPTED_BY_BRAND'
  /** Cancelled before delivery; the price went back to the brand. */
  | 'CANCELLED'
  /** The provider has not taken the offer. */
  | 'DECLINED'
  /** The work was handed in and waits for the answer of the brand. */
  | 'DELIVERED'
  /** The brand does not take the work, and an operator is to decide. */
  | 'DISPUTED'
  /** Nobody answered the offer in time. */
  | 'LAPSED'
  /** The provider has not answered the offer. */
  | 'OFFERED'
  /** What was released has become payable to the provider. */
  | 'PAID'
  /** An operator has divided the price after a dispute. */
  | 'RESOLVED'
  /** The brand has taken the offer back, or a block has ended it. */
  | 'WITHDRAWN';

/** What can offer a commission, strongest first. */
export type OfferKind =
  /** The recruiting campaign that the creator picked the product from. */
  | 'CAMPAIGN'
  /** An EXCLUSIVE plan. */
  | 'EXCLUSIVE'
  /** An OPEN plan. */
  | 'OPEN'
  /** A SHOP_TARGETED plan. */
  | 'SHOP_TARGETED'
  /** A TARGETED plan. */
  | 'TARGETED';

/** Who is ranked on a board. */
export type OfficialEventBoardKind =
  /** Brands, by what they have sold. */
  | 'BRANDS'
  /** Creators, by the orders that they are credited with. */
  | 'CREATORS';

/** Who is given something on an order. */
export type OfficialEventPurseKind =
  /** The creator, a part of the commission base; paid when the event is closed. */
  | 'BONUS'
  /** The brand, a part of what the buyer pays for the goods; paid when the order is settled. */
  | 'SUBSIDY';

/** Where an official event is. */
export type OfficialEventState =
  /** Registration has not begun. */
  | 'ANNOUNCED'
  /** It does not take place. */
  | 'CANCELLED'
  /** Bonuses and prizes are paid. */
  | 'CLOSED'
  /** It has ended: what comes back is still taken off, until it is closed. */
  | 'COUNTING'
  /** Registration is over; what was registered is reviewed until it starts. */
  | 'PREPARING'
  /** Brands register products. */
  | 'REGISTERING'
  /** What is ordered counts. */
  | 'RUNNING';

/** How far an order line is. */
export type OrderLineState =
  /** Called off before shipping. */
  | 'CANCELLED'
  /** Paid, not shipped. */
  | 'PAID'
  /** Ordered, not paid. */
  | 'PLACED'
  /** With the buyer. */
  | 'RECEIVED'
  /** On its way. */
  | 'SHIPPED';

/** In which capacity somebody is paid from a line. */
export type PayeeRole =
  /** The creator who promoted. */
  | 'CREATOR'
  /** The creator's managing agency. */
  | 'MCN'
  /** The agency that recruited the product. */
  | 'RECRUITER'
  /** A second-level agency, paid by the first. */
  | 'SECOND_RECRUITER'
  /** The alliance's own cut 技术服务费. */
  | 'TECHNICAL_FEE';

/** What kind of account is paid to. */
export type PayoutMethodKind =
  /** An account at a bank, paid by a file of credit transfers. */
  | 'BANK'
  /** An account at the payment provider of the alliance. */
  | 'PROVIDER';

/** An account to which nothing new is to be paid. */
export type PayoutMethodRetireInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The account. */
  payoutMethodId: string | number;
};

/** An account to be paid to; it takes the place of the one before. */
export type PayoutMethodSetInput = {
  /** The number of a bank account without an IBAN, or the name of the provider's account. */
  accountNumber?: string | null | undefined;
  /** The BIC of the bank. */
  bic?: string | null | undefined;
  /** The clearing code of the bank, such as a CNAPS code. */
  clearingCode?: string | null | undefined;
  /** The country of the account, by ISO 3166; an IBAN says it by itself. */
  country?: string | null | undefined;
  /** Whose account it is, in Latin letters, as the bank writes the name; accents are dropped. */
  holder: string;
  /** The IBAN of a bank account that has one. */
  iban?: string | null | undefined;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** What kind of account it is. */
  kind: PayoutMethodKind;
  /** The creator or agency that is paid, or the alliance for the account that it pays from. */
  partyId: string | number;
};

/** A payout that a payee asks for. */
export type PayoutRequestInput = {
  /** How much leaves the balance, in minor units, tax included; all that is available when left out. */
  amountMinor?: string | null | undefined;
  /** The currency of the balance. */
  currencyCode: string;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The creator or agency whose balance is paid out. */
  payeeId: string | number;
};

/** Where a payout 提现 is. */
export type PayoutState =
  /** It has arrived. */
  | 'CONFIRMED'
  /** It has not arrived, and is in the balance again. */
  | 'FAILED'
  /** It has left the balance and waits to be sent. */
  | 'REQUESTED'
  /** The bank or the provider has it. */
  | 'SENT';

/** A product to pick. */
export type PickInput = {
  /** The creator who picks. */
  creatorId: string | number;
  /** The enrolment to pick it from: its terms then apply. */
  enrolmentId?: string | number | null | undefined;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The product. */
  productId: string | number;
};

/** What narrows the pool; what is left out lets all products through. */
export type PoolFilterInput = {
  /** One industrial belt. */
  beltId?: string | number | null | undefined;
  /** One brand. */
  brandId?: string | number | null | undefined;
  /** A category of any level, with all below it. */
  categoryId?: string | number | null | undefined;
  /** The highest price, in minor units. */
  maxPriceMinor?: string | null | undefined;
  /** The lowest commission rate. */
  minCommissionRate?: number | null | undefined;
  /** The lowest price, in minor units. */
  minPriceMinor?: string | null | undefined;
  /** At least so many pieces sold in 30 days. */
  minSales?: string | null | undefined;
  /** Protections that a product must carry, all of them. */
  protections?: Array<ProtectionKind> | null | undefined;
  /** Whether creators can ask for a sample of it: true for those, false for the others. */
  sampleOffered?: boolean | null | undefined;
  /** Words in Chinese or English, in title, brand or category. Slips are forgiven. */
  search?: string | null | undefined;
  /** The shop that products are sold in. */
  source?: ProductSource | null | undefined;
  /** Whether its source story is verified, source goods 源头好货: true for those, false for the others. */
  sourceGoods?: boolean | null | undefined;
  /** The kind of its verified source story. With `beltId`, the verified goods of a belt. */
  sourceKind?: SourceKind | null | undefined;
  /** Whether its brand is in Trust Buy 信任购: true for those, false for the others. */
  trustBuy?: boolean | null | undefined;
};

/** How the pool is ordered. */
export type PoolOrder =
  /** Highest commission on one piece first. */
  | 'COMMISSION_AMOUNT'
  /** Highest commission rate first. */
  | 'COMMISSION_RATE'
  /** Newest in the pool first. */
  | 'NEWEST'
  /** Cheapest first. */
  | 'PRICE_ASC'
  /** Dearest first. */
  | 'PRICE_DESC'
  /** Most of its exposure of the day still owed first, those in Trust Buy first among equals, then by sales and commission. */
  | 'RECOMMENDED'
  /** Most pieces sold in 30 days first; counted anew every five minutes. */
  | 'SALES';

/** The shop that a product is sold in. */
export type ProductSource =
  /** JD 京东. */
  | 'JD'
  /** Mokuai 魔筷. */
  | 'MOKUAI'
  /** The brand's own shop in the alliance. */
  | 'OWN_SHOP'
  /** Pinduoduo 拼多多. */
  | 'PINDUODUO'
  /** Taobao 淘宝. */
  | 'TAOBAO'
  /** Tmall 天猫. */
  | 'TMALL'
  /** Youzan 有赞. */
  | 'YOUZAN';

/** Where a product is in its life in the pool. */
export type ProductState =
  /** Taken out for good. */
  | 'DELISTED'
  /** Being written, or sent back by the review. */
  | 'DRAFT'
  /** Waiting for the operator. */
  | 'IN_REVIEW'
  /** In the pool while a plan is open. */
  | 'LISTED'
  /** Taken out of the pool for now. */
  | 'SUSPENDED';

/** What a product of a Trust Buy 信任购 brand promises its buyers. */
export type ProtectionKind =
  /** Jewellery and jade that was authenticated before it was shipped 真宝仓. */
  | 'AUTHENTICATED'
  /** Money back without sending the goods back 退款不退货. */
  | 'REFUND_WITHOUT_RETURN'
  /** The freight of a return is paid 退货补运费. */
  | 'RETURN_FREIGHT'
  /** Ten times the price for a fake, beside the price itself 假一赔十. */
  | 'TENFOLD_IF_FAKE'
  /** A second-hand phone is under warranty for 180 days. */
  | 'WARRANTY_180_DAYS';

/** How far a person may act for an organisation. */
export type Role =
  /** Everything but members and keys. */
  | 'MANAGER'
  /** Everything, also members and keys. */
  | 'OWNER'
  /** Reading only. */
  | 'VIEWER';

/** Where a sample is to be sent. The brand reads it from its approval on until the request is over. */
export type SampleAddressInput = {
  /** Street, house and the like: 1 to 4 lines of at most 200 characters. */
  lines: Array<string>;
  /** The phone number that the carrier may call. */
  phone: string;
  /** Who receives it, 1 to 100 characters. */
  recipient: string;
  /** Province, city and district, 1 to 200 characters. */
  region: string;
};

/** Who lets a creator have a sample. */
export type SampleApproval =
  /** Whoever meets the requirements has it at once. */
  | 'AUTOMATIC'
  /** The brand decides on each request by hand. */
  | 'MANUAL';

/** Content for a sample: a video or a live session. */
export type SampleContentSubmitInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The creator's live session, begun after the sample was shipped. */
  liveSessionId?: string | number | null | undefined;
  /** The request. */
  sampleRequestId: string | number;
  /** Its title, 1 to 200 characters. */
  title: string;
  /** The address of the video: https, at most 500 characters. */
  url?: string | null | undefined;
};

/** What content a brand wants for a sample. */
export type SampleContentWanted =
  /** Either of them. */
  | 'ANY'
  /** A live session. */
  | 'LIVE'
  /** A short video. */
  | 'VIDEO';

/** What has fulfilled a sample. */
export type SampleFulfilledBy =
  /** Content that the creator handed in. */
  | 'CONTENT'
  /** The first paid order of the product, placed after shipping, that is credited to the creator. */
  | 'ORDER';

/** A request for a sample to move on. */
export type SampleMoveInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The request. */
  sampleRequestId: string | number;
};

/** A sample to ask for. */
export type SampleRequestInput = {
  /** Where it is to be sent. */
  address: SampleAddressInput;
  /** The creator who asks. */
  creatorId: string | number;
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** A word to the brand, at most 500 characters. */
  message?: string;
  /** The product. */
  productId: string | number;
  /** The option of the product. */
  skuId: string | number;
};

/** What a brand can ask of creators before it gives a sample. */
export type SampleRequirement =
  /** Enough orders of 30 days that their buyers have received. */
  | 'COMPLETED_ORDERS'
  /** Enough followers. */
  | 'FOLLOWERS'
  /** Enough GMV in 30 days. */
  | 'GMV';

/** What becomes of creators who fall short of the requirements. */
export type SampleShortFalls =
  /** They cannot ask. */
  | 'REFUSED'
  /** The brand decides by hand. */
  | 'REVIEWED';

/** Where a request for a sample is. */
export type SampleState =
  /** The brand is to ship the sample. */
  | 'APPROVED'
  /** The creator has the sample and owes content. */
  | 'CONTENT_DUE'
  /** Content was handed in, or an order was attributed to the creator. */
  | 'FULFILLED'
  /** The brand did not ship in time. */
  | 'NOT_SHIPPED'
  /** The date for content has passed; content that comes late still fulfils it. */
  | 'OVERDUE'
  /** It waits for the answer of the brand, 7 days at most. */
  | 'PENDING'
  /** The brand said no, or did not answer in time. */
  | 'REJECTED'
  /** The sample is on its way; 7 days after shipping it counts as arrived. */
  | 'SHIPPED'
  /** The creator withdrew it before it was shipped. */
  | 'WITHDRAWN';

/** Why a line is not settled yet. */
export type SettlementDelay =
  /** Nothing any more: the next run settles it. */
  | 'AWAITING_RUN'
  /** It was called off before shipping: there is nothing to settle. */
  | 'CANCELLED'
  /** The holding days after receipt are not over. */
  | 'HOLDING'
  /** It is credited to nobody: there is nothing to settle. */
  | 'NOT_ATTRIBUTED'
  /** The buyer has not paid. */
  | 'NOT_PAID'
  /** The buyer has not received the goods. */
  | 'NOT_RECEIVED'
  /** An after-sales case is open. */
  | 'OPEN_CASE';

/** An item to take out of a showcase. */
export type ShowcaseRemoveInput = {
  /** A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again. */
  idempotencyKey: string;
  /** The item. */
  showcaseItemId: string | number;
};

/** What a document is. */
export type SourceDocumentKind =
  /** The business licence of the factory 营业执照. */
  | 'BUSINESS_LICENCE'
  /** The report of an audit of the factory 验厂报告. */
  | 'FACTORY_AUDIT'
  /** The right to a protected geographical indication 地理标志. */
  | 'GEOGRAPHICAL_INDICATION'
  /** A certificate of origin 原产地证明. */
  | 'ORIGIN_CERTIFICATE'
  /** Something else. */
  | 'OTHER'
  /** A photograph or a film of the place 实地影像. */
  | 'PHOTOGRAPH'
  /** The report of a laboratory 检测报告. */
  | 'TEST_REPORT';

/** Where source goods 源头好货 come from. */
export type SourceKind =
  /** Made in an industrial belt, whose agency stands for it 产业带. */
  | 'BELT'
  /** Straight from the factory that makes them 工厂. */
  | 'FACTORY'
  /** Straight from where they grow or are made 原产地. */
  | 'ORIGIN';

/** What kind of work a milestone is. */
export type TaskKind =
  /** Watching over a live session 场控. */
  | 'LIVE_MONITORING'
  /** Something else; its title says what. */
  | 'OTHER'
  /** Planning 策划 of a session or a series. */
  | 'PLANNING'
  /** Choosing the goods 选品 for a session. */
  | 'PRODUCT_SELECTION'
  /** A script 脚本. */
  | 'SCRIPT'
  /** Shooting and cutting 拍摄. */
  | 'SHOOTING';

/** Where a claim stands. */
export type TrustClaimState =
  /** The buyer was not right. */
  | 'DISMISSED'
  /** Waiting for the decision; the line is not settled before it. */
  | 'OPEN'
  /** The buyer was right, in whole or in part. */
  | 'UPHELD';

/** A part of a score. */
export type TrustScoreComponentName =
  /** Order lines called off before shipping. */
  | 'CANCELLATIONS'
  /** Order lines on which a claim was upheld. */
  | 'CLAIMS'
  /** Order lines received that money went back for, other than by a claim. */
  | 'RETURNS';

export type AcceptEngagementMutationVariables = Exact<{
  input: EngagementAcceptInput;
}>;


export type AcceptEngagementMutation = { engagementAccept: { engagement: { id: string, state: EngagementState, answeredAt: string | null, milestones: Array<{ id: string, state: MilestoneState, cancelAskedBy: EngagementSide | null }> | null } | null, userErrors: Array<
      | { __typename: 'AgencyNotCertified', message: string, path: Array<string> }
      | { __typename: 'Blocked', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type AcceptProposalMutationVariables = Exact<{
  input: ContractProposalInput;
}>;


export type AcceptProposalMutation = { contractAccept: { contract: { id: string, state: CreatorContractState, startsAt: string, endsAt: string | null, agency: { name: string }, terms: { version: number, shareRate: number, visibility: Array<ContractVisibility> } } | null, userErrors: Array<
      | { __typename: 'AgencyNotCertified', message: string, path: Array<string> }
      | { __typename: 'AlreadyManaged', message: string, path: Array<string> }
      | { __typename: 'Blocked', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type SetPayoutMethodMutationVariables = Exact<{
  input: PayoutMethodSetInput;
}>;


export type SetPayoutMethodMutation = { payoutMethodSet: { payoutMethod: { id: string, kind: PayoutMethodKind, holder: string, country: string, maskedNumber: string } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type AddToCartMutationVariables = Exact<{
  input: LiveItemAddInput;
}>;


export type AddToCartMutation = { liveItemAdd: { liveItem: { id: string, position: number, pinned: boolean } | null, userErrors: Array<
      | { __typename: 'Blocked', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type AppealPenaltyMutationVariables = Exact<{
  input: ClaimPenaltyAppealInput;
}>;


export type AppealPenaltyMutation = { claimPenaltyAppeal: { claimPenalty: { id: string, kind: ClaimPenaltyKind, appeal: { state: ClaimAppealState, appealedAt: string } | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string>, state: string }
    > } };

export type ArrangeCartMutationVariables = Exact<{
  input: LiveCartArrangeInput;
}>;


export type ArrangeCartMutation = { liveCartArrange: { liveSession: { id: string, cart: { nodes: Array<{ id: string, position: number }> } } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type AskForPayoutMutationVariables = Exact<{
  input: PayoutRequestInput;
}>;


export type AskForPayoutMutation = { payoutRequest: { payout: { id: string, state: PayoutState, gross: { amount: string, currencyCode: string }, withheld: { amount: string }, net: { amount: string }, method: { maskedNumber: string } } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NoPayoutMethod', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'PayoutAboveBalance', message: string, path: Array<string>, availableMinor: string }
      | { __typename: 'PayoutBelowMinimum', message: string, path: Array<string>, minimumMinor: string }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type AskForSampleMutationVariables = Exact<{
  input: SampleRequestInput;
}>;


export type AskForSampleMutation = { sampleRequest: { sampleRequest: { id: string, state: SampleState, automatic: boolean, shipDueAt: string | null, product: { title: string }, sku: { optionName: string } } | null, userErrors: Array<
      | { __typename: 'Blocked', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'SampleQuotaUsedUp', message: string, path: Array<string> }
      | { __typename: 'SampleRequirementsUnmet', message: string, path: Array<string>, shortOf: Array<SampleRequirement> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type BalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type BalanceQuery = { viewer: { creator: { id: string, balances: Array<{ available: { amount: string, minorUnits: string, currencyCode: string }, reserved: { amount: string }, owed: { amount: string }, onItsWay: { amount: string } }> | null, payoutMethod: { id: string, kind: PayoutMethodKind, holder: string, maskedNumber: string } | null } | null } | null };

export type CancelMilestonesMutationVariables = Exact<{
  input: EngagementCancelInput;
}>;


export type CancelMilestonesMutation = { engagementCancel: { engagement: { id: string, state: EngagementState, answeredAt: string | null, milestones: Array<{ id: string, state: MilestoneState, cancelAskedBy: EngagementSide | null }> | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type CategoriesQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoriesQuery = { categories: Array<{ id: string, nameZh: string, nameEn: string, children: Array<{ id: string, nameZh: string, nameEn: string }> }> };

export type ChangeLivePlanMutationVariables = Exact<{
  input: LivePlanChangeInput;
}>;


export type ChangeLivePlanMutation = { livePlanChange: { livePlan: { id: string, current: { version: number, title: string, startsAt: string } } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type CheckSourceDocumentQueryVariables = Exact<{
  productId: string | number;
  sha256: string;
}>;


export type CheckSourceDocumentQuery = { sourceDocumentCheck: { matches: boolean, version: number | null, document: { kind: SourceDocumentKind, title: string, issuer: string, issuedAt: string, expiresAt: string | null } | null }, product: { title: string, sourceStory: { kind: SourceKind, place: string, documents: Array<{ title: string, sha256: string }> } | null } | null };

export type ClaimOrderMutationVariables = Exact<{
  input: AttributionClaimOpenInput;
}>;


export type ClaimOrderMutation = { attributionClaimOpen: { attributionClaim: { id: string, state: AttributionClaimState } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string>, state: string }
    > } };

export type ContractsQueryVariables = Exact<{
  first?: number;
  proposalsAfter?: string | null | undefined;
  contractsAfter?: string | null | undefined;
}>;


export type ContractsQuery = { viewer: { creator: { id: string, contractInForce: { id: string, state: CreatorContractState, startsAt: string, endsAt: string | null, agency: { id: string, name: string }, terms: { version: number, shareRate: number, visibility: Array<ContractVisibility>, validFrom: string } } | null, contractProposals: { nodes: Array<{ id: string, kind: ContractProposalKind, state: ContractProposalState, shareRate: number, visibility: Array<ContractVisibility>, startsAt: string | null, endsAt: string | null, message: string, lapsesAt: string, agency: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null, contracts: { nodes: Array<{ id: string, state: CreatorContractState, startsAt: string, endsAt: string | null, endReason: string | null, agency: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } | null };

export type DeclineEngagementMutationVariables = Exact<{
  input: EngagementDeclineInput;
}>;


export type DeclineEngagementMutation = { engagementDecline: { engagement: { id: string, state: EngagementState, answeredAt: string | null, milestones: Array<{ id: string, state: MilestoneState, cancelAskedBy: EngagementSide | null }> | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type DeclineProposalMutationVariables = Exact<{
  input: ContractDeclineInput;
}>;


export type DeclineProposalMutation = { contractDecline: { proposal: { id: string, kind: ContractProposalKind, state: ContractProposalState, shareRate: number, visibility: Array<ContractVisibility>, lapsesAt: string, decidedAt: string | null, declineReason: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type DeliverMilestoneMutationVariables = Exact<{
  input: MilestoneDeliverInput;
}>;


export type DeliverMilestoneMutation = { milestoneDeliver: { milestone: { id: string, title: string, state: MilestoneState, answerDueAt: string | null, deliveries: Array<{ round: number, note: string, links: Array<string> }> } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type EarningsChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type EarningsChangedSubscription = { earningsChanged: { cursor: string, creator: { id: string, balances: Array<{ available: { amount: string, minorUnits: string, currencyCode: string }, reserved: { amount: string }, owed: { amount: string }, onItsWay: { amount: string } }> | null } | null } };

export type EarningsQueryVariables = Exact<{
  by?: EarningsBy;
  from?: string | null | undefined;
  to?: string | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type EarningsQuery = { viewer: { creator: { id: string, earnings: { nodes: Array<{ day: string | null, orderLines: number, product: { id: string, title: string } | null, liveSession: { id: string, title: string } | null, promotionLink: { id: string, code: string } | null, campaign: { id: string, title: string } | null, gmv: { amount: string, currencyCode: string } | null, estimated: { amount: string, currencyCode: string }, settled: { amount: string, currencyCode: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type EndContractMutationVariables = Exact<{
  input: ContractEndInput;
}>;


export type EndContractMutation = { contractEnd: { contract: { id: string, state: CreatorContractState, startsAt: string, endsAt: string | null, endReason: string | null, terms: { version: number, shareRate: number, visibility: Array<ContractVisibility> } } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type EndLiveMutationVariables = Exact<{
  input: LiveSessionEndInput;
}>;


export type EndLiveMutation = { liveSessionEnd: { liveSession: { id: string, title: string, startedAt: string, endedAt: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type EventBoardSubscriptionVariables = Exact<{
  officialEventId: string | number;
}>;


export type EventBoardSubscription = { officialEventBoard: { at: string, officialEvent: { id: string, name: string, state: OfficialEventState, endsAt: string, standings: { nodes: Array<{ rank: number, amount: { amount: string, currencyCode: string }, prize: { amount: string } | null, party: { name: string, organisationId: string } }> } } } };

export type FlashListingMutationVariables = Exact<{
  input: LiveFlashListInput;
}>;


export type FlashListingMutation = { liveFlashList: { liveItem: { id: string, position: number, product: { id: string, title: string } | null, flash: { skuCode: string, photoUrl: string } | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type GoLiveMutationVariables = Exact<{
  input: LiveSessionStartInput;
}>;


export type GoLiveMutation = { liveSessionStart: { liveSession: { id: string, title: string, startedAt: string, endedAt: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type HandInContentMutationVariables = Exact<{
  input: SampleContentSubmitInput;
}>;


export type HandInContentMutation = { sampleContentSubmit: { sampleRequest: { id: string, state: SampleState, fulfilledAt: string | null, fulfilledBy: SampleFulfilledBy | null, late: boolean, contentTitle: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type MyInsightQueryVariables = Exact<{
  by?: InsightBy;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type MyInsightQuery = { viewer: { creator: { insight: { nodes: Array<{ from: string, to: string, orders: string, buyers: string, repurchaseRate: number | null, returnRate: number | null, effectiveCommissionRate: number | null, countedAt: string | null, gmv: { amount: string, currencyCode: string }, valuePerOrder: { amount: string } | null, valuePerFan: { amount: string } | null, estimatedCommission: { amount: string }, takenApart: { liveSessions: number, viewers: string, watchedSeconds: string, orders: string, gmv: { amount: string }, factors: Array<{ name: InsightFactorName, numerator: string, denominator: string }> | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type LinksQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type LinksQuery = { viewer: { creator: { id: string, promotionLinks: { nodes: Array<{ id: string, code: string, createdAt: string, creatorRate: number | null, product: { id: string, title: string }, terms: { winner: { kind: OfferKind, commissionRate: number } | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type LiveBoardSubscriptionVariables = Exact<{
  liveSessionId: string | number;
}>;


export type LiveBoardSubscription = { liveSessionBoard: { at: string, liveSession: { id: string, title: string, endedAt: string | null, pinnedItem: { id: string } | null, figures: { stockLeft: string, orders: number, units: number, unpaidLines: number } | null, money: Array<{ gmv: { amount: string, currencyCode: string }, refunded: { amount: string } }> | null } } };

export type LiveCartQueryVariables = Exact<{
  liveSessionId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type LiveCartQuery = { node:
    | { __typename: 'AfterSalesCase' }
    | { __typename: 'Agency' }
    | { __typename: 'AgencyCertificate' }
    | { __typename: 'AgencySuspension' }
    | { __typename: 'Alliance' }
    | { __typename: 'AlliancePolicy' }
    | { __typename: 'ApiKey' }
    | { __typename: 'AttributionClaim' }
    | { __typename: 'AuditEntry' }
    | { __typename: 'BeltJoin' }
    | { __typename: 'Boost' }
    | { __typename: 'Brand' }
    | { __typename: 'BulkExport' }
    | { __typename: 'Category' }
    | { __typename: 'CertificationApplication' }
    | { __typename: 'CertificationWindow' }
    | { __typename: 'ChangeEvent' }
    | { __typename: 'ClaimFinding' }
    | { __typename: 'ClaimPenalty' }
    | { __typename: 'ClaimReport' }
    | { __typename: 'ClaimRuleSet' }
    | { __typename: 'Clawback' }
    | { __typename: 'ContractProposal' }
    | { __typename: 'Creator' }
    | { __typename: 'CreatorContract' }
    | { __typename: 'Engagement' }
    | { __typename: 'EngagementMilestone' }
    | { __typename: 'Enrolment' }
    | { __typename: 'IndustrialBelt' }
    | { __typename: 'LedgerAccount' }
    | { __typename: 'LiveBase' }
    | { __typename: 'LiveItem' }
    | { __typename: 'LiveOffer' }
    | { __typename: 'LivePlan' }
    | { __typename: 'LiveSession', id: string, title: string, startedAt: string, endedAt: string | null, cart: { nodes: Array<{ id: string, position: number, pinned: boolean, product: { id: string, title: string } | null, flash: { title: string, photoUrl: string, skuCode: string } | null, offers: Array<{ id: string, stock: number, left: number, price: { amount: string, currencyCode: string }, sku: { id: string, optionName: string, price: { amount: string } } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
    | { __typename: 'OfficialEvent' }
    | { __typename: 'OfficialEventProduct' }
    | { __typename: 'OrderLine' }
    | { __typename: 'OrganisationMember' }
    | { __typename: 'OutsideClosing' }
    | { __typename: 'PartyBlock' }
    | { __typename: 'Payout' }
    | { __typename: 'PayoutBatch' }
    | { __typename: 'PayoutMethod' }
    | { __typename: 'Plan' }
    | { __typename: 'Product' }
    | { __typename: 'PromotionLink' }
    | { __typename: 'RecruitingCampaign' }
    | { __typename: 'SampleRequest' }
    | { __typename: 'SampleRule' }
    | { __typename: 'SettlementRun' }
    | { __typename: 'ShareLink' }
    | { __typename: 'Sharer' }
    | { __typename: 'SharingTerms' }
    | { __typename: 'ShowcaseItem' }
    | { __typename: 'Sku' }
    | { __typename: 'SourceStory' }
    | { __typename: 'Statement' }
    | { __typename: 'TrafficPolicy' }
    | { __typename: 'TrustClaim' }
    | { __typename: 'TrustPolicy' }
    | { __typename: 'WebhookDelivery' }
    | { __typename: 'WebhookEndpoint' }
   | null };

export type LiveSessionQueryVariables = Exact<{
  id: string | number;
}>;


export type LiveSessionQuery = { node:
    | { __typename: 'AfterSalesCase' }
    | { __typename: 'Agency' }
    | { __typename: 'AgencyCertificate' }
    | { __typename: 'AgencySuspension' }
    | { __typename: 'Alliance' }
    | { __typename: 'AlliancePolicy' }
    | { __typename: 'ApiKey' }
    | { __typename: 'AttributionClaim' }
    | { __typename: 'AuditEntry' }
    | { __typename: 'BeltJoin' }
    | { __typename: 'Boost' }
    | { __typename: 'Brand' }
    | { __typename: 'BulkExport' }
    | { __typename: 'Category' }
    | { __typename: 'CertificationApplication' }
    | { __typename: 'CertificationWindow' }
    | { __typename: 'ChangeEvent' }
    | { __typename: 'ClaimFinding' }
    | { __typename: 'ClaimPenalty' }
    | { __typename: 'ClaimReport' }
    | { __typename: 'ClaimRuleSet' }
    | { __typename: 'Clawback' }
    | { __typename: 'ContractProposal' }
    | { __typename: 'Creator' }
    | { __typename: 'CreatorContract' }
    | { __typename: 'Engagement' }
    | { __typename: 'EngagementMilestone' }
    | { __typename: 'Enrolment' }
    | { __typename: 'IndustrialBelt' }
    | { __typename: 'LedgerAccount' }
    | { __typename: 'LiveBase' }
    | { __typename: 'LiveItem' }
    | { __typename: 'LiveOffer' }
    | { __typename: 'LivePlan' }
    | { __typename: 'LiveSession', id: string, title: string, startedAt: string, endedAt: string | null }
    | { __typename: 'OfficialEvent' }
    | { __typename: 'OfficialEventProduct' }
    | { __typename: 'OrderLine' }
    | { __typename: 'OrganisationMember' }
    | { __typename: 'OutsideClosing' }
    | { __typename: 'PartyBlock' }
    | { __typename: 'Payout' }
    | { __typename: 'PayoutBatch' }
    | { __typename: 'PayoutMethod' }
    | { __typename: 'Plan' }
    | { __typename: 'Product' }
    | { __typename: 'PromotionLink' }
    | { __typename: 'RecruitingCampaign' }
    | { __typename: 'SampleRequest' }
    | { __typename: 'SampleRule' }
    | { __typename: 'SettlementRun' }
    | { __typename: 'ShareLink' }
    | { __typename: 'Sharer' }
    | { __typename: 'SharingTerms' }
    | { __typename: 'ShowcaseItem' }
    | { __typename: 'Sku' }
    | { __typename: 'SourceStory' }
    | { __typename: 'Statement' }
    | { __typename: 'TrafficPolicy' }
    | { __typename: 'TrustClaim' }
    | { __typename: 'TrustPolicy' }
    | { __typename: 'WebhookDelivery' }
    | { __typename: 'WebhookEndpoint' }
   | null };

export type MakeLinkMutationVariables = Exact<{
  input: PickInput;
}>;


export type MakeLinkMutation = { promotionLinkCreate: { promotionLink: { id: string, code: string, product: { title: string } } | null, userErrors: Array<
      | { __typename: 'Blocked', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type MyBalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type MyBalanceQuery = { viewer: { creator: { balances: Array<{ available: { amount: string, currencyCode: string }, reserved: { amount: string }, owed: { amount: string }, onItsWay: { amount: string }, balance: { amount: string } }> | null, payouts: { nodes: Array<{ state: PayoutState, requestedAt: string, gross: { amount: string }, withheld: { amount: string }, net: { amount: string } }> } | null, accounts: Array<{ kind: LedgerAccountKind, history: { nodes: Array<{ kind: LedgerTransferKind, postedAt: string, amount: { amount: string }, balanceAfter: { amount: string }, orderLines: { nodes: Array<{ amount: { amount: string }, orderLine: { orderNo: string } }> } }> } }> | null } | null } | null };

export type MyBoostsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyBoostsQuery = { viewer: { creator: { boosts: { nodes: Array<{ id: string, state: BoostState, endedBecause: BoostEndedBecause | null, exposures: string, startsAt: string, endsAt: string, product: { title: string } | null, budget: { amount: string, currencyCode: string }, spent: { amount: string }, rest: { amount: string }, figures: { orders: number, returnOnSpend: string | null, gmv: { amount: string }, refunded: { amount: string } }, charges: { nodes: Array<{ shownAt: string, exposures: number, charged: { amount: string } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type MyClaimFindingsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyClaimFindingsQuery = { viewer: { creator: { id: string, claimFindings: { nodes: Array<{ id: string, subjectId: string, state: ClaimFindingState, severity: ClaimSeverity, foundAt: string, decidedAt: string | null, reason: string | null, hits: Array<{ field: string, reason: string, from: number, to: number, text: string }> }> } | null, claimPenalties: { nodes: Array<{ id: string, kind: ClaimPenaltyKind, givenAt: string, endsAt: string | null, liftedAt: string | null, appealableUntil: string, appeal: { state: ClaimAppealState, note: string | null } | null }> } | null, claimReports: { nodes: Array<{ id: string, subjectId: string, words: string, reportedAt: string, state: ClaimFindingState }> } | null } | null } | null };

export type MyContractQueryVariables = Exact<{ [key: string]: never; }>;


export type MyContractQuery = { viewer: { creator: { name: string, contractInForce: { id: string, state: CreatorContractState, startsAt: string, endsAt: string | null, agency: { name: string }, terms: { version: number, shareRate: number, visibility: Array<ContractVisibility>, validFrom: string } } | null, contractProposals: { nodes: Array<{ id: string, kind: ContractProposalKind, shareRate: number, visibility: Array<ContractVisibility>, startsAt: string | null, endsAt: string | null, message: string, lapsesAt: string, agency: { name: string } }> } | null, contracts: { nodes: Array<{ state: CreatorContractState, startsAt: string, endsAt: string | null, endReason: string | null, agency: { name: string }, versions: { nodes: Array<{ version: number, shareRate: number, visibility: Array<ContractVisibility>, validFrom: string, validTo: string | null }> } }> } } | null } | null };

export type MyEarningsQueryVariables = Exact<{
  by?: EarningsBy;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type MyEarningsQuery = { viewer: { creator: { name: string, earnings: { nodes: Array<{ day: string | null, orderLines: number, plan: { title: string } | null, product: { title: string } | null, liveSession: { title: string } | null, promotionLink: { code: string } | null, campaign: { title: string } | null, gmv: { amount: string, currencyCode: string } | null, estimated: { amount: string }, settled: { amount: string } }> } | null, orderLines: { nodes: Array<{ orderNo: string, state: OrderLineState, attribution: Attribution, product: { title: string } | null, goodsPaid: { amount: string }, refunded: { amount: string }, waterfall: { sumsUp: boolean, nodes: Array<{ role: PayeeRole, rate: number | null, estimatedGross: { amount: string, currencyCode: string }, estimatedNet: { amount: string } | null }> } }> } | null } | null } | null };

export type MyEngagementsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyEngagementsQuery = { viewer: { creator: { name: string, engagements: { nodes: Array<{ id: string, title: string, brief: string | null, state: EngagementState, lapsesAt: string, brand: { name: string }, price: { amount: string, currencyCode: string }, milestones: Array<{ id: string, kind: TaskKind, title: string, state: MilestoneState, dueAt: string, overdue: boolean, cancelAskedBy: EngagementSide | null, cancelReason: string | null, deliveries: Array<{ round: number, note: string, changesNote: string | null }>, entries: Array<{ kind: MilestoneEntryKind, amount: { amount: string } }> }> | null }> } | null } | null } | null };

export type MyLiveSessionsQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type MyLiveSessionsQuery = { viewer: { creator: { id: string, liveSessions: { nodes: Array<{ id: string, title: string, startedAt: string, endedAt: string | null, plan: { id: string, current: { version: number, startsAt: string, plannedMinutes: number, gifts: Array<string>, trafficBudget: { amount: string, currencyCode: string }, merchandise: Array<{ audience: LiveAudience, stock: number, price: { amount: string }, product: { id: string, title: string } | null }>, highlights: Array<{ minute: number, text: string }> } } | null, figures: { viewers: string | null, orders: number, units: number, unpaidLines: number, cancelledLines: number, returnedLines: number, stockLeft: string } | null, money: Array<{ gmv: { amount: string, currencyCode: string }, refunded: { amount: string } }> | null }> } } | null } | null };

export type MyRateLocksQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRateLocksQuery = { viewer: { creator: { rateLocks: { nodes: Array<{ keptRate: number | null, currentRate: number | null, applies: boolean, lockedUntil: string, product: { title: string } | null }> } | null } | null } | null };

export type MySamplesQueryVariables = Exact<{
  first?: number;
}>;


export type MySamplesQuery = { viewer: { creator: { sampleRequests: { nodes: Array<{ id: string, state: SampleState, askedAt: string, carrier: string | null, trackingNumber: string | null, contentDueAt: string | null, late: boolean, reason: string | null, product: { title: string }, brand: { name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null, productPool: { nodes: Array<{ id: string, title: string, sampleRule: { approval: SampleApproval, minFollowers: string, left: number, contentWanted: SampleContentWanted } | null }> } };

export type MyShowcaseQueryVariables = Exact<{ [key: string]: never; }>;


export type MyShowcaseQuery = { viewer: { creator: { name: string, tier: CreatorTier, showcase: { nodes: Array<{ pickedAt: string, product: { title: string }, terms: { winner: { kind: OfferKind, commissionRate: number } | null, losers: Array<{ because: LostBecause, offer: { kind: OfferKind, commissionRate: number } }> } | null }> } | null } | null } | null };

export type MyStatementsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyStatementsQuery = { viewer: { memberships: Array<{ role: Role }>, creator: { name: string, statements: { nodes: Array<{ number: string, month: string, pageUrl: string, csvUrl: string, jsonUrl: string, openingBalance: { amount: string, currencyCode: string }, closingBalance: { amount: string }, totals: Array<{ account: LedgerAccountKind, kind: LedgerTransferKind, transfers: string, in: { amount: string }, out: { amount: string } }> }> } | null } | null } | null };

export type MyTrustQueryVariables = Exact<{ [key: string]: never; }>;


export type MyTrustQuery = { viewer: { creator: { trustScore: { score: number, windowDays: number, orderLines: number, components: Array<{ name: TrustScoreComponentName, count: number, of: number, share: number, weight: number, effect: number }> } | null, trustClaims: { nodes: Array<{ id: string, kind: ProtectionKind, state: TrustClaimState, amount: { amount: string }, refundedForGoods: { amount: string } | null, product: { title: string } }> } | null } | null } | null };

export type NarrowVisibilityMutationVariables = Exact<{
  input: ContractNarrowVisibilityInput;
}>;


export type NarrowVisibilityMutation = { contractNarrowVisibility: { contract: { id: string, state: CreatorContractState, startsAt: string, endsAt: string | null, endReason: string | null, terms: { version: number, shareRate: number, visibility: Array<ContractVisibility> } } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type OfficialEventsForMeQueryVariables = Exact<{ [key: string]: never; }>;


export type OfficialEventsForMeQuery = { officialEvents: { nodes: Array<{ id: string, code: string, name: string, state: OfficialEventState, startsAt: string, endsAt: string, purses: Array<{ kind: OfficialEventPurseKind, rate: number }>, prizes: Array<{ board: OfficialEventBoardKind, rank: number, amount: { amount: string, currencyCode: string } }>, products: { nodes: Array<{ id: string, product: { id: string, title: string } | null }> } }> } };

export type OrderQueryVariables = Exact<{
  id: string | number;
}>;


export type OrderQuery = { orderLine: { id: string, orderNo: string, state: OrderLineState, placedAt: string, product: { id: string, title: string } | null, commissionExplanation: { attribution: { method: string | null, linkCode: string | null }, winner: { kind: OfferKind, commissionRate: number } | null, losers: Array<{ because: LostBecause, offer: { kind: OfferKind, commissionRate: number } }>, base: { amount: string, currencyCode: string }, steps: Array<{ kind: CommissionStepKind, occurredAt: string, remainingBaseAfter: { amount: string } }> }, settlement: { expectedAt: string | null, delayedBy: Array<SettlementDelay>, settledAt: string | null, shares: Array<{ role: PayeeRole, settled: { amount: string, currencyCode: string } }> } } | null };

export type OrdersQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type OrdersQuery = { viewer: { creator: { id: string, orderLines: { nodes: Array<{ id: string, orderNo: string, lineNo: number, state: OrderLineState, attribution: Attribution, placedAt: string, quantity: number, product: { id: string, title: string } | null, goodsPaid: { amount: string, currencyCode: string }, refunded: { amount: string }, waterfall: { sumsUp: boolean, nodes: Array<{ role: PayeeRole, rate: number | null, estimatedNet: { amount: string } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type PayoutsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type PayoutsQuery = { viewer: { creator: { id: string, payouts: { nodes: Array<{ id: string, state: PayoutState, requestedAt: string, sentAt: string | null, endedAt: string | null, failureDetail: string | null, gross: { amount: string, currencyCode: string }, withheld: { amount: string }, net: { amount: string }, method: { id: string, maskedNumber: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type PickProductMutationVariables = Exact<{
  input: PickInput;
}>;


export type PickProductMutation = { showcaseAdd: { showcaseItem: { id: string, pickedAt: string, product: { title: string }, terms: { winner: { kind: OfferKind, commissionRate: number } | null } | null } | null, userErrors: Array<
      | { __typename: 'Blocked', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type PinItemMutationVariables = Exact<{
  input: LiveItemPinInput;
}>;


export type PinItemMutation = { liveItemPin: { liveItem: { id: string, pinned: boolean } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type PlanLiveMutationVariables = Exact<{
  input: LivePlanCreateInput;
}>;


export type PlanLiveMutation = { livePlanCreate: { livePlan: { id: string, current: { version: number, title: string, startsAt: string } } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type PoolPageQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type PoolPageQuery = { productPool: { nodes: Array<{ id: string, title: string, brand: { name: string }, skus: Array<{ price: { amount: string } }>, openPlan: { commissionRate: number | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PoolSearchQueryVariables = Exact<{
  search: string;
}>;


export type PoolSearchQuery = { productPool: { nodes: Array<{ id: string, title: string, brand: { name: string, city: string }, category: { nameZh: string, nameEn: string }, openPlan: { commissionRate: number | null } | null, enrolments: Array<{ commissionRate: number | null, campaign: { title: string } | null }> }> } };

export type PoolQueryVariables = Exact<{
  filter?: PoolFilterInput | null | undefined;
  orderBy?: PoolOrder;
  first?: number;
  after?: string | null | undefined;
}>;


export type PoolQuery = { productPool: { nodes: Array<{ id: string, title: string, brand: { name: string }, skus: Array<{ price: { amount: string } }>, openPlan: { commissionRate: number | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ProductPageQueryVariables = Exact<{
  id: string | number;
}>;


export type ProductPageQuery = { product: { id: string, title: string, description: string, state: ProductState, brand: { id: string, name: string, city: string, about: string }, category: { id: string, nameZh: string, nameEn: string }, skus: Array<{ id: string, optionName: string, stock: string, price: { amount: string, currencyCode: string } }>, openPlan: { id: string, closesAt: string | null, terms: { commissionRate: number, boostCommissionRate: number | null, validTo: string | null, tiers: Array<{ afterLines: number, commissionRate: number }> } | null, scheduledTerms: { commissionRate: number, validFrom: string } | null } | null, enrolments: Array<{ id: string, commissionRate: number | null, endsAt: string | null, campaign: { id: string, title: string, agency: { name: string } } | null }>, sampleRule: { id: string, approval: SampleApproval, left: number, contentWanted: SampleContentWanted, daysForContent: number, minFollowers: string, minCompletedOrders: number, shortFalls: SampleShortFalls } | null } | null };

export type ProposeChangeMutationVariables = Exact<{
  input: ContractProposeChangeInput;
}>;


export type ProposeChangeMutation = { contractProposeChange: { proposal: { id: string, kind: ContractProposalKind, state: ContractProposalState, shareRate: number, visibility: Array<ContractVisibility>, lapsesAt: string, decidedAt: string | null, declineReason: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'ProposalOpen', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type RegisterMutationVariables = Exact<{
  input: CreatorRegisterInput;
}>;


export type RegisterMutation = { creatorRegister: { creator: { id: string, name: string, city: string, about: string, tier: CreatorTier } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type ReportClaimMutationVariables = Exact<{
  input: ClaimReportInput;
}>;


export type ReportClaimMutation = { claimReport: { claimReport: { id: string, state: ClaimFindingState } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string>, state: string }
      | { __typename: 'TooManyReports', message: string, path: Array<string> }
    > } };

export type ReportViewersMutationVariables = Exact<{
  input: LiveViewersReportInput;
}>;


export type ReportViewersMutation = { liveViewersReport: { liveSession: { id: string, figures: { viewers: string | null } | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type RetirePayoutAccountMutationVariables = Exact<{
  input: PayoutMethodRetireInput;
}>;


export type RetirePayoutAccountMutation = { payoutMethodRetire: { payoutMethod: { id: string, retiredAt: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type SampleArrivedMutationVariables = Exact<{
  input: SampleMoveInput;
}>;


export type SampleArrivedMutation = { sampleReceived: { sampleRequest: { id: string, state: SampleState, arrivedAt: string | null, contentDueAt: string | null, endedAt: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type ShowcaseQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type ShowcaseQuery = { viewer: { creator: { id: string, showcase: { nodes: Array<{ id: string, pickedAt: string, product: { id: string, title: string }, enrolment: { id: string } | null, terms: { winner: { kind: OfferKind, commissionRate: number, validTo: string | null, lockedUntil: string | null } | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null } | null };

export type SourceGoodsQueryVariables = Exact<{
  kind?: SourceKind | null | undefined;
  beltId?: string | number | null | undefined;
  after?: string | null | undefined;
}>;


export type SourceGoodsQuery = { productPool: { nodes: Array<{ id: string, title: string, brand: { name: string }, openPlan: { commissionRate: number | null } | null, sourceStory: { kind: SourceKind, place: string, about: string, verifiedAt: string | null, expiresAt: string | null, belt: { id: string, name: string } | null, liveBase: { name: string, city: string } | null, agency: { name: string } | null, documents: Array<{ kind: SourceDocumentKind, title: string, issuer: string, sha256: string, url: string | null, issuedAt: string, expiresAt: string | null }> } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type StartPlannedLiveMutationVariables = Exact<{
  input: LivePlanStartInput;
}>;


export type StartPlannedLiveMutation = { livePlanStart: { liveSession: { id: string, title: string, startedAt: string } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type TakeOutOfCartMutationVariables = Exact<{
  input: LiveItemRemoveInput;
}>;


export type TakeOutOfCartMutation = { liveItemRemove: { liveItem: { id: string, removedAt: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type TakeOutOfShowcaseMutationVariables = Exact<{
  input: ShowcaseRemoveInput;
}>;


export type TakeOutOfShowcaseMutation = { showcaseRemove: { showcaseItem: { id: string, removedAt: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type TakeProposalBackMutationVariables = Exact<{
  input: ContractProposalInput;
}>;


export type TakeProposalBackMutation = { contractWithdraw: { proposal: { id: string, kind: ContractProposalKind, state: ContractProposalState, shareRate: number, visibility: Array<ContractVisibility>, lapsesAt: string, decidedAt: string | null, declineReason: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type TakeSampleRequestBackMutationVariables = Exact<{
  input: SampleMoveInput;
}>;


export type TakeSampleRequestBackMutation = { sampleWithdraw: { sampleRequest: { id: string, state: SampleState, arrivedAt: string | null, contentDueAt: string | null, endedAt: string | null } | null, userErrors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
      | { __typename: 'InvalidInput', message: string, path: Array<string> }
      | { __typename: 'NotFoundError', message: string, path: Array<string> }
      | { __typename: 'StateConflict', message: string, path: Array<string> }
    > } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, memberships: Array<{ role: Role }>, creator: { id: string, name: string, city: string, about: string, tier: CreatorTier, followers: string, contractInForce: { id: string, agency: { id: string, name: string } } | null } | null } | null };

export type WhenAmIPaidQueryVariables = Exact<{ [key: string]: never; }>;


export type WhenAmIPaidQuery = { viewer: { creator: { orderLines: { nodes: Array<{ orderNo: string, state: OrderLineState, settlement: { expectedAt: string | null, delayedBy: Array<SettlementDelay>, settledAt: string | null, shares: Array<{ role: PayeeRole, settled: { amount: string, currencyCode: string }, changedSince: { amount: string }, payouts: Array<{ state: PayoutState, requestedAt: string }> }>, clawbacks: Array<{ state: ClawbackState, amount: { amount: string } }> } }> } | null } | null } | null };

export type WhyThisCommissionQueryVariables = Exact<{ [key: string]: never; }>;


export type WhyThisCommissionQuery = { viewer: { creator: { orderLines: { nodes: Array<{ orderNo: string, placedAt: string, commissionExplanation: { policyVersion: number, technicalFeeRate: number, attribution: { method: string | null, linkCode: string | null, clickedAt: string | null }, winner: { kind: OfferKind, commissionRate: number } | null, losers: Array<{ because: LostBecause, offer: { kind: OfferKind, commissionRate: number } }>, baseParts: Array<{ name: BasePartName, effect: BasePartEffect, amount: { amount: string } }>, base: { amount: string, currencyCode: string }, steps: Array<{ kind: CommissionStepKind, occurredAt: string, remainingBaseAfter: { amount: string }, entries: Array<{ nodeNo: number, estimatedBefore: { amount: string }, estimatedPosted: { amount: string }, estimatedAfter: { amount: string } }> }> } }> } | null } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const AcceptEngagementDocument = new TypedDocumentString(`
    mutation AcceptEngagement($input: EngagementAcceptInput!) {
  engagementAccept(input: $input) {
    engagement {
      id
      state
      answeredAt
      milestones {
        id
        state
        cancelAskedBy
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:3e10265e10a3d261034f04adb2db43dca62443b870334bad48a8d2318db9c825"}) as unknown as TypedDocumentString<AcceptEngagementMutation, AcceptEngagementMutationVariables>;
export const AcceptProposalDocument = new TypedDocumentString(`
    mutation AcceptProposal($input: ContractProposalInput!) {
  contractAccept(input: $input) {
    contract {
      id
      state
      startsAt
      endsAt
      agency {
        name
      }
      terms {
        version
        shareRate
        visibility
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:9ea5b9e84e215900b1d140d83afa89895d66814977e49789e669d5ace66ac9ec"}) as unknown as TypedDocumentString<AcceptProposalMutation, AcceptProposalMutationVariables>;
export const SetPayoutMethodDocument = new TypedDocumentString(`
    mutation SetPayoutMethod($input: PayoutMethodSetInput!) {
  payoutMethodSet(input: $input) {
    payoutMethod {
      id
      kind
      holder
      country
      maskedNumber
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:fa48df43fc18dacbea9ca0e8bc4d290f940bb835d7e1109937b8e718434b7aea"}) as unknown as TypedDocumentString<SetPayoutMethodMutation, SetPayoutMethodMutationVariables>;
export const AddToCartDocument = new TypedDocumentString(`
    mutation AddToCart($input: LiveItemAddInput!) {
  liveItemAdd(input: $input) {
    liveItem {
      id
      position
      pinned
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:476f4420a3a4631ce89567fd30cb4e062c13cacadcfdae6a921642ef4ff2e88a"}) as unknown as TypedDocumentString<AddToCartMutation, AddToCartMutationVariables>;
export const AppealPenaltyDocument = new TypedDocumentString(`
    mutation AppealPenalty($input: ClaimPenaltyAppealInput!) {
  claimPenaltyAppeal(input: $input) {
    claimPenalty {
      id
      kind
      appeal {
        state
        appealedAt
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
      ... on StateConflict {
        state
      }
    }
  }
}
    `, {"documentId":"sha256:3ef05b279f531ea9ae10c74ff3650ee071971f5d69eb3a24bf973e1c373081fe"}) as unknown as TypedDocumentString<AppealPenaltyMutation, AppealPenaltyMutationVariables>;
export const ArrangeCartDocument = new TypedDocumentString(`
    mutation ArrangeCart($input: LiveCartArrangeInput!) {
  liveCartArrange(input: $input) {
    liveSession {
      id
      cart(first: 50) {
        nodes {
          id
          position
        }
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:1d8f762b756b27b2fbb2abe53181cb394454dceb3a310e8401bfde48645b14b2"}) as unknown as TypedDocumentString<ArrangeCartMutation, ArrangeCartMutationVariables>;
export const AskForPayoutDocument = new TypedDocumentString(`
    mutation AskForPayout($input: PayoutRequestInput!) {
  payoutRequest(input: $input) {
    payout {
      id
      state
      gross {
        amount
        currencyCode
      }
      withheld {
        amount
      }
      net {
        amount
      }
      method {
        maskedNumber
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
      ... on PayoutAboveBalance {
        availableMinor
      }
      ... on PayoutBelowMinimum {
        minimumMinor
      }
    }
  }
}
    `, {"documentId":"sha256:bb9bed92c3f2f625a066510857b3648165573c9329e4cadbdcf7097848030a2e"}) as unknown as TypedDocumentString<AskForPayoutMutation, AskForPayoutMutationVariables>;
export const AskForSampleDocument = new TypedDocumentString(`
    mutation AskForSample($input: SampleRequestInput!) {
  sampleRequest(input: $input) {
    sampleRequest {
      id
      state
      automatic
      shipDueAt
      product {
        title
      }
      sku {
        optionName
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
      ... on SampleRequirementsUnmet {
        shortOf
      }
    }
  }
}
    `, {"documentId":"sha256:acdefd6b3c7cec8162d5d7ca51c1f27e86ffbb4db2700691a9e34ae9b2459e2c"}) as unknown as TypedDocumentString<AskForSampleMutation, AskForSampleMutationVariables>;
export const BalanceDocument = new TypedDocumentString(`
    query Balance {
  viewer {
    creator {
      id
      balances {
        available {
          amount
          minorUnits
          currencyCode
        }
        reserved {
          amount
        }
        owed {
          amount
        }
        onItsWay {
          amount
        }
      }
      payoutMethod {
        id
        kind
        holder
        maskedNumber
      }
    }
  }
}
    `, {"documentId":"sha256:b56e43fdc06d3877d922ec1bd542e7860f855221f7c081dcf5855b5dbea02616"}) as unknown as TypedDocumentString<BalanceQuery, BalanceQueryVariables>;
export const CancelMilestonesDocument = new TypedDocumentString(`
    mutation CancelMilestones($input: EngagementCancelInput!) {
  engagementCancel(input: $input) {
    engagement {
      id
      state
      answeredAt
      milestones {
        id
        state
        cancelAskedBy
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:e3a80ca79c9de1db96d485f3fbae46e323d6f9fb4326a028042c5293a6e88a53"}) as unknown as TypedDocumentString<CancelMilestonesMutation, CancelMilestonesMutationVariables>;
export const CategoriesDocument = new TypedDocumentString(`
    query Categories {
  categories {
    id
    nameZh
    nameEn
    children {
      id
      nameZh
      nameEn
    }
  }
}
    `, {"documentId":"sha256:e954e53ab09a7f48055c8e51ea183de78c08cd06665455982057083f3874cdcf"}) as unknown as TypedDocumentString<CategoriesQuery, CategoriesQueryVariables>;
export const ChangeLivePlanDocument = new TypedDocumentString(`
    mutation ChangeLivePlan($input: LivePlanChangeInput!) {
  livePlanChange(input: $input) {
    livePlan {
      id
      current {
        version
        title
        startsAt
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:d09b02f7d3977b3468bcf5c521d084c79a05295d553efa86434234809d11be3a"}) as unknown as TypedDocumentString<ChangeLivePlanMutation, ChangeLivePlanMutationVariables>;
export const CheckSourceDocumentDocument = new TypedDocumentString(`
    query CheckSourceDocument($productId: ID!, $sha256: String!) {
  sourceDocumentCheck(productId: $productId, sha256: $sha256) {
    matches
    document {
      kind
      title
      issuer
      issuedAt
      expiresAt
    }
    version
  }
  product(id: $productId) {
    title
    sourceStory {
      kind
      place
      documents {
        title
        sha256
      }
    }
  }
}
    `, {"documentId":"sha256:2d7d607513385673e4fa9da1470b820423a2a9ccc8dccc09c414cb010bb6908c"}) as unknown as TypedDocumentString<CheckSourceDocumentQuery, CheckSourceDocumentQueryVariables>;
export const ClaimOrderDocument = new TypedDocumentString(`
    mutation ClaimOrder($input: AttributionClaimOpenInput!) {
  attributionClaimOpen(input: $input) {
    attributionClaim {
      id
      state
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
      ... on StateConflict {
        state
      }
    }
  }
}
    `, {"documentId":"sha256:f7ec798a2dcae4720b85156e143995a87086fe7b0da79004a79714e8f2e15d88"}) as unknown as TypedDocumentString<ClaimOrderMutation, ClaimOrderMutationVariables>;
export const ContractsDocument = new TypedDocumentString(`
    query Contracts($first: Int! = 20, $proposalsAfter: String, $contractsAfter: String) {
  viewer {
    creator {
      id
      contractInForce {
        id
        state
        startsAt
        endsAt
        agency {
          id
          name
        }
        terms {
          version
          shareRate
          visibility
          validFrom
        }
      }
      contractProposals(first: $first, after: $proposalsAfter) {
        nodes {
          id
          kind
          state
          shareRate
          visibility
          startsAt
          endsAt
          message
          lapsesAt
          agency {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      contracts(first: $first, after: $contractsAfter) {
        nodes {
          id
          state
          startsAt
          endsAt
          endReason
          agency {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:bdfa6eacd481a60dcd8ed52a863e276efe360f05cf70316e2be6e9db0b7a77cb"}) as unknown as TypedDocumentString<ContractsQuery, ContractsQueryVariables>;
export const DeclineEngagementDocument = new TypedDocumentString(`
    mutation DeclineEngagement($input: EngagementDeclineInput!) {
  engagementDecline(input: $input) {
    engagement {
      id
      state
      answeredAt
      milestones {
        id
        state
        cancelAskedBy
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:13d72a507412c9049b4826acaeea8b95c63f310b1f8120bd849894a4027989e5"}) as unknown as TypedDocumentString<DeclineEngagementMutation, DeclineEngagementMutationVariables>;
export const DeclineProposalDocument = new TypedDocumentString(`
    mutation DeclineProposal($input: ContractDeclineInput!) {
  contractDecline(input: $input) {
    proposal {
      id
      kind
      state
      shareRate
      visibility
      lapsesAt
      decidedAt
      declineReason
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:057f484b6b717b7bde001790e052cf938b9b7122dd96c8b57265662565493d69"}) as unknown as TypedDocumentString<DeclineProposalMutation, DeclineProposalMutationVariables>;
export const DeliverMilestoneDocument = new TypedDocumentString(`
    mutation DeliverMilestone($input: MilestoneDeliverInput!) {
  milestoneDeliver(input: $input) {
    milestone {
      id
      title
      state
      answerDueAt
      deliveries {
        round
        note
        links
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:85557f91bc087a83f8f9d9624cb1a576dbf29bfca92a1058a98d68559af59cd0"}) as unknown as TypedDocumentString<DeliverMilestoneMutation, DeliverMilestoneMutationVariables>;
export const EarningsChangedDocument = new TypedDocumentString(`
    subscription EarningsChanged {
  earningsChanged {
    cursor
    creator {
      id
      balances {
        available {
          amount
          minorUnits
          currencyCode
        }
        reserved {
          amount
        }
        owed {
          amount
        }
        onItsWay {
          amount
        }
      }
    }
  }
}
    `, {"documentId":"sha256:4a4d4560f02edb03efb7754f24ce0c894e0283772ecd1157ddb3d46dab00027e"}) as unknown as TypedDocumentString<EarningsChangedSubscription, EarningsChangedSubscriptionVariables>;
export const EarningsDocument = new TypedDocumentString(`
    query Earnings($by: EarningsBy! = DAY, $from: Date, $to: Date, $first: Int! = 31, $after: String) {
  viewer {
    creator {
      id
      earnings(by: $by, from: $from, to: $to, first: $first, after: $after) {
        nodes {
          day
          product {
            id
            title
          }
          liveSession {
            id
            title
          }
          promotionLink {
            id
            code
          }
          campaign {
            id
            title
          }
          orderLines
          gmv {
            amount
            currencyCode
          }
          estimated {
            amount
            currencyCode
          }
          settled {
            amount
            currencyCode
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:e851baeb746b271e57d264919dd1a79b52a50d3b1e3eb93378da75d39b98261c"}) as unknown as TypedDocumentString<EarningsQuery, EarningsQueryVariables>;
export const EndContractDocument = new TypedDocumentString(`
    mutation EndContract($input: ContractEndInput!) {
  contractEnd(input: $input) {
    contract {
      id
      state
      startsAt
      endsAt
      endReason
      terms {
        version
        shareRate
        visibility
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:9a02096e9c253af8584e952b196164bdeecae2cd40409d33716e8a4b00051f9a"}) as unknown as TypedDocumentString<EndContractMutation, EndContractMutationVariables>;
export const EndLiveDocument = new TypedDocumentString(`
    mutation EndLive($input: LiveSessionEndInput!) {
  liveSessionEnd(input: $input) {
    liveSession {
      id
      title
      startedAt
      endedAt
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:298555afba201873335a8f7859d4a7afeba6f3498102fd6d4a402c2901832811"}) as unknown as TypedDocumentString<EndLiveMutation, EndLiveMutationVariables>;
export const EventBoardDocument = new TypedDocumentString(`
    subscription EventBoard($officialEventId: ID!) {
  officialEventBoard(officialEventId: $officialEventId) {
    at
    officialEvent {
      id
      name
      state
      endsAt
      standings(board: CREATORS, first: 10) {
        nodes {
          rank
          amount {
            amount
            currencyCode
          }
          prize {
            amount
          }
          party {
            name
            organisationId
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:91108c85773c6ee7a2d1d86aa64504f3d88c5a941de19ea09cefa15ac11db7b0"}) as unknown as TypedDocumentString<EventBoardSubscription, EventBoardSubscriptionVariables>;
export const FlashListingDocument = new TypedDocumentString(`
    mutation FlashListing($input: LiveFlashListInput!) {
  liveFlashList(input: $input) {
    liveItem {
      id
      position
      product {
        id
        title
      }
      flash {
        skuCode
        photoUrl
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:48fc12a20ccfa2eabad21ff9c8c94f513b61468ef10834ba79bf9428fa7834c3"}) as unknown as TypedDocumentString<FlashListingMutation, FlashListingMutationVariables>;
export const GoLiveDocument = new TypedDocumentString(`
    mutation GoLive($input: LiveSessionStartInput!) {
  liveSessionStart(input: $input) {
    liveSession {
      id
      title
      startedAt
      endedAt
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:7ec9ecef594eb65152b2b2f33180311fea5c928556c4d169b0d449328a649d43"}) as unknown as TypedDocumentString<GoLiveMutation, GoLiveMutationVariables>;
export const HandInContentDocument = new TypedDocumentString(`
    mutation HandInContent($input: SampleContentSubmitInput!) {
  sampleContentSubmit(input: $input) {
    sampleRequest {
      id
      state
      fulfilledAt
      fulfilledBy
      late
      contentTitle
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:b0137fbc908037d4a67fd345683fbbdac1458573ddb88342cd597172785a4355"}) as unknown as TypedDocumentString<HandInContentMutation, HandInContentMutationVariables>;
export const MyInsightDocument = new TypedDocumentString(`
    query MyInsight($by: InsightBy! = WEEK, $from: Date, $to: Date) {
  viewer {
    creator {
      insight(by: $by, from: $from, to: $to, first: 31) {
        nodes {
          from
          to
          gmv {
            amount
            currencyCode
          }
          orders
          buyers
          repurchaseRate
          returnRate
          valuePerOrder {
            amount
          }
          valuePerFan {
            amount
          }
          estimatedCommission {
            amount
          }
          effectiveCommissionRate
          takenApart {
            liveSessions
            viewers
            watchedSeconds
            orders
            gmv {
              amount
            }
            factors {
              name
              numerator
              denominator
            }
          }
          countedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:06d5d53bd5f3c9f739c0034f207098fd9fdc728b04c25737985d0357fa695eef"}) as unknown as TypedDocumentString<MyInsightQuery, MyInsightQueryVariables>;
export const LinksDocument = new TypedDocumentString(`
    query Links($first: Int! = 20, $after: String) {
  viewer {
    creator {
      id
      promotionLinks(first: $first, after: $after) {
        nodes {
          id
          code
          createdAt
          creatorRate
          product {
            id
            title
          }
          terms {
            winner {
              kind
              commissionRate
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:65e2b53c5727c169d76c5b323ca64f38158e4c0f181ef939d0ae99e3003bdca2"}) as unknown as TypedDocumentString<LinksQuery, LinksQueryVariables>;
export const LiveBoardDocument = new TypedDocumentString(`
    subscription LiveBoard($liveSessionId: ID!) {
  liveSessionBoard(liveSessionId: $liveSessionId) {
    at
    liveSession {
      id
      title
      endedAt
      pinnedItem {
        id
      }
      figures {
        stockLeft
        orders
        units
        unpaidLines
      }
      money {
        gmv {
          amount
          currencyCode
        }
        refunded {
          amount
        }
      }
    }
  }
}
    `, {"documentId":"sha256:7ed906f0fdea6b26ebf72bb74d273e17335f3db0c37865e2feba48fa439ecf21"}) as unknown as TypedDocumentString<LiveBoardSubscription, LiveBoardSubscriptionVariables>;
export const LiveCartDocument = new TypedDocumentString(`
    query LiveCart($liveSessionId: ID!, $first: Int = 20, $after: String) {
  node(id: $liveSessionId) {
    __typename
    ... on LiveSession {
      id
      title
      startedAt
      endedAt
      cart(first: $first, after: $after) {
        nodes {
          id
          position
          pinned
          product {
            id
            title
          }
          flash {
            title
            photoUrl
            skuCode
          }
          offers {
            id
            price {
              amount
              currencyCode
            }
            stock
            left
            sku {
              id
              optionName
              price {
                amount
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:cfe36a272e5c85338779d1395df2f1dba4c2687ab945785fc33a440233b2a86b"}) as unknown as TypedDocumentString<LiveCartQuery, LiveCartQueryVariables>;
export const LiveSessionDocument = new TypedDocumentString(`
    query LiveSession($id: ID!) {
  node(id: $id) {
    __typename
    ... on LiveSession {
      id
      title
      startedAt
      endedAt
    }
  }
}
    `, {"documentId":"sha256:1805a269abcc737adb694d0f8e16bacbeb28045c055855d3924e164f1862260e"}) as unknown as TypedDocumentString<LiveSessionQuery, LiveSessionQueryVariables>;
export const MakeLinkDocument = new TypedDocumentString(`
    mutation MakeLink($input: PickInput!) {
  promotionLinkCreate(input: $input) {
    promotionLink {
      id
      code
      product {
        title
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:6ceea322b29e011522b71aff35fa87484e0218bde0ba3be63a9c341c60affcaf"}) as unknown as TypedDocumentString<MakeLinkMutation, MakeLinkMutationVariables>;
export const MyBalanceDocument = new TypedDocumentString(`
    query MyBalance {
  viewer {
    creator {
      balances {
        available {
          amount
          currencyCode
        }
        reserved {
          amount
        }
        owed {
          amount
        }
        onItsWay {
          amount
        }
        balance {
          amount
        }
      }
      payouts(first: 5) {
        nodes {
          state
          requestedAt
          gross {
            amount
          }
          withheld {
            amount
          }
          net {
            amount
          }
        }
      }
      accounts {
        kind
        history(first: 3) {
          nodes {
            kind
            postedAt
            amount {
              amount
            }
            balanceAfter {
              amount
            }
            orderLines(first: 3) {
              nodes {
                amount {
                  amount
                }
                orderLine {
                  orderNo
                }
              }
            }
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:82002b02fe3a9be0b0ed61733e1099a4d1c33b71612a6ace9c11849212756f1b"}) as unknown as TypedDocumentString<MyBalanceQuery, MyBalanceQueryVariables>;
export const MyBoostsDocument = new TypedDocumentString(`
    query MyBoosts($after: String) {
  viewer {
    creator {
      boosts(first: 20, after: $after) {
        nodes {
          id
          state
          endedBecause
          product {
            title
          }
          budget {
            amount
            currencyCode
          }
          spent {
            amount
          }
          rest {
            amount
          }
          exposures
          startsAt
          endsAt
          figures {
            orders
            gmv {
              amount
            }
            refunded {
              amount
            }
            returnOnSpend
          }
          charges(first: 3) {
            nodes {
              shownAt
              exposures
              charged {
                amount
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:87e00793b2ea83c9d046bdc33f157347c353f68728946de80da3a8f9375afd0e"}) as unknown as TypedDocumentString<MyBoostsQuery, MyBoostsQueryVariables>;
export const MyClaimFindingsDocument = new TypedDocumentString(`
    query MyClaimFindings {
  viewer {
    creator {
      id
      claimFindings(first: 20) {
        nodes {
          id
          subjectId
          state
          severity
          foundAt
          decidedAt
          reason
          hits {
            field
            reason
            from
            to
            text
          }
        }
      }
      claimPenalties(first: 10) {
        nodes {
          id
          kind
          givenAt
          endsAt
          liftedAt
          appealableUntil
          appeal {
            state
            note
          }
        }
      }
      claimReports(first: 10) {
        nodes {
          id
          subjectId
          words
          reportedAt
          state
        }
      }
    }
  }
}
    `, {"documentId":"sha256:96876ef5bdbabcb38116c72e586c5887a37f6d7f4a0f7d94d9440df95597536d"}) as unknown as TypedDocumentString<MyClaimFindingsQuery, MyClaimFindingsQueryVariables>;
export const MyContractDocument = new TypedDocumentString(`
    query MyContract {
  viewer {
    creator {
      name
      contractInForce {
        id
        state
        startsAt
        endsAt
        agency {
          name
        }
        terms {
          version
          shareRate
          visibility
          validFrom
        }
      }
      contractProposals(first: 10, state: PROPOSED) {
        nodes {
          id
          kind
          agency {
            name
          }
          shareRate
          visibility
          startsAt
          endsAt
          message
          lapsesAt
        }
      }
      contracts(first: 10) {
        nodes {
          state
          startsAt
          endsAt
          endReason
          agency {
            name
          }
          versions(first: 5) {
            nodes {
              version
              shareRate
              visibility
              validFrom
              validTo
            }
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:6ebd31e10864c1df2a07e77095c64de8d67d7ae23ad31bc8eede9dcedc7bf94a"}) as unknown as TypedDocumentString<MyContractQuery, MyContractQueryVariables>;
export const MyEarningsDocument = new TypedDocumentString(`
    query MyEarnings($by: EarningsBy! = DAY, $from: Date, $to: Date) {
  viewer {
    creator {
      name
      earnings(by: $by, from: $from, to: $to, first: 31) {
        nodes {
          day
          plan {
            title
          }
          product {
            title
          }
          liveSession {
            title
          }
          promotionLink {
            code
          }
          campaign {
            title
          }
          orderLines
          gmv {
            amount
            currencyCode
          }
          estimated {
            amount
          }
          settled {
            amount
          }
        }
      }
      orderLines(first: 20) {
        nodes {
          orderNo
          state
          attribution
          product {
            title
          }
          goodsPaid {
            amount
          }
          refunded {
            amount
          }
          waterfall {
            sumsUp
            nodes {
              role
              rate
              estimatedGross {
                amount
                currencyCode
              }
              estimatedNet {
                amount
              }
            }
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:4ac09c0a129532ab7dd75168cc4d1936a1470de795e0465bd57fa533f6fa7246"}) as unknown as TypedDocumentString<MyEarningsQuery, MyEarningsQueryVariables>;
export const MyEngagementsDocument = new TypedDocumentString(`
    query MyEngagements {
  viewer {
    creator {
      name
      engagements(first: 10) {
        nodes {
          id
          title
          brief
          state
          lapsesAt
          brand {
            name
          }
          price {
            amount
            currencyCode
          }
          milestones {
            id
            kind
            title
            state
            dueAt
            overdue
            cancelAskedBy
            cancelReason
            deliveries {
              round
              note
              changesNote
            }
            entries {
              kind
              amount {
                amount
              }
            }
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:589eff815300d90c4619901908eb56b072a7256c5bd42d04df3b526b0bfe62f0"}) as unknown as TypedDocumentString<MyEngagementsQuery, MyEngagementsQueryVariables>;
export const MyLiveSessionsDocument = new TypedDocumentString(`
    query MyLiveSessions($first: Int = 3) {
  viewer {
    creator {
      id
      liveSessions(first: $first) {
        nodes {
          id
          title
          startedAt
          endedAt
          plan {
            id
            current {
              version
              startsAt
              plannedMinutes
              trafficBudget {
                amount
                currencyCode
              }
              merchandise {
                audience
                price {
                  amount
                }
                stock
                product {
                  id
                  title
                }
              }
              gifts
              highlights {
                minute
                text
              }
            }
          }
          figures {
            viewers
            orders
            units
            unpaidLines
            cancelledLines
            returnedLines
            stockLeft
          }
          money {
            gmv {
              amount
              currencyCode
            }
            refunded {
              amount
            }
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:052e887567996e2e99e96a5aa5513618396c353a0d1dffec7f5c53511590a09d"}) as unknown as TypedDocumentString<MyLiveSessionsQuery, MyLiveSessionsQueryVariables>;
export const MyRateLocksDocument = new TypedDocumentString(`
    query MyRateLocks {
  viewer {
    creator {
      rateLocks(first: 20) {
        nodes {
          product {
            title
          }
          keptRate
          currentRate
          applies
          lockedUntil
        }
      }
    }
  }
}
    `, {"documentId":"sha256:fcdb9c08b79082c41e47a1e7f9eeedec23a958befda6f5f8004bd0ffadb5001a"}) as unknown as TypedDocumentString<MyRateLocksQuery, MyRateLocksQueryVariables>;
export const MySamplesDocument = new TypedDocumentString(`
    query MySamples($first: Int! = 20) {
  viewer {
    creator {
      sampleRequests(first: $first) {
        nodes {
          id
          state
          askedAt
          carrier
          trackingNumber
          contentDueAt
          late
          reason
          product {
            title
          }
          brand {
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  productPool(first: 5, filter: {sampleOffered: true}) {
    nodes {
      id
      title
      sampleRule {
        approval
        minFollowers
        left
        contentWanted
      }
    }
  }
}
    `, {"documentId":"sha256:3abf3b7a71d6625aabc481eecc10c45921ca7f6023f18773e209b8617dae712e"}) as unknown as TypedDocumentString<MySamplesQuery, MySamplesQueryVariables>;
export const MyShowcaseDocument = new TypedDocumentString(`
    query MyShowcase {
  viewer {
    creator {
      name
      tier
      showcase(first: 10) {
        nodes {
          pickedAt
          product {
            title
          }
          terms {
            winner {
              kind
              commissionRate
            }
            losers {
              because
              offer {
                kind
                commissionRate
              }
            }
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:a80e6d5ba5abd1343c17963ff2ac5a9d1b76065a518691b07ca3cd0547b2a9a5"}) as unknown as TypedDocumentString<MyShowcaseQuery, MyShowcaseQueryVariables>;
export const MyStatementsDocument = new TypedDocumentString(`
    query MyStatements {
  viewer {
    memberships {
      role
    }
    creator {
      name
      statements(first: 12) {
        nodes {
          number
          month
          openingBalance {
            amount
            currencyCode
          }
          closingBalance {
            amount
          }
          totals {
            account
            kind
            transfers
            in {
              amount
            }
            out {
              amount
            }
          }
          pageUrl
          csvUrl
          jsonUrl
        }
      }
    }
  }
}
    `, {"documentId":"sha256:03047e19be325c682b68b08edf3f021b79df6a6cfb13e74dd1db04882f47c7ee"}) as unknown as TypedDocumentString<MyStatementsQuery, MyStatementsQueryVariables>;
export const MyTrustDocument = new TypedDocumentString(`
    query MyTrust {
  viewer {
    creator {
      trustScore {
        score
        windowDays
        orderLines
        components {
          name
          count
          of
          share
          weight
          effect
        }
      }
      trustClaims(first: 20) {
        nodes {
          id
          kind
          state
          amount {
            amount
          }
          refundedForGoods {
            amount
          }
          product {
            title
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:dde712bb685273efc79321760a4a64b9e7bdba1aff8d388a989226d7896f14e0"}) as unknown as TypedDocumentString<MyTrustQuery, MyTrustQueryVariables>;
export const NarrowVisibilityDocument = new TypedDocumentString(`
    mutation NarrowVisibility($input: ContractNarrowVisibilityInput!) {
  contractNarrowVisibility(input: $input) {
    contract {
      id
      state
      startsAt
      endsAt
      endReason
      terms {
        version
        shareRate
        visibility
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:58b2a9f0a6e073f401e5f5eb3d9c3699616044a3c6b82ed4e18a5cd1c4a57910"}) as unknown as TypedDocumentString<NarrowVisibilityMutation, NarrowVisibilityMutationVariables>;
export const OfficialEventsForMeDocument = new TypedDocumentString(`
    query OfficialEventsForMe {
  officialEvents(first: 10) {
    nodes {
      id
      code
      name
      state
      startsAt
      endsAt
      purses {
        kind
        rate
      }
      prizes {
        board
        rank
        amount {
          amount
          currencyCode
        }
      }
      products(first: 20) {
        nodes {
          id
          product {
            id
            title
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:2d8603a333e6e99a8fc202a468afc89e5f0ae71f4feebf197766b8a5b0c2d9ba"}) as unknown as TypedDocumentString<OfficialEventsForMeQuery, OfficialEventsForMeQueryVariables>;
export const OrderDocument = new TypedDocumentString(`
    query Order($id: ID!) {
  orderLine(id: $id) {
    id
    orderNo
    state
    placedAt
    product {
      id
      title
    }
    commissionExplanation {
      attribution {
        method
        linkCode
      }
      winner {
        kind
        commissionRate
      }
      losers {
        because
        offer {
          kind
          commissionRate
        }
      }
      base {
        amount
        currencyCode
      }
      steps {
        kind
        occurredAt
        remainingBaseAfter {
          amount
        }
      }
    }
    settlement {
      expectedAt
      delayedBy
      settledAt
      shares {
        role
        settled {
          amount
          currencyCode
        }
      }
    }
  }
}
    `, {"documentId":"sha256:bddd7a64543175ea3976d63c6ec307eb3713d775ad6304cc8580fee70c88af8a"}) as unknown as TypedDocumentString<OrderQuery, OrderQueryVariables>;
export const OrdersDocument = new TypedDocumentString(`
    query Orders($first: Int! = 20, $after: String) {
  viewer {
    creator {
      id
      orderLines(first: $first, after: $after) {
        nodes {
          id
          orderNo
          lineNo
          state
          attribution
          placedAt
          quantity
          product {
            id
            title
          }
          goodsPaid {
            amount
            currencyCode
          }
          refunded {
            amount
          }
          waterfall {
            sumsUp
            nodes {
              role
              rate
              estimatedNet {
                amount
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:aa48f0343ae95f8bcafdc74db5861a4db06ce0f55f24a12a031c46311115071d"}) as unknown as TypedDocumentString<OrdersQuery, OrdersQueryVariables>;
export const PayoutsDocument = new TypedDocumentString(`
    query Payouts($first: Int! = 20, $after: String) {
  viewer {
    creator {
      id
      payouts(first: $first, after: $after) {
        nodes {
          id
          state
          requestedAt
          sentAt
          endedAt
          failureDetail
          gross {
            amount
            currencyCode
          }
          withheld {
            amount
          }
          net {
            amount
          }
          method {
            id
            maskedNumber
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:b6d8ccb3dfa28459f452c00c9bda5e0705aea063a7b4aafe5bc708cd58f94c04"}) as unknown as TypedDocumentString<PayoutsQuery, PayoutsQueryVariables>;
export const PickProductDocument = new TypedDocumentString(`
    mutation PickProduct($input: PickInput!) {
  showcaseAdd(input: $input) {
    showcaseItem {
      id
      pickedAt
      product {
        title
      }
      terms {
        winner {
          kind
          commissionRate
        }
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:2422586ce856069fabf75160a50dc8127ac27e1e89afeb43cdb9e5c27eddc9a3"}) as unknown as TypedDocumentString<PickProductMutation, PickProductMutationVariables>;
export const PinItemDocument = new TypedDocumentString(`
    mutation PinItem($input: LiveItemPinInput!) {
  liveItemPin(input: $input) {
    liveItem {
      id
      pinned
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:d8083ec4675143564c1c44bf50a0a691e789c7a0b3f8b2d7f7940f4d9909fef3"}) as unknown as TypedDocumentString<PinItemMutation, PinItemMutationVariables>;
export const PlanLiveDocument = new TypedDocumentString(`
    mutation PlanLive($input: LivePlanCreateInput!) {
  livePlanCreate(input: $input) {
    livePlan {
      id
      current {
        version
        title
        startsAt
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:2681dacf789d4f6e9d750c3f8578a3b64bad88f467b64290137d1c9d2ed9baa4"}) as unknown as TypedDocumentString<PlanLiveMutation, PlanLiveMutationVariables>;
export const PoolPageDocument = new TypedDocumentString(`
    query PoolPage($after: String) {
  productPool(first: 20, after: $after, orderBy: COMMISSION_RATE) {
    nodes {
      id
      title
      brand {
        name
      }
      skus {
        price {
          amount
        }
      }
      openPlan {
        commissionRate
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"documentId":"sha256:36b1468a3ec8aec742fb4517d18cd5b297402d92a407b2b01b18475faf2c3a51"}) as unknown as TypedDocumentString<PoolPageQuery, PoolPageQueryVariables>;
export const PoolSearchDocument = new TypedDocumentString(`
    query PoolSearch($search: String!) {
  productPool(first: 10, filter: {search: $search}) {
    nodes {
      id
      title
      brand {
        name
        city
      }
      category {
        nameZh
        nameEn
      }
      openPlan {
        commissionRate
      }
      enrolments {
        commissionRate
        campaign {
          title
        }
      }
    }
  }
}
    `, {"documentId":"sha256:412516db4f72c350c058d91c081b6ac95d448cbc57a043547bfad8f03373c797"}) as unknown as TypedDocumentString<PoolSearchQuery, PoolSearchQueryVariables>;
export const PoolDocument = new TypedDocumentString(`
    query Pool($filter: PoolFilterInput, $orderBy: PoolOrder! = RECOMMENDED, $first: Int! = 20, $after: String) {
  productPool(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes {
      id
      title
      brand {
        name
      }
      skus {
        price {
          amount
        }
      }
      openPlan {
        commissionRate
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"documentId":"sha256:2a736f5e473f551f9e0495d7832d0f195773d4e73dd25a4d8832d5b0655f2b1b"}) as unknown as TypedDocumentString<PoolQuery, PoolQueryVariables>;
export const ProductPageDocument = new TypedDocumentString(`
    query ProductPage($id: ID!) {
  product(id: $id) {
    id
    title
    description
    state
    brand {
      id
      name
      city
      about
    }
    category {
      id
      nameZh
      nameEn
    }
    skus {
      id
      optionName
      price {
        amount
        currencyCode
      }
      stock
    }
    openPlan {
      id
      terms {
        commissionRate
        boostCommissionRate
        validTo
        tiers {
          afterLines
          commissionRate
        }
      }
      scheduledTerms {
        commissionRate
        validFrom
      }
      closesAt
    }
    enrolments {
      id
      commissionRate
      endsAt
      campaign {
        id
        title
        agency {
          name
        }
      }
    }
    sampleRule {
      id
      approval
      left
      contentWanted
      daysForContent
      minFollowers
      minCompletedOrders
      shortFalls
    }
  }
}
    `, {"documentId":"sha256:1029f714d0d56daee94aea0b609ffae286bf0738dd966bf5ec2946fb818aafa0"}) as unknown as TypedDocumentString<ProductPageQuery, ProductPageQueryVariables>;
export const ProposeChangeDocument = new TypedDocumentString(`
    mutation ProposeChange($input: ContractProposeChangeInput!) {
  contractProposeChange(input: $input) {
    proposal {
      id
      kind
      state
      shareRate
      visibility
      lapsesAt
      decidedAt
      declineReason
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:09b6ea2ce724b987530d842c73d662e4fd875bf85b92f1f5e27bf43099c0e2b9"}) as unknown as TypedDocumentString<ProposeChangeMutation, ProposeChangeMutationVariables>;
export const RegisterDocument = new TypedDocumentString(`
    mutation Register($input: CreatorRegisterInput!) {
  creatorRegister(input: $input) {
    creator {
      id
      name
      city
      about
      tier
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:a34d40a1233225a26c003ef57dcb8d5228d0e8ea99ab19f058cd673e69951775"}) as unknown as TypedDocumentString<RegisterMutation, RegisterMutationVariables>;
export const ReportClaimDocument = new TypedDocumentString(`
    mutation ReportClaim($input: ClaimReportInput!) {
  claimReport(input: $input) {
    claimReport {
      id
      state
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
      ... on StateConflict {
        state
      }
    }
  }
}
    `, {"documentId":"sha256:ad35c72642e6c3247b32d1987c27ea8279691a517fa3ec55c84a4e6c5c95d459"}) as unknown as TypedDocumentString<ReportClaimMutation, ReportClaimMutationVariables>;
export const ReportViewersDocument = new TypedDocumentString(`
    mutation ReportViewers($input: LiveViewersReportInput!) {
  liveViewersReport(input: $input) {
    liveSession {
      id
      figures {
        viewers
      }
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:0d5da0fa48865d6451f00f905d4b0acce54ae834cd78047467b1b8172d0710b7"}) as unknown as TypedDocumentString<ReportViewersMutation, ReportViewersMutationVariables>;
export const RetirePayoutAccountDocument = new TypedDocumentString(`
    mutation RetirePayoutAccount($input: PayoutMethodRetireInput!) {
  payoutMethodRetire(input: $input) {
    payoutMethod {
      id
      retiredAt
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:24006ec73bccab1fc46bfb6005e95090ae6e802c498b718205118c096cb7d194"}) as unknown as TypedDocumentString<RetirePayoutAccountMutation, RetirePayoutAccountMutationVariables>;
export const SampleArrivedDocument = new TypedDocumentString(`
    mutation SampleArrived($input: SampleMoveInput!) {
  sampleReceived(input: $input) {
    sampleRequest {
      id
      state
      arrivedAt
      contentDueAt
      endedAt
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:25393f02be45e88701b17f5de63789c2c824134b0b74586c6cb16a27350068c7"}) as unknown as TypedDocumentString<SampleArrivedMutation, SampleArrivedMutationVariables>;
export const ShowcaseDocument = new TypedDocumentString(`
    query Showcase($first: Int! = 20, $after: String) {
  viewer {
    creator {
      id
      showcase(first: $first, after: $after) {
        nodes {
          id
          pickedAt
          product {
            id
            title
          }
          enrolment {
            id
          }
          terms {
            winner {
              kind
              commissionRate
              validTo
              lockedUntil
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `, {"documentId":"sha256:0c67aff780f1695cdfdf3b5149363d20602bdd7c88631d3b243bb051f52a40f8"}) as unknown as TypedDocumentString<ShowcaseQuery, ShowcaseQueryVariables>;
export const SourceGoodsDocument = new TypedDocumentString(`
    query SourceGoods($kind: SourceKind, $beltId: ID, $after: String) {
  productPool(
    first: 20
    after: $after
    filter: {sourceGoods: true, sourceKind: $kind, beltId: $beltId}
  ) {
    nodes {
      id
      title
      brand {
        name
      }
      openPlan {
        commissionRate
      }
      sourceStory {
        kind
        place
        about
        verifiedAt
        expiresAt
        belt {
          id
          name
        }
        liveBase {
          name
          city
        }
        agency {
          name
        }
        documents {
          kind
          title
          issuer
          sha256
          url
          issuedAt
          expiresAt
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"documentId":"sha256:153c24b780ab2e09ad2a498cfba088cdad8861695125bf1ab2fe7e6f4dc56120"}) as unknown as TypedDocumentString<SourceGoodsQuery, SourceGoodsQueryVariables>;
export const StartPlannedLiveDocument = new TypedDocumentString(`
    mutation StartPlannedLive($input: LivePlanStartInput!) {
  livePlanStart(input: $input) {
    liveSession {
      id
      title
      startedAt
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:4cb15ecb1802a14639b4554a4df6b0ee35129597b60902ca8ba68b9cdfc044bb"}) as unknown as TypedDocumentString<StartPlannedLiveMutation, StartPlannedLiveMutationVariables>;
export const TakeOutOfCartDocument = new TypedDocumentString(`
    mutation TakeOutOfCart($input: LiveItemRemoveInput!) {
  liveItemRemove(input: $input) {
    liveItem {
      id
      removedAt
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:80cdd0721496187d70cf2816e04ba2a1b5992c0e13a7bc8cda3e1be950d6a027"}) as unknown as TypedDocumentString<TakeOutOfCartMutation, TakeOutOfCartMutationVariables>;
export const TakeOutOfShowcaseDocument = new TypedDocumentString(`
    mutation TakeOutOfShowcase($input: ShowcaseRemoveInput!) {
  showcaseRemove(input: $input) {
    showcaseItem {
      id
      removedAt
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:79b6c35ea0101691d8a49ea3c4c355c8c4a57b9060b5341b9ee785251082f845"}) as unknown as TypedDocumentString<TakeOutOfShowcaseMutation, TakeOutOfShowcaseMutationVariables>;
export const TakeProposalBackDocument = new TypedDocumentString(`
    mutation TakeProposalBack($input: ContractProposalInput!) {
  contractWithdraw(input: $input) {
    proposal {
      id
      kind
      state
      shareRate
      visibility
      lapsesAt
      decidedAt
      declineReason
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:7c102e6275103e995d2bf22014ce0cb772f7e607f3f9731b42b187c715e6d303"}) as unknown as TypedDocumentString<TakeProposalBackMutation, TakeProposalBackMutationVariables>;
export const TakeSampleRequestBackDocument = new TypedDocumentString(`
    mutation TakeSampleRequestBack($input: SampleMoveInput!) {
  sampleWithdraw(input: $input) {
    sampleRequest {
      id
      state
      arrivedAt
      contentDueAt
      endedAt
    }
    userErrors {
      __typename
      ... on UserError {
        message
        path
      }
    }
  }
}
    `, {"documentId":"sha256:a5b25d3f3c395230af2e5e1e9b65f709d103a88cb4d0ddac124ca30d738f598c"}) as unknown as TypedDocumentString<TakeSampleRequestBackMutation, TakeSampleRequestBackMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    name
    memberships {
      role
    }
    creator {
      id
      name
      city
      about
      tier
      followers
      contractInForce {
        id
        agency {
          id
          name
        }
      }
    }
  }
}
    `, {"documentId":"sha256:7e9faa56e2ec42217d6076fd0ed0597811dda4c0bb1e6cfc4eb510b9804da9fc"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const WhenAmIPaidDocument = new TypedDocumentString(`
    query WhenAmIPaid {
  viewer {
    creator {
      orderLines(first: 10) {
        nodes {
          orderNo
          state
          settlement {
            expectedAt
            delayedBy
            settledAt
            shares {
              role
              settled {
                amount
                currencyCode
              }
              changedSince {
                amount
              }
              payouts {
                state
                requestedAt
              }
            }
            clawbacks {
              state
              amount {
                amount
              }
            }
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:dc7f4d4ad79de064c9ea65daf9131006808ba0088abc4fc6c6cd04095ac5fee4"}) as unknown as TypedDocumentString<WhenAmIPaidQuery, WhenAmIPaidQueryVariables>;
export const WhyThisCommissionDocument = new TypedDocumentString(`
    query WhyThisCommission {
  viewer {
    creator {
      orderLines(first: 3) {
        nodes {
          orderNo
          placedAt
          commissionExplanation {
            attribution {
              method
              linkCode
              clickedAt
            }
            winner {
              kind
              commissionRate
            }
            losers {
              because
              offer {
                kind
                commissionRate
              }
            }
            policyVersion
            technicalFeeRate
            baseParts {
              name
              effect
              amount {
                amount
              }
            }
            base {
              amount
              currencyCode
            }
            steps {
              kind
              occurredAt
              remainingBaseAfter {
                amount
              }
              entries {
                nodeNo
                estimatedBefore {
                  amount
                }
                estimatedPosted {
                  amount
                }
                estimatedAfter {
                  amount
                }
              }
            }
          }
        }
      }
    }
  }
}
    `, {"documentId":"sha256:9d11de803550c1e6d50d0f44f7c136fcccb30f3d8c06002660c3b0f614226554"}) as unknown as TypedDocumentString<WhyThisCommissionQuery, WhyThisCommissionQueryVariables>;
