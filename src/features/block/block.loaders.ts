import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { PartyBlockRow } from './block.entity.ts';

const COLUMNS = [
  'id',
  'blockerId',
  'blockedId',
  'reason',
  'blockedAt',
  'takesEffectAt',
  'runningUntil',
  'liftedAt',
] as const;

export const blockById = rowById<PartyBlockRow>({
  name: 'blockById',
  table: 'party_block',
  columns: COLUMNS,
});

/** The blocks that a party has made, also lifted ones, newest first. */
export const blocksOfParty = newestOf<PartyBlockRow>({
  name: 'blocksOfParty',
  table: 'party_block',
  key: 'blockerId',
  columns: COLUMNS,
});
