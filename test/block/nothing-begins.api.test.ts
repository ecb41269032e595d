import { type GraphQLObjectType, type GraphQLUnionType, getNamedType } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { act, said } from '../api/act.ts';
import { earn } from '../boost/money.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { type MadeProduct, World } from '../kit/world.ts';
import { ADDRESS } from '../sample/sample-world.ts';

/** Two who may block one another, with what is needed to begin something. */
interface Pair {
  readonly brandId: string;
  readonly otherId: string;
  readonly product: MadeProduct;
  readonly brand: Caller;
  readonly other: Caller;
}

type Begin = (pair: Pair) => Promise<{ caller: Caller; input: object }>;

const DUE = new Date(Date.now() + 10 * 86_400_000).toISOString();
let alliance: TestAlliance;
let world: World;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
});
afterAll(() => alliance.close());

const pick: Begin = async ({ other, otherId, product }) => ({
  caller: other,
  input: { creatorId: toGlobalId('Creator', otherId), productId: toGlobalId('Product', product.id) },
});
const offer =
  (type: 'Creator' | 'Agency'): Begin =>
  async ({ brand, brandId, otherId }) => ({
    caller: brand,
    input: {
      brandId: toGlobalId('Brand', brandId),
      providerId: toGlobalId(type, otherId),
      title: '短视频',
      brief: '三条',
      milestones: [{ kind: 'SCRIPT', title: '脚本', priceMinor: '500', dueAt: DUE }],
    },
  });

/** A further plan that names the creator, beside the OPEN one. */
const naming: Begin = async ({ brand, brandId, otherId, product }) => ({
  caller: brand,
  input: {
    brandId: toGlobalId('Brand', brandId),
    productId: toGlobalId('Product', product.id),
    kind: 'TARGETED',
    title: '专属',
    commissionRate: 3000,
    creatorIds: [toGlobalId('Creator', otherId)],
  },
});
/** A plan that names somebody else is to name the creator too. */
const namingToo: Begin = async ({ brand, otherId, product }) => {
  const plan = { kind: 'TARGETED', creatorIds: [await world.creator()] } as const;
  const planId = toGlobalId('Plan', await world.plan(product, plan));
  return { caller: brand, input: { planId, addCreatorIds: [toGlobalId('Creator', otherId)] } };
};
const sample: Begin = async (pair) => {
  const { product, brand } = pair;
  const rule = { productId: toGlobalId('Product', product.id), approval: 'MANUAL', quota: 5 };
  await act(brand, 'sampleRuleSet', rule);
  const { caller, input } = await pick(pair);
  return {
    caller,
    input: { ...input, skuId: toGlobalId('Sku', product.skuId), address: ADDRESS, message: '想试用' },
  };
};

const enrolling: Begin = async ({ brand, brandId, otherId }) => {
  const product = await world.product({ brandId });
  const { campaignId } = await world.enrolment(await world.product(), otherId);
  const products = [{ productId: toGlobalId('Product', product.id), commissionRate: 2000 }];
  const ids = {
    campaignId: toGlobalId('RecruitingCampaign', campaignId),
    brandId: toGlobalId('Brand', brandId),
  };
  return { caller: brand, input: { ...ids, products } };
};
/** The brand's product stands in the campaign of a first agency, and the other takes it into its own. */
const reenrolling: Begin = async ({ other, otherId, product }) => {
  const first = await world.enrolment(product, await world.agency());
  await alliance.database.rows(sql`
    update recruiting_campaign set second_level_open = true where id = ${first.campaignId}`);
  const { campaignId } = await world.enrolment(await world.product(), otherId);
  const enrolmentId = toGlobalId('Enrolment', first.id);
  const input = {
    enrolmentId,
    campaignId: toGlobalId('RecruitingCampaign', campaignId),
    serviceFeeRate: 100,
  };
  return { caller: other, input };
};

/** A product for the cart of a running session. */
const filling: Begin = async ({ other, otherId, product }) => {
  const creatorId = toGlobalId('Creator', otherId);
  const { result } = await act(other, 'liveSessionStart', { creatorId, title: '直播' }, 'id');
  return {
    caller: other,
    input: { liveSessionId: result.id, productId: toGlobalId('Product', product.id) },
  };
};

/** The agency of a SPREAD campaign makes a link for the creator. */
const spreading: Begin = async ({ otherId, product }) => {
  const agencyId = await world.agency();
  const { id, campaignId } = await world.enrolment(product, agencyId, {
    commissionBp: 2000,
    serviceFeeBp: 0,
  });
  await alliance.database.rows(sql`update recruiting_campaign set pays = 'SPREAD' where id = ${campaignId}`);
  const input = { enrolmentId: toGlobalId('Enrolment', id), creatorId: toGlobalId('Creator', otherId) };
  return { caller: await alliance.memberOf(agencyId), input: { ...input, creatorRate: 1000 } };
};
const joining: Begin = async ({ brand, brandId, otherId, other }) => {
  const belt = {
    agencyId: toGlobalId('Agency', otherId),
    name: `产业带 ${otherId}`,
    region: '江苏',
    about: '家纺',
  };
  const { result } = await act(other, 'beltFound', belt, 'id');
  return {
    caller: brand,
    input: { beltId: result.id, brandId: toGlobalId('Brand', brandId), message: '请收我们' },
  };
};

