import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome, said } from '../api/act.ts';
import type { Caller } from '../kit/alliance.ts';
import { event, placed } from '../kit/world.ts';
import {
  enrol,
  enrolled,
  MIDNIGHT,
  MORNING,
  makeScene,
  opened,
  pending,
  read,
  review,
  type Scene,
  told,
} from './scene.ts';

let scene: Scene;
let creatorId: string;
let creator: Caller;
let campaign: string;

const SPREAD = { pays: 'SPREAD', minServiceFeeRate: 0 };
const RATES = { serviceFeeRate: 0 };

beforeAll(async () => {
  scene = await makeScene();
  creatorId = await scene.world.creator();
  creator = await scene.alliance.memberOf(creatorId);
});

beforeEach(async () => {
  scene.clock.set(MORNING);
  campaign = await opened(scene, SPREAD);
});

afterAll(() => scene.alliance.close());

/** A product that is in the spread campaign at 2000, with its enrolment. */
async function spreading(id = campaign) {
  const product = await scene.world.product({ brandId: scene.brandId });
  const enrolmentId = enrolled(await enrol(scene, id, [product], RATES));
  await review(scene, id, [enrolmentId]);
  return { product, enrolmentId };
}

const link = (enrolmentId: string, more: object = {}, caller = scene.agency): Promise<Outcome> => {
  const input = { enrolmentId, creatorId: toGlobalId('Creator', creatorId), creatorRate: 1500, ...more };
  return act(caller, 'spreadLinkCreate', input, 'id code creatorRate');
};

describe('a spread campaign', () => {
  it('takes one rate, above its minimum, and no fee beside it', async () => {
    const product = await scene.world.product({ brandId: scene.brandId });
    expect(told(await enrol(scene, campaign, [product]))).toEqual(['InvalidInput']);
    expect(told(await enrol(scene, campaign, [product], { ...RATES, commissionRate: 999 }))).toEqual([
      'ProductUnfit',
    ]);
    expect(told(await enrol(scene, campaign, [product], RATES))).toEqual(['PENDING']);
  });

  it('gives the creator a link of the agency with a part of the rate, told to both', async () => {
    const { product, enrolmentId } = await spreading();
    const { result } = await link(enrolmentId);
    expect(result).toMatchObject({ creatorRate: 1500 });
    const fields =
      'promotionLinks(first: 1) { nodes { id code creatorRate terms { winner { commissionRate } } } }';
    const own = await read(creator, toGlobalId('Creator', creatorId), fields);
    expect(own.promotionLinks.nodes).toEqual([{ ...result, terms: { winner: { commissionRate: 1500 } } }]);
    const made = await read(
      scene.agency,
      enrolmentId,
      'spreadLinks { nodes { id product { id } creatorRate } }',
    );
    const productId = toGlobalId('Product', product.id);
    expect(made.spreadLinks.nodes).toEqual([
      { id: result.id, product: { id: productId }, creatorRate: 1500 },
    ]);
    expect(await read(scene.brand, result.id, 'id')).toBe(null);
  });

  it('divides an order by the link: the part for the creator, what is left for the agency', async () => {
    const { product, enrolmentId } = await spreading();
    const { result } = await link(enrolmentId);
    const occurredAt = new Date('2026-06-16T03:00:00Z');
    const detail = placed(product.code, { linkCode: result.code });
    const events = [
      event(scene.brandId, 'PLACED', 'S1', { occurredAt, placed: detail }),
      event(scene.brandId, 'PAID', 'S1', { occurredAt }),
    ];
    scene.clock.set('2026-06-16T04:00:00Z');
    await scene.world.ingest(scene.brandId, events, scene.clock.now());
    const lines = `orderLines(first: 1) { nodes { waterfall { nodes { role rate estimatedNet { minorUnits } } } } }`;
    const { orderLines } = await read(scene.brand, toGlobalId('Brand', scene.brandId), lines);
    const roles = orderLines.nodes[0].waterfall.nodes.map(
      ({ role, rate }: { role: string; rate: number }) => [role, rate],
    );
    expect(roles).toContainEqual(['CREATOR', 1500]);
    const { figures } = await read(
      scene.agency,
      campaign,
      'figures { links creators sales { orderLines gmv { minorUnits } estimatedFee { minorUnits } } }',
    );
    expect(figures).toEqual({
      links: 1,
      creators: 1,
      // 2000 of 100.00 in all, 1500 of it for the creator, and the technical fee of what the agency keeps.
      sales: [{ orderLines: 1, gmv: { minorUnits: '10000' }, estimatedFee: { minorUnits: '450' } }],
    });
  });

  it('cannot be picked: the agency makes the link', async () => {
    const { product, enrolmentId } = await spreading();
    const pick = {
      creatorId: toGlobalId('Creator', creatorId),
      productId: toGlobalId('Product', product.id),
      enrolmentId,
    };
    for (const name of ['showcaseAdd', 'promotionLinkCreate']) {
      const { userErrors } = await act(creator, name, pick);
      expect(userErrors).toMatchObject([{ state: 'SPREAD', path: ['input', 'enrolmentId'] }]);
    }
  });

  it.each([
    ['nothing', 0],
    ['more than all', 2001],
  ])('passes on no part of %s', async (_what, creatorRate) => {
    const { enrolmentId } = await spreading();
    expect(said(await link(enrolmentId, { creatorRate }))).toBe('InvalidInput');
  });

  it('passes on no more than is left after a cut to come', async () => {
    const { enrolmentId } = await spreading();
    await act(scene.brand, 'enrolmentChange', { enrolmentId, commissionRate: 1400 });
    expect(said(await link(enrolmentId, { creatorRate: 1401 }))).toBe('InvalidInput');
    expect(said(await link(enrolmentId, { creatorRate: 1400 }))).toBe('DONE');
  });

  it('makes links of what is in it, for creators that it is open to', async () => {
    const state = async (outcome: Promise<Outcome>) => (await outcome).userErrors[0].state;
    expect(await state(link(await pending(scene, campaign, RATES)))).toBe('NOT_IN_FORCE');
    const plain = await opened(scene);
    const fee = await pending(scene, plain);
    await review(scene, plain, [fee]);
    expect(await state(link(fee))).toBe('SERVICE_FEE');
    const other = toGlobalId('Creator', await scene.world.creator());
    const named = await opened(scene, { ...SPREAD, access: 'NAMED_CREATORS', partyIds: [other] });
    const { enrolmentId } = await spreading(named);
    expect(said(await link(enrolmentId))).toBe('NotFoundError');
    expect(said(await link(enrolmentId, { creatorId: other }))).toBe('DONE');
    const ended = await spreading();
    await act(scene.agency, 'enrolmentLeave', { enrolmentId: ended.enrolmentId });
    scene.clock.set(MIDNIGHT);
    expect(await state(link(ended.enrolmentId))).toBe('NOT_IN_FORCE');
  });

  it('makes links for its agency, once for a key', async () => {
    const { enrolmentId } = await spreading();
    for (const caller of [scene.brand, creator, await scene.alliance.memberOf(await scene.world.agency())])
      expect(said(await link(enrolmentId, {}, caller))).toBe('NotFoundError');
    const once = { idempotencyKey: 'link-once' };
    expect((await link(enrolmentId, once)).result).toEqual((await link(enrolmentId, once)).result);
    const { spreadLinks } = await read(scene.agency, enrolmentId, 'spreadLinks { nodes { id } }');
    expect(spreadLinks.nodes).toHaveLength(1);
    expect(fromGlobalId(spreadLinks.nodes[0].id)?.type).toBe('PromotionLink');
  });
});
