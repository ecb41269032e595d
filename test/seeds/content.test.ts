import { describe, expect, it } from 'vitest';
import {
  agencies,
  belts,
  brands,
  campaigns,
  categories,
  contracts,
  creators,
  enrolments,
  plans,
  products,
  showcases,
  topOf,
} from '../../seeds/demo/content/index.ts';

function countBy<T>(items: readonly T[], nameOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}

function expectUnique(values: readonly (string | number)[]): void {
  expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
}

const keysOf = <K>(items: readonly { key: K }[]): Set<K> => new Set(items.map((item) => item.key));
const productOf = new Map(products.map((product) => [product.key, product]));
const ofKind = (kind: string) => plans.filter((plan) => plan.kind === kind);

describe('the parties of the demo', () => {
  it('has the numbers that were promised', () => {
    expect([agencies.length, belts.length, brands.length, creators.length, contracts.length]).toEqual([
      5, 1, 12, 60, 25,
    ]);
    expect(countBy(creators, (creator) => creator.tier)).toEqual({ HEAD: 4, WAIST: 11, ORDINARY: 45 });
    expect(new Set(brands.map((brand) => brand.kind)).size).toBe(4);
    expect(brands.filter((brand) => brand.belt !== null)).toHaveLength(4);
  });

  it('names and keys are unique and references lead somewhere', () => {
    for (const items of [agencies, belts, brands, creators]) {
      expectUnique(items.map((item) => item.key));
      expectUnique(items.map((item) => item.name));
    }
    expectUnique(brands.map((brand) => brand.code));
    for (const belt of belts)
      expect(agencies.find((each) => each.key === belt.agency)?.services).toContain('BELT_BASE');
    for (const brand of brands) {
      expect(brand.belt === null || keysOf(belts).has(brand.belt)).toBe(true);
      if (brand.kind === 'BELT_MERCHANT') expect(brand.belt).not.toBeNull();
    }
    const tops = categories.filter((each) => each.level === 1).map((each) => each.slug);
    for (const creator of creators) expect(tops).toEqual(expect.arrayContaining(creator.topics));
  });

  it('binds a creator to one managing agency at most, for a share within bounds', () => {
    expectUnique(contracts.map((contract) => contract.creator));
    for (const contract of contracts) {
      const agency = agencies.find((each) => each.key === contract.agency);
      expect(agency?.services).toContain('CREATOR_MANAGEMENT');
      expect(keysOf(creators)).toContain(contract.creator);
      expect(contract.shareBp).toBeGreaterThan(0);
      expect(contract.shareBp).toBeLessThanOrEqual(3000);
      expect(contract.visibility.length).toBeGreaterThan(0);
    }
    expect(contracts.some((contract) => contract.sinceDays < 21)).toBe(true);
  });
});

describe('the categories', () => {
  it('form a tree of three levels with two to four children each', () => {
    expectUnique(categories.map((each) => each.slug));
    expect(categories.filter((each) => each.level === 1)).toHaveLength(8);
    for (const each of categories) {
      const children = categories.filter((other) => other.parent === each.key);
      if (each.level === 3) expect(children).toHaveLength(0);
      else expect([2, 3, 4], each.key).toContain(children.length);
      const parent = categories.find((other) => other.key === each.parent);
      expect(parent?.level ?? 0).toBe(each.level - 1);
    }
  });

  it('have products in every leaf, and products only there', () => {
    const leaves = categories.filter((each) => each.level === 3).map((each) => each.key);
    expect(new Set(products.map((product) => product.category))).toEqual(new Set(leaves));
  });
});

describe('the products', () => {
  it('are 300 of 12 brands, each with a title of its own', () => {
    expect(products).toHaveLength(300);
    expectUnique(products.map((product) => product.key));
    expectUnique(products.map((product) => product.title));
    expect(new Set(products.map((product) => product.brand))).toEqual(keysOf(brands));
    for (const product of products) expect(product.title).toMatch(/\p{Script=Han}{4}/u);
  });

  it('stand in every state, and obey the rules of it', () => {
    expect(countBy(products, (product) => product.state)).toEqual({
      LISTED: 256,
      DRAFT: 12,
      IN_REVIEW: 14,
      SUSPENDED: 9,
      DELISTED: 9,
    });
    const rejected = products.filter((product) => product.reviewNote !== null);
    expect(rejected.map((product) => product.state)).toEqual(['DRAFT']);
    for (const product of products) {
      expect(product.listedDays === null).toBe(product.state === 'DRAFT' || product.state === 'IN_REVIEW');
      if (product.listedDays !== null) expect(product.createdDays).toBeGreaterThan(product.listedDays);
    }
  });

  it('come from every source, mostly from shops of the alliance', () => {
    const sources = countBy(products, (product) => product.source);
    expect(Object.keys(sources)).toHaveLength(7);
    expect(sources.OWN_SHOP).toBeGreaterThan(200);
    for (const product of products) {
      expect(product.sourceUrl === null).toBe(product.source === 'OWN_SHOP');
      if (product.sourceUrl) expect(new URL(product.sourceUrl).hostname).toMatch(/\.example\.com$/);
    }
  });

  it('have one to four SKUs with prices and codes unique in the brand', () => {
    const skus = products.flatMap((product) => product.skus);
    expectUnique(skus.map((sku) => sku.key));
    expectUnique(products.flatMap((product) => product.skus.map((sku) => `${product.brand} ${sku.code}`)));
    for (const product of products) {
      expect([1, 2, 3, 4]).toContain(product.skus.length);
      expectUnique(product.skus.map((sku) => sku.optionName));
    }
    for (const sku of skus) {
      expect(sku.priceMinor > 0n).toBe(true);
      expect(sku.stock).toBeGreaterThan(0);
    }
  });

  it('include what searches look for', () => {
    const listed = products.filter((product) => product.state === 'LISTED').map((product) => product.title);
    for (const word of ['阿克苏冰糖心苹果', '棉被', '茶叶', 'bluetooth', 'yoga', 'coffee']) {
      expect(
        listed.some((title) => title.includes(word)),
        word,
      ).toBe(true);
    }
  });
});