/** The brand is in the belt of the agency, which is to stand for where its product comes from. */
const telling: Begin = async (pair) => {
  const { caller, input } = await joining(pair);
  const join = await act(caller, 'beltJoin', input, 'id belt { id }');
  await act(pair.other, 'beltJoinAnswer', { joinId: join.result.id, accept: true });
  const paper = { kind: 'BUSINESS_LICENCE', title: '营业执照', issuer: '市监局', sha256: 'a'.repeat(64) };
  const documents = [{ ...paper, issuedAt: '2020-01-01T00:00:00Z' }];
  const story = { kind: 'BELT', place: '南通', about: '', documents, beltId: join.result.belt.id };
  return { caller, input: { productId: toGlobalId('Product', pair.product.id), ...story } };
};
const confirming: Begin = async (pair) => {
  const { caller, input } = await telling(pair);
  const { result } = await act(caller, 'sourceStorySubmit', input, 'id');
  return { caller: pair.other, input: { sourceStoryId: result.id } };
};

/** The creator has the brand's product in the showcase, and money to boost it with. */
const boosting: Begin = async ({ product, otherId, other }) => {
  await world.showcase(otherId, product);
  await earn(world, product.brandId, otherId, 100n);
  const sides = { payerId: toGlobalId('Creator', otherId), productId: toGlobalId('Product', product.id) };
  const times = { startsAt: '2099-01-01T00:00:00Z', endsAt: '2099-01-02T00:00:00Z' };
  return { caller: other, input: { ...sides, ...times, budgetMinor: '1', bidMinor: '1', currency: 'CNY' } };
};

/** Every mutation that begins something between a brand and a creator or an agency. */
const BEGINNINGS: readonly [mutation: string, other: 'CREATOR' | 'AGENCY', begin: Begin][] = [
  ['showcaseAdd', 'CREATOR', pick],
  ['promotionLinkCreate', 'CREATOR', pick],
  ['liveItemAdd', 'CREATOR', filling],
  ['boostBuy', 'CREATOR', boosting],
  ['planCreate', 'CREATOR', naming],
  ['planChange', 'CREATOR', namingToo],
  ['sampleRequest', 'CREATOR', sample],
  ['spreadLinkCreate', 'CREATOR', spreading],
  ['engagementOffer', 'CREATOR', offer('Creator')],
  ['beltJoin', 'AGENCY', joining],
  ['sourceStorySubmit', 'AGENCY', telling],
  ['sourceStoryConfirm', 'AGENCY', confirming],
  ['enrolmentsCreate', 'AGENCY', enrolling],
  ['enrolmentReenrol', 'AGENCY', reenrolling],
  ['engagementOffer', 'AGENCY', offer('Agency')],
];

/** They answer what a block ends itself, as is tested with what it ends: nothing is left to be answered. */
const NEVER_LEFT_OPEN = ['beltJoinAnswer', 'engagementAccept', 'sampleApprove'];
/** Between a creator and an agency there is no block yet. */
const NEVER_BLOCKED = ['contractAccept', 'contractInvite'];

async function makePair(kind: 'CREATOR' | 'AGENCY'): Promise<Pair> {
  const brandId = await world.brand();
  const otherId = kind === 'CREATOR' ? await world.creator() : await world.agency();
  const product = await world.product({ brandId });
  await world.plan(product);
  const [brand, other] = [await alliance.memberOf(brandId), await alliance.memberOf(otherId)];
  return { brandId, otherId, product, brand, other };
}

const TYPE = { CREATOR: 'Creator', AGENCY: 'Agency' } as const;

describe.each(BEGINNINGS)('%s with %s', (mutation, kind, begin) => {
  const blockers = kind === 'CREATOR' ? (['brand'] as const) : (['brand', 'other'] as const);

  it.each(blockers)('is refused while the %s blocks, and done before and after', async (blocker) => {
    const before = await makePair(kind);
    const free = await begin(before);
    expect(said(await act(free.caller, mutation, free.input))).toBe('DONE');
    const pair = await makePair(kind);
    const ready = await begin(pair);
    const ids = [toGlobalId('Brand', pair.brandId), toGlobalId(TYPE[kind], pair.otherId)];
    const [blockerId, blockedId] = blocker === 'brand' ? ids : ids.reverse();
    const { result } = await act(
      pair[blocker],
      'partyBlock',
      { blockerId, blockedId, reason: '多次违约' },
      'id',
    );
    const refused = await act(ready.caller, mutation, ready.input);
    expect(said(refused)).toBe('Blocked');
    await act(pair[blocker], 'partyUnblock', { blockId: result.id });
    expect(said(await act(ready.caller, mutation, ready.input))).toBe('DONE');
  });
});

it('is known of every mutation that can say Blocked', () => {
  const mutations = (buildAllianceSchema().getMutationType() as GraphQLObjectType).getFields();
  const refusing = Object.values(mutations).filter(({ type }) => {
    const payload = getNamedType(type) as GraphQLObjectType;
    const union = getNamedType(payload.getFields().userErrors?.type as never) as unknown as GraphQLUnionType;
    return union.getTypes().some(({ name }) => name === 'Blocked');
  });
  const known = [...BEGINNINGS.map(([name]) => name), ...NEVER_LEFT_OPEN, ...NEVER_BLOCKED];
  expect(refusing.map(({ name }) => name).sort()).toEqual([...new Set(known)].sort());
});
