import { rule } from '../../graphql/access.ts';
import { mayOperate } from '../../graphql/actor.ts';

/**
 * Who moves the time of a sandbox, which is everybody's: operators, and systems whose key has the scope. That a person may
 * write for an organisation of its own does not suffice: every member may.
 */
export const clockMovers = rule(
  'operators who may write, and API keys with sandbox:write',
  (actor) =>
    mayOperate(actor, 'sandbox:write') || (actor.kind === 'API_KEY' && actor.scopes.has('sandbox:write')),
);
