import { sql } from 'kysely';
import type { Tx } from '../../src/db/database.ts';
import { enrolProduct, type NewEnrolment, openCampaign } from '../../src/features/campaign/index.ts';
import { PromotionLinkRow } from '../../src/features/promotion/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type MadeProduct, type World } from '../kit/world.ts';
import type { Parties } from './sides.ts';

type Products = Readonly<Record<'listed' | 'named' | 'draft', MadeProduct>>;

/**
 * Campaigns of the recruiting agency with each kind of access, and one of the former agency of the creator, which takes
 * products from them on the second level. The recruiter has asked for the approved enrolment to end.
 */
export async function makeCampaigns(world: World, parties: Parties, products: Products) {
  const { recruiterId, creatorId, brandId, formerAgencyId: agencyId } = parties;
  const categories = [{ categoryId: await world.leafCategory(), minCommissionBp: 100 }];
  return world.tx(async (tx) => {
    const open = (
      owner: string,
      access: 'ALL' | 'NAMED_CREATORS' | 'NAMED_SHOPS',
      partyIds: string[] = [],
    ) => {
      const call = { title: 'Call', about: '', minServiceFeeBp: 0, secondLevelOpen: true, opensAt: EARLY };
      return openCampaign(tx, { ...call, agencyId: owner, access, partyIds, categories }, EARLY);
    };
    const [all, few] = [
      await open(recruiterId, 'ALL'),
      await open(recruiterId, 'NAMED_CREATORS', [creatorId]),
    ];
    const shops = await open(recruiterId, 'NAMED_SHOPS', [brandId]);
    const second = await open(agencyId, 'ALL');
    const enrol = (campaignId: string, { id: productId }: MadeProduct, more: Partial<NewEnrolment> = {}) => {
      const rates = { commissionBp: 2000, serviceFeeBp: 300, note: 'Between us', from: EARLY };
      const enrolment = {
        campaignId,
        agencyId: recruiterId,
        brandId,
        productId,
        state: 'APPROVED',
        ...rates,
      } as const;
      return enrolProduct(tx, { ...enrolment, ...more }, EARLY);
    };
    const approved = await enrol(all, products.listed);
    const forFew = await enrol(few, products.named);
    const below = { agencyId, commissionBp: null, serviceFeeBp: 100 };
    const enrolments = {
      'Enrolment, approved': approved,
      'Enrolment, approved for named creators': forFew,
      'Enrolment, pending': await enrol(all, products.draft, { state: 'PENDING' }),
      'Enrolment, second-level': await enrol(second, products.listed, { ...below, parentId: approved }),
      'Enrolment, second-level, ended': await enrol(second, products.named, {
        ...below,
        parentId: forFew,
        state: 'ENDED',
      }),
    };
    const spread = await makeSpread(tx, parties, products.named);
    await tx.rows(sql`
      update enrolment set leave_asked_by = ${recruiterId}, leave_asked_at = ${EARLY} where id = ${approved}`);
    const named = Object.entries(enrolments).map(([what, id]) => [what, toGlobalId('Enrolment', id)]);
    const objects = {
      'RecruitingCampaign, ALL': toGlobalId('RecruitingCampaign', all),
      'RecruitingCampaign, NAMED_CREATORS': toGlobalId('RecruitingCampaign', few),
      'RecruitingCampaign, NAMED_SHOPS': toGlobalId('RecruitingCampaign', shops),
      'PromotionLink, spread': toGlobalId('PromotionLink', spread),
      ...(Object.fromEntries(named) as Record<string, string>),
    };
    return { local: approved, objects };
  });
}

/** A link that the recruiter has made for the creator, with the creator's part of what the brand pays. Gives its id. */
async function makeSpread(
  tx: Tx,
  { recruiterId, brandId, creatorId }: Parties,
  { id: productId }: MadeProduct,
) {
  const call = { agencyId: recruiterId, title: 'Spread', about: '', access: 'ALL', pays: 'SPREAD' } as const;
  const open = { ...call, minServiceFeeBp: 0, categories: [], opensAt: EARLY };
  const campaignId = await openCampaign(tx, open, EARLY);
  const rates = { commissionBp: 2000, serviceFeeBp: 0, state: 'APPROVED', from: EARLY } as const;
  const enrolment = { campaignId, agencyId: recruiterId, brandId, productId, ...rates };
  const enrolmentId = await enrolProduct(tx, enrolment, EARLY);
  const id = newId();
  const link = { id, code: `spread-${id}`, creatorId, productId, brandId, enrolmentId, creatorPartBp: 1500 };
  tx.em.create(PromotionLinkRow, { ...link, createdAt: EARLY });
  await tx.em.flush();
  return id;
}
