import { sql } from 'kysely';
import { newId } from '../kernel/ids.ts';
import type { Sql } from './database.ts';

/** What can be announced, each with what it tells. Whoever reads the outbox can branch on these names. */
export const EVENT_KINDS = {
  ORDER_LINE_PLACED:
    'A line was ordered; `quantity` pieces. To the brand, whoever is credited and whoever is paid.',
  ORDER_LINE_PAID: 'The buyer has paid the line.',
  ORDER_LINE_SHIPPED: 'The line is on its way.',
  ORDER_LINE_RECEIVED: 'The line is with the buyer.',
  ORDER_LINE_CANCELLED: 'The line was called off, or all of it came back; see its `state`.',
  ORDER_LINE_REFUNDED:
    'Money of the line was given back: `refundedMinor` of it by now, at most what was paid.',
  ORDER_LINE_CREDITED:
    'A line that was credited to nobody is credited to `creatorId` after all, by a claim that was upheld.',
  PRODUCT_SUBMITTED: 'A product waits for the review of an operator.',
  PRODUCT_LISTED: 'A product is in the pool, for the first time or again.',
  PRODUCT_RETURNED: 'An operator has returned a product to its brand; its `reviewNote` says why.',
  PRODUCT_SUSPENDED:
    'A product is out of the pool for a while; `byOperator` says whether an operator did it.',
  PRODUCT_DELISTED: 'A product has left the pool for good.',
  PLAN_OPENED: 'A plan opens that reaches the party, or names it from now on; `takesEffectAt` says when.',
  PLAN_CHANGED: 'The rates or the end of a plan change; `takesEffectAt` says when.',
  PLAN_CLOSED: 'A plan ends, or names the party no longer; `takesEffectAt` says when.',
  CAMPAIGN_OPENED: 'A recruiting campaign has opened that names the party.',
  CAMPAIGN_CHANGED: 'A recruiting campaign that the party is in or is named in has changed.',
  CAMPAIGN_CLOSED: 'A recruiting campaign takes no more products; `closesAt` says when it ends.',
  PRODUCTS_ENROLLED: 'A brand has enrolled products in a recruiting campaign; `products` says how many.',
  ENROLMENT_APPROVED: 'A product is in a recruiting campaign.',
  ENROLMENT_REJECTED:
    'A product was not taken into a recruiting campaign; `forGood` says whether it may be enrolled again.',
  ENROLMENT_WITHDRAWN: 'A brand has taken back the enrolment of a product.',
  ENROLMENT_CHANGED: 'The rates of an enrolment change; `takesEffectAt` says when.',
  ENROLMENT_REENROLLED: 'A second agency has taken an enrolled product into a campaign of its own.',
  ENROLMENT_LEAVE_ASKED: 'One side wants an enrolment to end and asks the party to agree.',
  ENROLMENT_LEAVE_DECLINED: 'The party does not agree, or has taken its wish back: the enrolment goes on.',
  ENROLMENT_ENDS: 'An enrolment ends; `endsAt` says when.',
  ENROLMENT_ENDED: 'An enrolment has ended.',
  SPREAD_LINK_MADE: 'An agency has made a promotion link for the creator, with the creator part of the rate.',
  PARTY_BLOCKED: 'One party has blocked the other; `takesEffectAt` says from which midnight.',
  PARTY_UNBLOCKED: 'A block was lifted.',
  ENGAGEMENT_OFFERED: 'A brand has offered work to a creator or an agency.',
  ENGAGEMENT_ACCEPTED: 'The provider has accepted the work, and its price is held.',
  ENGAGEMENT_DECLINED: 'The provider has declined the work.',
  ENGAGEMENT_WITHDRAWN: 'The brand has taken an offer of work back.',
  ENGAGEMENT_LAPSED: 'Nobody has answered an offer of work in time.',
  MILESTONE_DUE_SOON: 'Work is due within a day.',
  MILESTONE_OVERDUE: 'Work is late, and the brand may cancel it.',
  MILESTONE_DELIVERED: 'Work was handed in and waits for the answer of the brand.',
  MILESTONE_ANSWER_DUE_SOON: 'Work that was handed in counts as accepted within a day.',
  MILESTONE_CHANGES_ASKED: 'The brand asks for changes of what was handed in.',
  MILESTONE_ACCEPTED: 'Work was accepted, by the brand or by time, and its price is released.',
  MILESTONE_CANCEL_ASKED: 'One side asks the other to cancel work.',
  MILESTONE_CANCELLED: 'Work was cancelled, and its price goes back to the brand.',
  MILESTONE_DISPUTED: 'The brand does not take what was handed in, and an operator is to decide.',
  MILESTONE_PAID: 'The price of accepted work has become payable to the provider.',
  DISPUTE_RESOLVED: 'An operator has decided a dispute.',
  BELT_JOIN_ASKED: 'A brand asks to join an industrial belt of the agency.',
  BELT_JOIN_ACCEPTED: 'The brand was taken into an industrial belt.',
  BELT_JOIN_DECLINED: 'The brand was not taken into an industrial belt; the request says why.',
  BELT_JOIN_WITHDRAWN: 'A brand has taken its request to join an industrial belt back.',
  BELT_LEFT: 'A brand no longer belongs to its industrial belt.',
  CERTIFICATION_WINDOW_OPENED:
    'A window to apply for a certificate is announced; `opensAt` and `closesAt` say when.',
  CERTIFICATION_WINDOW_CLOSED: 'A window to apply for a certificate was closed before its time.',
  CERTIFICATION_APPLIED: 'An agency has applied for a certificate.',
  CERTIFICATION_WITHDRAWN: 'An agency has withdrawn its application for a certificate.',
  CERTIFICATION_APPROVED: 'An application was approved: the agency is certified.',
  CERTIFICATION_REJECTED: 'An application was rejected; the application says why.',
  CERTIFICATE_ENDS_SOON: 'A certificate ends in at most so many `days`, and may be renewed.',
  CERTIFICATE_EXPIRED: 'A certificate has ended and was not renewed.',
  AGENCY_SUSPENDED: 'The operator has suspended the agency: it begins nothing new.',
  AGENCY_REINSTATED: 'A suspension of the agency is over.',
  CONTRACT_INVITED: 'An agency invites a creator into a contract.',
  CONTRACT_CHANGE_PROPOSED: 'One side of a contract proposes other terms.',
  CONTRACT_PROPOSAL_ACCEPTED: 'An invitation or a change was agreed to.',
  CONTRACT_PROPOSAL_DECLINED: 'An invitation or a change was refused.',
  CONTRACT_PROPOSAL_WITHDRAWN: 'An invitation or a change was taken back.',
  CONTRACT_PROPOSAL_LAPSED:
    'An invitation or a change was not answered in time; `decidedAt` is the exact moment.',
  CONTRACT_CHANGED: 'Other terms of a contract are in force.',
  CONTRACT_END_REQUESTED: 'One side ends a contract; `endsAt` says when.',
  CONTRACT_ENDED: 'A contract is over; `endedAt` is the exact moment.',
  SAMPLE_ASKED: 'A creator asks the brand for a sample and waits for an answer.',
  SAMPLE_APPROVED: 'The creator is given the sample; the brand is to ship it.',
  SAMPLE_REJECTED: 'The request for a sample was refused, or nobody answered it in time.',
  SAMPLE_WITHDRAWN: 'The creator no longer wants the sample.',
  SAMPLE_SHIPPED: 'The sample is on its way.',
  SAMPLE_NOT_SHIPPED: 'The brand has not shipped the sample in time: the request is over.',
  SAMPLE_ARRIVED: 'The sample has arrived, or counts as arrived; `dueAt` says by when content is due.',
  SAMPLE_FULFILLED: 'Content or an order has fulfilled the sample; `fulfilledBy` says which.',
  SAMPLE_OVERDUE: 'Content for the sample was not handed in by its date.',
  SAMPLE_ANSWER_DUE: 'A reminder to the brand that a request waits for its answer until `dueAt`.',
  SAMPLE_SHIPPING_DUE: 'A reminder to the brand that a sample is to be shipped before `dueAt`.',
  SAMPLE_CONTENT_DUE: 'A reminder to the creator that content is due in `daysLeft` days, at `dueAt`.',
  COMMISSION_SETTLED:
    'Commission of `lines` order lines has become payable: `amountMinor`, before any reserve.',
  CLAWBACK_POSTED: 'Commission was taken back after settlement: the payee owes `amountMinor`.',
  CLAWBACK_WRITTEN_OFF: 'The alliance has given up what the payee still owed of a clawback.',
  ESCROW_DEPOSITED: 'Money of the brand has come in: `amountMinor` is in its escrow.',
  ESCROW_WITHDRAWN: 'Money of the brand was sent back to it out of its escrow: `amountMinor`.',
  RESERVE_RELEASED: 'What was kept in reserve has become payable: `amountMinor`.',
  CASE_OPENED:
    'An after-sales case, `caseId`, was opened on an order line, which is not settled before it is closed.',
  CASE_CLOSED: 'An after-sales case, `caseId`, was closed; `outcome` says how.',
  ATTRIBUTION_CLAIM_OPENED: 'A creator claims an order line that is credited to nobody.',
  ATTRIBUTION_CLAIM_UPHELD: 'The line is credited to the creator who claims it.',
  ATTRIBUTION_CLAIM_DISMISSED: 'The line is not credited to the creator who claims it; the claim says why.',
  TRUST_BUY_APPLIED: 'The brand has applied for Trust Buy.',
  TRUST_BUY_JOINED: 'The brand is in Trust Buy: its products may carry protections.',
  TRUST_BUY_LEFT: 'The brand has left Trust Buy, or taken its application back.',
  TRUST_BUY_EXPELLED: 'The brand was expelled from Trust Buy; its membership says why.',
  BRAND_RESTRICTED: 'The brand makes no new plans: its `score` has fallen below the rules of admission.',
  BRAND_RESTRICTION_LIFTED: 'The brand may make new plans again.',
  PRODUCT_RESTRICTED:
    'A product gets no new plans: the `score` of its own lines has fallen below the rules of admission.',
  PRODUCT_RESTRICTION_LIFTED: 'A product may have new plans again.',
  PROTECTIONS_CHANGED: 'A product carries other protections from now on.',
  CLAIM_OPENED: 'A buyer claims `amountMinor` under the protection `kind` of an order line.',
  CLAIM_UPHELD:
    'A claim was upheld: `payer` pays the buyer `goodsMinor`, which moves the commission as a refund, and `compensationMinor`.',
  CLAIM_DISMISSED: 'A claim was dismissed; its `note` says why.',
  EVENT_PRODUCT_REVIEWED: 'An operator has decided on a product for an official event; `state` says how.',
  OFFICIAL_EVENT_CANCELLED:
    'An official event that the brand had registered products for does not take place.',
  OFFICIAL_EVENT_PAID:
    'An official event was closed: bonuses and prizes of the party, `amountMinor`, are paid.',
  SCREENING_FOUND:
    'Exaggeration was found in a text of the party, by the rules or by a report of a member; an operator is to decide.',
  SCREENING_DECIDED: 'A finding of the screening was decided, or its text was replaced; `state` says which.',
  SCREENING_REPORT_DECIDED:
    'What the party had reported was decided, or its text was replaced; `state` says which.',
  PENALTY_GIVEN:
    'A penalty of the screening, `kind`; a suspension ends at `endsAt`. The party may appeal once.',
  PENALTY_APPEALED: 'A party has appealed against a penalty of the screening.',
  PENALTY_APPEAL_REJECTED: 'An appeal was rejected: the penalty stays.',
  PENALTY_LIFTED: 'An appeal was granted: the penalty is lifted.',
  LIVE_ITEM_ADDED: 'A creator has put a product of the brand into the cart of a live session.',
  LIVE_ITEM_REMOVED: 'A product is no longer in the cart of a live session.',
  LIVE_OFFER_SET: 'A brand has set a price and a stock that are for a live session alone.',
  LIVE_FLASH_LISTED: 'A product was listed in a running live session, for it alone.',
  LIVE_RESERVATION_LAPSED:
    'A line of a live session was not paid in time: the `pieces` that it held are for sale again.',
  SOURCE_STORY_SUBMITTED: 'A source story of a product was submitted, and waits to be confirmed or verified.',
  SOURCE_STORY_CONFIRMED: 'The agency of the belt stands for a source story, which waits for the operator.',
  SOURCE_STORY_VERIFIED: 'A source story was verified, and is shown with its product from now on.',
  SOURCE_STORY_REJECTED: 'A source story was rejected; its `reason` says why.',
  SOURCE_STORY_WITHDRAWN: 'A source story was taken back before it was verified.',
  SOURCE_STORY_EXPIRED: 'A verified source story has ended with the first of its documents.',
  SOURCE_STORY_REVOKED: 'A verified source story was revoked; its `reason` says why.',
  SOURCE_STORY_LEFT_BELT: 'A source story has ended, since the brand no longer belongs to its belt.',
  OUTSIDE_SOURCE_CLOSES:
    'The operator closes the outside shop `source`: from `takesEffectAt` on its products are not in the pool.',
  OUTSIDE_SOURCE_REOPENS:
    'The operator opens the outside shop `source` again: from `takesEffectAt` on its products may be resumed.',
  OUTSIDE_PRODUCT_LEFT:
    'A product that the creator promotes has left the pool, since its outside shop `source` was closed.',
  BOOST_ENDED:
    'A boost has ended, `because` says why: `spentMinor` of its budget is spent and `releasedMinor` is given back.',
  SHARER_REWARDED:
    'A buyer who shares has `balanceMinor` to be given in the shop, `rewardedMinor` more than before; below zero where orders came back.',
  STATEMENT_MADE: 'The statement of a month was made; `number` is its number.',
  PAYOUT_REQUESTED: 'A payout was asked for, or was due by the schedule: `grossMinor` is on its way.',
  PAYOUT_SENT: 'A payout was handed to the bank or the provider.',
  PAYOUT_CONFIRMED: 'A payout has arrived: `netMinor`.',
  PAYOUT_FAILED: 'A payout has failed, and `grossMinor` is in the balance again; `code` says why.',
  WEBHOOK_DISABLED: 'An endpoint of webhooks is sent nothing any more; `why` says why.',
} as const satisfies Record<string, string>;
export type EventKind = keyof typeof EVENT_KINDS;

