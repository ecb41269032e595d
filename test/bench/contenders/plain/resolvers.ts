import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { fromCursor, type PlainContext, toCursor, toPage } from './context.ts';
import {
  type BrandEntity,
  ContractTerms,
  type EnrolmentEntity,
  OrderLine,
  type OrderLineEntity,
  type PlanEntity,
  PoolEntry,
  type PoolEntryEntity,
  type ProductEntity,
  type ShowcaseItemEntity,
  type WaterfallNodeEntity,
} from './entities.ts';
import { isRunning, termsOf, winnerOf } from './offers.ts';
import * as types from './types.ts';

const ORDERS = {
  RECOMMENDED: 'score',
  COMMISSION_RATE: 'commissionBp',
  SALES: 'sales',
  NEWEST: 'listedAt',
} as const;

const textOf = (value: bigint | number | Date): string =>
  value instanceof Date ? value.toISOString() : String(value);

@Resolver()
export class RootResolver {
  @Query(() => types.ProductConnection)
  async productPool(
    @Arg('orderBy', () => types.PoolOrder) orderBy: types.PoolOrder,
    @Arg('first', () => Int) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('categoryId', () => ID, { nullable: true }) categoryId: string | null,
    @Ctx() { em, loaders }: PlainContext,
  ) {
    const column = ORDERS[orderBy];
    const [value, productId] = after == null ? [] : fromCursor(after);
    const place = value && {
      $or: [{ [column]: { $lt: value } }, { [column]: value, productId: { $lt: productId } }],
    };
    const category = categoryId && { categoryPath: { $contains: [categoryId] } };
    const entries = await em.find(
      PoolEntry,
      { ...place, ...category } as object,
      { orderBy: { [column]: 'desc', productId: 'desc' }, limit: first + 1 } as object,
    );
    const page = toPage<PoolEntryEntity>(entries, first, (entry) =>
      toCursor(textOf(entry[column]), entry.productId),
    );
    const products = await loaders.product.loadMany(page.nodes.map((entry) => entry.productId));
    return { ...page, nodes: products };
  }

  @Query(() => types.Viewer)
  viewer(@Ctx() { viewer }: PlainContext) {
    return {
      creator: viewer.kind === 'CREATOR' ? { id: viewer.id } : null,
      agency: viewer.kind === 'AGENCY' ? { id: viewer.id } : null,
    };
  }
}

@Resolver(() => types.ProductType)
export class ProductResolver {
  @FieldResolver(() => types.BrandType)
  brand(@Root() { brandId }: ProductEntity, @Ctx() { loaders }: PlainContext) {
    return loaders.brand.load(brandId);
  }

  @FieldResolver(() => types.PlanConnection)
  async plans(
    @Root() { id }: ProductEntity,
    @Arg('first', () => Int) first: number,
    @Ctx() { loaders, viewer, now }: PlainContext,
  ) {
    const plans = await loaders.plansOfProduct.load(id);
    const isVisible = async ({ id: planId, kind, brandId }: PlanEntity) =>
      kind === 'OPEN' ||
      brandId === viewer.id ||
      (await loaders.namedInPlan.load(planId)).some(
        ({ creatorId, dropped, closesAt }) =>
          creatorId === viewer.id && (!dropped || (closesAt != null && closesAt > now)),
      );
    const visible = await Promise.all(plans.map(isVisible));
    return { nodes: plans.filter((_, i) => visible[i]).slice(0, first) };
  }

  @FieldResolver(() => [types.EnrolmentType])
  async enrolments(@Root() { id }: ProductEntity, @Ctx() context: PlainContext) {
    const { loaders, viewer } = context;
    const enrolments = await loaders.enrolmentsOfProduct.load(id);
    const isOpen = async (enrolment: EnrolmentEntity) => {
      const campaign = await loaders.campaign.load(enrolment.campaignId);
      if (!(await isRunning(enrolment, context))) return false;
      if (campaign?.access !== 'NAMED_CREATORS') return true;
      if ([enrolment.brandId, enrolment.agencyId].includes(viewer.id)) return true;
      return (await loaders.campaignNamesViewer.load(enrolment.campaignId)) !== undefined;
    };
    const open = await Promise.all(enrolments.map(isOpen));
    return enrolments.filter((_, i) => open[i]);
  }
}

