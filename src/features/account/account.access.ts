import { rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator } from '../../graphql/actor.ts';

/** The types under which the id of an organisation may stand. */
export const PARTY_TYPES = ['Alliance', 'Brand', 'Agency', 'Creator'];

/** Members and keys are their owner's business: of people, that is; a key never is an owner. */
export const owns = (actor: Actor, id: string): boolean =>
  actor.seats.some(({ partyId, role }) => partyId === id && role === 'OWNER');
export const ownsAlliance = (actor: Actor): boolean =>
  actor.seats.some(({ partyKind, role }) => partyKind === 'ALLIANCE' && role === 'OWNER');

/** For what concerns nobody but an organisation: its keys and its members. */
export const ofOwnOrganisation = rule<{ readonly partyId: string }>(
  'members of the organisation and operators',
  (actor, { partyId }) => isMember(actor, partyId) || isOperator(actor),
);
