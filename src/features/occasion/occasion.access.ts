import { rule } from '../../graphql/access.ts';
import { isMember, isOperator, isSignedIn } from '../../graphql/actor.ts';
import type { ReadLine } from '../order/index.ts';

/** What a brand has registered is its own business, until it is approved: then everybody sees it. */
export const visibleEventProduct = rule<{ readonly brandId: string; readonly state: string }>(
  'the brand and operators; approved ones every member',
  (actor, { brandId, state }) =>
    (state === 'APPROVED' && isSignedIn(actor)) || isMember(actor, brandId) || isOperator(actor),
);

export const eventBrandSide = rule<{ readonly brandId: string }>(
  'the brand and operators',
  (actor, { brandId }) => isMember(actor, brandId) || isOperator(actor),
);

/** What a creator earns beside its commission is not the brand's business. */
export const creditedSide = rule<ReadLine>(
  'the creator who is credited, and operators',
  (actor, { creatorId }) => isMember(actor, creatorId) || isOperator(actor),
);
