import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/**
 * The next moment, after this one, at which a timer of the alliance is due: a limit, a reminder before it, a version of
 * terms, a closing. Midnights are not among them. Undefined when nothing waits. One statement.
 */
export async function nextDue(db: Sql, after: Date): Promise<Date | undefined> {
  const past = sql`${after}::timestamptz`;
  const [row] = await db.rows(sql<{ at: Date | null }>`
    select min(d.at) as at from (
      select min(wake_at) as at from sample_request where wake_at > ${past}
      union all select min(lapses_at) from engagement where answered_at is null and lapses_at > ${past}
      union all select min(m.at) from (
        select due_at - interval '24 hours' as at from engagement_milestone where state = 'ACCEPTED' and due_told_at is null
        union all select due_at from engagement_milestone where state = 'ACCEPTED' and overdue_told_at is null
        union all select answer_due_at - interval '24 hours' from engagement_milestone
          where state = 'DELIVERED' and answer_told_at is null
        union all select answer_due_at from engagement_milestone where state = 'DELIVERED') m where m.at > ${past}
      union all select min(lapses_at) from contract_proposal where decided_at is null and lapses_at > ${past}
      union all select min(v.valid_to) from contract_terms v join creator_contract c on c.id = v.contract_id
        where c.ended_at is null and v.valid_to > ${past}
      union all select min(c.valid_to - d.days * interval '24 hours')
        from agency_certificate c cross join (values (60), (30), (7), (0)) d (days)
        where c.expiry_seen_at is null and c.valid_to - d.days * interval '24 hours' > ${past}
      union all select min(ends_at) from agency_suspension where end_seen_at is null and ends_at > ${past}
      union all select min(fresh_until) from pool_entry where fresh_until > ${past}
      union all select min(opens_at) from plan where opens_at > ${past}
      union all select min(ends_at) from enrolment where state = 'APPROVED' and ends_at > ${past}
      union all select min(committed_until) from enrolment where state = 'APPROVED' and committed_until > ${past}
      union all select min(closes_at) from recruiting_campaign where closes_at > ${past}
      union all select min(expires_at) from source_story where state = 'VERIFIED' and expires_at > ${past}
      union all select min(ends_at) + interval '1 hour' from boost
        where state <> 'ENDED' and ends_at + interval '1 hour' > ${past}
      union all select min(closes_at) from official_event
        where closed_at is null and cancelled_at is null and closes_at > ${past}
      union all select min(due_at) from live_line where due_at > ${past}
      union all select min(valid_from) from outside_closing where valid_from > ${past}
      union all select min(next_call_at) from payout
        where state in ('REQUESTED', 'SENT') and route = 'PROVIDER' and next_call_at > ${past}
    ) d`);
  return row?.at ?? undefined;
}

/**
 * The earliest moment from which something waits for a job that has its hours: a line for settlement, a reserve for its
 * release. It may have passed.
 */
export async function earliestWaiting(db: Sql): Promise<Date | undefined> {
  const [row] = await db.rows(sql<{ at: Date | null }>`
    select least(
      (select min(due_at) from line_due where open_cases = 0),
      (select min(release_at) from reserve where released_at is null)) as at`);
  return row?.at ?? undefined;
}