describe('the plans', () => {
  it('are an OPEN or an EXCLUSIVE one for each product, and the named ones beside', () => {
    expect(countBy(plans, (plan) => plan.kind)).toEqual({
      OPEN: 290,
      EXCLUSIVE: 10,
      TARGETED: 20,
      SHOP_TARGETED: 4,
    });
    expectUnique(plans.map((plan) => plan.key));
    const general = [...ofKind('OPEN'), ...ofKind('EXCLUSIVE')].map((plan) => plan.product!);
    expectUnique(general);
    expect(new Set(general)).toEqual(keysOf(products));
    const open = new Set(ofKind('OPEN').map((plan) => plan.product));
    for (const plan of ofKind('TARGETED')) expect(open).toContain(plan.product);
    expect(countBy(ofKind('SHOP_TARGETED'), (plan) => plan.brand)).toEqual({
      'brand:ruomian': 2,
      'brand:hebai': 2,
    });
  });

  it('name known creators, and none twice for the same offer', () => {
    const pairs = plans.flatMap((plan) =>
      plan.creators.map((creator) => `${plan.kind} ${plan.product ?? plan.brand} ${creator}`),
    );
    expectUnique(pairs);
    for (const plan of plans) {
      expect(plan.creators.length === 0).toBe(plan.kind === 'OPEN');
      if (plan.kind === 'TARGETED') expect(plan.creators.length).toBeLessThanOrEqual(5);
      for (const creator of plan.creators) expect(keysOf(creators)).toContain(creator);
    }
  });

  it('keep to the limits of rates, and are not older than the product', () => {
    for (const plan of plans) {
      expect(Number.isInteger(plan.commissionBp)).toBe(true);
      expect(plan.commissionBp).toBeGreaterThanOrEqual(1);
      expect(plan.commissionBp).toBeLessThanOrEqual(9000);
      const product = plan.product && productOf.get(plan.product);
      if (!product) continue;
      expect(product.brand).toBe(plan.brand);
      expect(plan.sinceDays).toBeLessThanOrEqual(product.createdDays);
    }
  });
});

describe('the recruiting campaigns', () => {
  it('are three with thirty products, of each access and in each state', () => {
    expect(new Set(campaigns.map((campaign) => campaign.access)).size).toBe(3);
    expect(countBy(enrolments, (enrolment) => enrolment.state)).toEqual({
      APPROVED: 24,
      PENDING: 3,
      REJECTED: 3,
    });
    expectUnique(enrolments.map((enrolment) => enrolment.product));
    for (const campaign of campaigns) {
      const agency = agencies.find((each) => each.key === campaign.agency);
      expect(agency?.services).toContain('RECRUITING');
      for (const party of campaign.parties) {
        expect(brands.some((each) => each.key === party) || creators.some((each) => each.key === party)).toBe(
          true,
        );
      }
    }
  });

  it('take only what meets their terms', () => {
    const open = new Set(ofKind('OPEN').map((plan) => plan.product));
    for (const enrolment of enrolments) {
      const campaign = campaigns.find((each) => each.key === enrolment.campaign)!;
      const product = productOf.get(enrolment.product)!;
      const terms = campaign.categories.find((each) => each.category === topOf(product.category))!;
      expect(open).toContain(product.key);
      expect(enrolment.commissionBp).toBeGreaterThanOrEqual(terms.minCommissionBp);
      expect(enrolment.serviceFeeBp).toBeGreaterThanOrEqual(campaign.minServiceFeeBp);
      expect(enrolment.serviceFeeBp).toBeLessThanOrEqual(4000);
      expect(enrolment.commissionBp + enrolment.serviceFeeBp).toBeLessThanOrEqual(9000);
      expect(enrolment.sinceDays).toBeLessThanOrEqual(Math.min(product.listedDays!, campaign.opensDays));
      if (campaign.access === 'NAMED_SHOPS') expect(campaign.parties).toContain(product.brand);
      expect(enrolment.note === null).toBe(enrolment.state !== 'REJECTED');
    }
  });
});

describe('the showcases', () => {
  it('hold listed products that the creator may promote, once each', () => {
    expectUnique(showcases.map((item) => `${item.creator} ${item.product}`));
    expect(new Set(showcases.map((item) => item.creator))).toEqual(keysOf(creators));
    const exclusive = new Map(ofKind('EXCLUSIVE').map((plan) => [plan.product, plan]));
    for (const item of showcases) {
      const product = productOf.get(item.product)!;
      expect(product.state).toBe('LISTED');
      expect(item.pickedDays).toBeLessThanOrEqual(product.listedDays!);
      const plan = exclusive.get(item.product);
      if (plan) expect(plan.creators).toContain(item.creator);
    }
  });

  it('remember the campaign that a product was picked from', () => {
    const throughCampaign = showcases.filter((item) => item.campaign !== null);
    expect(throughCampaign.length).toBeGreaterThan(20);
    for (const item of throughCampaign) {
      const campaign = campaigns.find((each) => each.key === item.campaign)!;
      const enrolment = enrolments.find(
        (each) => each.product === item.product && each.campaign === campaign.key,
      )!;
      expect(enrolment.state).toBe('APPROVED');
      expect(item.pickedDays).toBeLessThanOrEqual(enrolment.sinceDays);
      if (campaign.access === 'NAMED_CREATORS') expect(campaign.parties).toContain(item.creator);
    }
  });
});
