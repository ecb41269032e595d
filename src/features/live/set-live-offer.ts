import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { lockLiveOffers, lockStock } from '../../db/locks.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal, unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { MAX_STOCK } from '../product/index.ts';
import type { LiveItemRow } from './cart.loaders.ts';
import { creatorOf, lockRunning } from './fill-cart.ts';

export interface WantedOffer {
  readonly id?: string;
  readonly skuId: string;
  readonly priceMinor: bigint;
  /** All pieces of the session, with those that orders hold already. */
  readonly stock: number;
  readonly payWithinMinutes: number;
}

const MOST_MINUTES = 1440;

interface SkuFacts {
  readonly priceMinor: bigint;
  readonly currency: string;
}

/**
 * Sets what a SKU costs in a running session and how many pieces are for the session alone: those are moved from the stock
 * of the SKU to the offer, or back. Refused above the list price, above what the SKU has free, and below what orders hold.
 * Lines that were placed at another price before keep it. Gives the id of the offer.
 */
export async function setLiveOffer(
  tx: Tx,
  item: LiveItemRow,
  wanted: WantedOffer,
  now: Date,
): Promise<string> {
  check(wanted);
  await lockRunning(tx, item.liveSessionId, ['input', 'liveItemId']);
  const { skuId, priceMinor, stock, payWithinMinutes } = wanted;
  const [sku] = await tx.rows(sql<SkuFacts>`
    select s.price_minor as "priceMinor", s.currency from sku s join live_item i on i.product_id = s.product_id
    where s.id = ${skuId} and i.id = ${item.id} and i.removed_at is null`);
  if (sku === undefined) throw unknown(['input', 'skuId'], 'SKU');
  if (priceMinor > sku.priceMinor)
    throw new Refusal([invalid(['input', 'priceMinor'], 'A live price is at most the list price.')]);
  const [before] = await lockLiveOffers(tx, sql`o.item_id = ${item.id} and o.sku_id = ${skuId}`);
  if (stock < (before?.taken ?? 0)) {
    const message = `Orders hold ${before?.taken} pieces already.`;
    throw wrongState(['input', 'stock'], 'TAKEN', message);
  }
  const more = stock - (before?.stock ?? 0);
  const free = (await lockStock(tx, [skuId])).get(skuId) ?? 0n;
  if (BigInt(more) > free) throw wrongState(['input', 'stock'], 'SHORT', `The SKU has ${free} pieces free.`);
  await tx.rows(sql`update sku set stock = stock - ${more} where id = ${skuId}`);
  const id = before?.id ?? wanted.id ?? newId();
  await tx.rows(sql`
    insert into live_offer (id, item_id, live_session_id, brand_id, sku_id, currency, price_minor, priced_at, stock,
      pay_within_minutes, made_at)
    values (${id}, ${item.id}, ${item.liveSessionId}, ${item.brandId}, ${skuId}, ${sku.currency}, ${priceMinor}, ${now},
      ${stock}, ${payWithinMinutes}, ${now})
    on conflict (item_id, sku_id) do update set stock = excluded.stock, price_minor = excluded.price_minor,
      pay_within_minutes = excluded.pay_within_minutes,
      priced_at = case when live_offer.price_minor = excluded.price_minor then live_offer.priced_at else excluded.priced_at end`);
  const to = [item.brandId, await creatorOf(tx, item.liveSessionId)];
  const data = { priceMinor: String(priceMinor), stock };
  await announce(tx, [{ kind: 'LIVE_OFFER_SET', subject: { type: 'LiveOffer', id }, to, data }], now);
  return id;
}

function check({ priceMinor, stock, payWithinMinutes }: WantedOffer): void {
  new Checks()
    .that(priceMinor > 0n, 'priceMinor', 'A price is above 0, in minor units.')
    .that(stock >= 0 && BigInt(stock) <= MAX_STOCK, 'stock', `A stock is between 0 and ${MAX_STOCK}.`)
    .that(
      payWithinMinutes >= 1 && payWithinMinutes <= MOST_MINUTES,
      'payWithinMinutes',
      `From 1 to ${MOST_MINUTES} minutes.`,
    )
    .done();
}
