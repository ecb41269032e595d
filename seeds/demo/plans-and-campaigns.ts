import { enrolProduct, openCampaign } from '../../src/features/campaign/index.ts';
import { createPlan } from '../../src/features/plan/index.ts';
import { campaigns, enrolments, plans, products } from './content/index.ts';
import { demoId, keyOf } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** The plans of all brands, which fill the pool, and the recruiting campaigns with what is enrolled in them. */
export async function seedPlansAndCampaigns(seeding: Seeding): Promise<void> {
  await forEachItem(seeding, 'Plans', plans, (plan) => {
    const { key, kind, brand, product, title, commissionBp, creators, sinceDays } = plan;
    const opensAt = ago(seeding, sinceDays);
    const productId = product === null ? null : demoId(product);
    const offer = { kind, title, commissionBp, creatorIds: creators.map(demoId), opensAt };
    return createPlan(seeding.tx, { id: demoId(key), brandId: demoId(brand), productId, ...offer }, opensAt);
  });
  await forEachItem(seeding, 'Recruiting campaigns', campaigns, (campaign) => {
    const { key, agency, title, about, access, parties, minServiceFeeBp, opensDays, closesInDays } = campaign;
    const opensAt = ago(seeding, opensDays);
    const categories = campaign.categories.map(({ category, minCommissionBp }) => ({
      categoryId: demoId(category),
      minCommissionBp,
    }));
    const window = { opensAt, closesAt: ago(seeding, -closesInDays) };
    const call = {
      title,
      about,
      access,
      partyIds: parties.map(demoId),
      minServiceFeeBp,
      categories,
      ...window,
    };
    return openCampaign(seeding.tx, { id: demoId(key), agencyId: demoId(agency), ...call }, opensAt);
  });
  await seedEnrolments(seeding);
}

async function seedEnrolments(seeding: Seeding): Promise<void> {
  const agencyOf = new Map(campaigns.map(({ key, agency }) => [key, agency]));
  const brandOf = new Map(products.map(({ key, brand }) => [key, brand]));
  await forEachItem(seeding, 'Enrolments', enrolments, (enrolment) => {
    const { campaign, product, commissionBp, serviceFeeBp, state, note, sinceDays } = enrolment;
    const from = ago(seeding, sinceDays);
    return enrolProduct(
      seeding.tx,
      {
        id: demoId(keyOf.enrolment(enrolment)),
        campaignId: demoId(campaign),
        agencyId: demoId(agencyOf.get(campaign)!),
        brandId: demoId(brandOf.get(product)!),
        productId: demoId(product),
        commissionBp,
        serviceFeeBp,
        state,
        note: note ?? undefined,
        from,
      },
      from,
    );
  });
}
