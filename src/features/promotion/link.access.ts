import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import type { ReadEnrolment } from '../campaign/index.ts';
import { seesOfCreator } from '../creator/index.ts';
import type { ReadLink } from './link.loaders.ts';

export const visibleLink = rule<ReadLink>(
  'the creator, operators, the managing agency where the contract lets it see LINKS, and the agency that made it',
  (actor, { creatorId, managedBy, visibility, spreadAgencyId }) =>
    seesOfCreator(actor, { id: creatorId, managedBy, visibility }, 'LINKS') ||
    isMember(actor, spreadAgencyId),
);

export const partReaders = rule<ReadLink>(
  'the creator, the agency that made the link and operators',
  (actor, { creatorId, spreadAgencyId }) =>
    isMember(actor, creatorId) || isMember(actor, spreadAgencyId) || isOperator(actor),
);

export const spreadSide = rule<ReadEnrolment>(
  'the agency and operators',
  (actor, { agencyId }) => isMember(actor, agencyId) || isOperator(actor),
);
