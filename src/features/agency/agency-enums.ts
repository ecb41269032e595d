import { declareEnum } from '../../graphql/declare-enum.ts';
// Names for the values of columns stand beside the types of every file of the feature that shows them.
import 'reflect-metadata';

export const AgencyServiceEnum = declareEnum('AgencyService', 'What an agency does.', {
  RECRUITING: 'Calls for products of brands 招商团长.',
  CREATOR_MANAGEMENT: 'Manages creators (MCN).',
  CONTENT: 'Makes content 内容服务.',
  BELT_BASE: 'Runs an industrial belt and its live base 产业带基地.',
});

export const CertificationEnum = declareEnum(
  'Certification',
  'How an agency stands with its certificates at this moment.',
  {
    NOT_CERTIFIED: 'It has never had one.',
    CERTIFIED: 'At least one holds now.',
    EXPIRED: 'It had one, and none holds now.',
    SUSPENDED: 'One holds, but the operator has suspended the agency: it begins nothing new.',
  },
);
