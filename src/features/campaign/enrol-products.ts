import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal, type UserErrorValue } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { refuseBlocked } from '../account/index.ts';
import { keepBatch, MAX_ITEMS } from './answer-batch.ts';
import { rateProblems } from './check-rates.ts';
import type { Batch } from './enrolment.types.ts';
import { judgeProducts, type Offered, objectionTo } from './judge-products.ts';
import { type LockedCampaign, lockCampaign, refuseClosed } from './lock-campaign.ts';
import { campaignFull } from './take-places.ts';

/** Which brand enrols in which campaign. */
export interface Enrolling {
  readonly campaignId: string;
  readonly brandId: string;
}

/**
 * Enrols products of a brand in a campaign, each answered by itself; a fixed number of statements for all of them. An
 * enrolment is an offer of its own: the product needs no OPEN plan for it.
 */
export async function enrolProducts(
  tx: Tx,
  enrolling: Enrolling,
  offered: readonly Offered[],
  now: Date,
): Promise<Batch> {
  const count = offered.length;
  new Checks()
    .that(count >= 1 && count <= MAX_ITEMS, 'products', `1 to ${MAX_ITEMS} products a call.`)
    .done();
  const campaign = await lockCampaign(tx, enrolling.campaignId, now);
  const path = ['input', 'campaignId'];
  refuseClosed(campaign, now, path);
  const { places, placesTaken } = campaign;
  if (places != null && placesTaken >= places) throw new Refusal([campaignFull(places, path)]);
  await refuseBlocked(tx, enrolling.brandId, campaign.agencyId, now, path);
  const objections = await objectionsTo(tx, campaign, enrolling, offered, now);
  const wanted = offered.map((product, i) => ({
    ...product,
    id: objections[i] === undefined ? newId() : null,
  }));
  const answers = wanted.map(({ id }, i) => ({ enrolmentId: id, error: objections[i] ?? null }));
  await enter(tx, campaign, enrolling.brandId, wanted, now);
  return keepBatch(tx, campaign.id, answers, now);
}

/** Why each product cannot be enrolled; undefined where it can. */
async function objectionsTo(
  tx: Sql,
  campaign: LockedCampaign,
  enrolling: Enrolling,
  offered: readonly Offered[],
  now: Date,
): Promise<(UserErrorValue | undefined)[]> {
  const judgements = await judgeProducts(tx, enrolling, offered, now);
  const seen = new Set<string>();
  return offered.map((product, i) => {
    const path = ['input', 'products', String(i)];
    const isRepeated = seen.has(product.productId);
    seen.add(product.productId);
    if (isRepeated) return invalid([...path, 'productId'], 'The product stands in the call twice.');
    return ratesObjection(product, campaign, path) ?? objectionTo(judgements[i], path);
  });
}

/** What is wrong with rates whatever the product is. */
function ratesObjection(
  rates: Offered,
  { pays }: LockedCampaign,
  path: readonly string[],
): UserErrorValue | undefined {
  if (pays === 'SPREAD' && rates.serviceFeeBp !== 0)
    return invalid(
      [...path, 'serviceFeeRate'],
      'A SPREAD campaign has one rate and no service fee beside it.',
    );
  const [problem] = rateProblems(rates);
  return problem && invalid([...path, problem.field], problem.message);
}

interface Wanted extends Offered {
  readonly id: string | null;
}

/** Enters the enrolments with their first terms, and tells both sides how many there are. */
async function enter(
  tx: Sql,
  { id: campaignId, agencyId }: LockedCampaign,
  brandId: string,
  wanted: readonly Wanted[],
  now: Date,
): Promise<void> {
  const rows = wanted.filter(({ id }) => id !== null);
  if (rows.length === 0) return;
  await tx.rows(sql`
    with wanted as (
      select * from unnest(
        ${rows.map(({ id }) => id)}::uuid[],
        ${rows.map(() => newId())}::uuid[],
        ${rows.map(({ productId }) => productId)}::uuid[],
        ${rows.map(({ commissionBp }) => commissionBp)}::int[],
        ${rows.map(({ serviceFeeBp }) => serviceFeeBp)}::int[]
      ) w (id, terms_id, product_id, commission_bp, service_fee_bp)
    ), entered as (
      insert into enrolment (id, campaign_id, agency_id, brand_id, product_id, state, created_at)
      select id, ${campaignId}, ${agencyId}, ${brandId}, product_id, 'PENDING', ${now} from wanted returning id
    )
    insert into enrolment_terms (id, enrolment_id, version, commission_bp, service_fee_bp, valid_from)
    select w.terms_id, w.id, 1, w.commission_bp, w.service_fee_bp, ${now} from wanted w join entered using (id)`);
  const subject = { type: 'RecruitingCampaign', id: campaignId };
  const data = { products: rows.length };
  await announce(tx, [{ kind: 'PRODUCTS_ENROLLED', subject, to: [agencyId, brandId], data }], now);
}
