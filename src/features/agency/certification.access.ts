import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** For what an agency and the alliance know of each other: applications, certificates, suspensions. */
export const ofOwnAgency = rule<{ readonly agencyId: string }>(
  'the agency and operators',
  (actor, { agencyId }) => isMember(actor, agencyId) || isOperator(actor),
);
