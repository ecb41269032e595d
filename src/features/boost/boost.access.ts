import { rule } from '../../graphql/access.ts';
import { isMember, isOperator, mayOperate } from '../../graphql/actor.ts';

/** What a party spends on exposure is its own business. */
export const payerSide = rule<{ readonly payerId: string }>(
  'whoever pays for the boost, and operators',
  (actor, { payerId }) => isMember(actor, payerId) || isOperator(actor),
);

/** Exposures are shown by the alliance, so that it says what they cost: nobody spends the budget of another. */
export const chargingOperators = rule('operators with orders:write', (actor) =>
  mayOperate(actor, 'orders:write'),
);
