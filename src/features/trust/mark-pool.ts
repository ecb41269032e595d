import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/** Brings what the pool says of Trust Buy and protections up to date, for the products of brands. One statement. */
export const markBrands = (tx: Sql, brandIds: readonly string[]): Promise<unknown> =>
  mark(tx, sql`e.brand_id = any(${brandIds}::uuid[])`);

/** The same for one product. */
export const markProduct = (tx: Sql, productId: string): Promise<unknown> =>
  mark(tx, sql`e.product_id = ${productId}`);

const mark = (tx: Sql, which: RawBuilder<unknown>): Promise<unknown> =>
  tx.rows(sql`
    update pool_entry e set trust_buy = v.trust_buy, protections = v.kinds from product_cover v
    where v.product_id = e.product_id and ${which} and (e.trust_buy, e.protections) is distinct from (v.trust_buy, v.kinds)`);
