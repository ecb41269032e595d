import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '../../src/db/database.ts';
import { registerAgency } from '../../src/features/agency/index.ts';
import { registerBrand } from '../../src/features/brand/index.ts';
import { enrolProduct, openCampaign } from '../../src/features/campaign/index.ts';
import { signContract } from '../../src/features/contract/index.ts';
import { CONTRACT_VISIBILITIES, registerCreator } from '../../src/features/creator/index.ts';
import type { EventAnswer, OrderEvent, PlacedDetail } from '../../src/features/order/index.ts';
import { createPlan, moveInPool } from '../../src/features/plan/index.ts';
import { createProduct, enterCategories } from '../../src/features/product/index.ts';
import { PromotionLinkRow, ShowcaseItemRow } from '../../src/features/promotion/index.ts';
import { ingestOrderEvents } from '../../src/features/settlement/index.ts';
import { newId } from '../../src/kernel/ids.ts';

/** Long before every order of a test. */
export const EARLY = new Date('2026-01-01T00:00:00Z');

/** Makes what a test needs, with every missing part made by itself. */
export class World {
  private category?: Promise<string>;

  constructor(readonly database: Database) {}

  tx<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.database.transaction(work);
  }

  brand(name = `Brand ${randomUUID().slice(0, 8)}`): Promise<string> {
    const brand = { name, kind: 'BRAND', currency: 'CNY', city: '杭州', about: '' } as const;
    return this.tx((tx) => registerBrand(tx, brand, undefined, EARLY));
  }

  creator(name = `Creator ${randomUUID().slice(0, 8)}`): Promise<string> {
    const creator = { name, city: '杭州', about: '', followers: 1000n };
    return this.tx((tx) => registerCreator(tx, creator, undefined, EARLY));
  }

  /** Certified for every service. */
  agency(name = `Agency ${randomUUID().slice(0, 8)}`): Promise<string> {
    const certifiedUntil = new Date('2100-01-01T00:00:00Z');
    const services = ['RECRUITING', 'CREATOR_MANAGEMENT', 'CONTENT', 'BELT_BASE'] as const;
    const agency = { name, services, city: '杭州', about: '', certifiedUntil };
    return this.tx((tx) => registerAgency(tx, agency, undefined, EARLY));
  }

  /** A category of the third level, the same for all. */
  leafCategory(): Promise<string> {
    this.category ??= this.tx(async (tx) => {
      const leaf = { slug: 'apples', nameZh: '苹果', nameEn: 'Apples' };
      const fruit = { slug: 'fruit', nameZh: '水果', nameEn: 'Fruit', children: [leaf] };
      const tree = [{ slug: 'food', nameZh: '食品', nameEn: 'Food', children: [fruit] }];
      return (await enterCategories(tx, tree)).get('apples') as string;
    });
    return this.category;
  }

  /** A product with one SKU; LISTED unless told otherwise. */
  async product(options: ProductOptions = {}): Promise<MadeProduct> {
    const brandId = options.brandId ?? (await this.brand());
    const categoryId = options.categoryId ?? (await this.leafCategory());
    const code = options.code ?? `sku-${randomUUID().slice(0, 12)}`;
    return this.tx(async (tx) => {
      const sku = {
        id: newId(),
        code,
        optionName: '一件',
        priceMinor: options.priceMinor ?? 10_000n,
        stock: options.stock ?? 1000n,
      };
      const title = options.title ?? `Product ${code}`;
      const source = options.source ?? ('OWN_SHOP' as const);
      const sourceUrl = options.source && `https://shop.example/${code}`;
      const product = {
        brandId,
        categoryId,
        title,
        description: '',
        source,
        sourceUrl,
        skus: [sku],
      } as const;
      const { id } = await createProduct(tx, product, EARLY);
      if (options.draft) return { id, brandId, code, skuId: sku.id };
      await moveInPool(tx, { productId: id, to: 'IN_REVIEW' }, EARLY);
      await moveInPool(tx, { productId: id, to: 'LISTED' }, options.listedAt ?? EARLY);
      return { id, brandId, code, skuId: sku.id };
    });
  }

  /** A plan; OPEN at 20 % unless told otherwise. */
  plan(product: Pick<MadeProduct, 'id' | 'brandId'>, options: PlanOptions = {}): Promise<string> {
    const plan = {
      brandId: product.brandId,
      productId: product.id as string | null,
      kind: 'OPEN' as const,
      title: 'Plan',
      commissionBp: 2000,
      creatorIds: [],
      opensAt: EARLY,
      ...options,
    };
    return this.tx(async (tx) => (await createPlan(tx, plan, EARLY)).id);
  }

  contract(agencyId: string, creatorId: string, shareBp = 2000): Promise<string> {
    const visibility = CONTRACT_VISIBILITIES;
    return this.tx((tx) =>
      signContract(tx, { agencyId, creatorId, shareBp, visibility, from: EARLY }, EARLY),
    );
  }

  /** An approved enrolment of a product in a campaign of an agency. */
  async enrolment(
    product: MadeProduct,
    agencyId: string,
    rates = { commissionBp: 2000, serviceFeeBp: 300 },
    parentId?: string,
  ) {
    return this.tx(async (tx) => {
      const campaign = {
        agencyId,
        title: 'Call',
        about: '',
        access: 'ALL',
        minServiceFeeBp: 0,
        categories: [],
        opensAt: EARLY,
      } as const;
      const campaignId = await openCampaign(tx, campaign, EARLY);
      const { id: productId, brandId } = product;
      const state = 'APPROVED' as const;
      const enrolment = { campaignId, agencyId, brandId, productId, parentId, ...rates, state, from: EARLY };
      return { campaignId, id: await enrolProduct(tx, enrolment, EARLY) };
    });
  }

  /** A promotion link with its code. */
  async link(creatorId: string, product: MadeProduct, enrolmentId: string | null = null): Promise<string> {
    const code = `code-${randomUUID().slice(0, 13)}`;
    await this.tx(async (tx) => {
      const { id: productId, brandId } = product;
      tx.em.create(PromotionLinkRow, {
        id: newId(),
        code,
        creatorId,
        productId,
        brandId,
        enrolmentId,
        createdAt: EARLY,
      });
      await tx.em.flush();
    });
    return code;
  }

  async showcase(
    creatorId: string,
    product: MadeProduct,
    enrolmentId: string | null = null,
  ): Promise<string> {
    const id = newId();
    await this.tx(async (tx) => {
      const { id: productId, brandId } = product;
      tx.em.create(ShowcaseItemRow, {
        id,
        creatorId,
        productId,
        brandId,
        enrolmentId,
        pickedAt: EARLY,
        removedAt: null,
      });
      await tx.em.flush();
    });
    return id;
  }

  /** Reports events as the brand's own shop. */
  ingest(brandId: string, events: readonly OrderEvent[], now = new Date()): Promise<EventAnswer[]> {
    return ingestOrderEvents(this.database, brandId, events, now);
  }
}

