import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce, type EventKind } from '../../db/outbox.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { rulesAt } from '../account/index.ts';
import { takesEffectAt } from '../plan/index.ts';
import { scheduleEnds } from './end-enrolments.ts';
import type { ReadEnrolment } from './enrolment.loaders.ts';
import { consentsToLeave, mayLeave } from './leave-consent.ts';
import { type LockedEnrolment, lockEnrolment } from './lock-enrolment.ts';

const PATH = ['input', 'enrolmentId'];

/** The organisations that the caller may act for. */
export type Acting = readonly string[];

/** The one of them that the caller acts for; who may act for none has no such enrolment. */
function oneOf(parties: readonly string[], acting: Acting): string {
  const found = parties.find((id) => acting.includes(id));
  if (found === undefined) throw unknown(PATH, 'enrolment');
  return found;
}

/** Ends an enrolment at the next local midnight where one side may do so alone, and asks the others where it may not. */
export async function leaveEnrolment(
  tx: Tx,
  enrolment: ReadEnrolment,
  acting: Acting,
  now: Date,
): Promise<void> {
  const locked = await lockRunning(tx, enrolment, now);
  const askerId = oneOf(mayLeave(locked), acting);
  const others = consentsToLeave(locked, askerId, now);
  if (others.length === 0) return endAtMidnight(tx, locked, now);
  if (locked.leaveAskedBy !== null)
    throw wrongState(PATH, 'LEAVE_ASKED', 'That is asked for already: the others agree or decline.');
  await tx.rows(sql`
    update enrolment set leave_asked_by = ${askerId}, leave_asked_at = ${now}, leave_agreed_by = '{}'
    where id = ${locked.id}`);
  await tell(tx, 'ENROLMENT_LEAVE_ASKED', locked, others, now);
}

/** Agrees that an enrolment ends; once all have whose consent it takes, it ends at the next local midnight. */
export async function agreeToLeave(
  tx: Tx,
  enrolment: ReadEnrolment,
  acting: Acting,
  now: Date,
): Promise<void> {
  const { locked, askerId } = await lockAsked(tx, enrolment, now);
  const consents = consentsToLeave(locked, askerId, now);
  const agreed = [...new Set([...locked.leaveAgreedBy, oneOf(consents, acting)])];
  const missing = consents.filter((id) => !agreed.includes(id));
  if (missing.length === 0) return endAtMidnight(tx, locked, now);
  await tx.rows(sql`update enrolment set leave_agreed_by = ${agreed}::uuid[] where id = ${locked.id}`);
}

/** Declines that an enrolment ends, or takes the own wish back: it goes on. */
export async function declineToLeave(
  tx: Tx,
  enrolment: ReadEnrolment,
  acting: Acting,
  now: Date,
): Promise<void> {
  const { locked, askerId } = await lockAsked(tx, enrolment, now);
  const to = [askerId, ...consentsToLeave(locked, askerId, now)];
  oneOf(to, acting);
  await tx.rows(sql`
    update enrolment set leave_asked_by = null, leave_asked_at = null, leave_agreed_by = '{}' where id = ${locked.id}`);
  await tell(tx, 'ENROLMENT_LEAVE_DECLINED', locked, to, now);
}

async function lockRunning(tx: Tx, enrolment: ReadEnrolment, now: Date): Promise<LockedEnrolment> {
  const locked = await lockEnrolment(tx, enrolment, now);
  if (locked.state !== 'APPROVED')
    throw wrongState(PATH, locked.state, 'Only what is in a campaign can leave it.');
  return locked;
}

async function lockAsked(tx: Tx, enrolment: ReadEnrolment, now: Date) {
  const locked = await lockRunning(tx, enrolment, now);
  const { leaveAskedBy: askerId } = locked;
  if (askerId === null) throw wrongState(PATH, 'NOT_ASKED', 'Nobody has asked for the enrolment to end.');
  return { locked, askerId };
}

async function endAtMidnight(tx: Tx, { id, endsAt }: LockedEnrolment, now: Date): Promise<void> {
  const { timeZone } = await rulesAt(tx, now);
  const at = takesEffectAt('CUT', now, timeZone, PATH);
  if (endsAt !== null && endsAt <= at) throw wrongState(PATH, 'ENDS', 'The enrolment ends by then anyway.');
  await scheduleEnds(tx, [{ id, at }], now, null);
}

const tell = (tx: Tx, kind: EventKind, { id }: LockedEnrolment, to: readonly string[], now: Date) =>
  announce(tx, [{ kind, subject: { type: 'Enrolment', id }, to }], now);
