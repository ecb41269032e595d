import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { Product } from '../product/index.ts';
import { creatorEngagementReaders, engagementSides } from './engagement.access.ts';
import {
  engagementById,
  engagementsOfBrand,
  engagementsOfProvider,
  productsOfEngagement,
  type ReadEngagement,
} from './engagement.loaders.ts';
import { Engagement } from './engagement.types.ts';
import {
  deliveriesOfMilestone,
  entriesOfMilestone,
  milestonesOfEngagement,
  type ReadMilestone,
} from './milestone.loaders.ts';
import { EngagementMilestone, MilestoneDelivery, MilestoneEntry } from './milestone.types.ts';

const page = { kind: 'page', type: () => Engagement, key: ({ id }: { id: string }) => id } as const;

export const engagementRelations = [
  ...relate<NamedBrand>(Brand, {
    engagements: {
      ...page,
      description: 'The work that it has ordered, newest first; for the brand and operators.',
      load: engagementsOfBrand,
      access: selfAndOperators,
    },
  }),
  ...relate<NamedCreator>(Creator, {
    engagements: {
      ...page,
      description: 'The work that the creator was offered, newest first.',
      load: engagementsOfProvider,
      access: creatorEngagementReaders,
    },
  }),
  ...relate<NamedAgency>(Agency, {
    engagements: {
      ...page,
      description: 'The work that the agency itself was offered, newest first; for the agency and operators.',
      load: engagementsOfProvider,
      access: selfAndOperators,
    },
  }),
  ...relate<ReadEngagement>(Engagement, {
    brand: toBrand('The brand that orders.'),
    provider: toParty('providerId', 'The creator or agency that is to do the work.'),
    milestones: {
      kind: 'many',
      type: () => EngagementMilestone,
      description: 'Its tasks in their order; for the brand, the provider and operators.',
      key: ({ id }) => id,
      load: milestonesOfEngagement,
      access: engagementSides,
    },
    products: {
      kind: 'many',
      type: () => Product,
      description:
        'What it is about, as far as open to the caller; for the brand, the provider and operators.',
      key: ({ id }) => id,
      load: productsOfEngagement,
      access: engagementSides,
    },
  }),
  ...relate<ReadMilestone>(EngagementMilestone, {
    engagement: toOne(
      () => Engagement,
      engagementById,
      'engagementId',
      'The engagement that it is a part of.',
    ),
    deliveries: {
      kind: 'many',
      type: () => MilestoneDelivery,
      description: 'What was handed in, in its order.',
      key: ({ id }) => id,
      load: deliveriesOfMilestone,
    },
    entries: {
      kind: 'many',
      type: () => MilestoneEntry,
      description: 'What happened to its money, in its order.',
      key: ({ id }) => id,
      load: entriesOfMilestone,
    },
  }),
];
