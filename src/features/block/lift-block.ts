import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { PartyBlockRow } from './block.entity.ts';

/** Lifts a block. No plan was edited by it, so that all offers are there again; what it has ended stays ended. */
export async function liftBlock(tx: Sql, block: PartyBlockRow, now: Date): Promise<PartyBlockRow> {
  const lifted = await tx.rows(sql`
    update party_block set lifted_at = ${now} where id = ${block.id} and lifted_at is null returning id`);
  if (lifted.length === 0) throw wrongState(['input', 'blockId'], 'LIFTED', 'The block was lifted before.');
  const { id, blockerId, blockedId } = block;
  const subject = { type: 'PartyBlock', id };
  await announce(tx, [{ kind: 'PARTY_UNBLOCKED', subject, to: [blockerId, blockedId] }], now);
  return { ...block, liftedAt: now };
}
