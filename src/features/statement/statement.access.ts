import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** A statement is its party's own business, and the operators'. */
export const ownStatement = rule<{ readonly partyId: string }>(
  'the party itself and operators',
  (actor, { partyId }) => isMember(actor, partyId) || isOperator(actor),
);
