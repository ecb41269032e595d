import { type AccessRule, rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator } from '../../graphql/actor.ts';
import type { ContractVisibility } from './contract-visibility.ts';

/** A creator as the rules see it: who manages it now, and may see what. */
export interface ManagedCreator {
  readonly id: string;
  readonly managedBy: string | null;
  readonly visibility: readonly ContractVisibility[] | null;
}

/** A row that belongs to a creator, with who manages the creator now and may see what. */
export type Managed<Row> = Row & Omit<ManagedCreator, 'id'>;

/** Whether the caller sees this part of a creator: the creator, an operator, or the managing agency where agreed to. */
export function seesOfCreator(actor: Actor, creator: ManagedCreator, part: ContractVisibility): boolean {
  if (isMember(actor, creator.id) || isOperator(actor)) return true;
  return isMember(actor, creator.managedBy) && (creator.visibility?.includes(part) ?? false);
}

const nameOf = (part: ContractVisibility): string =>
  `the creator, operators, and the managing agency where the contract lets it see ${part}`;

/** The rule of a field of a creator that shows this part. */
export const readersOf = (part: ContractVisibility): AccessRule<ManagedCreator> =>
  rule(nameOf(part), (actor, creator) => seesOfCreator(actor, creator, part));

/** The rule of rows that belong to a creator, and of their fields, where they show this part. */
export const readersOfRow = (part: ContractVisibility): AccessRule<Managed<{ creatorId: string }>> =>
  rule(nameOf(part), (actor, { creatorId, managedBy, visibility }) =>
    seesOfCreator(actor, { id: creatorId, managedBy, visibility }, part),
  );
