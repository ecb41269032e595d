import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { MAX_AMOUNT_MINOR, sumOf } from '../../kernel/money.ts';
import { refuseBlocked } from '../account/index.ts';
import { refuseUncertified } from '../agency/index.ts';
import {
  EngagementProductRow,
  EngagementRow,
  MilestoneRow,
  type ProviderKind,
  type TaskKind,
} from './engagement.entity.ts';
import { aboutEngagement } from './tell-sides.ts';

export interface NewMilestone {
  readonly id?: string;
  readonly kind: TaskKind;
  readonly title: string;
  readonly priceMinor: bigint;
  /** When it is due: at a moment, or so many days of 24 hours after the offer. One of the two. */
  readonly dueAt?: Date | null;
  readonly dueInDays?: number | null;
}

export interface NewEngagement {
  readonly id?: string;
  readonly brandId: string;
  readonly providerId: string;
  readonly providerKind: ProviderKind;
  readonly title: string;
  readonly brief: string;
  /** Of the brand: what it pays in. */
  readonly currency: string;
  /** Products of the brand that the work is about; none is no error. */
  readonly productIds: readonly string[];
  readonly milestones: readonly NewMilestone[];
  readonly reviewDays: number;
  readonly changeRounds: number;
}

export const MAX_MILESTONES = 20;
export const MAX_ENGAGEMENT_PRODUCTS = 20;
/** Nothing is ordered for later than a year ahead. */
const MAX_AHEAD_DAYS = 365;
/** How long an offer stands; less where the first milestone is due before, since nobody accepts work that is late. */
const OFFER_DAYS = 7;
const DAY_MS = 86_400_000;

/** Offers work to a creator or an agency, with a price and a due date for each milestone. Gives the engagement's id. */
export async function offerEngagement(tx: Tx, offer: NewEngagement, now: Date): Promise<string> {
  check(offer, now);
  const { brandId, providerId, productIds } = offer;
  const milestones = offer.milestones.map((milestone) => ({ ...milestone, dueAt: dueOf(milestone, now) }));
  await refuseBlocked(tx, brandId, providerId, now, ['input', 'providerId']);
  if (offer.providerKind === 'AGENCY')
    await refuseUncertified(tx, providerId, 'CONTENT', now, ['input', 'providerId']);
  await requireOwnProducts(tx, offer);
  const firstDue = Math.min(...milestones.map(({ dueAt }) => dueAt.getTime()));
  const lapsesAt = new Date(Math.min(daysAfter(now, OFFER_DAYS).getTime(), firstDue));
  const { title, brief, currency, providerKind, reviewDays, changeRounds } = offer;
  const { id = newId() } = offer;
  tx.em.create(EngagementRow, {
    ...{ id, brandId, providerId, providerKind, title, brief, currency, reviewDays, changeRounds, lapsesAt },
    offeredAt: now,
    answeredAt: null,
    note: null,
  });
  for (const [
    i,
    { kind, title: task, priceMinor, dueAt, id: milestoneId = newId() },
  ] of milestones.entries()) {
    const own = { id: milestoneId, kind, title: task, priceMinor, dueAt, state: 'OFFERED' as const };
    tx.em.create(MilestoneRow, { ...own, engagementId: id, no: i + 1, since: now });
  }
  for (const productId of productIds) tx.em.create(EngagementProductRow, { engagementId: id, productId });
  await tx.em.flush();
  await announce(tx, [aboutEngagement('ENGAGEMENT_OFFERED', { id, brandId, providerId })], now);
  return id;
}

const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);

const dueOf = ({ dueAt, dueInDays }: NewMilestone, now: Date): Date =>
  dueAt ?? daysAfter(now, dueInDays ?? 0);

function check(offer: NewEngagement, now: Date): void {
  const { milestones, productIds, reviewDays, changeRounds } = offer;
  const checks = new Checks()
    .text(offer.title, 'title', 1, 100)
    .text(offer.brief, 'brief', 1, 5000)
    .that(reviewDays >= 1 && reviewDays <= 30, 'reviewDays', 'An answer is given within 1 to 30 days.')
    .that(changeRounds >= 0 && changeRounds <= 5, 'changeRounds', 'Changes can be asked for 0 to 5 times.')
    .that(
      productIds.length <= MAX_ENGAGEMENT_PRODUCTS && new Set(productIds).size === productIds.length,
      'productIds',
      `At most ${MAX_ENGAGEMENT_PRODUCTS} products, each once.`,
    )
    .that(
      milestones.length >= 1 && milestones.length <= MAX_MILESTONES,
      'milestones',
      `1 to ${MAX_MILESTONES} milestones.`,
    );
  for (const [i, milestone] of milestones.slice(0, MAX_MILESTONES).entries()) {
    const { title, priceMinor, dueAt, dueInDays } = milestone;
    const due = dueOf(milestone, now);
    const isOne = (dueAt == null) !== (dueInDays == null);
    checks
      .text(title, `milestones.${i}.title`, 1, 100)
      .that(priceMinor >= 1n, `milestones.${i}.priceMinor`, 'A price is 1 minor unit or more.')
      .that(
        isOne,
        `milestones.${i}.dueAt`,
        'A milestone has either a moment when it is due, or days until then.',
      )
      .that(
        !isOne || (due > now && due <= daysAfter(now, MAX_AHEAD_DAYS)),
        `milestones.${i}.${dueInDays == null ? 'dueAt' : 'dueInDays'}`,
        `A milestone is due in the future, within ${MAX_AHEAD_DAYS} days.`,
      );
  }
  const totalMinor = sumOf(milestones.map(({ priceMinor }) => priceMinor));
  checks
    .that(totalMinor <= MAX_AMOUNT_MINOR, 'milestones', `At most ${MAX_AMOUNT_MINOR} minor units in all.`)
    .done();
}

async function requireOwnProducts(tx: Tx, { brandId, productIds }: NewEngagement): Promise<void> {
  if (productIds.length === 0) return;
  const own = await tx.rows(sql`
    select from product where id = any(${productIds}::uuid[]) and brand_id = ${brandId}`);
  if (own.length !== productIds.length) throw unknown(['input', 'productIds'], 'product');
}
