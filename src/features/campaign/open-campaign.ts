import type { Tx } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import {
  type CampaignAccess,
  CampaignCategoryRow,
  CampaignPartyRow,
  type CampaignPays,
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
  /** SERVICE_FEE when left out. */
  readonly pays?: CampaignPays;
  /** 0 for SPREAD. */
  readonly minServiceFeeBp: number;
  /** With the lowest commission, or for SPREAD the lowest rate in all; every category is called for where there is none. */
  readonly categories: readonly { readonly categoryId: string; readonly minCommissionBp: number }[];
  /** For how many days a brand is bound once its product is approved; 0 when left out. */
  readonly commitmentDays?: number;
  /** How many products it takes at most; without a bound when left out. */
  readonly places?: number | null;
  /** Whether other agencies may take its products into campaigns of theirs. */
  readonly secondLevelOpen?: boolean;
  readonly opensAt: Date;
  readonly closesAt?: Date | null;
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
    pays: campaign.pays ?? 'SERVICE_FEE',
    minServiceFeeBp,
    commitmentDays: campaign.commitmentDays ?? 0,
    places: campaign.places ?? null,
    placesTaken: 0,
    secondLevelOpen: campaign.secondLevelOpen ?? false,
    opensAt,
    closesAt,
    closedAt: null,
    createdAt: now,
  });
  for (const category of campaign.categories)
    tx.em.create(CampaignCategoryRow, { campaignId: id, ...category });
  for (const partyId of campaign.partyIds ?? []) tx.em.create(CampaignPartyRow, { campaignId: id, partyId });
  await tx.em.flush();
  return id;
}
