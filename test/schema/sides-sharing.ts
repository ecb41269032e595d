import { sql } from 'kysely';
import { makeShareLink, setSharing } from '../../src/features/sharing/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, event, type MadeProduct, placed, type World } from '../kit/world.ts';

/** A buyer who shares what they have bought of a brand, by the fields that name them. */
export async function makeSharing(world: World, { brandId, code }: MadeProduct) {
  const orderNo = newId();
  const at = { occurredAt: EARLY };
  const detail = placed(code, { buyerRef: orderNo });
  await world.ingest(brandId, [
    event(brandId, 'PLACED', orderNo, { ...at, placed: detail }),
    ...(['PAID', 'SHIPPED', 'RECEIVED'] as const).map((kind) => event(brandId, kind, orderNo, at)),
  ]);
  const [line] = await world.database.rows(sql<Parameters<typeof makeShareLink>[1]>`
    select brand_id as "brandId", id, product_id as "productId", source_id as "sourceId", buyer_ref as "buyerRef", currency,
      state, paid_at as "paidAt", goods_paid_minor as "goodsPaidMinor", refunded_minor as "refundedMinor"
    from order_line where brand_id = ${brandId} and order_no = ${orderNo}`);
  if (line === undefined) throw new Error('The order to share was not taken.');
  const terms = await world.tx((tx) => setSharing(tx, { brandId, rateBp: 500 }, EARLY));
  const link = await world.tx((tx) => makeShareLink(tx, line, EARLY));
  const [row] = await world.database.rows(sql<{ sharerId: string; code: string }>`
    select sharer_id as "sharerId", code from share_link where id = ${link}`);
  const byLink = placed(code, { shareCode: row?.code ?? null });
  await world.ingest(brandId, [event(brandId, 'PLACED', newId(), { ...at, placed: byLink })]);
  return {
    SharingTerms: toGlobalId('SharingTerms', terms),
    Sharer: toGlobalId('Sharer', row?.sharerId ?? ''),
    ShareLink: toGlobalId('ShareLink', link),
  };
}

/** By the field that names them. */
export async function sharingIds(world: World, brandId: string): Promise<Record<string, string>> {
  const product = await world.product({ brandId });
  await world.plan(product);
  return { sharerId: (await makeSharing(world, product)).Sharer };
}
