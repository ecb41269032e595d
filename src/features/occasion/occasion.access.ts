import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** What a brand has registered is its own business, until it is approved: then everybody sees it. */
export const visibleEventProduct = rule<{ readonly brandId: string; readonly state: string }>(
  'the brand and operators; approved ones every member',
  (actor, { brandId, state }) => state === 'APPROVED' || isMember(actor, brandId) || isOperator(actor),
);

export const eventBrandSide = rule<{ readonly brandId: string }>(
  'the brand and operators',
  (actor, { brandId }) => isMember(actor, brandId) || isOperator(actor),
);

export const eventCreatorSide = rule<{ readonly creatorId: string }>(
  'the creator and operators',
  (actor, { creatorId }) => isMember(actor, creatorId) || isOperator(actor),
);
