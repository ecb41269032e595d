import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import { event, type MadeProduct, placed } from '../kit/world.ts';
import { ANSWERS, call, makeScene, type Scene } from './scene.ts';

/** A day of an agency: as many products as one call takes are enrolled by two brands, reviewed, promoted and sold. */
const PRODUCTS = 500;
const PLACES = 480;

let scene: Scene;
let fine: MadeProduct[];
let campaign: string;

const counts: Record<string, number> = {};

beforeAll(async () => {
  scene = await makeScene();
  fine = await manyProducts(PRODUCTS - 5);
}, 120_000);

afterAll(() => scene.alliance.close());

/** Makes products one like the other, with one statement each for products and SKUs. */
async function manyProducts(count: number): Promise<MadeProduct[]> {
  const model = await scene.world.product({ brandId: scene.brandId });
  const ids = Array.from({ length: count - 1 }, () => randomUUID());
  await scene.alliance.database.rows(sql`
    insert into product select (jsonb_populate_record(p, jsonb_build_object('id', i.id))).*
    from product p, unnest(${ids}::uuid[]) i (id) where p.id = ${model.id}`);
  await scene.alliance.database.rows(sql`
    insert into sku select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'product_id', i.id,
      'code', i.id::text))).* from sku s, unnest(${ids}::uuid[]) i (id) where s.product_id = ${model.id}`);
  return [model, ...ids.map((id) => ({ ...model, id, code: id }))];
}

