import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce, type EventKind } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import type { ContractProposalRow } from './contract.entity.ts';
import { PROPOSAL_MOVES, type ProposalKind, type ProposalState } from './proposal-state.ts';

type Decided = Exclude<ProposalState, 'PROPOSED'>;

const TOLD: Readonly<Record<Decided, EventKind>> = {
  ACCEPTED: 'CONTRACT_PROPOSAL_ACCEPTED',
  DECLINED: 'CONTRACT_PROPOSAL_DECLINED',
  WITHDRAWN: 'CONTRACT_PROPOSAL_WITHDRAWN',
  LAPSED: 'CONTRACT_PROPOSAL_LAPSED',
};

type Named = Pick<ContractProposalRow, 'id'>;

/** Locks a proposal that is to be decided. Refused with its state when it was answered before, or its time is over. */
export async function lockProposal(tx: Sql, { id }: Named, to: Decided, now: Date): Promise<void> {
  const [row] = await tx.rows(sql<{ state: ProposalState; lapsesAt: Date }>`
    select state, lapses_at as "lapsesAt" from contract_proposal where id = ${id} for update`);
  if (row === undefined) throw new Error(`The proposal ${id} is gone.`);
  const state = row.state === 'PROPOSED' && row.lapsesAt <= now ? 'LAPSED' : row.state;
  if (mayMove(PROPOSAL_MOVES, state, to)) return;
  throw wrongState(['input', 'proposalId'], state, `The proposal is ${state} and is answered no more.`);
}

interface Decision {
  readonly to: Exclude<Decided, 'LAPSED'>;
  readonly reason?: string | null;
  /** The contract that an accepted invitation has made. */
  readonly contractId?: string;
}

/** Decides a proposal and tells both sides. */
export async function moveProposal(tx: Sql, { id }: Named, decision: Decision, now: Date): Promise<void> {
  const { to, reason = null, contractId = null } = decision;
  await lockProposal(tx, { id }, to, now);
  const moved = await tx.rows(sql<Moved>`
    update contract_proposal set state = ${to}, decided_at = ${now}, decline_reason = ${reason},
      contract_id = coalesce(contract_id, ${contractId}::uuid)
    where id = ${id} returning ${MOVED}`);
  await tell(tx, to, moved, now);
}

interface OpenOnes {
  readonly to: 'WITHDRAWN' | 'LAPSED';
  /** A condition on the proposals. */
  readonly which: RawBuilder<unknown>;
  /** Leaves to others what they are at. */
  readonly skipLocked?: boolean;
}

/** Ends open proposals without an answer, at most at the moment that each was to lapse, and tells their sides. */
export async function endOpenProposals(
  tx: Sql,
  { to, which, skipLocked }: OpenOnes,
  now: Date,
): Promise<void> {
  const moved = await tx.rows(sql<Moved>`
    update contract_proposal set state = ${to}, decided_at = least(lapses_at, ${now}::timestamptz)
    where id in (select id from contract_proposal where state = 'PROPOSED' and ${which}
      for update ${sql.raw(skipLocked ? 'skip locked' : '')})
    returning ${MOVED}`);
  await tell(tx, to, moved, now);
}

interface Moved {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly agencyId: string;
  readonly creatorId: string;
  readonly decidedAt: Date;
}

const MOVED = sql`id, kind, agency_id as "agencyId", creator_id as "creatorId", decided_at as "decidedAt"`;

async function tell(tx: Sql, to: Decided, moved: readonly Moved[], now: Date): Promise<void> {
  const news = moved.map(({ id, kind, agencyId, creatorId, decidedAt }) => ({
    kind: TOLD[to],
    subject: { type: 'ContractProposal', id },
    to: [agencyId, creatorId],
    data: { proposalKind: kind, decidedAt: decidedAt.toISOString() },
  }));
  await announce(tx, news, now);
}
