import type { Tx } from '../../db/database.ts';
import { lockPair } from '../../db/locks.ts';
import { announce } from '../../db/outbox.ts';
import type { PartyKind } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { endWithBlock, type PartyRow, rulesAt } from '../account/index.ts';
import { PartyBlockRow } from './block.entity.ts';
import { blockDates } from './block-dates.ts';

/** Who may block whom. Creators choose what they promote and need not block anybody. */
const MAY_BLOCK: Partial<Record<PartyKind, readonly PartyKind[]>> = {
  BRAND: ['CREATOR', 'AGENCY'],
  AGENCY: ['BRAND'],
};

type Side = Pick<PartyRow, 'id' | 'kind'>;

export interface NewBlock {
  readonly id?: string;
  readonly blocker: Side;
  readonly blocked: Side;
  /** For the blocked, too. */
  readonly reason: string;
}

/**
 * One party blocks another: nothing new begins between the two from now on, what waits for an answer ends at once, and
 * what runs ends by its own rules. The database refuses a second block of the same two at a time.
 */
export async function blockParty(tx: Tx, { blocker, blocked, reason, id = newId() }: NewBlock, now: Date) {
  new Checks().text(reason, 'reason', 1, 500).done();
  if (!MAY_BLOCK[blocker.kind]?.includes(blocked.kind)) {
    const message = 'A brand blocks a creator or an agency, and an agency a brand.';
    throw new Refusal([invalid(['input', 'blockedId'], message)]);
  }
  await lockPair(tx, blocker.id, blocked.id, 'to block');
  const { timeZone, policy } = await rulesAt(tx, now);
  const { takesEffectAt, runningUntil } = blockDates(now, timeZone, policy.rateLockDays);
  const fresh = { id, blockerId: blocker.id, blockedId: blocked.id, reason, takesEffectAt };
  const row = tx.em.create(PartyBlockRow, { ...fresh, runningUntil, blockedAt: now, liftedAt: null });
  await tx.em.flush();
  await endWithBlock(tx, fresh, now);
  const dates = { takesEffectAt: takesEffectAt.toISOString(), runningUntil: runningUntil.toISOString() };
  const subject = { type: 'PartyBlock', id };
  await announce(tx, [{ kind: 'PARTY_BLOCKED', subject, to: [blocker.id, blocked.id], data: dates }], now);
  return row;
}
