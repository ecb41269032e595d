import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { ApiKeyRow, PartyRow } from './account.entity.ts';

const PARTY_COLUMNS = ['id', 'kind', 'name', 'createdAt'] as const;

export const partyById = rowById<PartyRow>({ name: 'partyById', table: 'party', columns: PARTY_COLUMNS });

/** What of a key may be shown; the hash of its secret may not. */
export type ShownApiKey = Pick<
  ApiKeyRow,
  'id' | 'partyId' | 'name' | 'scopes' | 'createdAt' | 'lastUsedAt' | 'revokedAt' | 'expiresAt' | 'replacesId'
>;

const API_KEY_COLUMNS = [
  ...(['id', 'partyId', 'name', 'scopes', 'createdAt'] as const),
  ...(['lastUsedAt', 'revokedAt', 'expiresAt', 'replacesId'] as const),
];

export const apiKeyById = rowById<ShownApiKey>({
  name: 'apiKeyById',
  table: 'api_key',
  columns: API_KEY_COLUMNS,
});

export const apiKeysOfParty = newestOf<ShownApiKey>({
  name: 'apiKeysOfParty',
  table: 'api_key',
  key: 'partyId',
  columns: API_KEY_COLUMNS,
});
