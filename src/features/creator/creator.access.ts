import { rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator } from '../../graphql/actor.ts';
import type { ContractVisibility } from './contract.entity.ts';
import type { NamedCreator } from './creator.loaders.ts';

type Managed = Pick<NamedCreator, 'id' | 'managedBy' | 'visibility'>;

/** Whether the caller sees this part of a creator: the creator, an operator, or the managing agency where agreed to. */
export function seesOfCreator(actor: Actor, creator: Managed, part: ContractVisibility): boolean {
  if (isMember(actor, creator.id) || isOperator(actor)) return true;
  return isMember(actor, creator.managedBy) && (creator.visibility?.includes(part) ?? false);
}

export const showcaseReaders = rule<Managed>(
  'the creator, operators, and the managing agency where the contract lets it see the showcase',
  (actor, creator) => seesOfCreator(actor, creator, 'SHOWCASE'),
);
export const creatorOrderReaders = rule<Managed>(
  'the creator, operators, and the managing agency where the contract lets it see the orders',
  (actor, creator) => seesOfCreator(actor, creator, 'ORDERS'),
);
