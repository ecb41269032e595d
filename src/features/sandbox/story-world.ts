import { sql } from 'kysely';
import { newId } from '../../kernel/ids.ts';
import { findAlliance } from '../account/index.ts';
import { registerAgency } from '../agency/index.ts';
import { registerBrand } from '../brand/index.ts';
import { enrolProduct, openCampaign } from '../campaign/index.ts';
import { signContract } from '../contract/index.ts';
import { registerCreator } from '../creator/index.ts';
import { createPlan, moveInPool } from '../plan/index.ts';
import { createProduct, enterCategories } from '../product/index.ts';
import { createLink } from '../promotion/index.ts';
import type { Storyteller } from './storyteller.ts';

const SERVICES = ['RECRUITING', 'CREATOR_MANAGEMENT'] as const;
/** Certificates of a story's agencies hold for so long. */
const TEN_YEARS_MS = 3650 * 86_400_000;
/** One piece of a story's product, in minor units of the brand's currency. */
export const PRICE_MINOR = 10_000n;

/** A product of a story that is in the pool. */
export interface StoryProduct {
  readonly id: string;
  readonly brandId: string;
  readonly skuCode: string;
}

/** Makes the parties and goods of a story, each of its own. */
export class StoryWorld {
  #brand: Promise<string> | undefined;
  readonly #mark = newId().slice(-6);

  constructor(
    private readonly teller: Storyteller,
    brandId?: string,
  ) {
    this.#brand = brandId === undefined ? undefined : Promise.resolve(brandId);
  }

  /** The brand that pays. */
  brand(): Promise<string> {
    this.#brand ??= this.teller.act(async (tx, now) => {
      const alliance = await findAlliance(tx);
      const currency = alliance?.currency ?? 'CNY';
      const brand = { name: this.#named('Brand'), kind: 'BRAND', city: '杭州', about: '', currency } as const;
      return registerBrand(tx, brand, undefined, now);
    });
    return this.#brand;
  }

  async currency(): Promise<string> {
    const [row] = await this.teller.clock.database.rows(
      sql<{ currency: string }>`select currency from brand where id = ${await this.brand()}`,
    );
    return row?.currency ?? '';
  }

  async creator(part = 'creator'): Promise<string> {
    const creator = { name: this.#named('Creator'), city: '成都', about: '', followers: 12_000n };
    const id = await this.teller.act((tx, now) => registerCreator(tx, creator, undefined, now));
    return this.teller.payee(part, id);
  }

  /** An agency that is certified, and is paid in the story as this. */
  async agency(part: string): Promise<string> {
    const id = await this.teller.act((tx, now) => {
      const certifiedUntil = new Date(now.getTime() + TEN_YEARS_MS);
      const agency = { name: this.#named(part), services: SERVICES, city: '上海', about: '', certifiedUntil };
      return registerAgency(tx, agency, undefined, now);
    });
    return this.teller.payee(part, id);
  }

  /** The alliance itself, which is paid the technical fee. */
  async alliance(): Promise<void> {
    const alliance = await findAlliance(this.teller.clock.database);
    this.teller.payee('alliance', alliance?.id ?? '');
  }

  /** A contract by which the agency manages the creator, for this share of the commission. */
  manage(agencyId: string, creatorId: string, shareBp: number): Promise<string> {
    return this.teller.act((tx, from) =>
      signContract(tx, { agencyId, creatorId, shareBp, visibility: ['ORDERS', 'EARNINGS'], from }, from),
    );
  }

  /** A product in the pool, on which an OPEN plan pays this commission. */
  async product(commissionBp: number): Promise<StoryProduct> {
    const brandId = await this.brand();
    return this.teller.act(async (tx, now) => {
      const skuCode = `story-${newId()}`;
      const categoryId = await categoryOf(tx);
      const title = this.#named('Product');
      const sku = { code: skuCode, optionName: '一件', priceMinor: PRICE_MINOR, stock: 1000n };
      const goods = { brandId, categoryId, title, description: '', source: 'OWN_SHOP', skus: [sku] } as const;
      const { id } = await createProduct(tx, goods, now);
      await moveInPool(tx, { productId: id, to: 'IN_REVIEW' }, now);
      await moveInPool(tx, { productId: id, to: 'LISTED' }, now);
      const plan = { brandId, productId: id, kind: 'OPEN', title, creatorIds: [], commissionBp } as const;
      await createPlan(tx, plan, now);
      return { id, brandId, skuCode };
    });
  }

  /** An approved enrolment of a product in a campaign of the agency's own; below another one for a second level. */
  enrol(
    { id: productId, brandId }: StoryProduct,
    agencyId: string,
    { pays = 'SERVICE_FEE', commissionBp, serviceFeeBp, parentId }: StoryEnrolment,
  ): Promise<string> {
    return this.teller.act(async (tx, now) => {
      const title = this.#named('Campaign');
      const campaign = { agencyId, title, about: '', access: 'ALL', pays, minServiceFeeBp: 0 } as const;
      const open = { ...campaign, categories: [], secondLevelOpen: pays === 'SERVICE_FEE', opensAt: now };
      const campaignId = await openCampaign(tx, open, now);
      const rates = { commissionBp, serviceFeeBp };
      const enrolment = { campaignId, agencyId, brandId, productId, parentId, ...rates, from: now };
      return enrolProduct(tx, { ...enrolment, state: 'APPROVED' }, now);
    });
  }

  /** The code of a link by which the creator promotes the product. */
  link(creatorId: string, product: StoryProduct, enrolmentId: string | null = null): Promise<string> {
    const pick = { creatorId, productId: product.id, enrolmentId };
    return this.teller.act(async (tx, now) => (await createLink(tx, pick, now)).code);
  }

  #named(what: string): string {
    return `Story ${this.#mark}: ${what}`;
  }
}

interface StoryEnrolment {
  readonly pays?: 'SERVICE_FEE' | 'SPREAD';
  /** Null for a second level. */
  readonly commissionBp: number | null;
  readonly serviceFeeBp: number;
  readonly parentId?: string;
}

const SLUG = 'sandbox-stories';

/** The category of goods of stories, made for the first of them. It has no holding days of its own. */
async function categoryOf(tx: Parameters<typeof enterCategories>[0]): Promise<string> {
  const [found] = await tx.rows(sql<{ id: string }>`select id from category where slug = ${SLUG}`);
  if (found !== undefined) return found.id;
  const named = (slug: string) => ({ slug, nameZh: '沙箱故事', nameEn: 'Sandbox stories' });
  const leaf = named(SLUG);
  const tree = [{ ...named(`${SLUG}-1`), children: [{ ...named(`${SLUG}-2`), children: [leaf] }] }];
  return (await enterCategories(tx, tree)).get(SLUG) as string;
}
