import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOneOrNone } from '../../graphql/relation.ts';
import { Party, toPartyOrNone } from '../account/index.ts';
import { Agency, type NamedAgency, toAgency } from '../agency/index.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Product, type ProductRow, toCategory, toProductOrNone } from '../product/index.ts';
import { campaignSide, enrolmentParties, enrolmentSides } from './campaign.access.ts';
import type { CampaignCategoryRow } from './campaign.entity.ts';
import {
  campaignById,
  campaignsOfAgency,
  categoriesOfCampaign,
  partiesOfCampaign,
  type ReadCampaign,
} from './campaign.loaders.ts';
import { CampaignCategory, CampaignFigures, RecruitingCampaign } from './campaign.types.ts';
import {
  enrolmentById,
  enrolmentsBelow,
  enrolmentsOfBrand,
  enrolmentsOfCampaign,
  enrolmentsOfProduct,
  type ReadEnrolment,
  termsOfEnrolment,
} from './enrolment.loaders.ts';
import { Enrolment, EnrolmentsArgs, EnrolmentTerms } from './enrolment.types.ts';
import { figuresOfCampaign } from './figures.loaders.ts';

const agency = toAgency('The agency that runs the campaign.');

const ofCampaign = relate<ReadCampaign>(RecruitingCampaign, {
  agency,
  categories: {
    kind: 'many',
    type: () => CampaignCategory,
    description:
      'The categories that it calls for, with the lowest rates; every category where there is none.',
    key: ({ id }) => id,
    load: categoriesOfCampaign,
  },
  namedParties: {
    kind: 'page',
    type: () => Party,
    description: 'The brands or creators that it names; for the agency and operators.',
    key: ({ id }) => id,
    load: partiesOfCampaign,
    access: campaignSide,
  },
  enrolments: {
    kind: 'page',
    type: () => Enrolment,
    description: 'The products enrolled in it, newest first; for the agency and operators.',
    key: ({ id }) => id,
    load: enrolmentsOfCampaign,
    args: () => EnrolmentsArgs,
    access: campaignSide,
  },
  figures: {
    kind: 'one',
    type: () => CampaignFigures,
    description: 'What has become of it so far; for the agency and operators.',
    key: ({ id }) => id,
    load: figuresOfCampaign,
    nullable: false,
    access: campaignSide,
  },
});

const ofEnrolment = relate<ReadEnrolment>(Enrolment, {
  agency,
  campaign: toOneOrNone(
    () => RecruitingCampaign,
    campaignById,
    'campaignId',
    'The campaign; null where it is not open to the caller.',
  ),
  brand: toBrand('The brand that enrolled it.'),
  product: toProductOrNone('The product; null where it is not open to the caller.'),
  firstEnrolment: toOneOrNone(
    () => Enrolment,
    enrolmentById,
    'parentId',
    'For a second-level agency, the enrolment with the first one that it stands below, if open to the caller.',
  ),
  secondEnrolments: {
    kind: 'page',
    type: () => Enrolment,
    description: 'What second-level agencies made of it, newest first; for its sides.',
    key: ({ id }) => id,
    load: enrolmentsBelow,
    args: () => EnrolmentsArgs,
    access: enrolmentSides,
  },
  versions: {
    kind: 'page',
    type: () => EnrolmentTerms,
    description: 'All versions of its rates, also those to come, newest first; for its sides.',
    key: ({ id }) => id,
    load: termsOfEnrolment,
    access: enrolmentSides,
  },
  leaveAskedBy: {
    ...toPartyOrNone('leaveAskedBy', 'Who wants it to end, while the others have not agreed.'),
    access: enrolmentParties,
  },
});

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
  ...relate<NamedBrand>(Brand, {
    enrolments: {
      kind: 'page',
      type: () => Enrolment,
      description: 'Its products in recruiting campaigns, newest first; for the brand and operators.',
      key: ({ id }) => id,
      load: enrolmentsOfBrand,
      args: () => EnrolmentsArgs,
      access: selfAndOperators,
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
  ...relate<CampaignCategoryRow>(CampaignCategory, {
    category: toCategory('The category, of any level.'),
  }),
  ...ofCampaign,
  ...ofEnrolment,
];
