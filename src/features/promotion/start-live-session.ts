import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { newId } from '../../kernel/ids.ts';
import { refusePenalised, textSaved } from '../account/index.ts';
import { closeLiveOffers } from './close-live-offers.ts';
import { LiveSessionRow } from './promotion.entity.ts';

export interface NewLiveSession {
  readonly id?: string;
  readonly creatorId: string;
  readonly title: string;
}

/**
 * Begins a live session: from now on, orders that name it are credited to its creator. Refused to a creator who is suspended
 * or expelled.
 */
export async function startLiveSession(tx: Tx, session: NewLiveSession, now: Date): Promise<LiveSessionRow> {
  const { id = newId(), creatorId, title } = session;
  new Checks().text(title, 'title', 1, 100).done();
  await refusePenalised(tx, creatorId, now, ['input']);
  const row = tx.em.create(LiveSessionRow, { id, creatorId, title, startedAt: now, endedAt: null });
  await tx.em.flush();
  await textSaved(tx, { type: 'LiveSession', id }, now);
  return row;
}

/** Ends a live session: its offers close with it. Ending it again changes nothing. */
export async function endLiveSession(tx: Tx, id: string, now: Date): Promise<LiveSessionRow> {
  await tx.rows(sql`update live_session set ended_at = ${now} where id = ${id} and ended_at is null`);
  await closeLiveOffers(tx, sql`o.live_session_id = ${id}`, now);
  return tx.em.findOneOrFail(LiveSessionRow, { id }, { refresh: true });
}
