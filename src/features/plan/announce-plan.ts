import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce, type EventKind } from '../../db/outbox.ts';
import type { PlanRow } from './plan.entity.ts';

type Told = Pick<PlanRow, 'id' | 'brandId' | 'productId' | 'kind' | 'title'>;

/** What is told of a plan: from when it holds, and the commission before and after in basis points. */
export interface PlanNews {
  readonly takesEffectAt: Date;
  readonly rateBefore: number | null;
  readonly rateAfter: number | null;
  readonly closesAt?: Date | null;
}

/** Tells of a plan that has opened: all whom it reaches, or those whom it now names too. */
export function announceOpened(
  tx: Sql,
  plan: Told & Pick<PlanRow, 'opensAt' | 'closesAt'>,
  commissionBp: number,
  creatorIds: readonly string[] | null,
  now: Date,
): Promise<void> {
  const { opensAt, closesAt } = plan;
  const takesEffectAt = creatorIds !== null && opensAt < now ? now : opensAt;
  const news = { takesEffectAt, rateBefore: null, rateAfter: commissionBp, closesAt };
  return announcePlan(tx, 'PLAN_OPENED', plan, news, creatorIds, now);
}

/**
 * Tells the brand and the creators concerned: those given, or else those whom the plan names, and of an OPEN plan those
 * who have the product in the showcase.
 */
export async function announcePlan(
  tx: Sql,
  kind: EventKind,
  plan: Told,
  news: PlanNews,
  creatorIds: readonly string[] | null,
  now: Date,
): Promise<void> {
  const creators = creatorIds ?? (await reachedBy(tx, plan, now));
  const data = {
    title: plan.title,
    takesEffectAt: news.takesEffectAt.toISOString(),
    commissionRateBefore: news.rateBefore,
    commissionRateAfter: news.rateAfter,
    closesAt: news.closesAt?.toISOString() ?? null,
  };
  const subject = { type: 'Plan', id: plan.id };
  await announce(tx, [{ kind, subject, to: [plan.brandId, ...creators], data }], now);
}

async function reachedBy(tx: Sql, { id, kind, productId }: Told, now: Date): Promise<string[]> {
  const query =
    kind === 'OPEN'
      ? sql<{ id: string }>`select distinct creator_id as id from showcase_item
          where product_id = ${productId} and removed_at is null`
      : sql<{ id: string }>`select distinct creator_id as id from plan_creator
          where plan_id = ${id} and (closes_at is null or closes_at > ${now})`;
  return (await tx.rows(query)).map((row) => row.id);
}
