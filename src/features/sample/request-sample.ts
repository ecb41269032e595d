import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal, unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { toDecimal } from '../../kernel/money.ts';
import { checkPick } from '../promotion/index.ts';
import { type CreatorFigures, figuresOf, MOST_OVERDUE, shortOf } from './creator-figures.ts';
import { SampleAddressRow, SampleRequestRow, SampleRuleRow } from './sample.entity.ts';
import { approval, go, type SampleChange } from './sample-life.ts';
import { newsOf } from './sample-news.ts';
import { takePlace } from './sample-store.ts';
import { ANSWER_DAYS, daysAfter, momentAfter } from './sample-time.ts';

/** Where a sample is to be sent. Personal data: it goes nowhere but into its own table. */
export interface NewSampleAddress {
  readonly recipient: string;
  readonly phone: string;
  readonly region: string;
  readonly lines: readonly string[];
}

export interface NewSampleRequest {
  readonly id?: string;
  readonly creatorId: string;
  readonly productId: string;
  readonly skuId: string;
  readonly message: string;
  readonly address: NewSampleAddress;
}

const PRODUCT = ['input', 'productId'];
const PHONE = /^\+?\d[\d ()-]{4,28}$/;
const MAX_LINES = 4;

/**
 * Asks for a sample under the product's rule. Under an AUTOMATIC rule a creator who meets the requirements, and has not
 * let too many samples become overdue, is approved at once; everybody else waits for the brand, or is refused.
 */
export async function requestSample(tx: Tx, asked: NewSampleRequest, now: Date): Promise<SampleRequestRow> {
  checkTexts(asked);
  await checkPick(tx, { ...asked, enrolmentId: null }, now);
  const rule = await liveRule(tx, asked.productId);
  await checkSku(tx, asked, rule);
  const figures = await figuresOf(tx, asked.creatorId, rule.currency, now);
  const pending = await pendingRequest(tx, asked, rule, figures, now);
  const change = await decided(tx, pending, rule, now);
  tx.em.create(SampleRequestRow, change.request);
  await tx.em.flush();
  const { recipient, phone, region, lines } = asked.address;
  tx.em.create(SampleAddressRow, { requestId: pending.id, recipient, phone, region, lines: [...lines] });
  await tx.em.flush();
  await announce(tx, change.news, now);
  return change.request;
}

/** The rule that samples of the product are given under now. Refused where there is none, or its quota is used up. */
async function liveRule(tx: Tx, productId: string): Promise<SampleRuleRow> {
  const rule = await tx.em.findOne(SampleRuleRow, { productId, closedAt: null }, { refresh: true });
  if (rule === null)
    throw wrongState(PRODUCT, 'NO_SAMPLES', 'The brand offers no samples of the product now.');
  if (rule.taken >= rule.quota) throw new Refusal([quotaUsedUp(PRODUCT)]);
  return rule;
}

/** What is said when the last sample of a quota is gone. */
export const quotaUsedUp = (path: readonly string[]) => ({
  __typename: 'SampleQuotaUsedUp',
  message: 'All samples under the rule of the product have been given away.',
  path,
});

async function checkSku(db: Sql, { skuId, productId }: NewSampleRequest, rule: SampleRuleRow): Promise<void> {
  const [sku] = await db.rows(sql<{ priceMinor: bigint }>`
    select price_minor as "priceMinor" from sku where id = ${skuId} and product_id = ${productId}`);
  const path = ['input', 'skuId'];
  if (sku === undefined) throw unknown(path, 'SKU of the product');
  if (rule.priceCapMinor == null || sku.priceMinor <= rule.priceCapMinor) return;
  const cap = `${toDecimal(rule.priceCapMinor, rule.currency)} ${rule.currency}`;
  throw new Refusal([invalid(path, `The brand gives no samples that cost more than ${cap}.`)]);
}

/** The request as it is made: PENDING, with what was agreed and what the creator's figures are. */
async function pendingRequest(
  db: Sql,
  { id = newId(), creatorId, productId, skuId, message }: NewSampleRequest,
  rule: SampleRuleRow,
  figures: CreatorFigures,
  now: Date,
): Promise<SampleRequestRow> {
  const [before] = await db.rows(sql<{ samples: number }>`
    select count(*)::int as samples from sample_request where creator_id = ${creatorId} and product_id = ${productId}
      and state not in ('REJECTED', 'WITHDRAWN', 'NOT_SHIPPED')`);
  const { perCreator, shipDays, contentDays, contentWanted, brandId, currency } = rule;
  const request: SampleRequestRow = {
    ...{ id, ruleId: rule.id, brandId, productId, skuId, creatorId, message, state: 'PENDING' },
    ...{ place: (before?.samples ?? 0) + 1, perCreator, shipDays, contentDays, contentWanted, currency },
    ...figures,
    shortOf: shortOf(rule, figures),
    askedAt: now,
    answerDueAt: daysAfter(now, ANSWER_DAYS),
    ...NOTHING_YET,
  };
  return { ...request, wakeAt: momentAfter(request, now)?.at ?? null };
}

const NOTHING_YET = {
  approvedAt: null,
  automatic: false,
  shipDueAt: null,
  shippedAt: null,
  carrier: null,
  trackingNumber: null,
  arrivalDueAt: null,
  arrivedAt: null,
  contentDueAt: null,
  overdueAt: null,
  fulfilledAt: null,
  fulfilledBy: null,
  contentTitle: null,
  contentUrl: null,
  liveSessionId: null,
  orderLineId: null,
  endedAt: null,
  reason: null,
  wakeAt: null,
} satisfies Partial<SampleRequestRow>;

/** Approved at once where the rule says so; else it waits for the brand, unless the rule refuses who falls short. */
async function decided(
  tx: Tx,
  request: SampleRequestRow,
  rule: SampleRuleRow,
  now: Date,
): Promise<SampleChange> {
  if (request.shortOf.length > 0 && rule.shortFalls === 'REFUSED') {
    const message = `The creator falls short of what the brand asks for: ${request.shortOf.join(', ')}.`;
    throw new Refusal([
      { __typename: 'SampleRequirementsUnmet', message, path: PRODUCT, shortOf: request.shortOf },
    ]);
  }
  const atOnce = request.shortOf.length === 0 && request.overdueSamples < MOST_OVERDUE;
  if (rule.approval === 'MANUAL' || !atOnce) return { request, news: newsOf(request, 'CREATOR') };
  await takePlace(tx, rule.id);
  return go(request, 'APPROVED', now, approval(request, now, true), 'TIME');
}

function checkTexts({ message, address }: NewSampleRequest): void {
  const { recipient, phone, region, lines } = address;
  const checks = new Checks()
    .text(message, 'message', 0, 500)
    .text(recipient, 'address.recipient', 1, 100)
    .that(
      PHONE.test(phone),
      'address.phone',
      'A phone number has 5 to 29 digits and signs, with a + before it if need be.',
    )
    .text(region, 'address.region', 1, 200)
    .that(lines.length >= 1 && lines.length <= MAX_LINES, 'address.lines', `1 to ${MAX_LINES} lines.`);
  for (const [i, line] of lines.slice(0, MAX_LINES).entries())
    checks.text(line, `address.lines.${i}`, 1, 200);
  checks.done();
}
