import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { refuseUncertified } from '../agency/index.ts';
import { checkCampaign, refuseStrangers } from './check-campaign.ts';
import { type NewCampaign, openCampaign } from './open-campaign.ts';

/** Opens a campaign of an agency that is certified for it, and tells those that it names. Gives its id. */
export async function callForProducts(tx: Tx, campaign: NewCampaign, now: Date): Promise<string> {
  checkCampaign(campaign, now);
  const { agencyId, access, categories, partyIds = [] } = campaign;
  await refuseUncertified(tx, agencyId, 'RECRUITING', now, ['input', 'agencyId']);
  await refuseStrangers(tx, access, categories, partyIds, 'partyIds');
  const id = await openCampaign(tx, campaign, now);
  if (partyIds.length > 0) {
    const subject = { type: 'RecruitingCampaign', id };
    await announce(tx, [{ kind: 'CAMPAIGN_OPENED', subject, to: partyIds }], now);
  }
  return id;
}
