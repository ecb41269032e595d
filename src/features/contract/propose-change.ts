import { sql } from 'kysely';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import type { MutationTx } from '../../graphql/mutate.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { ContractProposalRow } from './contract.entity.ts';
import type { ReadContract } from './contract.loaders.ts';
import { earliest } from './contract-state.ts';
import { lapseDue } from './lapse-proposals.ts';
import { lockContract } from './lock-contract.ts';
import { PROPOSAL_LIFE_MS } from './proposal-state.ts';
import type { NextTerms } from './replace-terms.ts';

export interface ProposedChange {
  readonly id?: string;
  /** The side that proposes it. */
  readonly proposedBy: string;
  /** The terms as they would be from the moment of acceptance. */
  readonly next: NextTerms;
  readonly message?: string | null;
}

/** Proposes other terms for a running contract. The database refuses a second open change. Gives its id. */
export async function proposeChange(
  tx: MutationTx,
  named: ReadContract,
  { proposedBy, next, message, ...given }: ProposedChange,
  now: Date,
): Promise<string> {
  const contract = await lockContract(tx, named, now);
  refuseUnlessRunning(contract, ['input', 'contractId']);
  check(contract, next, message ?? '', now);
  await lapseDue(tx, sql`contract_id = ${contract.id}`, now);
  const { agencyId, creatorId } = contract;
  const id = given.id ?? newId();
  tx.em.create(ContractProposalRow, {
    id,
    kind: 'CHANGE',
    state: 'PROPOSED',
    agencyId,
    creatorId,
    contractId: contract.id,
    proposedBy,
    shareBp: next.shareBp,
    visibility: [...next.visibility],
    endsAt: next.endsAt,
    message: message ?? '',
    proposedAt: now,
    lapsesAt: earliest(new Date(now.getTime() + PROPOSAL_LIFE_MS), next.endsAt, contract.endsAt),
  });
  await tx.em.flush();
  const subject = { type: 'ContractProposal', id };
  await announce(tx, [{ kind: 'CONTRACT_CHANGE_PROPOSED', subject, to: [agencyId, creatorId] }], now);
  return id;
}

/** What is ending is not changed any more: a new contract may follow it. */
export function refuseUnlessRunning({ state }: ReadContract, path: readonly string[]): void {
  if (state !== 'RUNNING') throw wrongState(path, state, `The contract is ${state}, not RUNNING.`);
}

function check({ terms, endsAt }: ReadContract, next: NextTerms, message: string, now: Date): void {
  const parts = new Set(next.visibility);
  const isSame =
    next.shareBp === terms.shareBp &&
    next.endsAt?.getTime() === endsAt?.getTime() &&
    parts.size === terms.visibility.length &&
    terms.visibility.every((part) => parts.has(part));
  new Checks()
    .that(next.endsAt === null || next.endsAt > now, 'endsAt', 'The contract ends after now.')
    .that(parts.size === next.visibility.length, 'visibility', 'Each part is named once.')
    .that(!isSame, 'contractId', 'These are the terms in force: nothing would change.')
    .text(message, 'message', 0, 1000)
    .done();
}
