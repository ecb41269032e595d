import { sql } from 'kysely';
import { enrolProduct, openCampaign } from '../../src/features/campaign/index.ts';
import { createSpreadLink } from '../../src/features/promotion/index.ts';
import { startOfDayAfter } from '../../src/kernel/local-time.ts';
import {
  type CampaignSeed,
  campaigns,
  type EnrolmentSeed,
  enrolments,
  furtherCampaigns,
  furtherEnrolments,
  leaving,
  products,
  reenrolments,
  spreadLinks,
} from './content/index.ts';
import { codeOf, demoId, keyOf } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const ALL = [...campaigns, ...furtherCampaigns];
const campaignOf = new Map(ALL.map((campaign) => [campaign.key, campaign]));
const brandOf = new Map(products.map(({ key, brand }) => [key, brand]));
const TIME_ZONE = 'Asia/Shanghai';

/** The recruiting campaigns, with what is enrolled in them on both levels, and the links of the spread one. */
export async function seedCampaigns(seeding: Seeding): Promise<void> {
  await forEachItem(seeding, 'Recruiting campaigns', ALL, (campaign) => open(seeding, campaign));
  await forEachItem(seeding, 'Enrolments', [...enrolments, ...furtherEnrolments], (enrolment) =>
    enrol(seeding, enrolment),
  );
  await forEachItem(seeding, 'Second-level enrolments', reenrolments, (again) => {
    const parentId = demoId(keyOf.enrolment({ ...again, campaign: again.from }));
    const terms = { ...again, commissionBp: null, state: 'APPROVED', note: null } as const;
    return enrol(seeding, terms, parentId);
  });
  await askToLeave(seeding);
  await forEachItem(seeding, 'Links of a spread campaign', spreadLinks, (link) => {
    const { campaign, product, creator, creatorPartBp, madeDays } = link;
    const of = {
      id: demoId(keyOf.enrolment(link)),
      productId: demoId(product),
      brandId: demoId(brandOf.get(product)!),
    };
    const enrolment = { ...of, agencyId: demoId(campaignOf.get(campaign)!.agency) };
    const key = keyOf.spreadLink(link);
    const made = { id: demoId(key), code: codeOf(key), creatorId: demoId(creator), creatorPartBp };
    return createSpreadLink(seeding.tx, enrolment, made, ago(seeding, madeDays));
  });
}

async function open(seeding: Seeding, campaign: CampaignSeed): Promise<void> {
  const { key, agency, categories, parties, opensDays, closesInDays, ...call } = campaign;
  const [opensAt, closesAt] = [ago(seeding, opensDays), ago(seeding, -closesInDays)];
  const called = categories.map(({ category, minCommissionBp }) => ({
    categoryId: demoId(category),
    minCommissionBp,
  }));
  const of = { id: demoId(key), agencyId: demoId(agency), partyIds: parties.map(demoId) };
  await openCampaign(seeding.tx, { ...call, ...of, categories: called, opensAt, closesAt }, opensAt);
  if (closesInDays >= 0) return;
  await seeding.tx.rows(sql`update recruiting_campaign set closed_at = ${closesAt} where id = ${of.id}`);
}

type Enrolled = Omit<EnrolmentSeed, 'commissionBp'> & { readonly commissionBp: number | null };

function enrol(seeding: Seeding, enrolment: Enrolled, parentId?: string): Promise<string> {
  const { campaign, product, commissionBp, serviceFeeBp, state, note, sinceDays } = enrolment;
  const from = ago(seeding, sinceDays);
  const { agency, commitmentDays = 0, closesInDays } = campaignOf.get(campaign)!;
  const isBound = state === 'APPROVED' && commitmentDays > 0;
  return enrolProduct(
    seeding.tx,
    {
      id: demoId(keyOf.enrolment(enrolment)),
      campaignId: demoId(campaign),
      agencyId: demoId(agency),
      brandId: demoId(brandOf.get(product)!),
      productId: demoId(product),
      parentId,
      commissionBp,
      serviceFeeBp,
      state,
      note: note ?? undefined,
      from,
      committedUntil: isBound ? startOfDayAfter(from, commitmentDays, TIME_ZONE) : undefined,
      endsAt: state === 'ENDED' ? ago(seeding, -closesInDays) : undefined,
    },
    from,
  );
}

/** A brand that is bound has asked for one of its products to leave. */
const askToLeave = (seeding: Seeding) =>
  seeding.tx.rows(sql`
    update enrolment set leave_asked_by = ${demoId(leaving.brand)}, leave_asked_at = ${ago(seeding, leaving.days)}
    where id = ${demoId(keyOf.enrolment(leaving))}`);
