import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal, wrongState } from '../../graphql/user-errors.ts';
import { CampaignRow } from './campaign.entity.ts';
import {
  type Called,
  checkCalled,
  checkNamed,
  isPlaces,
  MAX_PLACES,
  refuseStrangers,
} from './check-campaign.ts';
import { faultsNow } from './enrolment.loaders.ts';
import { enrolmentTables, stateAt } from './in-force.ts';

/** What of a campaign is to change; what is left out stays. */
export interface CampaignChange {
  readonly campaignId: string;
  readonly title?: string | null;
  readonly about?: string | null;
  /** Later than now planned; null leaves it. */
  readonly closesAt?: Date | null;
  readonly places?: number | null;
  readonly partyIds: readonly string[];
  /** Categories to add, or whose minimum is lowered. */
  readonly categories: Called;
}

/**
 * Changes a campaign in favour of those who are in it: a longer window, more places, more categories and parties,
 * lower minima. What brands were promised is not made worse: nobody's product falls below a minimum by it.
 */
export async function changeCampaign(tx: Tx, change: CampaignChange, now: Date): Promise<void> {
  const { campaignId, partyIds, categories } = change;
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const row = await tx.em.findOneOrFail(CampaignRow, { id: campaignId }, { lockMode });
  if (row.closedAt != null || (row.closesAt != null && row.closesAt <= now))
    throw wrongState(['input', 'campaignId'], 'CLOSED', 'The campaign is closed.');
  check(row, change);
  await refuseStrangers(tx, row.access, categories, partyIds, 'addPartyIds');
  if (change.title != null) row.title = change.title;
  if (change.about != null) row.about = change.about;
  if (change.closesAt != null) row.closesAt = change.closesAt;
  if (change.places != null) row.places = change.places;
  await tx.em.flush();
  await tx.rows(sql`
    insert into campaign_party (campaign_id, party_id) select ${campaignId}, unnest(${partyIds}::uuid[])
    on conflict do nothing`);
  await callForMore(tx, campaignId, categories, now);
  const to = [...(await brandsIn(tx, campaignId)), ...partyIds];
  const subject = { type: 'RecruitingCampaign', id: campaignId };
  if (to.length > 0) await announce(tx, [{ kind: 'CAMPAIGN_CHANGED', subject, to }], now);
}

function check(
  row: CampaignRow,
  { title, about, closesAt, places, partyIds, categories }: CampaignChange,
): void {
  const longer = closesAt == null || (row.closesAt != null && closesAt >= row.closesAt);
  const more = places == null || (row.places != null && places >= row.places && isPlaces(places));
  const checks = new Checks()
    .that(longer, 'closesAt', 'A window only grows; one without an end has no longer one.')
    .that(more, 'places', `Places only grow, to ${MAX_PLACES}; a campaign without a bound has no more.`)
    .that(
      partyIds.length === 0 || row.access !== 'ALL',
      'addPartyIds',
      'A campaign that is open to ALL names nobody.',
    );
  if (title != null) checks.text(title, 'title', 1, 100);
  if (about != null) checks.text(about, 'about', 0, 2000);
  checkCalled(checks, categories);
  checkNamed(checks, partyIds, 'addPartyIds');
  checks.done();
}

/** Adds categories and lowers minima; refused where a minimum rises, or a product that is enrolled falls below one. */
async function callForMore(tx: Sql, campaignId: string, categories: Called, now: Date): Promise<void> {
  if (categories.length === 0) return;
  const before = await belowMinimum(tx, campaignId, now);
  const risen = await tx.rows(sql`
    with wanted as (
      select * from unnest(
        ${categories.map(({ categoryId }) => categoryId)}::uuid[],
        ${categories.map(({ minCommissionBp }) => minCommissionBp)}::int[]) w (category_id, bp)
    ), risen as (
      select from campaign_category c join wanted w using (category_id) where c.campaign_id = ${campaignId} and w.bp > c.min_commission_bp
    ), written as (
      insert into campaign_category (campaign_id, category_id, min_commission_bp)
      select ${campaignId}, category_id, bp from wanted
      on conflict (campaign_id, category_id) do update set min_commission_bp = excluded.min_commission_bp
    )
    select 1 from risen`);
  if (risen.length > 0 || (await belowMinimum(tx, campaignId, now)) > before) {
    const message = 'Minima are only lowered; a product that is enrolled would fall below a new one.';
    throw new Refusal([invalid(['input', 'categories'], message)]);
  }
}

async function belowMinimum(db: Sql, campaignId: string, now: Date): Promise<number> {
  const [row] = await db.rows(sql<{ count: number }>`
    select count(*)::int as count from ${enrolmentTables}
    where e.campaign_id = ${campaignId} and ${faultsNow(now)} && array['COMMISSION_BELOW_MINIMUM']`);
  return row?.count ?? 0;
}

/** The brands whose products wait or are in a campaign. */
export async function brandsIn(db: Sql, campaignId: string, now?: Date): Promise<string[]> {
  const live =
    now === undefined
      ? sql`e.state in ('PENDING', 'APPROVED')`
      : sql`${stateAt(now)} in ('PENDING', 'APPROVED')`;
  const rows = await db.rows(sql<{ id: string }>`
    select distinct e.brand_id as id from ${enrolmentTables} where e.campaign_id = ${campaignId} and ${live}`);
  return rows.map(({ id }) => id);
}
