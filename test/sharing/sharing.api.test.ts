import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { placed } from '../kit/world.ts';
import {
  alliance,
  bought,
  brandId,
  callers,
  clock,
  lineId,
  makeLink,
  offer,
  openSharing,
  order,
  product,
  refund,
  report,
  rewardOf,
  START,
  sharerNow,
  sharing,
  stop,
  told,
  world,
} from './share-scene.ts';

openSharing();

describe('what a brand gives for sharing', () => {
  const versions = async (): Promise<Json[]> => {
    const document = `query ($id: ID!) { node(id: $id) { ... on Brand { sharingTerms(first: 20) {
      nodes { rate validFrom validTo } } } } }`;
    return (await callers.brand.query(document, { id: brandId() })).data.node.sharingTerms.nodes;
  };
  const MIDNIGHT = '2026-06-16T16:00:00.000Z';

  it('is raised at once and cut at midnight; a cut that is taken back never comes', async () => {
    expect((await offer(800)).result).toMatchObject({ rate: 800, validFrom: START, validTo: null });
    const cut = (await offer(300)).result;
    expect(cut).toMatchObject({ rate: 300, validFrom: MIDNIGHT });
    // A cut to something else takes its place; the same again changes nothing.
    expect((await offer(0)).result.validFrom).toBe(MIDNIGHT);
    const [first] = await versions();
    expect(first).toEqual({ rate: 0, validFrom: MIDNIGHT, validTo: null });
    expect((await offer(800)).result).toMatchObject({ rate: 800, validTo: null });
    expect(await versions()).toEqual([
      { rate: 0, validFrom: MIDNIGHT, validTo: MIDNIGHT },
      { rate: 300, validFrom: MIDNIGHT, validTo: MIDNIGHT },
      { rate: 800, validFrom: START, validTo: null },
      { rate: 500, validFrom: START, validTo: START },
    ]);
  });

  it.each([
    ['more than ten percent', 1001, 'InvalidInput'],
    ['less than nothing', -1, 'BAD_USER_INPUT'],
  ])('is not %s', async (_what, rate, answer) => {
    expect(said(await offer(rate))).toBe(answer);
    expect((await versions()).length).toBe(1);
  });

  it('is not cut in the minutes before midnight', async () => {
    clock.set('2026-06-16T15:55:00.000Z');
    expect(said(await offer(300))).toBe('StateConflict');
    expect(said(await offer(600))).toBe('DONE');
  });

  it('is set by the brand and operators', async () => {
    expect(said(await offer(600, callers.operator))).toBe('DONE');
    expect(said(await offer(700, callers.stranger))).toBe('NotFoundError');
    expect((await versions())[0]).toMatchObject({ rate: 600 });
  });
});

describe('a share link', () => {
  it('is made for who has bought and kept the product, once', async () => {
    await bought('A', 'anna');
    const first = await makeLink('A');
    expect(first.result).toMatchObject({
      sharer: { buyerRef: 'anna' },
      product: { id: toGlobalId('Product', product.id) },
    });
    await bought('B', 'anna');
    expect((await makeLink('B')).result).toEqual(first.result);
    expect((await makeLink('A', callers.operator)).result).toEqual(first.result);
  });

  it.each([
    ['not paid', () => report(told('PLACED', 'A', { placed: placed(product.code) }))],
    ['not received', () => order('A', {})],
    [
      'sent back',
      async () => {
        await bought('A', 'anna');
        await report(refund('A', 10_000n));
      },
    ],
  ])('is not made for what was %s', async (_what, make) => {
    await make();
    expect(said(await makeLink('A'))).toBe('StateConflict');
  });

  it('is not made by others, nor of lines that are not there', async () => {
    await bought('A', 'anna');
    expect(said(await makeLink('A', callers.stranger))).toBe('NotFoundError');
    expect(said(await makeLink('none'))).toBe('NotFoundError');
    const wrong = toGlobalId('OrderLine', product.id);
    expect(said(await act(callers.brand, 'shareLinkCreate', { orderLineId: wrong }))).toBe('NotFoundError');
  });

  it('is not made for who was stopped; nobody is stopped twice', async () => {
    const { sharerId } = await sharing();
    expect(said(await stop(sharerId, callers.stranger))).toBe('NotFoundError');
    expect((await stop(sharerId)).result).toMatchObject({ stoppedAt: START });
    expect(said(await stop(sharerId))).toBe('StateConflict');
    expect(said(await makeLink('by anna'))).toBe('StateConflict');
  });
});

