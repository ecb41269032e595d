import { sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { type Announcement, announce } from '../../db/outbox.ts';
import { suspendInPool } from '../plan/index.ts';
import type { ProductSource } from '../product/index.ts';
import { promotersOf } from './move-stories.ts';

/** So many products at once. */
const AT_ONCE = 1000;
const NOTE = 'The operator has closed the outside shop that it is sold in.';

/**
 * Takes what is sold in closed outside shops out of the pool: suspends its products, which their brands may resume once the
 * shop is open again, and tells those who promote them. Several processes share the work. Gives how many.
 */
export async function suspendClosedSources(database: Database, now: Date): Promise<number> {
  let suspended = 0;
  for (let some = AT_ONCE; some === AT_ONCE; suspended += some)
    some = await database.transaction((tx) => suspendClosed(tx, now));
  return suspended;
}

/** The same for some of them, in a transaction; a fixed number of statements, one where nothing is closed. */
export async function suspendClosed(tx: Sql, now: Date): Promise<number> {
  const closed = await tx.rows(sql<{ source: ProductSource }>`
    select source from outside_closing where tstzrange(valid_from, valid_to) @> ${now}::timestamptz`);
  if (closed.length === 0) return 0;
  const due = await tx.rows(sql<{ id: string; source: ProductSource }>`
    select id, source from product
    where state = 'LISTED' and source <> 'OWN_SHOP' and source = any(${closed.map(({ source }) => source)}::text[])
    order by id limit ${AT_ONCE} for no key update skip locked`);
  if (due.length === 0) return 0;
  const ids = await suspendInPool(
    tx,
    due.map(({ id }) => id),
    NOTE,
    now,
  );
  const creators = await promotersOf(tx, ids);
  const news = due.flatMap(({ id, source }): Announcement[] => {
    const to = creators.get(id) ?? [];
    return [{ kind: 'OUTSIDE_PRODUCT_LEFT', subject: { type: 'Product', id }, to, data: { source } }];
  });
  await announce(tx, news, now);
  return due.length;
}
