import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';

/** What a party spends on exposure is its own business. */
export const payerSide = rule<{ readonly payerId: string }>(
  'whoever pays for the boost, and operators',
  (actor, { payerId }) => isMember(actor, payerId) || isOperator(actor),
);