describe('an order', () => {
  it('brings the sharer the rate of the time when it was placed', async () => {
    const { code } = await sharing();
    await order('A', { buyerRef: 'bert', shareCode: code });
    await offer(900);
    await order('B', { buyerRef: 'bert', shareCode: code });
    expect(await rewardOf('A')).toMatchObject({ rate: 500, due: 500, posted: 0, refused: null });
    expect(await rewardOf('B')).toMatchObject({ rate: 900, due: 900 });
  });

  it('brings nothing to anybody further up', async () => {
    const anna = await sharing('anna');
    await bought('by bert', 'bert', { shareCode: anna.code });
    const bert = (await makeLink('by bert')).result;
    await order('C', { buyerRef: 'carl', shareCode: bert.code });
    const rewards = async (id: string) =>
      (await sharerNow(id, 'rewards(first: 5) { nodes { due { minorUnits } shareLink { id } } }')).rewards
        .nodes;
    expect(await rewards(anna.sharerId)).toHaveLength(1);
    expect(await rewards(bert.sharer.id)).toEqual([
      { due: { minorUnits: '500' }, shareLink: { id: bert.id } },
    ]);
  });

  it('without a code brings nothing, and one that nobody has is told', async () => {
    await order('A', { buyerRef: 'bert' });
    expect(await rewardOf('A')).toBeNull();
    await order('B', { buyerRef: 'bert', shareCode: 'nobody' });
    expect(await rewardOf('B')).toMatchObject({ rate: 0, due: 0, refused: 'UNKNOWN_LINK' });
  });

  it.each<[string, string, (code: string, sharerId: string) => Promise<unknown>]>([
    ['of the sharer', 'OWN_ORDER', (shareCode) => order('A', { buyerRef: 'anna', shareCode })],
    [
      'after the sharer was stopped',
      'STOPPED',
      async (shareCode, sharerId) => {
        await stop(sharerId);
        await order('A', { buyerRef: 'bert', shareCode });
      },
    ],
    [
      'after the sharer has sent it back',
      'SENT_BACK',
      async (shareCode) => {
        await report(refund('by anna', 10_000n));
        await order('A', { buyerRef: 'bert', shareCode });
      },
    ],
    [
      'while nothing is given',
      'NOT_OFFERED',
      async (shareCode) => {
        await offer(0);
        clock.set('2026-06-17T02:00:00.000Z');
        await order('A', { buyerRef: 'bert', shareCode });
      },
    ],
    [
      'of another product',
      'OTHER_PRODUCT',
      async (shareCode) => {
        const other = await world.product({ brandId: product.brandId });
        const detail = placed(other.code, { buyerRef: 'bert', shareCode });
        await report(told('PLACED', 'A', { placed: detail }));
      },
    ],
  ])('%s brings nothing: %s', async (_what, refused, make) => {
    const { code, sharerId } = await sharing();
    await make(code, sharerId);
    expect(await rewardOf('A')).toMatchObject({ rate: 0, due: 0, refused });
  });

  it('of another brand brings nothing', async () => {
    const { code } = await sharing();
    const other = await world.product();
    const detail = placed(other.code, { buyerRef: 'bert', shareCode: code });
    const answers = await world.ingest(
      other.brandId,
      [{ ...told('PLACED', 'A', { placed: detail }), brandId: other.brandId }],
      clock.now(),
    );
    expect(answers[0]?.status).toBe('APPLIED');
    const brand = await alliance.memberOf(other.brandId);
    const document = `query ($id: ID!) { node(id: $id) { ... on Brand { orderLines(first: 1) {
      nodes { shareReward { refused shareLink { id } } } } } }`;
    const { data } = await brand.query(`${document} }`, { id: toGlobalId('Brand', other.brandId) });
    expect(data.node.orderLines.nodes).toEqual([
      { shareReward: { refused: 'UNKNOWN_LINK', shareLink: null } },
    ]);
  });

  it('that is reported again is the same with its code, and another with another', async () => {
    const { code } = await sharing();
    const again = async (shareCode: string | null) => {
      const detail = placed(product.code, { buyerRef: 'bert', shareCode });
      const [answer] = await world.ingest(
        product.brandId,
        [told('PLACED', 'A', { placed: detail })],
        clock.now(),
      );
      return answer?.status === 'REJECTED' ? answer.problem?.code : answer?.status;
    };
    expect([await again(code), await again(code), await again(null)]).toEqual([
      'APPLIED',
      'DUPLICATE',
      'EVENT_ID_REUSED',
    ]);
    expect((await rewardOf('A')).rate).toBe(500);
  });

  it('carries the code through the API', async () => {
    const { code } = await sharing();
    const placedInput = {
      skuCode: product.code,
      quantity: '1',
      buyerRef: 'bert',
      itemTotalMinor: '10000',
      shareCode: code,
    };
    const at = { orderNo: 'A', lineNo: '1', occurredAt: START };
    const { result } = await act(
      callers.brand,
      'orderEventsIngest',
      { source: 'shop', events: [{ eventId: randomUUID(), kind: 'PLACED', ...at, placed: placedInput }] },
      'results { status error { code } }',
    );
    expect(result.results).toEqual([{ status: 'APPLIED', error: null }]);
    expect(await rewardOf('A')).toMatchObject({ rate: 500, due: 0, refused: null });
    expect(await lineId('A')).toMatch(/^OrderLine_/);
  });
});
