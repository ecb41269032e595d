import { sql } from 'kysely';
import { announce } from '../../db/outbox.ts';
import type { MutationTx } from '../../graphql/mutate.ts';
import { invalid, Refusal, wrongState } from '../../graphql/user-errors.ts';
import type { ContractVisibility } from '../creator/index.ts';
import type { ReadContract } from './contract.loaders.ts';
import { lockContract, readAgain } from './lock-contract.ts';
import { endOpenProposals } from './move-proposal.ts';
import { replaceTerms } from './replace-terms.ts';

/**
 * Takes consent back: from now on the agency sees these parts only, which are fewer than before. Needs nobody's
 * agreement. A change that the creator had proposed and that would give the parts back is withdrawn with them.
 */
export async function narrowVisibility(
  tx: MutationTx,
  named: ReadContract,
  visibility: readonly ContractVisibility[],
  now: Date,
): Promise<ReadContract> {
  const contract = await lockContract(tx, named, now);
  const { id, agencyId, creatorId, state, terms, endsAt } = contract;
  if (state === 'ENDED') throw wrongState(['input', 'contractId'], state, 'The contract is over.');
  refuseWidening(terms.visibility, visibility);
  await replaceTerms(tx, contract, { shareBp: terms.shareBp, visibility, endsAt }, now);
  const which = sql`contract_id = ${id} and lapses_at > ${now} and proposed_by = ${creatorId}
    and not visibility <@ ${visibility}::text[]`;
  await endOpenProposals(tx, { to: 'WITHDRAWN', which }, now);
  const subject = { type: 'CreatorContract', id };
  await announce(tx, [{ kind: 'CONTRACT_CHANGED', subject, to: [agencyId, creatorId] }], now);
  return readAgain(tx, id, now);
}

function refuseWidening(before: readonly ContractVisibility[], after: readonly ContractVisibility[]): void {
  const isNarrower =
    new Set(after).size === after.length &&
    after.length < before.length &&
    after.every((part) => before.includes(part));
  if (isNarrower) return;
  const message = `Name some of the parts that are open now (${before.join(', ')}); opening more needs a proposal.`;
  throw new Refusal([invalid(['input', 'visibility'], message)]);
}
