import { declareEnum } from '../../graphql/declare-enum.ts';
import type { ContentWanted, SampleApproval, SampleRequirement, ShortFalls } from './sample.entity.ts';
import type { SampleState } from './sample-state.ts';

export const SampleStateEnum = declareEnum<SampleState>('SampleState', 'Where a request for a sample is.', {
  PENDING: 'It waits for the answer of the brand, 7 days at most.',
  APPROVED: 'The brand is to ship the sample.',
  SHIPPED: 'The sample is on its way; 7 days after shipping it counts as arrived.',
  CONTENT_DUE: 'The creator has the sample and owes content.',
  FULFILLED: 'Content was handed in, or an order was attributed to the creator.',
  REJECTED: 'The brand said no, or did not answer in time.',
  WITHDRAWN: 'The creator withdrew it before it was shipped.',
  OVERDUE: 'The date for content has passed; content that comes late still fulfils it.',
  NOT_SHIPPED: 'The brand did not ship in time.',
});

export const SampleApprovalEnum = declareEnum<SampleApproval>(
  'SampleApproval',
  'Who lets a creator have a sample.',
  {
    AUTOMATIC: 'Whoever meets the requirements has it at once.',
    MANUAL: 'The brand decides on each request by hand.',
  },
);

export const ShortFallsEnum = declareEnum<ShortFalls>(
  'SampleShortFalls',
  'What becomes of creators who fall short of the requirements.',
  {
    REVIEWED: 'The brand decides by hand.',
    REFUSED: 'They cannot ask.',
  },
);

export const ContentWantedEnum = declareEnum<ContentWanted>(
  'SampleContentWanted',
  'What content a brand wants for a sample.',
  {
    VIDEO: 'A short video.',
    LIVE: 'A live session.',
    ANY: 'Either of them.',
  },
);

export const SampleRequirementEnum = declareEnum<SampleRequirement>(
  'SampleRequirement',
  'What a brand can ask of creators before it gives a sample.',
  {
    FOLLOWERS: 'Enough followers.',
    GMV: 'Enough GMV in 30 days.',
    COMPLETED_ORDERS: 'Enough orders of 30 days that their buyers have received.',
  },
);

export const FulfilledByEnum = declareEnum<'CONTENT' | 'ORDER'>(
  'SampleFulfilledBy',
  'What has fulfilled a sample.',
  {
    CONTENT: 'Content that the creator handed in.',
    ORDER: 'The first paid order of the product, placed after shipping, that is credited to the creator.',
  },
);
