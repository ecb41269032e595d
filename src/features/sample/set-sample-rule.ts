import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { MAX_AMOUNT_MINOR } from '../../kernel/money.ts';
import { type ContentWanted, type SampleApproval, SampleRuleRow, type ShortFalls } from './sample.entity.ts';

/** A rule as a brand sets it; amounts in minor units of the brand's currency. */
export interface NewSampleRule {
  readonly id?: string;
  readonly brandId: string;
  readonly productId: string;
  readonly currency: string;
  readonly approval: SampleApproval;
  readonly shortFalls: ShortFalls;
  readonly minFollowers: bigint;
  readonly minGmvMinor: bigint;
  readonly minCompletedOrders: number;
  readonly priceCapMinor?: bigint | null;
  readonly quota: number;
  readonly perCreator: number;
  readonly daysToShip: number;
  readonly daysForContent: number;
  readonly contentWanted: ContentWanted;
}

const MAX_QUOTA = 1_000_000;
const MAX_PER_CREATOR = 100;
const MAX_SHIP_DAYS = 30;
const MAX_CONTENT_DAYS = 90;
const MAX_FOLLOWERS = 10_000_000_000n;

/** Offers samples of a product. The rule before it is closed: what was asked for under it goes on by it. */
export async function setSampleRule(tx: Tx, rule: NewSampleRule, now: Date): Promise<SampleRuleRow> {
  check(rule);
  const {
    id = newId(),
    minCompletedOrders,
    daysToShip,
    daysForContent,
    priceCapMinor = null,
    ...rest
  } = rule;
  await tx.rows(sql`
    update sample_rule set closed_at = greatest(${now}, created_at)
    where product_id = ${rule.productId} and closed_at is null`);
  const row = tx.em.create(SampleRuleRow, {
    ...rest,
    id,
    priceCapMinor,
    minOrders: minCompletedOrders,
    shipDays: daysToShip,
    contentDays: daysForContent,
    taken: 0,
    createdAt: now,
    closedAt: null,
  });
  await tx.em.flush();
  return row;
}

/** Offers no more samples under a rule. What was asked for goes on. Closing it again is refused. */
export async function closeSampleRule(tx: Tx, id: string, now: Date): Promise<SampleRuleRow> {
  const closed = await tx.rows(sql`
    update sample_rule set closed_at = greatest(${now}, created_at) where id = ${id} and closed_at is null returning id`);
  if (closed.length === 0) {
    throw wrongState(['input', 'sampleRuleId'], 'CLOSED', 'The rule has been closed already.');
  }
  return tx.em.findOneOrFail(SampleRuleRow, { id }, { refresh: true });
}

function check(rule: NewSampleRule): void {
  const within = (value: number, min: number, max: number) => value >= min && value <= max;
  const { minFollowers, minGmvMinor, minCompletedOrders, priceCapMinor, quota } = rule;
  new Checks()
    .that(within(quota, 1, MAX_QUOTA), 'quota', `A quota is between 1 and ${MAX_QUOTA}.`)
    .that(
      minFollowers >= 0n && minFollowers <= MAX_FOLLOWERS,
      'minFollowers',
      `Followers are counted from 0 to ${MAX_FOLLOWERS}.`,
    )
    .that(
      minGmvMinor >= 0n && minGmvMinor <= MAX_AMOUNT_MINOR,
      'minGmvMinor',
      `The GMV is between 0 and ${MAX_AMOUNT_MINOR} minor units.`,
    )
    .that(
      within(minCompletedOrders, 0, MAX_QUOTA),
      'minCompletedOrders',
      `Orders are counted from 0 to ${MAX_QUOTA}.`,
    )
    .that(
      priceCapMinor == null || (priceCapMinor > 0n && priceCapMinor <= MAX_AMOUNT_MINOR),
      'priceCapMinor',
      'A price cap is above 0; without one, leave it out.',
    )
    .that(
      within(rule.perCreator, 1, MAX_PER_CREATOR),
      'perCreator',
      `A creator gets 1 to ${MAX_PER_CREATOR} samples.`,
    )
    .that(
      within(rule.daysToShip, 1, MAX_SHIP_DAYS),
      'daysToShip',
      `Shipping takes 1 to ${MAX_SHIP_DAYS} days.`,
    )
    .that(
      within(rule.daysForContent, 1, MAX_CONTENT_DAYS),
      'daysForContent',
      `Content is due in 1 to ${MAX_CONTENT_DAYS} days.`,
    )
    .done();
}
