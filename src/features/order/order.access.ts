import { rule, selfAndOperators } from '../../graphql/access.ts';
import { isMember, isOperator, mayOperate } from '../../graphql/actor.ts';
import type { ReadLine } from './order.loaders.ts';

/** Brand and operators, the creator who is credited with the agency let in on the orders, and whoever is paid from it. */
export const visibleLine = rule<ReadLine>(
  'the brand, whoever is paid from the line, the managing agency where it may see the orders, and operators',
  (actor, { brandId, creatorId, openToViewer }) =>
    isMember(actor, brandId) || isMember(actor, creatorId) || openToViewer || isOperator(actor),
);

/** What only the shop's side knows of a line, such as the buyer. */
export const shopSide = rule<ReadLine>(
  'the brand and operators',
  (actor, { brandId }) => isMember(actor, brandId) || isOperator(actor),
);

export const ownOrders = selfAndOperators;

/** What orders move, operators may move. */
export const operatorsOfOrders = rule('operators with orders:write', (actor) =>
  mayOperate(actor, 'orders:write'),
);
