import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { refuseBlocked } from '../account/index.ts';
import { refuseUncertified } from '../agency/index.ts';
import { type LockedStory, lockStories, moveStories } from './move-stories.ts';
import { STORY_MACHINE, type StoryState } from './story-state.ts';
import { requireBelt } from './submit-story.ts';

const PATH = ['input', 'sourceStoryId'];

/** A story as it was read before its lock: what never changes of it. */
export type NamedStory = Pick<LockedStory, 'id' | 'brandId' | 'beltId' | 'agencyId'>;

/** The agency of the belt stands for a story. The brand is in the belt, and neither has blocked the other. */
export async function confirmStory(tx: Sql, story: NamedStory, now: Date): Promise<void> {
  const { agencyId, beltId, brandId } = story;
  if (agencyId === null || beltId === null)
    throw wrongState(PATH, 'NO_BELT', 'The story names no belt: the operator verifies it.');
  await refuseBlocked(tx, brandId, agencyId, now, PATH);
  await refuseUncertified(tx, agencyId, 'BELT_BASE', now, PATH);
  await requireBelt(tx, brandId, beltId, PATH);
  await moveStories(tx, [await locked(tx, story, 'CONFIRMED')], 'CONFIRMED', now);
}

/**
 * The operator has compared the documents with their hashes and verifies the story: from now on it is the product's, in the
 * place of the one before it. One that names a belt was confirmed by the agency of the belt.
 */
export async function verifyStory(tx: Sql, named: NamedStory, now: Date): Promise<void> {
  if (named.beltId !== null) await requireBelt(tx, named.brandId, named.beltId, PATH);
  const story = await locked(tx, named, 'VERIFIED');
  if (story.beltId !== null && story.state !== 'CONFIRMED') {
    const message = 'The agency of the belt has not confirmed the story.';
    throw wrongState(PATH, story.state, message);
  }
  if (story.expiresAt !== null && story.expiresAt <= now) {
    const message = 'One of its documents has ended. Submit the story anew with documents that hold.';
    throw wrongState(PATH, 'EXPIRED', message);
  }
  const before = await lockStories(
    tx,
    sql`t.product_id = ${story.productId} and t.state = 'VERIFIED' for update`,
  );
  const isOver = ({ expiresAt }: LockedStory) => expiresAt !== null && expiresAt <= now;
  await moveStories(tx, before.filter(isOver), 'EXPIRED', now);
  await moveStories(
    tx,
    before.filter((story) => !isOver(story)),
    'SUPERSEDED',
    now,
  );
  await moveStories(tx, [story], 'VERIFIED', now);
}

/** The agency of the belt, before it confirms, or the operator does not believe the story, and says why. */
export async function rejectStory(
  tx: Sql,
  story: NamedStory,
  reason: string,
  by: 'AGENCY' | 'OPERATOR',
  now: Date,
) {
  checkReason(reason);
  const found = await locked(tx, story, 'REJECTED');
  if (by === 'AGENCY' && found.state !== 'SUBMITTED')
    throw wrongState(PATH, found.state, 'You have confirmed the story; the operator decides now.');
  await moveStories(tx, [found], 'REJECTED', now, reason.trim());
}

/** Whoever submitted the story, or the brand, takes it back before it is verified. */
export const withdrawStory = async (tx: Sql, story: NamedStory, now: Date): Promise<void> =>
  moveStories(tx, [await locked(tx, story, 'WITHDRAWN')], 'WITHDRAWN', now);

/** A verified story has turned out not to be true, or is no longer: it ends now, with the reason. */
export async function revokeStory(tx: Sql, story: NamedStory, reason: string, now: Date): Promise<void> {
  checkReason(reason);
  await moveStories(tx, [await locked(tx, story, 'REVOKED')], 'REVOKED', now, reason.trim());
}

const checkReason = (reason: string): void => new Checks().text(reason, 'reason', 1, 500).done();

/** The story under its lock, in a state from which it may move so. */
async function locked(tx: Sql, { id }: NamedStory, to: StoryState): Promise<LockedStory> {
  const [story] = await lockStories(tx, sql`t.id = ${id} for update`);
  if (story === undefined) throw unknown(PATH, 'source story');
  if (mayMove(STORY_MACHINE, story.state, to)) return story;
  throw wrongState(PATH, story.state, `A source story that is ${story.state} cannot become ${to}.`);
}
