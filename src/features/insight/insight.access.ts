import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { type NamedCreator, seesOfCreator } from '../creator/index.ts';

/** Figures tell of orders and of what was earned by them. */
export const readersOfInsight = rule<NamedCreator>(
  'the creator, operators, and the managing agency where the contract lets it see ORDERS and EARNINGS',
  (actor, creator) => seesOfCreator(actor, creator, 'ORDERS') && seesOfCreator(actor, creator, 'EARNINGS'),
);

export const beltSide = rule<{ readonly agencyId: string }>(
  'the agency of the belt and operators',
  (actor, { agencyId }) => isMember(actor, agencyId) || isOperator(actor),
);
