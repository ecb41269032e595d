import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { lockPairs } from '../../db/locks.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, type UserErrorValue } from '../../graphql/user-errors.ts';
import { startOfDayAfter } from '../../kernel/local-time.ts';
import { isCleanText } from '../../kernel/text.ts';
import { rulesAt } from '../account/index.ts';
import { refuseUncertified } from '../agency/index.ts';
import { keepBatch, MAX_ITEMS } from './answer-batch.ts';
import { termsAt } from './enrolment.loaders.ts';
import type { Batch } from './enrolment.types.ts';
import type { EnrolmentState } from './enrolment-state.ts';
import { enrolmentTables } from './in-force.ts';
import { unfit } from './judge-products.ts';
import { type LockedCampaign, lockCampaign, refuseClosed } from './lock-campaign.ts';
import { moveEnrolments } from './move-enrolments.ts';
import { categoryMinimum, type Fault, productFaults } from './product-faults.ts';
import { campaignFull, takePlaces } from './take-places.ts';

export type Decision = 'APPROVE' | 'REJECT' | 'REJECT_FOR_GOOD';

/** What an agency decides on one enrolment. A rejection says why. */
export interface Review {
  readonly enrolmentId: string;
  readonly decision: Decision;
  readonly note: string | null;
}

const STATE_OF: Readonly<Record<Decision, EnrolmentState>> = {
  APPROVE: 'APPROVED',
  REJECT: 'REJECTED',
  REJECT_FOR_GOOD: 'REJECTED_FOR_GOOD',
};

/** A review with what it is of: null where the campaign has no such enrolment. */
interface Weighed extends Review {
  readonly place: number;
  readonly brandId: string;
  readonly state: EnrolmentState;
  readonly faults: readonly Fault[];
  readonly objection?: UserErrorValue;
}

/**
 * Decides on enrolments of a campaign, each answered by itself; a fixed number of statements for all of them. Approved
 * ones take the campaign's places in the order of the call, and bind their brands for the days of its commitment.
 */
export async function reviewEnrolments(
  tx: Tx,
  campaignId: string,
  reviews: readonly Review[],
  now: Date,
): Promise<Batch> {
  const count = reviews.length;
  new Checks()
    .that(count >= 1 && count <= MAX_ITEMS, 'decisions', `1 to ${MAX_ITEMS} decisions a call.`)
    .done();
  const campaign = await lockCampaign(tx, campaignId, now);
  if (reviews.some(({ decision }) => decision === 'APPROVE')) {
    refuseClosed(campaign, now, ['input', 'campaignId']);
    await refuseUncertified(tx, campaign.agencyId, 'RECRUITING', now, ['input', 'campaignId']);
  }
  const weighed = await weigh(tx, campaign, reviews, now);
  const decided = await grantPlaces(tx, campaign, weighed);
  await carryOut(tx, campaign, decided, now);
  const objections = new Map(decided.map(({ place, objection }) => [place, objection]));
  const answers = reviews.map(({ enrolmentId }, i) => {
    const error = objections.has(i) ? (objections.get(i) ?? null) : notThere(i);
    return { enrolmentId: error?.__typename === 'NotFoundError' ? null : enrolmentId, error };
  });
  return keepBatch(tx, campaign.id, answers, now);
}

const pathOf = (place: number): string[] => ['input', 'decisions', String(place)];

const notThere = (place: number): UserErrorValue => ({
  __typename: 'NotFoundError',
  message: 'No enrolment of the campaign was found under this id.',
  path: [...pathOf(place), 'enrolmentId'],
});