/** Something that parties are to be told. */
export interface Announcement {
  readonly kind: EventKind;
  /** The object that it is about, by its GraphQL type and id; fact rows with their brand. */
  readonly subject: { readonly type: string; readonly id: string; readonly brandId?: string };
  /** The parties that it concerns; where there is none, nothing is announced. */
  readonly to: readonly string[];
  /** What a reader needs beside the object itself: no secrets, no addresses. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

/** More parties than this are told by several events, so that no row grows without bound. */
const MOST_PARTIES = 1000;

/**
 * Writes events into the outbox, in the transaction of what they tell: they are there exactly when it is. One
 * statement, however many they are. What stands first is read first; see read-changes.ts.
 */
export async function announce(tx: Sql, announcements: readonly Announcement[], now: Date): Promise<void> {
  const rows = announcements.flatMap(inParts).map((row) => ({ ...row, id: newId() }));
  if (rows.length === 0) return;
  const audience = [...audienceOf(rows)];
  await tx.rows(sql`
    with place as (select pg_current_xact_id()::text::bigint + shift as xid from outbox_state),
    event as (
      insert into outbox_event (id, xid, kind, at, subject_type, subject_id, brand_id, data, party_ids)
      select e.id, place.xid, e.kind, ${now}, e.type, e.subject_id, e.brand_id, e.data, e.parties::uuid[]
      from place, unnest(
        ${rows.map(({ id }) => id)}::uuid[],
        ${rows.map(({ kind }) => kind)}::text[],
        ${rows.map(({ subject }) => subject.type)}::text[],
        ${rows.map(({ subject }) => subject.id)}::uuid[],
        ${rows.map(({ subject }) => subject.brandId ?? null)}::uuid[],
        ${rows.map(({ data }) => JSON.stringify(data ?? {}))}::jsonb[],
        ${rows.map(({ to }) => arrayText(to))}::text[]
      ) e (id, kind, type, subject_id, brand_id, data, parties))
    insert into outbox_audience (party_id, xid, last_id, events, event_ids)
    select a.party_id, place.xid, a.last_id, a.events, a.event_ids::uuid[]
    from place, unnest(
      ${audience.map(([partyId]) => partyId)}::uuid[],
      ${audience.map(([, ids]) => ids.at(-1))}::uuid[],
      ${audience.map(([, ids]) => ids.length)}::int[],
      ${audience.map(([, ids]) => arrayText(ids))}::text[]
    ) a (party_id, last_id, events, event_ids)`);
}

/** An array of arrays of different lengths is none to PostgreSQL: each is handed over as a text. */
const arrayText = (ids: readonly string[]): string => `{${ids.join()}}`;

/** By party, the ids of its events in their order: ids are made one after the other, and sort so. */
function audienceOf(rows: readonly (Announcement & { readonly id: string })[]): Map<string, string[]> {
  const audience = new Map<string, string[]>();
  for (const { id, to } of rows) {
    for (const partyId of to) {
      const ids = audience.get(partyId);
      if (ids === undefined) audience.set(partyId, [id]);
      else ids.push(id);
    }
  }
  return audience;
}

function inParts(announcement: Announcement): Announcement[] {
  const to = [...new Set(announcement.to)].sort();
  const parts: Announcement[] = [];
  for (let i = 0; i < to.length; i += MOST_PARTIES)
    parts.push({ ...announcement, to: to.slice(i, i + MOST_PARTIES) });
  return parts;
}
