import { rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator, mayWrite } from '../../graphql/actor.ts';

/** Where an organisation has its events sent is its own business, and the operators'. */
export const ownWebhook = rule<{ readonly partyId: string }>(
  'the organisation itself and operators',
  (actor, { partyId }) => isMember(actor, partyId) || isOperator(actor),
);

/** Whether the caller decides where the organisation's events go: only it itself, and no operator for it. */
export const ownsWebhooks = (actor: Actor, partyId: string): boolean =>
  actor.scopes.has('webhooks:write') &&
  actor.seats.some((seat) => seat.partyId === partyId && seat.role !== 'VIEWER');

/** Whether the caller may stop an endpoint: operators may, too. */
export const mayStop = (actor: Actor, partyId: string): boolean => mayWrite(actor, partyId, 'webhooks:write');