@Resolver(() => types.BrandType)
export class BrandResolver {
  @FieldResolver(() => String)
  async name(@Root() { id }: BrandEntity, @Ctx() { loaders }: PlainContext) {
    return (await loaders.party.load(id))?.name;
  }
}

@Resolver(() => types.PlanType)
export class PlanResolver {
  @FieldResolver(() => Int, { nullable: true })
  async commissionRate(@Root() { id }: PlanEntity, @Ctx() { loaders }: PlainContext) {
    return (await loaders.termsOfPlan.load(id))?.commissionBp;
  }
}

@Resolver(() => types.EnrolmentType)
export class EnrolmentResolver {
  @FieldResolver(() => Int, { nullable: true })
  async commissionRate(@Root() enrolment: EnrolmentEntity, @Ctx() context: PlainContext) {
    const { own, above } = await termsOf(enrolment, context);
    return own?.commissionBp ?? above?.commissionBp;
  }

  @FieldResolver(() => Int, { nullable: true })
  async serviceFeeRate(@Root() enrolment: EnrolmentEntity, @Ctx() context: PlainContext) {
    return (await termsOf(enrolment, context)).own?.serviceFeeBp;
  }

  @FieldResolver(() => types.PartyType)
  agency(@Root() { agencyId }: EnrolmentEntity, @Ctx() { loaders }: PlainContext) {
    return loaders.party.load(agencyId);
  }
}

@Resolver(() => types.CreatorType)
export class CreatorResolver {
  @FieldResolver(() => String)
  async name(@Root() { id }: { id: string }, @Ctx() { loaders }: PlainContext) {
    return (await loaders.party.load(id))?.name;
  }

  @FieldResolver(() => types.OrderLineConnection, { nullable: true })
  async orderLines(
    @Root() { id }: { id: string },
    @Arg('first', () => Int) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { em, viewer }: PlainContext,
  ) {
    if (id !== viewer.id) return null;
    const [placedAt = '', lineId] = after == null ? [] : fromCursor(after);
    const place = after != null && {
      $or: [{ placedAt: { $lt: new Date(placedAt) } }, { placedAt: new Date(placedAt), id: { $lt: lineId } }],
    };
    const where = { creatorId: id, ...(place || {}) } as object;
    const lines = await em.find(OrderLine, where, {
      orderBy: { placedAt: 'desc', id: 'desc' },
      limit: first + 1,
    });
    return toPage(lines, first, (line) => toCursor(line.placedAt.toISOString(), line.id));
  }

  @FieldResolver(() => types.ShowcaseItemConnection, { nullable: true })
  async showcase(
    @Root() { id, visibility }: { id: string; visibility?: string[] },
    @Arg('first', () => Int) first: number,
    @Ctx() { loaders, viewer }: PlainContext,
  ) {
    if (id !== viewer.id && !visibility?.includes('SHOWCASE')) return null;
    const items = await loaders.itemsOfCreator.load(id);
    const seesTerms = id === viewer.id || visibility?.includes('EARNINGS');
    return { nodes: items.slice(0, first).map((item) => ({ item, id: item.id, seesTerms })) };
  }
}

@Resolver(() => types.ShowcaseItemType)
export class ShowcaseItemResolver {
  @FieldResolver(() => types.ProductType)
  product(@Root() { item }: { item: ShowcaseItemEntity }, @Ctx() { loaders }: PlainContext) {
    return loaders.product.load(item.productId);
  }

