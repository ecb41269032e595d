import { startLiveSession } from '../../src/features/promotion/index.ts';
import {
  moveDueSamples,
  type NewSampleRequest,
  requestSample,
  setSampleRule,
  shipSample,
  submitSampleContent,
} from '../../src/features/sample/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { MadeProduct, World } from '../kit/world.ts';

interface Sampled {
  readonly brandId: string;
  readonly creatorId: string;
  /** Sold by the creator after BEFORE_ORDERS. */
  readonly listed: MadeProduct;
  readonly named: MadeProduct;
  readonly draft: MadeProduct;
}

/** Before the orders of a side that the agency may see. */
const BEFORE_ORDERS = new Date('2026-07-10T12:00:00Z');
const address = { recipient: '收件人', phone: '13900001234', region: '浙江省杭州市', lines: ['一号'] };

/** A request that an order has fulfilled, one that a live session has, one whose sample is to be shipped, and the rules. */
export async function makeSamples(world: World, { brandId, creatorId, listed, named, draft }: Sampled) {
  const rule = (product: MadeProduct) =>
    world.tx(async (tx) => {
      const limits = { minFollowers: 0n, minGmvMinor: 0n, minCompletedOrders: 0, quota: 9, perCreator: 9 };
      const days = { daysToShip: 7, daysForContent: 14 };
      const ways = { approval: 'AUTOMATIC', shortFalls: 'REVIEWED', contentWanted: 'ANY' } as const;
      const side = { brandId, productId: product.id, currency: 'CNY' };
      return (await setSampleRule(tx, { ...side, ...limits, ...days, ...ways }, BEFORE_ORDERS)).id;
    });
  const ask = ({ id: productId, skuId }: MadeProduct, at: Date) => {
    const asked: NewSampleRequest = { creatorId, productId, skuId, message: '想试试', address };
    return world.tx(async (tx) => (await requestSample(tx, asked, at)).id);
  };
  const parcel = { carrier: '顺丰', trackingNumber: 'SF1' };
  const [open, , hidden] = [await rule(listed), await rule(named), await rule(draft)];
  const ordered = await ask(listed, BEFORE_ORDERS);
  await world.tx((tx) => shipSample(tx, { requestId: ordered, ...parcel }, BEFORE_ORDERS));
  await moveDueSamples(world.database, new Date());
  const shown = await ask(named, BEFORE_ORDERS);
  await world.tx(async (tx) => {
    await shipSample(tx, { requestId: shown, ...parcel }, BEFORE_ORDERS);
    const { id } = await startLiveSession(tx, { creatorId, title: '测评专场' }, BEFORE_ORDERS);
    await submitSampleContent(tx, { requestId: shown, title: '测评', liveSessionId: id }, BEFORE_ORDERS);
  });
  return {
    'SampleRule, of a listed product': toGlobalId('SampleRule', open),
    'SampleRule, of a DRAFT': toGlobalId('SampleRule', hidden),
    'SampleRequest, fulfilled by an order': toGlobalId('SampleRequest', ordered),
    'SampleRequest, fulfilled by a live session': toGlobalId('SampleRequest', shown),
    'SampleRequest, to be shipped': toGlobalId('SampleRequest', await ask(listed, new Date())),
  };
}
