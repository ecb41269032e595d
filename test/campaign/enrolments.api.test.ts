import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enterCategories } from '../../src/features/product/index.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  ANSWERS,
  approved,
  enrol,
  enrolled,
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
let campaign: string;

beforeAll(async () => {
  scene = await makeScene();
});

beforeEach(async () => {
  scene.clock.set(MORNING);
  campaign = await opened(scene);
});

afterAll(() => scene.alliance.close());

const local = (id: string): string => fromGlobalId(id)?.id ?? '';
const own = (options = {}) => scene.world.product({ brandId: scene.brandId, ...options });
const set = (query: ReturnType<typeof sql>) => scene.alliance.database.rows(query);
const block = (blocker: string, blocked: string) =>
  set(sql`insert into party_block (id, blocker_id, blocked_id, reason, blocked_at, takes_effect_at, running_until)
    values (gen_random_uuid(), ${blocker}, ${blocked}, 'Late deliveries', ${MORNING}, ${MORNING}, ${MORNING})`);
const unblock = () => set(sql`delete from party_block`);

describe('enrolling products', () => {
  it('needs no OPEN plan, waits for the agency, and tells it', async () => {
    const id = enrolled(await enrol(scene, campaign, [await own()]));
    expect(await read(scene.brand, id, 'state commissionRate serviceFeeRate invalidBecause')).toEqual({
      state: 'PENDING',
      commissionRate: 2000,
      serviceFeeRate: 300,
      invalidBecause: [],
    });
    const [event] = await scene.alliance.database.rows(sql<{ kind: string; data: Json }>`
      select kind, data from outbox_event where subject_id = ${local(campaign)} order by id desc limit 1`);
    expect(event).toEqual({ kind: 'PRODUCTS_ENROLLED', data: { products: 1 } });
  });

  it('answers each product by itself', async () => {
    const [fine, draft, unlisted, restricted] = [
      await own(),
      await own({ draft: true }),
      await own(),
      await own(),
    ];
    const foreign = await scene.world.product();
    const twice = await own();
    await enrol(scene, campaign, [twice]);
    const refused = await own();
    await review(scene, campaign, [enrolled(await enrol(scene, campaign, [refused]))], 'REJECT_FOR_GOOD');
    await set(sql`update product set state = 'SUSPENDED' where id = ${unlisted.id}`);
    await set(sql`update product set restricted = true where id = ${restricted.id}`);
    const all = [fine, draft, unlisted, restricted, foreign, fine, twice, refused, 'Product_x'];
    const outcome = await enrol(scene, campaign, all);
    expect(told(outcome)).toEqual([
      'PENDING',
      'ProductUnfit',
      'ProductUnfit',
      'ProductUnfit',
      'NotFoundError',
      'InvalidInput',
      'AlreadyEnrolled',
      'RejectedForGood',
      'NotFoundError',
    ]);
    const { answers, done, refused: count } = outcome.result;
    expect([done, count]).toEqual([1, 8]);
    expect(answers.slice(1, 4).map(({ error }: Json) => error.because)).toEqual([
      ['PRODUCT_NOT_LISTED'],
      ['PRODUCT_NOT_LISTED'],
      ['PRODUCT_RESTRICTED'],
    ]);
    expect(answers[4].error.path).toEqual(['input', 'products', '4']);
  });

  it.each([
    ['below the category minimum', { commissionRate: 999 }, 'COMMISSION_BELOW_MINIMUM'],
    ['below the fee', { serviceFeeRate: 199 }, 'SERVICE_FEE_BELOW_MINIMUM'],
  ])('refuses what is %s', async (_what, rates, fault) => {
    const { result } = await enrol(scene, campaign, [await own()], rates);
    expect(result.answers[0].error.because).toEqual([fault]);
  });

  it.each([
    ['no commission', { commissionRate: 0 }],
    ['too high a fee', { serviceFeeRate: 4001 }],
    ['too much together', { commissionRate: 8000, serviceFeeRate: 1001 }],
  ])('refuses %s as no rates', async (_what, rates) => {
    expect(told(await enrol(scene, campaign, [await own()], rates))).toEqual(['InvalidInput']);
  });

  it('goes by the deepest category that is called for, and refuses those that are not', async () => {
    const [food] = await scene.alliance.database.rows(
      sql<{ id: string }>`select id from category where slug = 'food'`,
    );
    const ids = [food?.id ?? '', scene.categoryId].map((id) => toGlobalId('Category', id));
    const deep = await opened(scene, {
      categories: [
        { categoryId: ids[0], minCommissionRate: 3000 },
        { categoryId: ids[1], minCommissionRate: 1000 },
      ],
    });
    expect(told(await enrol(scene, deep, [await own()], { commissionRate: 1000 }))).toEqual(['PENDING']);
    const leaf = { slug: 'blocks', nameZh: '积木', nameEn: 'Blocks' };
    const level = { slug: 'wooden', nameZh: '木质玩具', nameEn: 'Wooden', children: [leaf] };
    const tree = [{ slug: 'toys', nameZh: '玩具', nameEn: 'Toys', children: [level] }];
    const entered = await scene.world.tx((tx) => enterCategories(tx, tree));
    const toys = await own({ categoryId: entered.get('blocks') });
    const { result } = await enrol(scene, deep, [toys]);
    expect(result.answers[0].error.because).toEqual(['CATEGORY_NOT_CALLED_FOR']);
  });

  it('is refused as a whole before the window, after it, when full, and for who is blocked', async () => {
    const product = await own();
    const early = await opened(scene, { opensAt: '2026-06-17T02:00:00Z' });
    expect((await enrol(scene, early, [product])).userErrors[0].state).toBe('NOT_OPEN');
    const short = await opened(scene, { closesAt: '2026-06-16T03:00:00Z' });
    scene.clock.set('2026-06-16T03:00:00Z');
    expect((await enrol(scene, short, [product])).userErrors[0].state).toBe('CLOSED');
    const small = await opened(scene, { places: 1 });
    await approved(scene, small);
    expect(said(await enrol(scene, small, [product]))).toBe('CampaignFull');
    await block(scene.agencyId, scene.brandId);
    expect(said(await enrol(scene, campaign, [product]))).toBe('Blocked');
    await unblock();
    expect(told(await enrol(scene, campaign, [product]))).toEqual(['PENDING']);
  });

  it('is for brands that the campaign is open to, and who may act for them', async () => {
    const partyIds = [toGlobalId('Brand', await scene.world.brand())];
    const closed = await opened(scene, { access: 'NAMED_SHOPS', partyIds });
    expect(said(await enrol(scene, closed, [await own()]))).toBe('NotFoundError');
    const viewer = await scene.alliance.memberOf(scene.brandId, 'BRAND', 'VIEWER');
    for (const brand of [viewer, scene.agency])
      expect(said(await enrol({ ...scene, brand }, campaign, [await own()]))).toBe('NotFoundError');
  });

  it('takes 1 to 500 products a call', async () => {
    expect(said(await enrol(scene, campaign, []))).toBe('InvalidInput');
    expect(said(await enrol(scene, campaign, Array(501).fill('Product_x')))).toBe('InvalidInput');
  });

  it('gives the first answers again when it is repeated', async () => {
    const input = {
      campaignId: campaign,
      brandId: toGlobalId('Brand', scene.brandId),
      products: [(await own()).id, 'x'].map((id) => ({
        productId: toGlobalId('Product', id),
        commissionRate: 2000,
        serviceFeeRate: 300,
      })),
      idempotencyKey: 'enrol-once',
    };
    const [first, again] = [
      await act(scene.brand, 'enrolmentsCreate', input, ANSWERS),
      await act(scene.brand, 'enrolmentsCreate', input, ANSWERS),
    ];
    expect(told(first)).toEqual(['PENDING', 'NotFoundError']);
    expect(again).toEqual(first);
  });
});