/** Reads and locks what is reviewed, in the order of the ids, and says what is against each decision. */
async function weigh(
  tx: Sql,
  campaign: LockedCampaign,
  reviews: readonly Review[],
  now: Date,
): Promise<Weighed[]> {
  const rates = { commission: sql`m.commission_bp`, serviceFee: sql`m.service_fee_bp` };
  const faults = productFaults({ ...rates, hasMinima: sql<boolean>`e.parent_id is null`, now });
  const reviewed = sql`id = any(${reviews.map(({ enrolmentId }) => enrolmentId)}::uuid[]) and campaign_id = ${campaign.id}`;
  const brands = await tx.rows(
    sql<{ id: string }>`select distinct brand_id as id from enrolment where ${reviewed}`,
  );
  await lockPairs(
    tx,
    campaign.agencyId,
    brands.map(({ id }) => id),
  );
  await tx.rows(sql`select from enrolment where ${reviewed} order by id for update`);
  const rows = await tx.rows(sql<Pick<Weighed, 'place' | 'brandId' | 'state' | 'faults'>>`
    select r.place, e.brand_id as "brandId", e.state, ${faults} as faults
    from unnest(${reviews.map((_, i) => i)}::int[], ${reviews.map(({ enrolmentId }) => enrolmentId)}::uuid[]) r (place, id)
    join (${enrolmentTables} ${termsAt('e', 'm', now)}
      join product p on p.id = e.product_id join brand b on b.id = e.brand_id ${categoryMinimum})
      on e.id = r.id and e.campaign_id = ${campaign.id}
    order by r.place`);
  const seen = new Set<string>();
  return rows.map((row) => {
    const review = reviews[row.place] as Review;
    const isRepeated = seen.has(review.enrolmentId);
    seen.add(review.enrolmentId);
    const weighed = { ...row, ...review };
    return { ...weighed, objection: objectionTo(weighed, isRepeated) };
  });
}

function objectionTo(review: Weighed, isRepeated: boolean): UserErrorValue | undefined {
  const { place, state, decision, note, faults } = review;
  const path = pathOf(place);
  const length = note?.trim().length ?? 0;
  if (isRepeated) return invalid([...path, 'enrolmentId'], 'The enrolment stands in the call twice.');
  if (note !== null && (note.length > 500 || !isCleanText(note)))
    return invalid([...path, 'note'], 'note has at most 500 characters and no control characters.');
  if (decision !== 'APPROVE' && length === 0) return invalid([...path, 'note'], 'A rejection says why.');
  if (state !== 'PENDING')
    return { __typename: 'StateConflict', message: 'Only what is PENDING is decided on.', path, state };
  return decision === 'APPROVE' ? unfit(faults, path) : undefined;
}

/** Takes the places for what is to be approved; what comes too late is refused. */
async function grantPlaces(
  tx: Sql,
  campaign: LockedCampaign,
  weighed: readonly Weighed[],
): Promise<Weighed[]> {
  const wants = ({ objection, decision }: Weighed) => objection === undefined && decision === 'APPROVE';
  let left = await takePlaces(tx, campaign.id, weighed.filter(wants).length);
  return weighed.map((review) => {
    if (!wants(review)) return review;
    left -= 1;
    return left >= 0
      ? review
      : { ...review, objection: campaignFull(campaign.places ?? 0, pathOf(review.place)) };
  });
}

/** Moves what nothing is against, one statement per decision, and tells the brands. */
async function carryOut(
  tx: Sql,
  campaign: LockedCampaign,
  weighed: readonly Weighed[],
  now: Date,
): Promise<void> {
  const { timeZone } = await rulesAt(tx, now);
  const days = campaign.commitmentDays;
  const committedUntil = days === 0 ? null : startOfDayAfter(now, days, timeZone);
  const done = weighed.filter(({ objection }) => objection === undefined);
  for (const decision of Object.keys(STATE_OF) as Decision[]) {
    const same = done.filter((review) => review.decision === decision);
    await moveEnrolments(tx, {
      ids: same.map(({ enrolmentId }) => enrolmentId),
      note: same.map(({ note }) => note),
      to: STATE_OF[decision],
      at: now,
      committedUntil: decision === 'APPROVE' ? committedUntil : null,
    });
  }
  await announce(
    tx,
    done.map(({ enrolmentId, brandId, decision }) => ({
      kind: decision === 'APPROVE' ? 'ENROLMENT_APPROVED' : 'ENROLMENT_REJECTED',
      subject: { type: 'Enrolment', id: enrolmentId },
      to: [brandId],
      data: decision === 'APPROVE' ? undefined : { forGood: decision === 'REJECT_FOR_GOOD' },
    })),
    now,
  );
}
