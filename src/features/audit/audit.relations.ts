import { relate, toOneOrNone } from '../../graphql/relation.ts';
import {
  ApiKey,
  apiKeyById,
  Membership,
  memberById,
  OrganisationMember,
  type PartyRow,
  toPartyOrNone,
} from '../account/index.ts';
import { type AuditRow, auditLogOfParty } from './audit.loaders.ts';
import { AuditEntry, AuditLogArgs } from './audit.types.ts';

export const auditRelations = [
  ...relate<{ readonly organisation: PartyRow }>(Membership, {
    auditLog: {
      kind: 'page',
      type: () => AuditEntry,
      description:
        'What was done for the organisation, and what operators have done to what is its own, newest first.',
      key: ({ organisation }) => organisation.id,
      load: auditLogOfParty,
      args: () => AuditLogArgs,
    },
  }),
  ...relate<AuditRow>(AuditEntry, {
    organisation: toPartyOrNone(
      'partyId',
      'The organisation that was acted for; null where it could not be told.',
    ),
    apiKey: toOneOrNone(
      () => ApiKey,
      apiKeyById,
      'apiKeyId',
      'The key by which it was done. Null to all but its organisation, and operators.',
    ),
    member: toOneOrNone(
      () => OrganisationMember,
      memberById,
      'memberId',
      'The person who did it, while they belong to the organisation. Null to all but that, and operators.',
    ),
  }),
];