/** Calls a mutation and notes how many statements it took. */
async function counted(
  caller: Caller,
  name: string,
  type: string,
  input: object,
  fields: string,
): Promise<Json> {
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields}
    userErrors { __typename ... on UserError { message } } } }`;
  const { data, statements } = await caller.query(document, {
    input: { idempotencyKey: randomUUID(), ...input },
  });
  expect(data[name].userErrors).toEqual([]);
  counts[name] = statements.length;
  return data[name];
}

const enrolAll = async (products: readonly MadeProduct[], rates: object = {}): Promise<Json> => {
  const items = products.map(({ id }) => ({
    productId: toGlobalId('Product', id),
    commissionRate: 2000,
    serviceFeeRate: 300,
    ...rates,
  }));
  const input = { campaignId: campaign, brandId: toGlobalId('Brand', scene.brandId), products: items };
  return (
    await counted(scene.brand, 'enrolmentsCreate', 'EnrolmentsCreateInput', input, `enrolled { ${ANSWERS} }`)
  ).enrolled;
};

const reviewAll = async (decisions: readonly Json[]): Promise<Json> => {
  const input = { campaignId: campaign, decisions };
  return (
    await counted(scene.agency, 'enrolmentsReview', 'EnrolmentsReviewInput', input, `reviewed { ${ANSWERS} }`)
  ).reviewed;
};

const typesOf = (answers: readonly Json[]) =>
  Object.groupBy(answers, ({ error, enrolment }: Json) => error?.__typename ?? enrolment.state);

it('opens a campaign', async () => {
  const input = call(scene, { places: PLACES, commitmentDays: 7, secondLevelOpen: true });
  const { campaign: made } = await counted(
    scene.agency,
    'campaignOpen',
    'CampaignOpenInput',
    input,
    'campaign { id }',
  );
  campaign = made.id;
});

it('has 500 products enrolled in one call, each answered by itself, by as many statements as for one', async () => {
  const [one] = fine;
  await enrolAll([one as MadeProduct]);
  const forOne = counts.enrolmentsCreate;
  const unfit = [await scene.world.product({ brandId: scene.brandId, draft: true })];
  const foreign = await scene.world.product();
  const repeated = fine.at(-1) as MadeProduct;
  const products = [
    ...fine,
    ...unfit,
    foreign,
    repeated,
    one as MadeProduct,
    { ...foreign, id: randomUUID() },
  ];
  expect(products).toHaveLength(PRODUCTS);
  const { answers, done, refused } = await enrolAll(products);
  expect([done, refused]).toEqual([fine.length - 1, 6]);
  expect(Object.entries(typesOf(answers)).map(([type, list]) => [type, list?.length])).toEqual([
    ['AlreadyEnrolled', 1],
    ['PENDING', fine.length - 1],
    ['ProductUnfit', 1],
    ['NotFoundError', 2],
    ['InvalidInput', 2],
  ]);
  expect(counts.enrolmentsCreate).toBe(forOne);
  const low = await enrolAll([await scene.world.product({ brandId: scene.brandId })], { commissionRate: 1 });
  expect(low.answers[0].error.because).toEqual(['COMMISSION_BELOW_MINIMUM']);
});

it('reviews them in one call: some rejected, some for good, some too late for a place', async () => {
  const ids: Json[] = await scene.alliance.database.rows(sql`
    select id from enrolment where campaign_id = ${fromGlobalId(campaign)?.id} and state = 'PENDING' order by id`);
  const decisions = ids.map(({ id }, i) => ({
    enrolmentId: toGlobalId('Enrolment', id),
    decision: i < 3 ? 'REJECT' : i < 5 ? 'REJECT_FOR_GOOD' : 'APPROVE',
    note: i < 5 ? '样品与详情页描述不符。' : null,
  }));
  await reviewAll([decisions[0], decisions[3], decisions[5]]);
  const forThree = counts.enrolmentsReview;
  const { answers } = await reviewAll(decisions);
  expect(Object.entries(typesOf(answers)).map(([type, list]) => [type, list?.length])).toEqual([
    ['StateConflict', 3],
    ['REJECTED', 2],
    ['REJECTED_FOR_GOOD', 1],
    ['APPROVED', PLACES - 1],
    ['CampaignFull', fine.length - 5 - PLACES],
  ]);
  expect(counts.enrolmentsReview).toBe(forThree);
});

it('is promoted by creators, sold, and reads its figures by one statement beside the campaign', async () => {
  const creatorId = await scene.world.creator();
  const creator = await scene.alliance.memberOf(creatorId);
  const [row] = await scene.alliance.database.rows(sql<{ id: string; productId: string }>`
    select id, product_id as "productId" from enrolment
    where campaign_id = ${fromGlobalId(campaign)?.id} and state = 'APPROVED' order by id limit 1`);
  const product = fine.find(({ id }) => id === row?.productId) as MadeProduct;
  const pick = {
    creatorId: toGlobalId('Creator', creatorId),
    productId: toGlobalId('Product', product.id),
    enrolmentId: toGlobalId('Enrolment', row?.id ?? ''),
  };
  const { promotionLink } = await counted(
    creator,
    'promotionLinkCreate',
    'PickInput',
    pick,
    'promotionLink { code }',
  );
  const occurredAt = new Date('2026-06-16T03:00:00Z');
  const detail = placed(product.code, { linkCode: promotionLink.code });
  scene.clock.set('2026-06-16T04:00:00Z');
  await scene.world.ingest(
    scene.brandId,
    [
      event(scene.brandId, 'PLACED', 'D1', { occurredAt, placed: detail }),
      event(scene.brandId, 'PAID', 'D1', { occurredAt }),
    ],
    scene.clock.now(),
  );
  const figures = `figures { enrolled pending approved rejected invalid links creators
    sales { orderLines gmv { minorUnits currencyCode } estimatedFee { minorUnits } } }`;
  const { data, statements } = await scene.agency.query(
    `query ($id: ID!) { node(id: $id) { ... on RecruitingCampaign { placesTaken ${figures} } } }`,
    { id: campaign },
  );
  expect(data.node).toEqual({
    placesTaken: PLACES,
    figures: {
      enrolled: fine.length,
      pending: fine.length - 5 - PLACES,
      approved: PLACES,
      rejected: 5,
      invalid: 0,
      links: 1,
      creators: 1,
      // 3 % of 100.00, less the technical fee of 10 %.
      sales: [
        {
          orderLines: 1,
          gmv: { minorUnits: '10000', currencyCode: 'CNY' },
          estimatedFee: { minorUnits: '270' },
        },
      ],
    },
  });
  expect(statements).toHaveLength(2);
});

it('took few statements for each call, whatever it held', () => {
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  expect(counts.enrolmentsCreate).toBeLessThanOrEqual(20);
  expect(counts.enrolmentsReview).toBeLessThanOrEqual(26);
});
