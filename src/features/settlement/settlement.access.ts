import { rule } from '../../graphql/access.ts';
import { isMember, isOperator, mayOperate } from '../../graphql/actor.ts';

/** For what moves the alliance's own books. */
export const operatorsOfMoney = rule('operators with money:write', (actor) =>
  mayOperate(actor, 'money:write'),
);

/** What a payee owes is its own business, that of the brand that it goes back to, and the operators'. */
export const visibleClawback = rule<{ readonly payeeId: string; readonly brandId: string }>(
  'the payee, the brand and operators',
  (actor, { payeeId, brandId }) => isMember(actor, payeeId) || isMember(actor, brandId) || isOperator(actor),
);

/** What a buyer complains of is the shop's side's: payees are told only that a case is open. */
export const visibleCase = rule<{ readonly brandId: string }>(
  'the brand and operators',
  (actor, { brandId }) => isMember(actor, brandId) || isOperator(actor),
);
