import { sql } from 'kysely';
import type { Database, Tx } from '../../db/database.ts';
import { trustRulesAt } from './trust-policy.ts';

/**
 * Counts what buyers have completed and what was dismissed of their claims, gives a Trust Card to those who meet its rules
 * and takes it from those who no longer do, both from now on. A fixed number of statements for all of them. The
 * conditions are those of `cardRules`.
 */
export async function dealCards(database: Database, now: Date): Promise<void> {
  const { scoreWindowDays, cardOrders, cardDismissed } = await trustRulesAt(database, now);
  const since = new Date(now.getTime() - scoreWindowDays * 86_400_000);
  await database.transaction(async (tx) => {
    await countBuyers(tx, since, now);
    const honest = sql`b.completed >= ${cardOrders} and b.dismissed <= ${cardDismissed}`;
    await tx.rows(sql`
      update trust_card c set valid_to = greatest(${now}::timestamptz, c.valid_from)
      where c.valid_to is null and not exists (select from trust_buyer b
        where b.reporter_id = c.reporter_id and b.buyer_ref = c.buyer_ref and ${honest})`);
    await tx.rows(sql`
      insert into trust_card (reporter_id, buyer_ref, valid_from)
      select b.reporter_id, b.buyer_ref, ${now} from trust_buyer b
      where ${honest} and not exists (select from trust_card c
        where c.reporter_id = b.reporter_id and c.buyer_ref = b.buyer_ref and c.valid_to is null)
      on conflict do nothing`);
  });
}

/** A line counts as completed when it was received and not all of it paid back. Who has nothing in the window is forgotten. */
async function countBuyers(tx: Tx, since: Date, now: Date): Promise<void> {
  await tx.rows(sql`
    insert into trust_buyer (reporter_id, buyer_ref, completed, dismissed, counted_at)
    select s.reporter_id, l.buyer_ref,
      (count(*) filter (where l.state = 'RECEIVED' and (l.base_minor = 0 or l.remaining_base_minor > 0)))::int,
      (count(c.line_id))::int, ${now}
    from order_line l join order_source s on s.id = l.source_id
    left join (select distinct brand_id, line_id from trust_claim where state = 'DISMISSED' and decided_at > ${since}) c
      on c.brand_id = l.brand_id and c.line_id = l.id
    where l.placed_at > ${since} and l.placed_at <= ${now}
    group by 1, 2
    on conflict (reporter_id, buyer_ref) do update set completed = excluded.completed, dismissed = excluded.dismissed,
      counted_at = excluded.counted_at`);
  await tx.rows(sql`delete from trust_buyer where counted_at < ${now}`);
}
