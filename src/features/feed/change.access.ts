import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** An event is for the organisations that it was written for, and for operators. */
export const concerned = rule<{ readonly partyIds: readonly string[] }>(
  'the organisations that it concerns and operators',
  (actor, { partyIds }) => isOperator(actor) || partyIds.some((id) => isMember(actor, id)),
);
