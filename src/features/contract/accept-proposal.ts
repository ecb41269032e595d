import { announce } from '../../db/outbox.ts';
import type { MutationTx } from '../../graphql/mutate.ts';
import { newId } from '../../kernel/ids.ts';
import { refuseBlocked } from '../account/index.ts';
import { refuseUncertified } from '../agency/index.ts';
import type { ContractProposalRow } from './contract.entity.ts';
import { contractById, type ReadContract } from './contract.loaders.ts';
import { lockContract, lockContractsOf, readAgain } from './lock-contract.ts';
import { lockProposal, moveProposal } from './move-proposal.ts';
import { refuseUnlessRunning } from './propose-change.ts';
import { replaceTerms } from './replace-terms.ts';
import { signContract } from './sign-contract.ts';

const PATH = ['input', 'proposalId'];

/**
 * Agrees to a proposal: an invitation becomes a contract with its first terms, and with the id that is given; a change
 * becomes the next version from now on.
 */
export async function acceptProposal(
  tx: MutationTx,
  proposal: ContractProposalRow,
  now: Date,
  contractId = newId(),
): Promise<ReadContract> {
  await lockContractsOf(tx, proposal.creatorId);
  const id =
    proposal.kind === 'INVITATION'
      ? await acceptInvitation(tx, proposal, contractId, now)
      : await acceptChange(tx, proposal, now);
  return readAgain(tx, id, now);
}

async function acceptInvitation(
  tx: MutationTx,
  proposal: ContractProposalRow,
  id: string,
  now: Date,
): Promise<string> {
  const { agencyId, creatorId, shareBp, visibility, startsAt, endsAt: to } = proposal;
  await lockProposal(tx, proposal, 'ACCEPTED', now);
  // Between the invitation and this moment the agency may have lost its certificate, or one side have blocked the other.
  await refuseUncertified(tx, agencyId, 'CREATOR_MANAGEMENT', now, PATH);
  await refuseBlocked(tx, agencyId, creatorId, now, PATH);
  const from = startsAt != null && startsAt > now ? startsAt : now;
  await signContract(tx, { id, agencyId, creatorId, shareBp, visibility, from, to }, now);
  await moveProposal(tx, proposal, { to: 'ACCEPTED', contractId: id }, now);
  return id;
}

async function acceptChange(tx: MutationTx, proposal: ContractProposalRow, now: Date): Promise<string> {
  const { contractId, agencyId, creatorId, shareBp, visibility, endsAt = null } = proposal;
  const named = await tx.loaders.one(contractById, contractId ?? '');
  if (named === undefined) throw new Error(`The proposal ${proposal.id} changes no contract.`);
  await moveProposal(tx, proposal, { to: 'ACCEPTED' }, now);
  const contract = await lockContract(tx, named, now);
  refuseUnlessRunning(contract, PATH);
  await replaceTerms(tx, contract, { shareBp, visibility, endsAt }, now);
  const subject = { type: 'CreatorContract', id: contract.id };
  await announce(tx, [{ kind: 'CONTRACT_CHANGED', subject, to: [agencyId, creatorId] }], now);
  return contract.id;
}
