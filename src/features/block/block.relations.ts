import { selfAndOperators } from '../../graphql/access.ts';
import { relate } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Agency, type NamedAgency } from '../agency/index.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import type { PartyBlockRow } from './block.entity.ts';
import { blocksOfParty } from './block.loaders.ts';
import { PartyBlock } from './block.types.ts';

const blocks = {
  kind: 'page',
  type: () => PartyBlock,
  description: 'Whom it has blocked, also in the past, newest first; for itself and operators.',
  key: ({ id }: { id: string }) => id,
  load: blocksOfParty,
  access: selfAndOperators,
} as const;

export const blockRelations = [
  ...relate<NamedBrand>(Brand, { blocks }),
  ...relate<NamedAgency>(Agency, { blocks }),
  ...relate<PartyBlockRow>(PartyBlock, {
    blocker: toParty('blockerId', 'Who has blocked.'),
    blocked: toParty('blockedId', 'Who was blocked.'),
  }),
];
