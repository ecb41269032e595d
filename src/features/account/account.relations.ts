import { relate } from '../../graphql/relation.ts';
import type { PartyRow } from './account.entity.ts';
import { apiKeysOfParty } from './account.loaders.ts';
import { Membership } from './account.resolver.ts';
import { ApiKey } from './account.types.ts';
import { membersOfParty } from './member.loaders.ts';
import { OrganisationMember } from './member.types.ts';

export const accountRelations = relate<{ readonly organisation: PartyRow }>(Membership, {
  apiKeys: {
    kind: 'page',
    type: () => ApiKey,
    description: 'The API keys of the organisation, also revoked ones, newest first.',
    key: ({ organisation }) => organisation.id,
    load: apiKeysOfParty,
  },
  members: {
    kind: 'page',
    type: () => OrganisationMember,
    description: 'Who may act for the organisation, and how far; who joined last comes first.',
    key: ({ organisation }) => organisation.id,
    load: membersOfParty,
  },
});
