import type { PlainContext } from './context.ts';
import type { EnrolmentEntity, ShowcaseItemEntity } from './entities.ts';
import type { Offer } from './types.ts';

const RANK = ['EXCLUSIVE', 'TARGETED', 'CAMPAIGN', 'SHOP_TARGETED', 'OPEN'];

interface Interval {
  readonly opensAt: Date;
  readonly closesAt?: Date | null;
}

const isOpen = ({ opensAt, closesAt }: Interval, now: Date): boolean =>
  opensAt <= now && (closesAt == null || closesAt > now);

/** Whether an enrolment is running: by its own end, its campaign's, and those of the one above it. */
export async function isRunning(enrolment: EnrolmentEntity, context: PlainContext): Promise<boolean> {
  const { loaders, now } = context;
  const campaign = await loaders.campaign.load(enrolment.campaignId);
  if (campaign === undefined || campaign.opensAt > now) return false;
  if (enrolment.endsAt != null && enrolment.endsAt <= now) return false;
  const { closesAt } = campaign;
  if (closesAt != null && closesAt <= now && !((enrolment.committedUntil ?? closesAt) > now)) return false;
  if (enrolment.parentId == null) return true;
  const parent = await loaders.enrolment.load(enrolment.parentId);
  return parent !== undefined && isRunning(parent, context);
}

/** What an enrolment pays: below another one the commission is that one's. */
export async function termsOf(enrolment: EnrolmentEntity, { loaders }: PlainContext) {
  const own = await loaders.termsOfEnrolment.load(enrolment.id);
  const above =
    enrolment.parentId == null ? undefined : await loaders.termsOfEnrolment.load(enrolment.parentId);
  return { own, above };
}

interface Ranked extends Offer {
  readonly termsId: string;
}

/** The offer that applies to an item of a showcase: the strongest of those in force that reach the creator. */
export async function winnerOf(item: ShowcaseItemEntity, context: PlainContext): Promise<Offer | null> {
  const { loaders } = context;
  const blocks = await loaders.blocksByBrand.load(item.brandId);
  if (blocks.some(({ blockedId }) => blockedId === item.creatorId)) return null;
  const offers = [...(await planOffers(item, context)), ...(await campaignOffers(item, context))];
  const [winner] = offers.sort(
    (one, other) =>
      RANK.indexOf(one.kind) - RANK.indexOf(other.kind) ||
      other.commissionRate - one.commissionRate ||
      (one.termsId < other.termsId ? -1 : 1),
  );
  return winner ?? null;
}

async function planOffers(item: ShowcaseItemEntity, { loaders, now }: PlainContext): Promise<Ranked[]> {
  const plans = [
    ...(await loaders.plansOfProduct.load(item.productId)),
    ...(await loaders.shopPlansOfBrand.load(item.brandId)),
  ];
  const offers = await Promise.all(
    plans
      .filter((plan) => isOpen(plan, now))
      .map(async (plan): Promise<Ranked[]> => {
        const [terms, named] = await Promise.all([
          loaders.termsOfPlan.load(plan.id),
          plan.kind === 'OPEN' ? [] : loaders.namedInPlan.load(plan.id),
        ]);
        const reaches =
          plan.kind === 'OPEN' ||
          named.some((each) => each.creatorId === item.creatorId && isOpen(each, now));
        if (terms === undefined || !reaches) return [];
        const { id: termsId, commissionBp: commissionRate } = terms;
        return [{ kind: plan.kind, commissionRate, serviceFeeRate: 0, termsId }];
      }),
  );
  return offers.flat();
}

async function campaignOffers(item: ShowcaseItemEntity, context: PlainContext): Promise<Ranked[]> {
  if (item.enrolmentId == null) return [];
  const enrolment = await context.loaders.enrolment.load(item.enrolmentId);
  if (enrolment?.productId !== item.productId || !(await isRunning(enrolment, context))) return [];
  const { own, above } = await termsOf(enrolment, context);
  const terms = above ?? own;
  if (own === undefined || terms === undefined) return [];
  const { id: termsId, commissionBp, serviceFeeBp } = terms;
  return [{ kind: 'CAMPAIGN', commissionRate: commissionBp ?? 0, serviceFeeRate: serviceFeeBp, termsId }];
}
