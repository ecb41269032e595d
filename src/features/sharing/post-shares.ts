import { sql } from 'kysely';
import type { Database, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { sumOf } from '../../kernel/money.ts';
import { postShareMovements } from './credit-sharer.ts';

const AT_ONCE = 200;

interface Due {
  readonly brandId: string;
  readonly lineId: string;
  readonly sharerId: string;
  readonly currency: string;
  /** What is to be put aside; below zero what comes back. */
  readonly deltaMinor: bigint;
  /** Which posting of the line it is, from 1. */
  readonly posting: number;
}

/**
 * Puts aside what orders by share links have brought once their goods were kept for the holding days and no case is open on
 * them, and takes back what was refunded since. Several processes share the work.
 */
export async function postShares(database: Database, now: Date): Promise<void> {
  while ((await database.transaction((tx) => postSome(tx, now))) === AT_ONCE);
}

async function postSome(tx: Tx, now: Date): Promise<number> {
  const due = await takeDue(tx, now);
  const deltas = [...Map.groupBy(due, ({ sharerId }) => sharerId)].map(([sharerId, lines]) => ({
    sharerId,
    brandId: lines[0]?.brandId as string,
    currency: lines[0]?.currency as string,
    deltaMinor: sumOf(lines.map(({ deltaMinor }) => deltaMinor)),
  }));
  const ids = deltas.map(({ sharerId }) => sharerId);
  await tx.rows(sql`select from sharer where id = any(${ids}::uuid[]) order by id for no key update`);
  const balances = await tx.rows(sql<{ id: string; balanceMinor: bigint }>`
    update sharer s set rewarded_minor = s.rewarded_minor + v.delta
    from unnest(${ids}::uuid[], ${deltas.map(({ deltaMinor }) => deltaMinor)}::bigint[]) v (id, delta) where s.id = v.id
    returning s.id, s.rewarded_minor - s.credited_minor as "balanceMinor"`);
  const balanceOf = new Map(balances.map(({ id, balanceMinor }) => [id, balanceMinor]));
  const news = deltas.map(({ sharerId, brandId, currency, deltaMinor }) => ({
    kind: 'SHARER_REWARDED' as const,
    subject: { type: 'Sharer', id: sharerId },
    to: [brandId],
    data: {
      rewardedMinor: String(deltaMinor),
      balanceMinor: String(balanceOf.get(sharerId)),
      currency,
    },
  }));
  await announce(tx, news, now);
  await postShareMovements(
    tx,
    due.map(({ brandId, lineId, currency, deltaMinor, posting }) => ({
      name: `${brandId}/${lineId}/${posting}`,
      brandId,
      currency,
      kind: deltaMinor > 0n ? 'SHARE_REWARDED' : 'SHARE_RETURNED',
      amountMinor: deltaMinor > 0n ? deltaMinor : -deltaMinor,
    })),
    now,
  );
  return due.length;
}

/** Takes rewards that are to be posted, and writes that they are. What comes back waits for no case. */
const takeDue = (tx: Tx, now: Date): Promise<Due[]> =>
  tx.rows(sql<Due>`
    with due as (
      select r.brand_id, r.line_id, r.due_minor - r.posted_minor as delta from share_reward r
      where r.due_minor <> r.posted_minor and r.ready_at <= ${now} and (r.due_minor < r.posted_minor or not exists (
        select from after_sales_case c
        where c.brand_id = r.brand_id and c.line_id = r.line_id and c.closed_at is null))
      order by r.ready_at limit ${AT_ONCE} for update of r skip locked)
    update share_reward r set posted_minor = r.due_minor, postings = r.postings + 1
    from due d, share_link l, sharer s
    where r.brand_id = d.brand_id and r.line_id = d.line_id and l.id = r.share_link_id and s.id = l.sharer_id
    returning r.brand_id as "brandId", r.line_id as "lineId", s.id as "sharerId", s.currency, d.delta as "deltaMinor",
      r.postings as posting`);
