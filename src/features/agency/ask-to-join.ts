import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { refuseBlocked } from '../account/index.ts';
import type { NamedBrand } from '../brand/index.ts';
import { BeltJoinRow, type BeltRow } from './belt.entity.ts';
import { BELT_JOIN_STATES, type BeltJoinState } from './belt-join-state.ts';
import { moveBrand } from './move-brand.ts';

/** Asks the agency of a belt to take the brand in. A brand asks one belt at a time. Gives the id of the request. */
export async function askToJoin(
  tx: Tx,
  brand: Pick<NamedBrand, 'id' | 'beltId'>,
  belt: Pick<BeltRow, 'id' | 'agencyId'>,
  message: string,
  now: Date,
  id = newId(),
): Promise<string> {
  if (brand.beltId === belt.id) {
    throw wrongState(['input', 'beltId'], 'ACCEPTED', 'The brand belongs to this belt already.');
  }
  await refuseBlocked(tx, brand.id, belt.agencyId, now, ['input', 'beltId']);
  const asked = { state: 'ASKED', askedAt: now, decidedAt: null, reason: null } as const;
  tx.em.create(BeltJoinRow, { id, beltId: belt.id, brandId: brand.id, message, ...asked });
  await tx.em.flush();
  await announce(
    tx,
    [{ kind: 'BELT_JOIN_ASKED', subject: { type: 'BeltJoin', id }, to: [belt.agencyId] }],
    now,
  );
  return id;
}

const KINDS = {
  ACCEPTED: 'BELT_JOIN_ACCEPTED',
  DECLINED: 'BELT_JOIN_DECLINED',
  WITHDRAWN: 'BELT_JOIN_WITHDRAWN',
} as const;

/**
 * Moves a request to its end under a row lock; the only place that assigns its state. An accepted brand leaves the belt
 * that it was in: it belongs to one at a time. The other side is told.
 */
export async function answerJoin(
  tx: Tx,
  joinId: string,
  to: Exclude<BeltJoinState, 'ASKED'>,
  reason: string | null,
  now: Date,
): Promise<void> {
  const [join] = await tx.rows(sql<BeltJoinRow & { agencyId: string }>`
    select j.id, j.state, j.brand_id as "brandId", j.belt_id as "beltId", b.agency_id as "agencyId"
    from belt_join j join industrial_belt b on b.id = j.belt_id where j.id = ${joinId} for update of j`);
  if (join === undefined) throw unknown(['input', 'joinId'], 'belt join');
  if (!mayMove(BELT_JOIN_STATES, join.state, to)) {
    throw wrongState(['input', 'joinId'], join.state, `The request has already been ${join.state}.`);
  }
  if (to === 'ACCEPTED') {
    await refuseBlocked(tx, join.brandId, join.agencyId, now, ['input', 'joinId']);
    await moveBrand(tx, join.brandId, join.beltId, now);
  }
  await tx.rows(sql`
    update belt_join set state = ${to}, reason = ${reason}, decided_at = ${now} where id = ${joinId}`);
  const told = to === 'WITHDRAWN' ? join.agencyId : join.brandId;
  await announce(tx, [{ kind: KINDS[to], subject: { type: 'BeltJoin', id: joinId }, to: [told] }], now);
}