describe('reviewing', () => {
  it('approves, binds the brand until the start of a day, and takes places', async () => {
    const bound = await opened(scene, { places: 2, commitmentDays: 7 });
    const id = await approved(scene, bound);
    expect(await read(scene.brand, id, 'state decidedAt committedUntil')).toEqual({
      state: 'APPROVED',
      decidedAt: '2026-06-16T02:00:00.000Z',
      committedUntil: '2026-06-22T16:00:00.000Z',
    });
    expect(await read(scene.brand, bound, 'placesTaken')).toEqual({ placesTaken: 1 });
  });

  it('approves in the order of the call while there are places', async () => {
    const small = await opened(scene, { places: 2 });
    const ids = [await pending(scene, small), await pending(scene, small), await pending(scene, small)];
    const outcome = await review(scene, small, ids);
    expect(told(outcome)).toEqual(['APPROVED', 'APPROVED', 'CampaignFull']);
    expect(outcome.result.answers[2].error.places).toBe(2);
    expect(await read(scene.agency, ids[2] as string, 'state')).toEqual({ state: 'PENDING' });
  });

  it('gives a place free again once its enrolment has ended, also before any chore', async () => {
    const small = await opened(scene, { places: 1 });
    const ids = [await pending(scene, small), await pending(scene, small)];
    await review(scene, small, ids.slice(0, 1));
    await act(scene.brand, 'enrolmentLeave', { enrolmentId: ids[0] });
    scene.clock.set('2026-06-16T15:59:59Z');
    expect(told(await review(scene, small, ids.slice(1)))).toEqual(['CampaignFull']);
    scene.clock.set('2026-06-16T16:00:00Z');
    expect(await read(scene.agency, small, 'placesTaken')).toEqual({ placesTaken: 0 });
    expect(told(await review(scene, small, ids.slice(1)))).toEqual(['APPROVED']);
  });

  it('rejects with a note; the product may be enrolled again unless that was for good', async () => {
    const product = await own();
    const id = enrolled(await enrol(scene, campaign, [product]));
    expect(told(await review(scene, campaign, [id], 'REJECT', ' '))).toEqual(['InvalidInput']);
    expect(told(await review(scene, campaign, [id], 'REJECT', '换样品'))).toEqual(['REJECTED']);
    expect(await read(scene.brand, id, 'note')).toEqual({ note: '换样品' });
    const again = enrolled(await enrol(scene, campaign, [product]));
    expect(told(await review(scene, campaign, [again], 'REJECT_FOR_GOOD'))).toEqual(['REJECTED_FOR_GOOD']);
    expect(told(await enrol(scene, campaign, [product]))).toEqual(['RejectedForGood']);
  });

  it('answers each by itself: unknown, foreign, decided, twice, unfit, blocked', async () => {
    const other = await pending(scene, await opened(scene));
    const decided = await approved(scene, campaign);
    const [unfit, fine] = [await own(), await pending(scene, campaign)];
    const faulty = enrolled(await enrol(scene, campaign, [unfit]));
    await set(sql`update product set restricted = true where id = ${unfit.id}`);
    const outcome = await review(scene, campaign, ['Enrolment_x', other, decided, faulty, fine, fine]);
    const types = [
      'NotFoundError',
      'NotFoundError',
      'StateConflict',
      'ProductUnfit',
      'APPROVED',
      'InvalidInput',
    ];
    expect(told(outcome)).toEqual(types);
    const late = await pending(scene, campaign);
    await block(scene.brandId, scene.agencyId);
    const { result } = await review(scene, campaign, [late]);
    await unblock();
    expect(result.answers[0].error.because).toEqual(['BLOCKED']);
  });

  it('approves nothing once the window is over, and still rejects', async () => {
    const short = await opened(scene, { closesAt: '2026-06-16T03:00:00Z' });
    const id = await pending(scene, short);
    scene.clock.set('2026-06-16T03:00:00Z');
    expect(await read(scene.agency, id, 'invalidBecause')).toEqual({ invalidBecause: ['WINDOW_OVER'] });
    expect(said(await review(scene, short, [id]))).toBe('StateConflict');
    expect(told(await review(scene, short, [id], 'REJECT'))).toEqual(['REJECTED']);
  });

  it('is for the agency, as long as it is certified', async () => {
    const id = await pending(scene, campaign);
    const stranger = await scene.alliance.memberOf(await scene.world.agency());
    for (const agency of [stranger, scene.brand])
      expect(said(await review({ ...scene, agency }, campaign, [id]))).toBe('NotFoundError');
    await set(sql`update agency_certificate set valid_to = ${MORNING} where agency_id = ${scene.agencyId}`);
    expect(said(await review(scene, campaign, [id]))).toBe('AgencyNotCertified');
    await set(sql`update agency_certificate set valid_to = '2100-01-01' where agency_id = ${scene.agencyId}`);
    expect(told(await review(scene, campaign, [id]))).toEqual(['APPROVED']);
  });
});

