import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown } from '../../graphql/user-errors.ts';
import type { CampaignAccess } from './campaign.entity.ts';
import type { NewCampaign } from './open-campaign.ts';

export const MAX_PARTIES = 1000;
export const MAX_CATEGORIES = 50;
export const MAX_PLACES = 100_000;
const MAX_COMMITMENT_DAYS = 365;

/** What a campaign calls for. */
export type Called = NewCampaign['categories'];

/** Throws the refusal when anything is wrong with a campaign that is to be opened, by itself. */
export function checkCampaign(campaign: NewCampaign, now: Date): void {
  const { access, places, opensAt, closesAt, commitmentDays = 0, minServiceFeeBp } = campaign;
  const isSpread = campaign.pays === 'SPREAD';
  const parties = campaign.partyIds ?? [];
  const checks = new Checks()
    .text(campaign.title, 'title', 1, 100)
    .text(campaign.about, 'about', 0, 2000)
    .that(campaign.categories.length >= 1, 'categories', 'A campaign calls for at least one category.')
    .that(
      access === 'ALL' ? parties.length === 0 : parties.length >= 1,
      'partyIds',
      'ALL names nobody; the others name some.',
    )
    .that(minServiceFeeBp <= 4000, 'minServiceFeeRate', 'A service fee is 0 to 4000 basis points.')
    .that(
      !isSpread || minServiceFeeBp === 0,
      'minServiceFeeRate',
      'SPREAD has no service fee beside its rate.',
    )
    .that(
      !isSpread || campaign.secondLevelOpen !== true,
      'secondLevelOpen',
      'SPREAD has no second-level agencies.',
    )
    .that(
      commitmentDays >= 0 && commitmentDays <= MAX_COMMITMENT_DAYS,
      'commitmentDays',
      `A commitment is 0 to ${MAX_COMMITMENT_DAYS} days.`,
    )
    .that(places == null || isPlaces(places), 'places', `A campaign has 1 to ${MAX_PLACES} places.`)
    .that(opensAt >= now, 'opensAt', 'A campaign opens now or later.')
    .that(closesAt == null || closesAt > opensAt, 'closesAt', 'A campaign closes after it opens.');
  checkCalled(checks, campaign.categories);
  checkNamed(checks, parties, 'partyIds');
  checks.done();
}

export const isPlaces = (places: number): boolean => places >= 1 && places <= MAX_PLACES;

export function checkCalled(checks: Checks, categories: Called): void {
  const ids = new Set(categories.map(({ categoryId }) => categoryId));
  checks
    .that(categories.length <= MAX_CATEGORIES, 'categories', `At most ${MAX_CATEGORIES} categories.`)
    .that(ids.size === categories.length, 'categories', 'Each category once.');
  for (const [i, { minCommissionBp }] of categories.entries()) {
    const isRate = minCommissionBp >= 1 && minCommissionBp <= 9000;
    checks.that(isRate, `categories.${i}.minCommissionRate`, 'A commission is 1 to 9000 basis points.');
  }
}

export function checkNamed(checks: Checks, partyIds: readonly string[], field: string): void {
  checks
    .that(partyIds.length <= MAX_PARTIES, field, `At most ${MAX_PARTIES} parties a call.`)
    .that(new Set(partyIds).size === partyIds.length, field, 'Each party once.');
}

/** Refuses categories that do not exist, and parties that are not of the kind that the campaign names. One statement. */
export async function refuseStrangers(
  db: Sql,
  access: CampaignAccess,
  categories: Called,
  partyIds: readonly string[],
  field: string,
): Promise<void> {
  const kind = access === 'NAMED_SHOPS' ? 'BRAND' : 'CREATOR';
  const [found] = await db.rows(sql<{ categories: number; parties: number }>`
    select (select count(*)::int from category where id = any(${categories.map(({ categoryId }) => categoryId)}::uuid[]))
        as categories,
      (select count(*)::int from party where id = any(${partyIds}::uuid[]) and kind = ${kind}) as parties`);
  if (found?.categories !== categories.length) throw unknown(['input', 'categories'], 'category');
  if (found.parties !== partyIds.length) throw unknown(['input', field], kind.toLowerCase());
}