  @FieldResolver(() => types.TermsResolution, { nullable: true })
  async terms(
    @Root() { item, seesTerms }: { item: ShowcaseItemEntity; seesTerms: boolean },
    @Ctx() context: PlainContext,
  ) {
    return seesTerms ? { winner: await winnerOf(item, context) } : null;
  }
}

@Resolver(() => types.OrderLineType)
export class OrderLineResolver {
  @FieldResolver(() => String)
  placedAt(@Root() { placedAt }: OrderLineEntity) {
    return placedAt.toISOString();
  }

  @FieldResolver(() => types.Money)
  goodsPaid(@Root() { goodsPaidMinor, currency }: OrderLineEntity) {
    return { minorUnits: String(goodsPaidMinor), currencyCode: currency };
  }

  @FieldResolver(() => types.ProductType, { nullable: true })
  product(@Root() { productId }: OrderLineEntity, @Ctx() { loaders }: PlainContext) {
    return loaders.product.load(productId);
  }

  @FieldResolver(() => types.BrandType)
  brand(@Root() { brandId }: OrderLineEntity, @Ctx() { loaders }: PlainContext) {
    return loaders.brand.load(brandId);
  }

  @FieldResolver(() => types.WaterfallType)
  async waterfall(
    @Root() { brandId, id, currency }: OrderLineEntity,
    @Ctx() { loaders, viewer }: PlainContext,
  ) {
    const nodes = await loaders.nodesOfLine.load({ brandId, lineId: id });
    const own = nodes.filter(({ payeeId }) => payeeId === viewer.id);
    const left = nodes.reduce(
      (sum, { parentNo, grossMinor, netMinor }) => sum + (parentNo === null ? grossMinor : 0n) - netMinor,
      0n,
    );
    const shown = nodes.flatMap((node) => {
      const isOwn = own.includes(node);
      const isPaidByViewer = own.some(({ nodeNo }) => nodeNo === node.parentNo);
      const paysViewer = own.some(({ parentNo }) => parentNo === node.nodeNo);
      if (!isOwn && !isPaidByViewer && !paysViewer) return [];
      const money = (minor: bigint) => ({ minorUnits: String(minor), currencyCode: currency });
      return [
        {
          node,
          role: node.role,
          rate: isOwn || isPaidByViewer ? node.rateBp : null,
          estimatedGross: money(node.grossMinor),
          estimatedNet: isOwn ? money(node.netMinor) : null,
        },
      ];
    });
    return { sumsUp: left === 0n, nodes: shown };
  }
}

@Resolver(() => types.WaterfallNodeType)
export class WaterfallNodeResolver {
  @FieldResolver(() => types.PartyType)
  payee(@Root() { node }: { node: WaterfallNodeEntity }, @Ctx() { loaders }: PlainContext) {
    return loaders.party.load(node.payeeId);
  }
}

@Resolver(() => types.AgencyType)
export class AgencyResolver {
  @FieldResolver(() => types.CreatorConnection, { nullable: true })
  async creators(
    @Root() { id }: { id: string },
    @Arg('first', () => Int) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { em, now, viewer }: PlainContext,
  ) {
    if (id !== viewer.id) return null;
    const inForce = { validFrom: { $lte: now }, $or: [{ validTo: null }, { validTo: { $gt: now } }] };
    const place = after == null ? {} : { contractId: { $lt: fromCursor(after)[0] } };
    const contracts = await em.find(ContractTerms, { agencyId: id, ...inForce, ...place } as object, {
      orderBy: { contractId: 'desc' },
      limit: first + 1,
    });
    const page = toPage(contracts, first, ({ contractId }) => toCursor(contractId));
    return { ...page, nodes: page.nodes.map(({ creatorId, visibility }) => ({ id: creatorId, visibility })) };
  }
}

export const resolvers = [
  RootResolver,
  ProductResolver,
  BrandResolver,
  PlanResolver,
  EnrolmentResolver,
  CreatorResolver,
  ShowcaseItemResolver,
  OrderLineResolver,
  WaterfallNodeResolver,
  AgencyResolver,
] as const;
