import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { lockLiveOffers, lockStock } from '../../db/locks.ts';

/**
 * Closes offers of live sessions: those that the condition names, of offers `o` and items `i`. What no order line holds
 * goes back to the stock of its SKU. An offer that is closed already stays as it is.
 */
export async function closeLiveOffers(tx: Sql, where: RawBuilder<unknown>, now: Date): Promise<void> {
  const offers = await lockLiveOffers(tx, sql`o.closed_at is null and (${where})`);
  if (offers.length === 0) return;
  await lockStock(
    tx,
    offers.map(({ skuId }) => skuId),
  );
  await tx.rows(sql`
    update sku s set stock = s.stock + v.pieces
    from (select sku_id, sum(stock - taken) as pieces from live_offer where id = any(${offers.map(({ id }) => id)}::uuid[])
      group by 1) v where s.id = v.sku_id`);
  await tx.rows(sql`
    update live_offer set closed_at = greatest(made_at, ${now}) where id = any(${offers.map(({ id }) => id)}::uuid[])`);
}
