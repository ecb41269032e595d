// Names for the values of columns stand beside the types of every file of the feature that shows them.
import 'reflect-metadata';
import { registerEnumType } from 'type-graphql';

export const AgencyServiceEnum = {
  RECRUITING: 'RECRUITING',
  CREATOR_MANAGEMENT: 'CREATOR_MANAGEMENT',
  CONTENT: 'CONTENT',
  BELT_BASE: 'BELT_BASE',
} as const;
registerEnumType(AgencyServiceEnum, {
  name: 'AgencyService',
  description: 'What an agency does.',
  valuesConfig: {
    RECRUITING: { description: 'Calls for products of brands 招商团长.' },
    CREATOR_MANAGEMENT: { description: 'Manages creators (MCN).' },
    CONTENT: { description: 'Makes content 内容服务.' },
    BELT_BASE: { description: 'Runs an industrial belt and its live base 产业带基地.' },
  },
});

export const CertificationEnum = {
  NOT_CERTIFIED: 'NOT_CERTIFIED',
  CERTIFIED: 'CERTIFIED',
  EXPIRED: 'EXPIRED',
  SUSPENDED: 'SUSPENDED',
} as const;
registerEnumType(CertificationEnum, {
  name: 'Certification',
  description: 'How an agency stands with its certificates at this moment.',
  valuesConfig: {
    NOT_CERTIFIED: { description: 'It has never had one.' },
    CERTIFIED: { description: 'At least one holds now.' },
    EXPIRED: { description: 'It had one, and none holds now.' },
    SUSPENDED: {
      description: 'One holds, but the operator has suspended the agency: it begins nothing new.',
    },
  },
});
