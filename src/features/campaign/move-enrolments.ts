import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type EnrolmentState, statesBefore } from './enrolment-state.ts';

export interface EnrolmentMove {
  readonly ids: readonly string[];
  /** The states to be moved from, where not all that may be. */
  readonly from?: readonly EnrolmentState[];
  readonly to: EnrolmentState;
  readonly at: Date;
  readonly note?: string | null;
  /** For approved ones: until when the brand is bound. */
  readonly committedUntil?: Date | null;
}

/** Moves those enrolments that may be moved so, and gives their ids. One statement, in the order of their ids. */
export async function moveEnrolments(tx: Sql, move: EnrolmentMove): Promise<string[]> {
  const { ids, to, at, note = null, committedUntil = null } = move;
  if (ids.length === 0) return [];
  const from = statesBefore(to).filter((state) => move.from?.includes(state) ?? true);
  const rows = await tx.rows(sql<{ id: string }>`
    with due as (
      select id from enrolment where id = any(${ids}::uuid[]) and state = any(${from}::text[]) order by id for update
    )
    update enrolment e set state = ${to}, decided_at = coalesce(e.decided_at, ${at}), committed_until = ${committedUntil},
      ends_at = case when ${to} = 'ENDED' then ${at}::timestamptz end, note = coalesce(${note}::text, e.note)
    from due where e.id = due.id returning e.id`);
  return rows.map(({ id }) => id);
}
