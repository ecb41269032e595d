import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { trafficRulesAt } from './traffic-policy.ts';

/**
 * Writes anew what the pool still owes each product of its day's exposure: what it was allotted, or the base exposure before
 * its first allotment, less what was shown. The recommended order follows from it: whoever is owed most stands first,
 * and goes down as it is shown. Two statements.
 */
export async function oweExposure(db: Sql, now: Date): Promise<void> {
  const { tierExposures } = await trafficRulesAt(db, now);
  await db.rows(sql`
    update pool_entry e set exposure_owed = v.owed
    from (select p.product_id, greatest(0,
        case when x.product_id is null then ${tierExposures[0]}::bigint - coalesce(t.shown, 0)
          else x.allotted - coalesce(d.shown, 0) end) as owed
      from pool_entry p cross join alliance a
      left join product_exposure x on x.product_id = p.product_id
      left join exposure_total t on t.brand_id = p.brand_id and t.product_id = p.product_id
      left join exposure_day d on d.brand_id = p.brand_id and d.product_id = p.product_id
        and d.day = (${now}::timestamptz at time zone a.time_zone)::date) v
    where v.product_id = e.product_id and v.owed is distinct from e.exposure_owed`);
}
