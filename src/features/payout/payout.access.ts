import { operatorsOnly, rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator, mayOperate } from '../../graphql/actor.ts';

/** What goes to a payee is its own business and the operators'; its agency sees nothing of it. */
export const visiblePayout = rule<{ readonly payeeId: string }>(
  'the payee and operators',
  (actor, { payeeId }) => isMember(actor, payeeId) || isOperator(actor),
);

export const visibleMethod = rule<{ readonly partyId: string }>(
  'the party itself and operators',
  (actor, { partyId }) => isMember(actor, partyId) || isOperator(actor),
);

/** Files for the bank, and what banks and providers say. */
export const visibleBatch = operatorsOnly;

/** Files hold whole account numbers: those who only look on do not read them. */
export const operatorsOfMoney = rule('operators with money:write', (actor) =>
  mayOperate(actor, 'money:write'),
);

/** Whether the caller decides where an organisation's money goes: only it itself, and no operator for it. */
export const ownsMoney = (actor: Actor, partyId: string): boolean =>
  actor.scopes.has('money:write') &&
  actor.seats.some((seat) => seat.partyId === partyId && seat.role !== 'VIEWER');
