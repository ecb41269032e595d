import { rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator, mayWrite } from '../../graphql/actor.ts';
import type { ManagedCreator } from '../creator/index.ts';

/** The two parties of a contract or of a proposal. */
export interface Sides {
  readonly agencyId: string;
  readonly creatorId: string;
}

/** Nobody else meets a contract or a proposal, in whatever state it is. */
export const contractSides = rule<Sides>(
  'the creator, the agency and operators',
  (actor, { agencyId, creatorId }) =>
    isMember(actor, agencyId) || isMember(actor, creatorId) || isOperator(actor),
);

/** Who may know by whom a creator is managed now. */
export const creatorAndManager = rule<ManagedCreator>(
  'the creator, the managing agency and operators',
  (actor, { id, managedBy }) => isMember(actor, id) || isMember(actor, managedBy) || isOperator(actor),
);

/** Whether the caller may agree to something for the party. Operators may not: consent is the parties' own. */
export const actsFor = (actor: Actor, partyId: string): boolean =>
  isMember(actor, partyId) && mayWrite(actor, partyId, 'cooperation:write');

/** The side that the caller acts for; the agency where somebody acts for both. */
export function sideOf(actor: Actor, { agencyId, creatorId }: Sides): string | undefined {
  return [agencyId, creatorId].find((partyId) => actsFor(actor, partyId));
}

/** The side that the caller acts for, or the alliance where an operator steps in. */
export function sideOrAlliance(actor: Actor, contract: Sides): string | undefined {
  const side = sideOf(actor, contract);
  if (side !== undefined || !mayWrite(actor, contract.agencyId, 'cooperation:write')) return side;
  return actor.seats.find(({ partyKind }) => partyKind === 'ALLIANCE')?.partyId;
}
