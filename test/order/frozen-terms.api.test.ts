import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { EARLY, event, type MadeProduct, placed, World } from '../kit/world.ts';

const DAY_MS = 86_400_000;

let alliance: TestAlliance;
let clock: TestClock;
let world: World;
let callers: Record<'brand' | 'creator' | 'manager' | 'recruiter' | 'second' | 'operator', Caller>;
/** Global ids of what is changed. */
const ids: Record<string, string> = {};
interface Deal {
  readonly product: MadeProduct;
  readonly linkCode: string;
  readonly boosted: boolean;
}

/** The product and the link of each order, by the offer that wins for it. */
const deals = new Map<string, Deal>();
let brandId: string;

beforeAll(async () => {
  clock = new TestClock('2026-06-16T02:00:00Z');
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
  brandId = await world.brand();
  // The other creator is named by no plan, so that OPEN plans win for them.
  const [creator, other, manager] = [await world.creator(), await world.creator(), await world.agency()];
  const [recruiter, second] = [await world.agency(), await world.agency()];
  callers = {
    brand: await alliance.memberOf(brandId),
    creator: await alliance.memberOf(creator),
    manager: await alliance.memberOf(manager),
    recruiter: await alliance.memberOf(recruiter),
    second: await alliance.memberOf(second),
    operator: await alliance.memberOf(alliance.id),
  };
  ids.brand = toGlobalId('Brand', brandId);
  ids.creator = toGlobalId('Creator', creator);
  ids.recruiter = toGlobalId('Agency', recruiter);
  ids.contract = toGlobalId('CreatorContract', await world.contract(manager, creator));
  await makePlans(creator, other);
  await makeCampaigns(creator, recruiter, second);
  for (const [offer, deal] of deals) await order(offer, deal);
});

afterAll(() => alliance.close());

/** A product with its OPEN plan, a link of the creator on it, and the order that goes by it. */
async function deal(offer: string, creator: string, boosted = false): Promise<MadeProduct> {
  const product = await world.product({ brandId });
  deals.set(offer, { product, linkCode: await world.link(creator, product), boosted });
  return product;
}

async function makePlans(creator: string, other: string): Promise<void> {
  const open = await deal('OPEN', other);
  ids.open = toGlobalId('Plan', await world.plan(open));
  ids.sku = toGlobalId('Sku', open.skuId);
  ids.product = toGlobalId('Product', open.id);
  const boosted = await deal('BOOST', other, true);
  const rates = {
    commissionRate: 1200,
    boostCommissionRate: 2100,
    tiers: [{ afterLines: 1, commissionRate: 1500 }],
  };
  const tiered = { kind: 'OPEN', brandId: ids.brand, title: 'Tiers', ...rates };
  const made = await act(
    callers.brand,
    'planCreate',
    { ...tiered, productId: toGlobalId('Product', boosted.id) },
    'id',
  );
  ids.tiered = made.result.id;
  const targeted = await deal('TARGETED', creator);
  await world.plan(targeted);
  const named = { creatorIds: [creator], commissionBp: 3100 };
  ids.targeted = toGlobalId('Plan', await world.plan(targeted, { kind: 'TARGETED', ...named }));
  const exclusive = await deal('EXCLUSIVE', creator);
  ids.exclusive = toGlobalId('Plan', await world.plan(exclusive, { kind: 'EXCLUSIVE', ...named }));
  const shop = { kind: 'SHOP_TARGETED', creatorIds: [creator], commissionBp: 2600, productId: null } as const;
  ids.shop = toGlobalId('Plan', await world.plan(open, shop));
  deals.set('SHOP_TARGETED', { product: open, linkCode: await world.link(creator, open), boosted: false });
}

