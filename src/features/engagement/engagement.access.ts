import { rule } from '../../graphql/access.ts';
import { type Actor, isMember, isOperator } from '../../graphql/actor.ts';
import { type NamedCreator, seesOfCreator } from '../creator/index.ts';
import type { ReadEngagement } from './engagement.loaders.ts';

interface Sides {
  readonly brandId: string;
  readonly providerId: string;
}

const isSide = (actor: Actor, { brandId, providerId }: Sides): boolean =>
  isMember(actor, brandId) || isMember(actor, providerId) || isOperator(actor);

/** What is between the two: the brief, the work, the disputes and the money of each milestone. */
export const engagementSides = rule<Sides>('the brand, the provider and operators', isSide);

/** That there is an engagement, its title, state and price: also the creator's agency, where the creator agreed. */
export const engagementReaders = rule<ReadEngagement>(
  'the brand, the provider, operators, and the managing agency where the contract lets it see engagements',
  (actor, row) => {
    const creator = { id: row.providerId, managedBy: row.managedBy, visibility: row.visibility };
    return (
      isSide(actor, row) || (row.providerKind === 'CREATOR' && seesOfCreator(actor, creator, 'ENGAGEMENTS'))
    );
  },
);

export const creatorEngagementReaders = rule<NamedCreator>(
  'the creator, operators, and the managing agency where the contract lets it see engagements',
  (actor, creator) => seesOfCreator(actor, creator, 'ENGAGEMENTS'),
);
