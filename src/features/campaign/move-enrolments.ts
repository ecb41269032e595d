import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type EnrolmentState, statesBefore } from './enrolment-state.ts';

export interface EnrolmentMove {
  readonly ids: readonly string[];
  /** The states to be moved from, where not all that may be. */
  readonly from?: readonly EnrolmentState[];
  readonly to: EnrolmentState;
  readonly at: Date;
  /** What is said to all of them, or to each at its place. */
  readonly note?: string | null | readonly (string | null)[];
  /** For approved ones: until when the brand is bound. */
  readonly committedUntil?: Date | null;
}

/** Moves those enrolments that may be moved so, and gives their ids. One statement, in the order of their ids. */
export async function moveEnrolments(tx: Sql, move: EnrolmentMove): Promise<string[]> {
  const { ids, to, at, note = null, committedUntil = null } = move;
  if (ids.length === 0) return [];
  const notes = Array.isArray(note) ? note : ids.map(() => note);
  const from = statesBefore(to).filter((state) => move.from?.includes(state) ?? true);
  const rows = await tx.rows(sql<{ id: string }>`
    with due as (
      select e.id, m.note from unnest(${ids}::uuid[], ${notes}::text[]) m (id, note)
      join enrolment e on e.id = m.id and e.state = any(${from}::text[])
      order by e.id for update of e
    )
    update enrolment e set state = ${to}, decided_at = coalesce(e.decided_at, ${at}), committed_until = ${committedUntil},
      ends_at = case when ${to} = 'ENDED' then ${at}::timestamptz end, note = coalesce(due.note, e.note)
    from due where e.id = due.id returning e.id`);
  return rows.map(({ id }) => id);
}