async function makeCampaigns(creator: string, recruiter: string, second: string): Promise<void> {
  const rates = { commissionBp: 2000, serviceFeeBp: 300 };
  const product = await world.product({ brandId });
  const first = await world.enrolment(product, recruiter, rates);
  const below = await world.enrolment(product, second, { ...rates, serviceFeeBp: 100 }, first.id);
  ids.first = toGlobalId('Enrolment', first.id);
  ids.below = toGlobalId('Enrolment', below.id);
  ids.campaign = toGlobalId('RecruitingCampaign', first.campaignId);
  deals.set('CAMPAIGN', { product, linkCode: await world.link(creator, product, first.id), boosted: false });
  deals.set('SECOND', { product, linkCode: await world.link(creator, product, below.id), boosted: false });
  const spread = await world.product({ brandId, source: 'TAOBAO' });
  const { id, campaignId } = await world.enrolment(spread, recruiter, {
    commissionBp: 2500,
    serviceFeeBp: 0,
  });
  ids.spread = toGlobalId('Enrolment', id);
  const linkCode = 'spread-link-of-the-agency';
  await alliance.database.rows(sql`update recruiting_campaign set pays = 'SPREAD' where id = ${campaignId}`);
  await alliance.database.rows(sql`
    insert into promotion_link (id, code, creator_id, product_id, brand_id, enrolment_id, creator_part_bp, created_at)
    values (${newId()}, ${linkCode}, ${creator}, ${spread.id}, ${brandId}, ${id}, 1700, ${EARLY})`);
  deals.set('SPREAD', { product: spread, linkCode, boosted: false });
}

