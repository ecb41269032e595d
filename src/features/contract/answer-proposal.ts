import type { Sql } from '../../db/database.ts';
import type { Actor } from '../../graphql/actor.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { actsFor } from './contract.access.ts';
import type { ContractProposalRow } from './contract.entity.ts';
import { moveProposal } from './move-proposal.ts';

export interface Answer {
  readonly to: 'DECLINED' | 'WITHDRAWN';
  readonly reason?: string | null;
}

/** Declines a proposal or withdraws it; whose it is to do so is checked before. */
export async function answerProposal(
  tx: Sql,
  proposal: Pick<ContractProposalRow, 'id'>,
  { to, reason }: Answer,
  now: Date,
): Promise<void> {
  new Checks()
    .that(reason == null || reason.trim() !== '', 'reason', 'Say why, or leave the reason out.')
    .text(reason ?? '', 'reason', 0, 500)
    .done();
  await moveProposal(tx, proposal, { to, reason }, now);
}

type Proposed = Pick<ContractProposalRow, 'agencyId' | 'creatorId' | 'proposedBy'>;

/** What one side proposes, the other answers. */
export function requireOtherSide(actor: Actor, { agencyId, creatorId, proposedBy }: Proposed): void {
  if (actsFor(actor, proposedBy === agencyId ? creatorId : agencyId)) return;
  refuse('Only the other side answers a proposal. Withdraw it instead.');
}

/** Who proposes may take it back. */
export function requireProposer(actor: Actor, { proposedBy }: Proposed): void {
  if (!actsFor(actor, proposedBy)) refuse('Only the side that proposes withdraws. Decline it instead.');
}

function refuse(message: string): never {
  throw new Refusal([invalid(['input', 'proposalId'], message)]);
}
