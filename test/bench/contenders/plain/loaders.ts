import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import {
  Brand,
  Campaign,
  CampaignParty,
  Enrolment,
  EnrolmentTerms,
  Party,
  PartyBlock,
  Plan,
  PlanCreator,
  type PlanEntity,
  PlanTerms,
  Product,
  ShowcaseItem,
  WaterfallNode,
  type WaterfallNodeEntity,
} from './entities.ts';

/** The loaders of one request, one for each way that leads from a row to others. */
export type Loaders = ReturnType<typeof newLoaders>;

export interface LineKey {
  readonly brandId: string;
  readonly lineId: string;
}

const one = <Row extends object>(read: (ids: string[]) => Promise<Row[]>, keyOf: (row: Row) => string) =>
  new DataLoader<string, Row | undefined>(async (ids) => {
    const rows = new Map((await read([...ids])).map((row) => [keyOf(row), row]));
    return ids.map((id) => rows.get(id));
  });

const many = <Row extends object>(
  read: (ids: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string | null | undefined,
) =>
  new DataLoader<string, Row[]>(async (ids) => {
    const rows = Map.groupBy(await read([...ids]), (row) => keyOf(row) ?? '');
    return ids.map((id) => rows.get(id) ?? []);
  });

const inForceAt = (now: Date) => ({
  validFrom: { $lte: now },
  $or: [{ validTo: null }, { validTo: { $gt: now } }],
});

const ofParties = (em: EntityManager) => ({
  party: one(
    (ids) => em.find(Party, { id: { $in: ids } }),
    ({ id }) => id,
  ),
  brand: one(
    (ids) => em.find(Brand, { id: { $in: ids } }),
    ({ id }) => id,
  ),
  product: one(
    (ids) => em.find(Product, { id: { $in: ids } }),
    ({ id }) => id,
  ),
});

const ofPlans = (em: EntityManager, now: Date) => ({
  plansOfProduct: many(
    (ids): Promise<PlanEntity[]> => em.find(Plan, { productId: { $in: ids } }, { orderBy: { id: 'desc' } }),
    ({ productId }) => productId,
  ),
  shopPlansOfBrand: many(
    (ids): Promise<PlanEntity[]> => em.find(Plan, { brandId: { $in: ids }, kind: 'SHOP_TARGETED' }),
    ({ brandId }) => brandId,
  ),
  termsOfPlan: one(
    (ids) => em.find(PlanTerms, { planId: { $in: ids }, ...inForceAt(now) }),
    ({ planId }) => planId,
  ),
  namedInPlan: many(
    (ids) => em.find(PlanCreator, { planId: { $in: ids } }),
    ({ planId }) => planId,
  ),
});

const ofEnrolments = (em: EntityManager, viewerId: string, now: Date) => ({
  enrolment: one(
    (ids) => em.find(Enrolment, { id: { $in: ids } }),
    ({ id }) => id,
  ),
  enrolmentsOfProduct: many(
    (ids) => em.find(Enrolment, { productId: { $in: ids }, state: 'APPROVED' }, { orderBy: { id: 'desc' } }),
    ({ productId }) => productId,
  ),
  termsOfEnrolment: one(
    (ids) => em.find(EnrolmentTerms, { enrolmentId: { $in: ids }, ...inForceAt(now) }),
    ({ enrolmentId }) => enrolmentId,
  ),
  campaign: one(
    (ids) => em.find(Campaign, { id: { $in: ids } }),
    ({ id }) => id,
  ),
  campaignNamesViewer: one(
    (ids) => em.find(CampaignParty, { campaignId: { $in: ids }, partyId: viewerId }),
    ({ campaignId }) => campaignId,
  ),
});

const ofShowcases = (em: EntityManager, now: Date) => ({
  itemsOfCreator: many(
    (ids) => em.find(ShowcaseItem, { creatorId: { $in: ids }, removedAt: null }, { orderBy: { id: 'desc' } }),
    ({ creatorId }) => creatorId,
  ),
  blocksByBrand: many(
    (ids) =>
      em.find(PartyBlock, {
        blockerId: { $in: ids },
        takesEffectAt: { $lte: now },
        $or: [{ liftedAt: null }, { liftedAt: { $gt: now } }],
      }),
    ({ blockerId }) => blockerId,
  ),
});

const ofLines = (em: EntityManager) => ({
  nodesOfLine: new DataLoader<LineKey, WaterfallNodeEntity[], string>(
    async (keys) => {
      const pairs = keys.map(({ brandId, lineId }) => ({ brandId, lineId }));
      const rows = Map.groupBy(
        await em.find(WaterfallNode, { $or: pairs }, { orderBy: { nodeNo: 'asc' } }),
        ({ lineId }) => lineId,
      );
      return keys.map(({ lineId }) => rows.get(lineId) ?? []);
    },
    { cacheKeyFn: ({ lineId }) => lineId },
  ),
});

export const newLoaders = (em: EntityManager, viewerId: string, now: Date) => ({
  ...ofParties(em),
  ...ofPlans(em, now),
  ...ofEnrolments(em, viewerId, now),
  ...ofShowcases(em, now),
  ...ofLines(em),
});