/** The shop reports that an order was placed and paid now. */
async function order(orderNo: string, { product, linkCode, boosted }: Deal): Promise<void> {
  const at = { occurredAt: clock.now() };
  const detail = placed(product.code, { linkCode, boosted, buyerRef: orderNo });
  const answers = await world.ingest(
    brandId,
    [event(brandId, 'PLACED', orderNo, { ...at, placed: detail }), event(brandId, 'PAID', orderNo, at)],
    clock.now(),
  );
  expect(answers.map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED']);
}

const FACTS = [
  'order_line',
  'frozen_terms',
  'waterfall_node',
  'commission_step',
  'commission_entry',
] as const;

/** Every row of the first orders in every table of facts, and the explanation that the brand is given of each. */
async function snapshot(): Promise<Json> {
  const lines = await alliance.database.rows(sql<{ id: string }>`
    select id from order_line where order_no = any(${[...deals.keys()]}::text[]) order by id`);
  const lineIds = lines.map(({ id }) => id);
  const rows: Json[] = [];
  for (const table of FACTS) {
    const key = table === 'order_line' ? 'id' : 'line_id';
    rows.push(
      await alliance.database.rows(sql`
        select to_jsonb(t)::text as row from ${sql.table(table)} t
        where t.brand_id = ${brandId} and ${sql.ref(`t.${key}`)} = any(${lineIds}::uuid[]) order by 1`),
    );
  }
  const explained = lineIds.map(async (id) => {
    const { data, errors } = await callers.brand.query(EXPLANATION, {
      id: toGlobalId('OrderLine', id, brandId),
    });
    expect(errors).toBeUndefined();
    return data.orderLine;
  });
  return { rows, explained: await Promise.all(explained) };
}

const EXPLANATION = /* GraphQL */ `
  query ($id: ID!) {
    orderLine(id: $id) {
      orderNo
      waterfall { sumsUp nodes { role rate appliesTo estimatedGross { amount } estimatedNet { amount } } }
      commissionExplanation {
        policyVersion technicalFeeRate contractTermsId
        winner { kind offerId commissionRate rateSource serviceFeeRate validFrom validTo lockedUntil }
        losers { because offer { kind offerId commissionRate } }
      }
    }
  }
`;

/** The rate of the creator on each of the orders with these numbers. */
async function rates(suffix: string): Promise<Record<string, number | null>> {
  const rows = await alliance.database.rows(sql<{ no: string; rate: number | null }>`
    select l.order_no as no, n.rate_bp as rate from order_line l
    left join waterfall_node n on n.brand_id = l.brand_id and n.line_id = l.id and n.role = 'CREATOR'
    where l.order_no = any(${[...deals.keys()].map((no) => no + suffix)}::text[])`);
  return Object.fromEntries(rows.map(({ no, rate }) => [no.slice(0, no.length - suffix.length), rate]));
}

/** Who changes what, and how. */
type Change = readonly [who: keyof typeof callers, mutation: string, input: () => object];
const CHANGES: readonly Change[] = [
  ['brand', 'planChange', () => ({ planId: ids.open, commissionRate: 2900 })],
  ['brand', 'planChange', () => ({ planId: ids.open, commissionRate: 300 })],
  ['brand', 'planChange', () => ({ planId: ids.tiered, tiers: [], boostCommissionRate: null })],
  ['brand', 'planChange', () => ({ planId: ids.targeted, commissionRate: 4000 })],
  ['brand', 'planClose', () => ({ planId: ids.targeted })],
  ['brand', 'planChange', () => ({ planId: ids.exclusive, commissionRate: 100 })],
  ['brand', 'planClose', () => ({ planId: ids.shop })],
  ['operator', 'policyChange', () => ({ rateLockDays: 30, technicalFeeRate: 500, attributionWindowDays: 3 })],
  ['operator', 'policyChange', () => ({ preset: 'TAOBAO', platformDiscountInBase: false, holdingDays: 30 })],
  ['brand', 'enrolmentChange', () => ({ enrolmentId: ids.first, commissionRate: 2800, serviceFeeRate: 800 })],
  ['second', 'enrolmentChange', () => ({ enrolmentId: ids.below, serviceFeeRate: 200 })],
  ['brand', 'enrolmentChange', () => ({ enrolmentId: ids.spread, commissionRate: 1000 })],
  ['recruiter', 'campaignChange', () => ({ campaignId: ids.campaign, title: 'Another call' })],
  ['recruiter', 'campaignClose', () => ({ campaignId: ids.campaign })],
  ['creator', 'contractNarrowVisibility', () => ({ contractId: ids.contract, visibility: [] })],
  ['creator', 'contractEnd', () => ({ contractId: ids.contract })],
  ['operator', 'agencySuspend', () => ({ agencyId: ids.recruiter, reason: 'Under review' })],
  ['brand', 'skuUpdate', () => ({ skuId: ids.sku, priceMinor: '1' })],
  ['brand', 'partyBlock', () => ({ blockerId: ids.brand, blockedId: ids.creator, reason: 'No more' })],
  ['operator', 'outsideSourceClose', () => ({ source: 'TAOBAO', reason: 'No figures of returns' })],
  ['brand', 'productDelist', () => ({ productId: ids.product })],
];

describe('the terms of a placed order', () => {
  it('are those of the moment it was placed', async () => {
    expect(await rates('')).toEqual({
      OPEN: 2000,
      SHOP_TARGETED: 2600,
      BOOST: 2100,
      TARGETED: 3100,
      EXCLUSIVE: 3100,
      CAMPAIGN: 2000,
      SECOND: 2000,
      SPREAD: 1700,
    });
  });

  it('stay the same after every kind of change, and when the change takes effect', async () => {
    const before = await snapshot();
    for (const [who, mutation, input] of CHANGES) {
      const { userErrors, code } = await act(callers[who], mutation, input());
      expect([mutation, userErrors, code]).toEqual([mutation, [], undefined]);
      expect([mutation, await snapshot()]).toEqual([mutation, before]);
      clock.advance(DAY_MS);
      expect([mutation, 'a day later', await snapshot()]).toEqual([mutation, 'a day later', before]);
    }
  });

  it('are not those of orders that are placed now', async () => {
    for (const [offer, one] of deals) await order(`${offer} now`, one);
    // The creator is blocked, and has no showcase that a lock could keep; the other one meets an OPEN plan.
    const nobody = {
      SHOP_TARGETED: null,
      TARGETED: null,
      EXCLUSIVE: null,
      CAMPAIGN: null,
      SECOND: null,
      SPREAD: null,
    };
    expect(await rates(' now')).toEqual({ ...nobody, OPEN: 300, BOOST: 1200 });
  });

  it('divide what a refund leaves, also when the refund comes last', async () => {
    const before = await netsOf('CREATOR');
    for (const orderNo of deals.keys()) {
      const refund = { amountMinor: 5000n, quantity: 0 };
      const half = event(brandId, 'REFUNDED', orderNo, { occurredAt: clock.now(), refund });
      expect(await world.ingest(brandId, [half], clock.now())).toEqual([{ status: 'APPLIED' }]);
    }
    const halves = Object.entries(before).map(([offer, net]) => [offer, net / 2n]);
    expect(await netsOf('CREATOR')).toEqual(Object.fromEntries(halves));
    expect(await verify(alliance.database)).toMatchObject({ failures: [] });
  });
});

/** What the payees of a role keep of each of the first orders. */
async function netsOf(role: string): Promise<Record<string, bigint>> {
  const rows = await alliance.database.rows(sql<{ no: string; net: bigint }>`
    select l.order_no as no, n.net_minor as net from order_line l
    join waterfall_node n on n.brand_id = l.brand_id and n.line_id = l.id and n.role = ${role}
    where l.order_no = any(${[...deals.keys()]}::text[])`);
  return Object.fromEntries(rows.map(({ no, net }) => [no, net]));
}
