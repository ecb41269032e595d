import { endLiveSession, startLiveSession } from '../../src/features/promotion/index.ts';
import { type CreatorKey, creators } from './content/index.ts';
import { demoId, keyOf, SESSION_DAYS } from './ids.ts';
import { forEachItem, type Seeding } from './seeding.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Midnight in China, before midnight of UTC. */
const CHINA_MS = 8 * HOUR_MS;
/** Two head creators go live every evening from eight to eleven. */
const HOSTS: readonly CreatorKey[] = ['creator:xiaoman', 'creator:dapeng'];
const FROM_HOUR = 20;
const TO_HOUR = 23;

/** One evening of a creator. */
export interface DemoSession {
  readonly id: string;
  readonly creator: CreatorKey;
  readonly title: string;
  readonly startedAt: Date;
  readonly endsAt: Date;
}

/** The evenings of the last three weeks that have begun; the last one may still be running. */
export function demoSessions(now: Date): DemoSession[] {
  const today = Math.floor((now.getTime() + CHINA_MS) / DAY_MS) * DAY_MS - CHINA_MS;
  return HOSTS.flatMap((creator) =>
    Array.from({ length: SESSION_DAYS }, (_, evening) => {
      const midnight = today - (SESSION_DAYS - 1 - evening) * DAY_MS;
      const startedAt = new Date(midnight + FROM_HOUR * HOUR_MS);
      const endsAt = new Date(midnight + TO_HOUR * HOUR_MS);
      const day = new Date(midnight + CHINA_MS).toISOString().slice(5, 10).replace('-', '月');
      const { name } = creators.find(({ key }) => key === creator)!;
      // Counted from the oldest, so that each evening keeps its id whatever the day of the seeding.
      const id = demoId(keyOf.evening(creator, evening));
      return { id, creator, title: `${name} ${day}日晚八点专场`, startedAt, endsAt };
    }).filter(({ startedAt }) => startedAt < now),
  );
}

/** Enters the evenings with the moments at which they began and ended. */
export async function seedLiveSessions(seeding: Seeding, sessions: readonly DemoSession[]): Promise<void> {
  const { tx, now } = seeding;
  await forEachItem(seeding, 'Live sessions', sessions, async (session) => {
    const { id, creator, title, startedAt, endsAt } = session;
    await startLiveSession(tx, { id, creatorId: demoId(creator), title }, startedAt);
    if (endsAt <= now) await endLiveSession(tx, id, endsAt);
  });
}
