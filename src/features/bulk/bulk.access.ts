import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** What an organisation has exported is its own business, and the operators'. */
export const ownExport = rule<{ readonly partyId: string }>(
  'the organisation itself and operators',
  (actor, { partyId }) => isMember(actor, partyId) || isOperator(actor),
);
