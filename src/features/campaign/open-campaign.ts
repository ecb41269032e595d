import type { Tx } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import {
  type CampaignAccess,
  CampaignCategoryRow,
  CampaignPartyRow,
  CampaignRow,
} from './campaign.entity.ts';

export interface NewCampaign {
  readonly id?: string;
  readonly agencyId: string;
  readonly title: string;
  readonly about: string;
  readonly access: CampaignAccess;
  /** The brands or creators that it names; none for ALL. */
  readonly partyIds?: readonly string[];
  readonly minServiceFeeBp: number;
  readonly categories: readonly { readonly categoryId: string; readonly minCommissionBp: number }[];
  readonly opensAt: Date;
  readonly closesAt?: Date;
}

/** Opens an agency's call for products. Gives its id. */
export async function openCampaign(tx: Tx, campaign: NewCampaign, now: Date): Promise<string> {
  const id = campaign.id ?? newId();
  const { agencyId, title, about, access, minServiceFeeBp, opensAt } = campaign;
  const closesAt = campaign.closesAt ?? null;
  tx.em.create(CampaignRow, {
    id,
    agencyId,
    title,
    about,
    access,
    minServiceFeeBp,
    opensAt,
    closesAt,
    createdAt: now,
  });
  for (const category of campaign.categories)
    tx.em.create(CampaignCategoryRow, { campaignId: id, ...category });
  for (const partyId of campaign.partyIds ?? []) tx.em.create(CampaignPartyRow, { campaignId: id, partyId });
  await tx.em.flush();
  return id;
}
