import { relate, toOne, toOneOrNone } from '../../graphql/relation.ts';
import { membersOf } from '../account/index.ts';
import { creatorById, type NamedCreator } from './creator.loaders.ts';
import { Creator } from './creator.types.ts';

export const creatorRelations = relate<NamedCreator>(Creator, { members: membersOf() });

/** The creator of a row that holds its id as `creatorId`. */
export const toCreator = (description: string) => toOne(() => Creator, creatorById, 'creatorId', description);
export const toCreatorOrNone = (description: string) =>
  toOneOrNone(() => Creator, creatorById, 'creatorId', description);
