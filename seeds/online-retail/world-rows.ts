import * as names from './names.ts';
import type { SurveyedProduct } from './survey.ts';

/** Rows by the table that they go into; the columns are named as there. */
export type Tables = Readonly<Record<string, readonly object[]>>;

/** From when all of it is there and in force: before the first order. */
export const FROM = new Date('2010-11-01T00:00:00Z');

const from = FROM.toISOString();
const ABOUT = 'Made by the rule of the replay of the UCI data set "Online Retail".';
const MAX_TITLE = 200;
/** More than the whole data set sells of all products together. */
const STOCK = 1_000_000_000;

const party = (kind: 'BRAND' | 'AGENCY' | 'CREATOR', name: string) => ({
  id: names.idOf(kind.toLowerCase(), name),
  kind,
  name,
  created_at: from,
});

export const agencyId = (n: number): string => names.idOf('agency', names.agencyName(n));
export const creatorId = (n: number): string => names.idOf('creator', names.creatorName(n));
const campaignId = (p: number): string => names.idOf('campaign', names.brandName(p));
const enrolmentId = (code: string): string => names.idOf('enrolment', code);
export const productId = ({ code }: Pick<SurveyedProduct, 'code'>): string => names.idOf('product', code);

const serviceOf = (n: number): string => (n < names.recruiterNo(0) ? 'CREATOR_MANAGEMENT' : 'RECRUITING');

/** The first agencies manage creators, the last ones recruit products. */
export function agencies(count: number): Tables {
  const numbers = Array.from({ length: count }, (_, n) => n);
  return {
    party: numbers.map((n) => party('AGENCY', names.agencyName(n))),
    agency: numbers.map((n) => ({
      id: agencyId(n),
      services: [serviceOf(n)],
      city: 'London',
      about: ABOUT,
    })),
    agency_certificate: numbers.map((n) => ({
      id: names.idOf('certificate', names.agencyName(n)),
      agency_id: agencyId(n),
      service: serviceOf(n),
      valid_from: from,
      valid_to: '2099-12-31T00:00:00Z',
    })),
  };
}

export function brands(numbers: Iterable<number>): Tables {
  const list = [...numbers];
  return {
    party: list.map((p) => party('BRAND', names.brandName(p))),
    brand: list.map((p) => ({
      id: names.idOf('brand', names.brandName(p)),
      kind: 'BRAND',
      currency: 'GBP',
      city: 'London',
      about: ABOUT,
      restricted: false,
    })),
  };
}

/** Creators, and the contracts of those that an agency manages. */
export function creators(numbers: Iterable<number>): Tables {
  const list = [...numbers];
  const managed = list.filter(names.isContracted).map((n) => ({
    contractId: names.idOf('contract', names.creatorName(n)),
    agency_id: agencyId(names.managerNo(n)),
    creator_id: creatorId(n),
  }));
  return {
    party: list.map((n) => party('CREATOR', names.creatorName(n))),
    creator: list.map((n) => ({
      id: creatorId(n),
      tier: 'ORDINARY',
      city: 'London',
      about: ABOUT,
      followers: 0,
    })),
    creator_contract: managed.map(({ contractId, ...sides }) => ({
      id: contractId,
      ...sides,
      created_at: from,
    })),
    contract_terms: managed.map(({ contractId, ...sides }) => ({
      id: names.idOf('contract-terms', contractId),
      contract_id: contractId,
      ...sides,
      share_bp: names.MCN_SHARE_BP,
      visibility: ['SHOWCASE', 'ORDERS', 'EARNINGS'],
      valid_from: from,
    })),
  };
}

const LEVELS = [
  { slug: 'online-retail', name_zh: '家居礼品', name_en: 'Home and gifts' },
  { slug: 'online-retail-gifts', name_zh: '礼品', name_en: 'Gifts' },
  { slug: 'online-retail-giftware', name_zh: '节庆礼品', name_en: 'All-occasion giftware' },
];
const CATEGORY_PATH = LEVELS.map(({ slug }) => names.idOf('category', slug));

