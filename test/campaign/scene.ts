import { sql } from 'kysely';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { type MadeProduct, World } from '../kit/world.ts';

/** Ten in the morning in Shanghai. */
export const MORNING = '2026-06-16T02:00:00Z';
export const MIDNIGHT = '2026-06-16T16:00:00.000Z';

export const ANSWERS = `done refused answers { enrolment { id state } error { __typename message path
  ... on ProductUnfit { because } ... on CampaignFull { places } ... on AlreadyEnrolled { enrolmentId }
  ... on StateConflict { state } } }`;

/** An alliance on a test clock with an agency, a brand and their callers. */
export interface Scene {
  readonly alliance: TestAlliance;
  readonly clock: TestClock;
  readonly world: World;
  readonly agencyId: string;
  readonly brandId: string;
  readonly agency: Caller;
  readonly brand: Caller;
  readonly categoryId: string;
}

export async function makeScene(rateLockDays = 0): Promise<Scene> {
  const clock = new TestClock(MORNING);
  const alliance = await testAlliance({ clock });
  await alliance.database.rows(sql`update alliance_policy set rate_lock_days = ${rateLockDays}`);
  const world = new World(alliance.database);
  const [agencyId, brandId] = [await world.agency(), await world.brand()];
  const [agency, brand] = [await alliance.memberOf(agencyId), await alliance.memberOf(brandId)];
  const categoryId = await world.leafCategory();
  return { alliance, clock, world, agencyId, brandId, agency, brand, categoryId };
}

/** An input of campaignOpen for the scene's agency and category. */
export const call = ({ agencyId, categoryId }: Scene, more: object = {}) => ({
  agencyId: toGlobalId('Agency', agencyId),
  title: '江风团·秋冬餐桌',
  about: '产地水果、坚果、茶和咖啡。',
  categories: [{ categoryId: toGlobalId('Category', categoryId), minCommissionRate: 1000 }],
  minServiceFeeRate: 200,
  ...more,
});

/** Opens a campaign and gives its global id. */
export async function opened(scene: Scene, more: object = {}): Promise<string> {
  const { result, userErrors } = await act(scene.agency, 'campaignOpen', call(scene, more), 'id');
  if (result === null) throw new Error(JSON.stringify(userErrors));
  return result.id;
}

export const enrol = (
  { brand, brandId }: Scene,
  campaignId: string,
  products: readonly (MadeProduct | string)[],
  rates: object = {},
): Promise<Outcome> =>
  act(
    brand,
    'enrolmentsCreate',
    {
      campaignId,
      brandId: toGlobalId('Brand', brandId),
      products: products.map((product) => ({
        productId: typeof product === 'string' ? product : toGlobalId('Product', product.id),
        commissionRate: 2000,
        serviceFeeRate: 300,
        ...rates,
      })),
    },
    ANSWERS,
  );

/** Enrols a new product and gives the enrolment's global id, PENDING. */
export async function pending(scene: Scene, campaignId: string, rates: object = {}): Promise<string> {
  const product = await scene.world.product({ brandId: scene.brandId });
  return enrolled(await enrol(scene, campaignId, [product], rates));
}

export function enrolled({ result, userErrors }: Outcome): string {
  const id = result?.answers[0].enrolment?.id;
  if (id === undefined) throw new Error(JSON.stringify([result, userErrors]));
  return id;
}

export const review = (
  { agency }: Scene,
  campaignId: string,
  ids: readonly string[],
  decision: 'APPROVE' | 'REJECT' | 'REJECT_FOR_GOOD' = 'APPROVE',
  note: string | null = decision === 'APPROVE' ? null : '样品与详情页描述不符。',
): Promise<Outcome> => {
  const decisions = ids.map((enrolmentId) => ({ enrolmentId, decision, note }));
  return act(agency, 'enrolmentsReview', { campaignId, decisions }, ANSWERS);
};

/** Enrols a new product and approves it. */
export async function approved(scene: Scene, campaignId: string, rates: object = {}): Promise<string> {
  const id = await pending(scene, campaignId, rates);
  const { result } = await review(scene, campaignId, [id]);
  if (result.done !== 1) throw new Error(JSON.stringify(result));
  return id;
}

/** The answers of a bulk call in short: the state of each enrolment, or the type of what was wrong. */
export const told = ({ result }: Outcome): string[] =>
  result.answers.map(({ enrolment, error }: Json) => error?.__typename ?? enrolment.state);

/** Reads fields of a node. */
export async function read(caller: Caller, id: string, fields: string): Promise<Json> {
  const type = id.slice(0, id.indexOf('_'));
  const { data } = await caller.query(`query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`, {
    id,
  });
  return data?.node;
}
