import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/** Brings what the pool says of the source of products up to date. One statement, however many they are. */
export const markSources = (tx: Sql, productIds: readonly string[]): Promise<unknown> =>
  tx.rows(sql`
    update pool_entry e set source_kind = s.kind
    from unnest(${productIds}::uuid[]) k (id)
    left join source_story s on s.product_id = k.id and s.state = 'VERIFIED'
    where e.product_id = k.id and e.source_kind is distinct from s.kind`);
