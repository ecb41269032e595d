import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { newId } from '../../kernel/ids.ts';
import { refuseBlocked } from '../account/index.ts';
import { refuseUncertified } from '../agency/index.ts';
import type { ContractVisibility } from '../creator/index.ts';
import { ContractProposalRow } from './contract.entity.ts';
import { earliest } from './contract-state.ts';
import { lapseDue } from './lapse-proposals.ts';
import { PROPOSAL_LIFE_MS } from './proposal-state.ts';

export interface NewInvitation {
  readonly id?: string;
  readonly agencyId: string;
  readonly creatorId: string;
  readonly shareBp: number;
  readonly visibility: readonly ContractVisibility[];
  /** From when; from the moment of acceptance when left out. */
  readonly startsAt?: Date | null;
  /** Until when; open-ended when left out. */
  readonly endsAt?: Date | null;
  readonly message?: string | null;
}

/**
 * Invites a creator into a contract, whether or not another agency manages it now: the agency is not told, and the
 * creator may agree for later. The database refuses a second open invitation. Gives its id.
 */
export async function inviteCreator(tx: Tx, invitation: NewInvitation, now: Date): Promise<string> {
  const { agencyId, creatorId, shareBp, startsAt = null, endsAt = null } = invitation;
  check(invitation, now);
  await refuseUncertified(tx, agencyId, 'CREATOR_MANAGEMENT', now, ['input', 'agencyId']);
  await refuseBlocked(tx, agencyId, creatorId, now, ['input', 'creatorId']);
  await lapseDue(tx, sql`agency_id = ${agencyId} and creator_id = ${creatorId}`, now);
  const id = invitation.id ?? newId();
  tx.em.create(ContractProposalRow, {
    id,
    kind: 'INVITATION',
    state: 'PROPOSED',
    agencyId,
    creatorId,
    proposedBy: agencyId,
    shareBp,
    visibility: [...invitation.visibility],
    startsAt,
    endsAt,
    message: invitation.message ?? '',
    proposedAt: now,
    lapsesAt: earliest(new Date(now.getTime() + PROPOSAL_LIFE_MS), endsAt),
  });
  await tx.em.flush();
  const subject = { type: 'ContractProposal', id };
  await announce(tx, [{ kind: 'CONTRACT_INVITED', subject, to: [agencyId, creatorId] }], now);
  return id;
}

function check({ startsAt, endsAt, visibility, message }: NewInvitation, now: Date): void {
  const from = startsAt ?? now;
  new Checks()
    .that(from >= now, 'startsAt', 'A contract begins now or later.')
    .that(endsAt == null || endsAt > from, 'endsAt', 'A contract ends after it begins.')
    .that(new Set(visibility).size === visibility.length, 'visibility', 'Each part is named once.')
    .text(message ?? '', 'message', 0, 1000)
    .done();
}
