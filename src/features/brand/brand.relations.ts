import { relate } from '../../graphql/relation.ts';
import { membersOf } from '../account/index.ts';
import type { NamedBrand } from './brand.loaders.ts';
import { Brand } from './brand.types.ts';

export const brandRelations = relate<NamedBrand>(Brand, { members: membersOf() });
