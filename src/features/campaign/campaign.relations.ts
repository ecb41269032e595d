import { rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { relate } from '../../graphql/relation.ts';
import { Agency, agencyById, type NamedAgency } from '../agency/index.ts';
import { Brand, brandById } from '../brand/index.ts';
import { Product, type ProductRow, productById } from '../product/index.ts';
import {
  campaignById,
  campaignsOfAgency,
  enrolmentsOfCampaign,
  enrolmentsOfProduct,
  type ReadCampaign,
  type ReadEnrolment,
} from './campaign.loaders.ts';
import { Enrolment, RecruitingCampaign } from './campaign.types.ts';

const ownCampaign = rule<ReadCampaign>(
  'the agency and operators',
  (actor, { agencyId }) => isMember(actor, agencyId) || isOperator(actor),
);

const agency = {
  kind: 'one',
  type: () => Agency,
  description: 'The agency that runs the campaign.',
  key: ({ agencyId }: { agencyId: string }) => agencyId,
  load: agencyById,
  nullable: false,
} as const;

export const campaignRelations = [
  ...relate<NamedAgency>(Agency, {
    campaigns: {
      kind: 'page',
      type: () => RecruitingCampaign,
      description: 'Its recruiting campaigns that are open to the caller, newest first.',
      key: ({ id }) => id,
      load: campaignsOfAgency,
    },
  }),
  ...relate<ReadCampaign>(RecruitingCampaign, {
    agency,
    enrolments: {
      kind: 'page',
      type: () => Enrolment,
      description: 'The products enrolled in it, newest first; for the agency and operators.',
      key: ({ id }) => id,
      load: enrolmentsOfCampaign,
      access: ownCampaign,
    },
  }),
  ...relate<ProductRow>(Product, {
    enrolments: {
      kind: 'many',
      type: () => Enrolment,
      description: 'The running campaigns, open to the caller, that the product can be picked from.',
      key: ({ id }) => id,
      load: enrolmentsOfProduct,
    },
  }),
  ...relate<ReadEnrolment>(Enrolment, {
    agency,
    campaign: {
      kind: 'one',
      type: () => RecruitingCampaign,
      description: 'The campaign; null where it is not open to the caller.',
      key: ({ campaignId }) => campaignId,
      load: campaignById,
      nullable: true,
    },
    brand: {
      kind: 'one',
      type: () => Brand,
      description: 'The brand that enrolled it.',
      key: ({ brandId }) => brandId,
      load: brandById,
      nullable: false,
    },
    product: {
      kind: 'one',
      type: () => Product,
      description: 'The product; null where it is not open to the caller.',
      key: ({ productId }) => productId,
      load: productById,
      nullable: true,
    },
  }),
];
