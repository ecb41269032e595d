import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { invalid, Refusal, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { refuseBlocked } from '../account/index.ts';
import { refuseUncertified } from '../agency/index.ts';
import type { ReadEnrolment } from './enrolment.loaders.ts';
import { lockCampaign, refuseClosed } from './lock-campaign.ts';
import { type LockedEnrolment, lockEnrolment } from './lock-enrolment.ts';
import { campaignFull, takePlaces } from './take-places.ts';

const PATH = ['input', 'enrolmentId'];

/** Which campaign of its own a second agency takes an enrolment into, and for which part of the first one's fee. */
export interface Reenrolment {
  readonly campaignId: string;
  readonly serviceFeeBp: number;
}

/**
 * Takes a product that is in another agency's campaign into one's own, approved at once: the brand's terms stay the first
 * agency's, and the part of the fee is paid out of that (Kuaishou's second-level recruiting, 二级团长). Gives the id.
 */
export async function reenrolProduct(
  tx: Tx,
  enrolment: ReadEnrolment,
  { campaignId, serviceFeeBp }: Reenrolment,
  now: Date,
): Promise<string> {
  const campaign = await lockCampaign(tx, campaignId, now);
  const into = ['input', 'campaignId'];
  refuseClosed(campaign, now, into);
  if (campaign.pays !== 'SERVICE_FEE')
    throw wrongState(into, 'SPREAD', 'SPREAD campaigns have no second level.');
  await refuseUncertified(tx, campaign.agencyId, 'RECRUITING', now, into);
  await refuseBlocked(tx, campaign.agencyId, enrolment.brandId, now, PATH);
  await refuseBlocked(tx, campaign.agencyId, enrolment.agencyId, now, PATH);
  const first = await lockEnrolment(tx, enrolment, now);
  refuseFirst(first, campaign.agencyId, serviceFeeBp);
  if ((await takePlaces(tx, campaignId, 1)) === 0)
    throw new Refusal([campaignFull(campaign.places ?? 0, into)]);
  const id = newId();
  await tx.rows(sql`
    with entered as (
      insert into enrolment (id, campaign_id, agency_id, brand_id, product_id, parent_id, state, created_at, decided_at)
      values (${id}, ${campaignId}, ${campaign.agencyId}, ${first.brandId}, ${first.productId}, ${first.id}, 'APPROVED',
        ${now}, ${now})
    )
    insert into enrolment_terms (id, enrolment_id, version, service_fee_bp, valid_from)
    values (${newId()}, ${id}, 1, ${serviceFeeBp}, ${now})`);
  const to = [first.brandId, first.agencyId];
  const data = { serviceFeeBp };
  await announce(tx, [{ kind: 'ENROLMENT_REENROLLED', subject: { type: 'Enrolment', id }, to, data }], now);
  return id;
}

function refuseFirst(first: LockedEnrolment, agencyId: string, serviceFeeBp: number): void {
  if (first.state !== 'APPROVED')
    throw wrongState(PATH, first.state, 'Only what is in a campaign can be taken from it.');
  if (first.firstAgencyId !== null)
    throw wrongState(PATH, 'SECOND_LEVEL', 'This is a second-level enrolment: there is no third level.');
  if (!first.secondLevelOpen)
    throw wrongState(PATH, 'NO_SECOND_LEVEL', 'The campaign is not open to second-level agencies.');
  if (first.agencyId === agencyId)
    throw wrongState(PATH, 'OWN', 'The enrolment is with the same agency already.');
  const most = first.lowestFeeBp;
  if (serviceFeeBp < 1 || serviceFeeBp > most) {
    const message = `The part is 1 to ${most} basis points: it is paid out of the first agency's fee.`;
    throw new Refusal([invalid(['input', 'serviceFeeRate'], message)]);
  }
}
