import { rule, selfAndOperators } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import type { ReadLine } from './order.loaders.ts';

/** Brand and operators, the creator who is credited, and whoever is paid from the line. */
export const visibleLine = rule<ReadLine>(
  'the brand, whoever is paid from the line, and operators',
  (actor, { brandId, creatorId, paysViewer }) =>
    isMember(actor, brandId) || isMember(actor, creatorId) || paysViewer || isOperator(actor),
);

/** What only the shop's side knows of a line, such as the buyer. */
export const shopSide = rule<ReadLine>(
  'the brand and operators',
  (actor, { brandId }) => isMember(actor, brandId) || isOperator(actor),
);

export const ownOrders = selfAndOperators;
