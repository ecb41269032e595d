import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** What a session plans and what came of it is its host's. */
export const hostSide = rule<{ creatorId: string }>(
  'the creator and operators',
  (actor, { creatorId }) => isMember(actor, creatorId) || isOperator(actor),
);
