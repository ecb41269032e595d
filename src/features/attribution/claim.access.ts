import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** A claim is between the creator who makes it and the brand that would pay. */
export const claimSides = rule<{ readonly brandId: string; readonly creatorId: string }>(
  'the creator who claims, the brand, and operators',
  (actor, { brandId, creatorId }) =>
    isMember(actor, brandId) || isMember(actor, creatorId) || isOperator(actor),
);