/** One category of three levels: the data set names none. */
export const CATEGORIES: Tables = {
  category: LEVELS.map((level, i) => ({
    ...level,
    id: CATEGORY_PATH[i],
    parent_id: i === 0 ? null : CATEGORY_PATH[i - 1],
    level: i + 1,
    path: CATEGORY_PATH.slice(0, i + 1),
  })),
};

/** Products with their one SKU and their open plan. */
export function offers(products: readonly SurveyedProduct[]): Tables {
  const planId = (code: string) => names.idOf('plan', code);
  return {
    product: products.map((product) => ({
      id: productId(product),
      brand_id: names.brandId(product.code),
      category_id: CATEGORY_PATH.at(-1),
      title: product.title.slice(0, MAX_TITLE),
      description: '',
      state: 'LISTED',
      source: 'OWN_SHOP',
      restricted: false,
      created_at: from,
      listed_at: from,
    })),
    sku: products.map((product) => ({
      id: names.idOf('sku', product.code),
      product_id: productId(product),
      brand_id: names.brandId(product.code),
      code: product.code,
      option_name: '',
      price_minor: Number(product.priceMinor),
      currency: 'GBP',
      stock: STOCK,
    })),
    plan: products.map((product) => ({
      id: planId(product.code),
      brand_id: names.brandId(product.code),
      product_id: productId(product),
      kind: 'OPEN',
      title: `Open plan ${product.code}`,
      opens_at: from,
      created_at: from,
    })),
    plan_terms: products.map(({ code }) => ({
      id: names.idOf('plan-terms', code),
      plan_id: planId(code),
      version: 1,
      commission_bp: names.commissionBp(names.brandNo(code)),
      valid_from: from,
    })),
  };
}

/** One recruiting campaign for each brand that the rule gives to a recruiting agency. */
export function campaigns(brandNumbers: Iterable<number>): Tables {
  const list = [...brandNumbers].filter(names.isRecruited);
  return {
    recruiting_campaign: list.map((p) => ({
      id: campaignId(p),
      agency_id: agencyId(names.recruiterNo(p)),
      title: `${names.brandName(p)} by ${names.agencyName(names.recruiterNo(p))}`,
      about: ABOUT,
      access: 'ALL',
      min_service_fee_bp: names.SERVICE_FEE_BP,
      opens_at: from,
      created_at: from,
    })),
    campaign_category: list.map((p) => ({
      campaign_id: campaignId(p),
      category_id: CATEGORY_PATH.at(-1),
      min_commission_bp: 1000,
    })),
  };
}

/** The products of recruited brands in their campaigns, at the rate of the open plan. */
export function enrolments(products: readonly SurveyedProduct[]): Tables {
  const list = products.filter(({ code }) => names.isRecruited(names.brandNo(code)));
  return {
    enrolment: list.map((product) => ({
      id: enrolmentId(product.code),
      campaign_id: campaignId(names.brandNo(product.code)),
      agency_id: agencyId(names.recruiterNo(names.brandNo(product.code))),
      brand_id: names.brandId(product.code),
      product_id: productId(product),
      state: 'APPROVED',
      created_at: from,
    })),
    enrolment_terms: list.map(({ code }) => ({
      id: names.idOf('enrolment-terms', code),
      enrolment_id: enrolmentId(code),
      version: 1,
      commission_bp: names.commissionBp(names.brandNo(code)),
      service_fee_bp: names.SERVICE_FEE_BP,
      valid_from: from,
    })),
  };
}

/** One link for each creator and product; it carries the enrolment, where there is one, so that its terms win. */
export const links = (
  pairs: readonly { readonly creator: number; readonly product: SurveyedProduct }[],
): Tables => ({
  promotion_link: pairs.map(({ creator, product }) => {
    const code = names.linkCode(creator, product.code);
    return {
      id: names.idOf('link', code),
      code,
      creator_id: creatorId(creator),
      product_id: productId(product),
      brand_id: names.brandId(product.code),
      enrolment_id: names.isRecruited(names.brandNo(product.code)) ? enrolmentId(product.code) : null,
      created_at: from,
    };
  }),
});
