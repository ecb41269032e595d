import { relate } from '../../graphql/relation.ts';
import { membersOf } from '../account/index.ts';
import type { NamedCreator } from './creator.loaders.ts';
import { Creator } from './creator.types.ts';

export const creatorRelations = relate<NamedCreator>(Creator, { members: membersOf() });
