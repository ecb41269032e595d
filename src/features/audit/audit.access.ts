import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** An entry is open to the organisations in whose logs it stands. What of it they read is narrower; see the loaders. */
export const ofOrganisationsConcerned = rule<{ readonly partyIds: readonly string[] }>(
  'members of the organisations concerned and operators',
  (actor, { partyIds }) => isOperator(actor) || partyIds.some((id) => isMember(actor, id)),
);