interface ProductOptions {
  readonly brandId?: string;
  /** Of the third level. */
  readonly categoryId?: string;
  /** An outside shop; the own one without. */
  readonly source?: 'TAOBAO' | 'JD';
  readonly title?: string;
  readonly code?: string;
  readonly priceMinor?: bigint;
  readonly stock?: bigint;
  readonly draft?: boolean;
  readonly listedAt?: Date;
}

interface PlanOptions {
  readonly kind?: 'OPEN' | 'TARGETED' | 'SHOP_TARGETED' | 'EXCLUSIVE';
  readonly productId?: string | null;
  readonly commissionBp?: number;
  readonly creatorIds?: readonly string[];
  readonly opensAt?: Date;
}

export interface MadeProduct {
  readonly id: string;
  readonly brandId: string;
  readonly code: string;
  readonly skuId: string;
}

export const PLACED_AT = new Date('2026-06-16T12:00:00Z');

/** An event of a line; its id says what it is unless told otherwise. */
export function event(
  brandId: string,
  kind: OrderEvent['kind'],
  orderNo: string,
  more: Partial<OrderEvent> = {},
): OrderEvent {
  const minutes = ['PLACED', 'PAID', 'SHIPPED', 'RECEIVED', 'CANCELLED', 'REFUNDED'].indexOf(kind);
  const occurredAt = new Date(PLACED_AT.getTime() + minutes * 60_000);
  return {
    eventId: `${orderNo}/${kind}`,
    source: 'shop',
    brandId,
    kind,
    orderNo,
    lineNo: 1,
    occurredAt,
    ...more,
  };
}

/** The detail of a PLACED event: one piece at 100.00, paid in full. */
export const placed = (skuCode: string, more: Partial<PlacedDetail> = {}): PlacedDetail => ({
  skuCode,
  quantity: 1,
  buyerRef: 'buyer-1',
  currency: null,
  itemTotalMinor: 10_000n,
  brandDiscountMinor: 0n,
  platformDiscountMinor: 0n,
  creatorDiscountMinor: 0n,
  freightMinor: 0n,
  taxMinor: 0n,
  linkCode: null,
  liveSessionId: null,
  boosted: false,
  shareCode: null,
  ...more,
});
