import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { LiveBaseRow } from './belt.entity.ts';

export interface NewLiveBase {
  readonly id?: string;
  readonly beltId: string;
  readonly name: string;
  readonly city: string;
  readonly address: string;
  /** How many rooms one can go live in. */
  readonly rooms: number;
}

/** Opens a live base of a belt; no two that are open have one name in it. Gives its id. */
export async function openLiveBase(tx: Tx, base: NewLiveBase, now: Date): Promise<string> {
  const id = base.id ?? newId();
  tx.em.create(LiveBaseRow, { ...base, id, state: 'OPEN', openedAt: now, closedAt: null });
  await tx.em.flush();
  return id;
}

/** Closes a live base for good. */
export async function closeLiveBase(tx: Tx, id: string, now: Date): Promise<void> {
  const closed = await tx.rows(sql`
    update live_base set state = 'CLOSED', closed_at = ${now} where id = ${id} and state = 'OPEN' returning id`);
  if (closed.length > 0) return;
  throw wrongState(['input', 'liveBaseId'], 'CLOSED', 'The live base has already been closed.');
}
