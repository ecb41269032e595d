import { sql } from 'kysely';
import type { Database, Tx } from '../../db/database.ts';
import { type Announcement, announce, type EventKind } from '../../db/outbox.ts';
import { select } from '../../graphql/loaders.ts';
import { endOffers } from './answer-offer.ts';
import type { EngagementRow, MilestoneRow } from './engagement.entity.ts';
import { ENGAGEMENT_COLUMNS, MILESTONE_COLUMNS, moveMilestones } from './move-milestones.ts';
import { aboutMilestone } from './tell-sides.ts';

/** So many at once, so that no transaction grows with what has piled up. */
const AT_ONCE = 200;

/**
 * Moves what time alone moves: offers that nobody answered lapse, and delivered work that the brand did not answer is
 * accepted, each stamped with the moment that was due. Then reminds of what comes and of what is late. Several
 * processes share the work; whoever was cut short is followed by the next.
 */
export async function runOutOfTime(database: Database, now: Date): Promise<void> {
  for (const step of [lapseOffers, acceptUnanswered, remindOfDue, tellOverdue, remindOfAnswer]) {
    while ((await database.transaction((tx) => step(tx, now))) === AT_ONCE);
  }
}

async function lapseOffers(tx: Tx, now: Date): Promise<number> {
  const due = await tx.rows(sql<EngagementRow>`
    select ${select('t', ENGAGEMENT_COLUMNS)} from engagement t
    where t.answered_at is null and t.lapses_at <= ${now} order by t.lapses_at limit ${AT_ONCE}
    for update skip locked`);
  const lapsed = due.map(
    (engagement) => ({ engagement, answer: 'LAPSED', at: engagement.lapsesAt }) as const,
  );
  await endOffers(tx, lapsed, now);
  return due.length;
}

async function acceptUnanswered(tx: Tx, now: Date): Promise<number> {
  const due = await tx.rows(sql<Told & MilestoneRow & { answerDueAt: Date }>`
    select ${select('t', MILESTONE_COLUMNS)}, e.brand_id as "brandId", e.provider_id as "providerId"
    from engagement_milestone t join engagement e on e.id = t.engagement_id
    where t.state = 'DELIVERED' and t.answer_due_at <= ${now} order by t.answer_due_at limit ${AT_ONCE}
    for update of t skip locked`);
  if (due.length === 0) return 0;
  const moves = due.map(
    (milestone) => ({ milestone, to: 'ACCEPTED_BY_BRAND', at: milestone.answerDueAt }) as const,
  );
  await moveMilestones(tx, moves);
  await announce(tx, due.map(telling('MILESTONE_ACCEPTED', 'both')), now);
  return due.length;
}

/** A milestone with the two sides of its engagement. */
interface Told {
  readonly id: string;
  readonly no: number;
  readonly brandId: string;
  readonly providerId: string;
}

const remindOfDue = (tx: Tx, now: Date) =>
  remind(
    tx,
    now,
    'due_told_at',
    sql`state = 'ACCEPTED' and due_at > ${now} and due_at <= ${now}::timestamptz + interval '24 hours'`,
    telling('MILESTONE_DUE_SOON', 'providerId'),
  );

const tellOverdue = (tx: Tx, now: Date) =>
  remind(
    tx,
    now,
    'overdue_told_at',
    sql`state = 'ACCEPTED' and due_at <= ${now}`,
    telling('MILESTONE_OVERDUE', 'both'),
  );

const remindOfAnswer = (tx: Tx, now: Date) =>
  remind(
    tx,
    now,
    'answer_told_at',
    sql`state = 'DELIVERED' and answer_due_at > ${now} and answer_due_at <= ${now}::timestamptz + interval '24 hours'`,
    telling('MILESTONE_ANSWER_DUE_SOON', 'brandId'),
  );

/** Tells of each milestone in such a condition once: the stamp in the column says that it was done. */
async function remind(
  tx: Tx,
  now: Date,
  stamp: 'due_told_at' | 'overdue_told_at' | 'answer_told_at',
  condition: ReturnType<typeof sql>,
  tell: (milestone: Told) => Announcement,
): Promise<number> {
  const told = await tx.rows(sql<Told>`
    with due as materialized (select id from engagement_milestone
      where ${sql.ref(stamp)} is null and ${condition} limit ${AT_ONCE} for update skip locked)
    update engagement_milestone m set ${sql.ref(stamp)} = ${now} from engagement e, due
    where m.id = due.id and e.id = m.engagement_id
    returning m.id, m.no, e.brand_id as "brandId", e.provider_id as "providerId"`);
  await announce(tx, told.map(tell), now);
  return told.length;
}

const telling =
  (kind: EventKind, to: 'both' | 'brandId' | 'providerId') =>
  (milestone: Told): Announcement => {
    const all = aboutMilestone(kind, milestone, milestone);
    return to === 'both' ? all : { ...all, to: [milestone[to]] };
  };
