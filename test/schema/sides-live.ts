import { sql } from 'kysely';
import {
  addLiveItem,
  listFlash,
  pinLiveItem,
  planSession,
  setLiveOffer,
} from '../../src/features/live/index.ts';
import { idOfType, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, event, type MadeProduct, placed, type World } from '../kit/world.ts';

interface Hosted {
  readonly creatorId: string;
  readonly product: MadeProduct;
  /** The global id of a running session of the creator. */
  readonly session: string;
}

/** A planned session with a pinned item, an offer of its brand, a flash listing, and an order that was paid. */
export async function makeLive(world: World, { creatorId, product, session }: Hosted) {
  const { id: productId, brandId, skuId, code } = product;
  const liveSessionId = idOfType(session, 'LiveSession') ?? '';
  const categoryId = await world.leafCategory();
  const objects = await world.tx(async (tx) => {
    const id = await addLiveItem(tx, { liveSessionId, creatorId, productId }, EARLY);
    const place = { id, liveSessionId, productId, brandId, position: 1, pinned: false };
    const item = { ...place, addedAt: EARLY, removedAt: null };
    await pinLiveItem(tx, item, true);
    const wanted = { skuId, priceMinor: 1n, stock: 1, payWithinMinutes: 15 };
    const photoUrl = 'https://img.example/1.jpg';
    const flash = { liveSessionId, creatorId, brandId, categoryId, title: 'Crab', photoUrl };
    await listFlash(tx, { ...flash, priceMinor: 1n, stock: 1, payWithinMinutes: 15 }, EARLY);
    const offerId = await setLiveOffer(tx, item, wanted, EARLY);
    const merchandise = [{ productId, audience: 'NEW_FANS', priceMinor: 1n, stock: 1 }] as const;
    const times = { startsAt: EARLY, plannedMinutes: 60, trafficBudgetMinor: 1n };
    const content = { title: 'Live', ...times, merchandise, gifts: [], highlights: [] };
    const planId = await planSession(tx, { creatorId, content }, EARLY);
    await tx.rows(sql`update live_plan set live_session_id = ${liveSessionId} where id = ${planId}`);
    return {
      LiveItem: toGlobalId('LiveItem', id),
      LiveOffer: toGlobalId('LiveOffer', offerId),
      LivePlan: toGlobalId('LivePlan', planId),
    };
  });
  const bought = placed(code, { itemTotalMinor: 1n, liveSessionId });
  await world.ingest(brandId, [
    event(brandId, 'PLACED', 'LIVE', { placed: bought }),
    event(brandId, 'PAID', 'LIVE'),
  ]);
  return objects;
}
