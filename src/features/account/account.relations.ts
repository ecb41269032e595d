import { relate } from '../../graphql/relation.ts';
import type { PartyRow } from './account.entity.ts';
import { apiKeysOfParty } from './account.loaders.ts';
import { Membership } from './account.resolver.ts';
import { ApiKey } from './account.types.ts';

export const accountRelations = relate<{ readonly organisation: PartyRow }>(Membership, {
  apiKeys: {
    kind: 'page',
    type: () => ApiKey,
    description: 'The API keys of the organisation, also revoked ones, newest first.',
    key: ({ organisation }) => organisation.id,
    load: apiKeysOfParty,
  },
});
