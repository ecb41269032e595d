import { relate, toOneOrNone } from '../../graphql/relation.ts';
import type { PartyRow } from './account.entity.ts';
import { apiKeyById, apiKeysOfParty, type ShownApiKey } from './account.loaders.ts';
import { Membership } from './account.resolver.ts';
import { ApiKey } from './account.types.ts';
import { membersOfParty } from './member.loaders.ts';
import { OrganisationMember } from './member.types.ts';

const keyRelations = relate<ShownApiKey>(ApiKey, {
  replaces: toOneOrNone(() => ApiKey, apiKeyById, 'replacesId', 'The key whose place it has taken, if any.'),
});

const membershipRelations = relate<{ readonly organisation: PartyRow }>(Membership, {
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

export const accountRelations = [...membershipRelations, ...keyRelations];
