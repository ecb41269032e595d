import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { lockClock } from './move-clock.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import { STORIES, type StoryName } from './stories.ts';
import type { StoryFigure, StoryStep } from './story.ts';
import { Storyteller } from './storyteller.ts';

/** A story that was run, with what it has shown. */
export interface StoryRun {
  readonly id: string;
  readonly story: StoryName;
  readonly beganAt: Date;
  readonly endedAt: Date;
  /** The line that it ended with. */
  readonly brandId: string;
  readonly lineId: string;
  readonly steps: readonly StoryStep[];
}

/**
 * Runs a story from beginning to end and keeps what it has shown. The clock goes forward by the days of the story, for
 * everybody. A story that a crash cuts short is told from the beginning when it is asked for again, with other parties.
 */
export async function runStory(
  tx: Sql,
  clock: SandboxClock,
  { id, story, brandId }: { readonly id: string; readonly story: StoryName; readonly brandId?: string },
): Promise<StoryRun> {
  await lockClock(tx);
  const beganAt = await clock.readAgain();
  const teller = new Storyteller(clock, brandId);
  await STORIES[story].tell(teller);
  const last = teller.steps.findLast(({ lineId }) => lineId !== null);
  if (last?.brandId == null || last.lineId === null) throw new Error(`The story ${story} is about no line.`);
  const run = { id, story, beganAt, endedAt: teller.now, brandId: last.brandId, lineId: last.lineId };
  await tx.rows(sql`
    insert into sandbox_story_run (id, story, began_at, ended_at, brand_id, line_id, steps)
    values (${id}, ${story}, ${beganAt}, ${run.endedAt}, ${run.brandId}, ${run.lineId}, ${toJson(teller.steps)}::jsonb)`);
  return { ...run, steps: teller.steps };
}

/** A story that was run before. */
export async function findStoryRun(db: Sql, id: string): Promise<StoryRun | undefined> {
  const [row] = await db.rows(sql<Omit<StoryRun, 'steps'> & { steps: KeptStep[] }>`
    select id, story, began_at as "beganAt", ended_at as "endedAt", brand_id as "brandId", line_id as "lineId", steps
    from sandbox_story_run where id = ${id}`);
  return row && { ...row, steps: row.steps.map(fromKept) };
}

/** Amounts are kept as text: numbers of JSON are not exact. */
const toJson = (steps: readonly StoryStep[]): string =>
  JSON.stringify(steps, (_key, value) => (typeof value === 'bigint' ? String(value) : value));

type KeptStep = Omit<StoryStep, 'at' | 'figures'> & {
  readonly at: string;
  readonly figures: readonly Readonly<Record<string, string>>[];
};

const fromKept = ({ at, figures, ...step }: KeptStep): StoryStep => ({
  ...step,
  at: new Date(at),
  figures: figures.map(
    (figure) =>
      Object.fromEntries(
        Object.entries(figure).map(([name, value]) => [name, name.endsWith('Minor') ? BigInt(value) : value]),
      ) as unknown as StoryFigure,
  ),
});
