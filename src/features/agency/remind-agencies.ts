import { sql } from 'kysely';
import type { Database, Tx } from '../../db/database.ts';
import { type Announcement, announce } from '../../db/outbox.ts';

/** So many days before the end of a certificate its agency is told; the first from when it can be renewed. */
const REMINDER_DAYS = [60, 30, 7];

/**
 * Tells agencies of certificates that end soon, that have ended, and of suspensions that are over: each once, by whichever
 * process marks the row first. Late reminders are not caught up one by one: the latest that is due says it.
 */
export function remindAgencies(database: Database, now: Date): Promise<number> {
  return database.transaction(async (tx) => {
    const told = [...(await endingSoon(tx, now)), ...(await ended(tx, now)), ...(await reinstated(tx, now))];
    await announce(tx, told, now);
    return told.length;
  });
}

interface Ending {
  readonly id: string;
  readonly agencyId: string;
  readonly service: string;
  readonly validTo: Date;
  readonly days: number;
  readonly renewed: boolean;
}

const announcementOf =
  (kind: 'CERTIFICATE_ENDS_SOON' | 'CERTIFICATE_EXPIRED') =>
  ({ id, agencyId, service, validTo, days }: Ending): Announcement => ({
    kind,
    subject: { type: 'AgencyCertificate', id },
    to: [agencyId],
    data: { service, validTo: validTo.toISOString(), ...(kind === 'CERTIFICATE_ENDS_SOON' && { days }) },
  });

/** SQL: whether a certificate for the same service follows the certificate `c`. */
const FOLLOWED = sql`exists (select from agency_certificate n
  where n.agency_id = c.agency_id and n.service = c.service and n.valid_from >= c.valid_to)`;

async function endingSoon(tx: Tx, now: Date): Promise<Announcement[]> {
  const rows = await tx.rows(sql<Ending>`
    with due as (
      select c.id, min(d.days) as days from agency_certificate c cross join unnest(${REMINDER_DAYS}::int[]) d (days)
      where c.expiry_seen_at is null and c.valid_to > ${now}
        and c.valid_to <= ${now}::timestamptz + d.days * interval '24 hours' and not ${FOLLOWED}
      group by c.id, c.reminded_days having c.reminded_days is null or min(d.days) < c.reminded_days
    ), taken as (
      select c.id from agency_certificate c join due on due.id = c.id
      where c.reminded_days is null or due.days < c.reminded_days order by c.id for update of c skip locked
    )
    update agency_certificate c set reminded_days = due.days from due join taken using (id)
    where c.id = due.id and (c.reminded_days is null or due.days < c.reminded_days)
    returning c.id, c.agency_id as "agencyId", c.service, c.valid_to as "validTo", due.days, false as renewed`);
  return rows.map(announcementOf('CERTIFICATE_ENDS_SOON'));
}

async function ended(tx: Tx, now: Date): Promise<Announcement[]> {
  const rows = await tx.rows(sql<Ending>`
    with taken as (
      select id from agency_certificate where expiry_seen_at is null and valid_to <= ${now}
      order by id for update skip locked
    )
    update agency_certificate c set expiry_seen_at = c.valid_to from taken
    where c.id = taken.id and c.expiry_seen_at is null
    returning c.id, c.agency_id as "agencyId", c.service, c.valid_to as "validTo", 0 as days, ${FOLLOWED} as renewed`);
  return rows.filter(({ renewed }) => !renewed).map(announcementOf('CERTIFICATE_EXPIRED'));
}

async function reinstated(tx: Tx, now: Date): Promise<Announcement[]> {
  const rows = await tx.rows(sql<{ agencyId: string }>`
    with taken as (
      select id from agency_suspension where end_seen_at is null and ends_at <= ${now}
      order by id for update skip locked
    )
    update agency_suspension s set end_seen_at = s.ends_at from taken
    where s.id = taken.id and s.end_seen_at is null returning s.agency_id as "agencyId"`);
  return rows.map(({ agencyId: id }) => ({
    kind: 'AGENCY_REINSTATED',
    subject: { type: 'Agency', id },
    to: [id],
  }));
}