describe('withdrawing', () => {
  it('takes back what is PENDING, and the product may be enrolled again', async () => {
    const product = await own();
    const id = enrolled(await enrol(scene, campaign, [product]));
    expect(said(await act(scene.agency, 'enrolmentWithdraw', { enrolmentId: id }))).toBe('NotFoundError');
    const { result } = await act(scene.brand, 'enrolmentWithdraw', { enrolmentId: id }, 'state');
    expect(result).toEqual({ state: 'WITHDRAWN' });
    expect(said(await act(scene.brand, 'enrolmentWithdraw', { enrolmentId: id }))).toBe('StateConflict');
    expect(told(await enrol(scene, campaign, [product]))).toEqual(['PENDING']);
    expect(
      said(await act(scene.brand, 'enrolmentWithdraw', { enrolmentId: await approved(scene, campaign) })),
    ).toBe('StateConflict');
  });
});

describe('invalid products', () => {
  it('are named with every reason, and found among the others', async () => {
    const product = await own();
    const [bad, good] = [enrolled(await enrol(scene, campaign, [product])), await approved(scene, campaign)];
    await set(sql`update product set state = 'SUSPENDED', restricted = true where id = ${product.id}`);
    await set(sql`update sku set stock = 0 where product_id = ${product.id}`);
    await set(
      sql`update campaign_category set min_commission_bp = 2001 where campaign_id = ${local(campaign)}`,
    );
    const list = async (args: string) => {
      const node = await read(scene.agency, campaign, `enrolments(${args}) { nodes { id invalidBecause } }`);
      return node.enrolments.nodes;
    };
    const low = 'COMMISSION_BELOW_MINIMUM';
    expect(await list('invalidOnly: true')).toEqual([
      { id: good, invalidBecause: [low] },
      { id: bad, invalidBecause: ['PRODUCT_NOT_LISTED', 'PRODUCT_RESTRICTED', 'OUT_OF_STOCK', low] },
    ]);
    expect((await list('invalidOnly: true, state: PENDING')).map(({ id }: Json) => id)).toEqual([bad]);
    await review(scene, campaign, [bad], 'REJECT');
    expect((await list('invalidOnly: true')).map(({ id }: Json) => id)).toEqual([good]);
    expect((await list('state: REJECTED')).map(({ id }: Json) => id)).toEqual([bad]);
  });
});
