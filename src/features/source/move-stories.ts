import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type Announcement, announce, type EventKind } from '../../db/outbox.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { markSources } from './mark-pool.ts';
import { STORY_MACHINE, type StoryState } from './story-state.ts';

/** A version of a story under its lock. */
export interface LockedStory {
  readonly id: string;
  readonly productId: string;
  readonly brandId: string;
  readonly beltId: string | null;
  readonly agencyId: string | null;
  readonly state: StoryState;
  readonly expiresAt: Date | null;
}

/** Locks the stories `t` that the condition names. */
export const lockStories = (tx: Sql, where: RawBuilder<unknown>): Promise<LockedStory[]> =>
  tx.rows(sql<LockedStory>`
    select t.id, t.product_id as "productId", t.brand_id as "brandId", t.belt_id as "beltId", t.agency_id as "agencyId",
      t.state, t.expires_at as "expiresAt"
    from source_story t where ${where}`);

/** What is told of each state. One that another has taken the place of is told of by that one. */
const TOLD: Readonly<Record<StoryState, EventKind | undefined>> = {
  SUBMITTED: 'SOURCE_STORY_SUBMITTED',
  CONFIRMED: 'SOURCE_STORY_CONFIRMED',
  VERIFIED: 'SOURCE_STORY_VERIFIED',
  REJECTED: 'SOURCE_STORY_REJECTED',
  WITHDRAWN: 'SOURCE_STORY_WITHDRAWN',
  SUPERSEDED: undefined,
  EXPIRED: 'SOURCE_STORY_EXPIRED',
  REVOKED: 'SOURCE_STORY_REVOKED',
  LEFT_BELT: 'SOURCE_STORY_LEFT_BELT',
};
const RUNNING: readonly StoryState[] = ['SUBMITTED', 'CONFIRMED', 'VERIFIED'];

/**
 * Moves stories under their locks to a state, with what the pool says of their products, and tells of it; the only place
 * that assigns a state. A fixed number of statements, however many they are. Throws on a move that the machine does not
 * have: whoever calls has refused it before.
 */
export async function moveStories(
  tx: Sql,
  stories: readonly LockedStory[],
  to: StoryState,
  now: Date,
  reason: string | null = null,
): Promise<void> {
  if (stories.length === 0) return;
  const stuck = stories.find(({ state }) => !mayMove(STORY_MACHINE, state, to));
  if (stuck !== undefined) throw new Error(`A source story that is ${stuck.state} cannot become ${to}.`);
  // Of two processes one may be a moment behind: nothing ends before it began.
  await tx.rows(sql`
    update source_story t set state = ${to}, reason = ${reason},
      confirmed_at = case when ${to === 'CONFIRMED'} then s.at else confirmed_at end,
      verified_at = case when ${to === 'VERIFIED'} then s.at else verified_at end,
      ended_at = case when ${to === 'EXPIRED'} then expires_at when ${!RUNNING.includes(to)} then s.at end
    from (select id, greatest(${now}::timestamptz, submitted_at, confirmed_at, verified_at) as at
      from source_story where id = any(${stories.map(({ id }) => id)}::uuid[])) s
    where s.id = t.id`);
  await markSources(
    tx,
    stories.map(({ productId }) => productId),
  );
  await tell(tx, stories, to, now);
}

/** Tells the brand and the agency of the belt; of what is no longer true also those who promote the product. */
export async function tell(
  tx: Sql,
  stories: readonly LockedStory[],
  to: StoryState,
  now: Date,
): Promise<void> {
  const kind = TOLD[to];
  if (kind === undefined) return;
  const ended = stories.filter(({ state }) => state === 'VERIFIED').map(({ productId }) => productId);
  const creators = await promotersOf(tx, ended);
  const news = stories.map(({ id, brandId, agencyId, productId }): Announcement => {
    const sides = agencyId === null ? [brandId] : [brandId, agencyId];
    return { kind, subject: { type: 'SourceStory', id }, to: [...sides, ...(creators.get(productId) ?? [])] };
  });
  await announce(tx, news, now);
}

/** By product, the creators who have it in their showcase now. */
export async function promotersOf(tx: Sql, productIds: readonly string[]): Promise<Map<string, string[]>> {
  if (productIds.length === 0) return new Map();
  const rows = await tx.rows(sql<{ productId: string; creatorIds: string[] }>`
    select product_id as "productId", array_agg(distinct creator_id) as "creatorIds" from showcase_item
    where product_id = any(${productIds}::uuid[]) and removed_at is null group by 1`);
  return new Map(rows.map(({ productId, creatorIds }) => [productId, creatorIds]));
}
