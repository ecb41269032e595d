import { sql } from 'kysely';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import type { MutationTx } from '../../graphql/mutate.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { ReadContract } from './contract.loaders.ts';
import { earliest, NOTICE_MS } from './contract-state.ts';
import { stampEnd } from './finish-contracts.ts';
import { lockContract, readAgain } from './lock-contract.ts';
import { endOpenProposals } from './move-proposal.ts';

export interface EndRequest {
  /** The side that asks, or the alliance. */
  readonly askedBy: string;
  /** The moment wished for; the latest that is allowed when left out. */
  readonly endsAt?: Date | null;
  readonly reason?: string | null;
}

const PATH = ['input', 'contractId'];

/**
 * Ends a contract at the latest seven days from now, and never later than was agreed before. A second request can only
 * bring the end forward; one that has not begun is over at once. Orders that are placed keep the terms they have.
 */
export async function endContract(
  tx: MutationTx,
  named: ReadContract,
  request: EndRequest,
  now: Date,
): Promise<ReadContract> {
  const contract = await lockContract(tx, named, now);
  const { id, agencyId, creatorId, state } = contract;
  check(request, now);
  const endsAt = endOf(contract, request, now);
  await tx.rows(sql`update contract_terms set valid_to = greatest(${endsAt}::timestamptz, valid_from)
    where id = ${contract.terms.id}`);
  await tx.rows(sql`update creator_contract set end_asked_by = ${request.askedBy}, end_asked_at = ${now},
    end_reason = ${request.reason ?? null} where id = ${id}`);
  await endOpenProposals(tx, { to: 'LAPSED', which: sql`contract_id = ${id}` }, now);
  const told = {
    kind: 'CONTRACT_END_REQUESTED',
    subject: { type: 'CreatorContract', id },
    to: [agencyId, creatorId],
    data: { endsAt: endsAt.toISOString() },
  } as const;
  await announce(tx, [told], now);
  if (endsAt <= now || state === 'COMING') await stampEnd(tx, [id], now);
  return readAgain(tx, id, now);
}

function check({ endsAt, reason }: EndRequest, now: Date): void {
  new Checks()
    .that(endsAt == null || endsAt >= now, 'endsAt', 'A contract ends now or later, not in the past.')
    .that(reason == null || reason.trim() !== '', 'reason', 'Say why, or leave the reason out.')
    .text(reason ?? '', 'reason', 0, 500)
    .done();
}

/** When the request ends the contract. */
function endOf({ state, endsAt }: ReadContract, request: EndRequest, now: Date): Date {
  if (state === 'ENDED') throw wrongState(PATH, state, 'The contract is over already.');
  if (state === 'COMING') return now;
  const end = earliest(new Date(now.getTime() + NOTICE_MS), request.endsAt, endsAt);
  if (state === 'ENDING' && endsAt !== null && end >= endsAt) {
    throw wrongState(
      PATH,
      state,
      `It ends at ${endsAt.toISOString()} already; that can only be brought forward.`,
    );
  }
  return end;
}
