import { relate, toOne } from '../../graphql/relation.ts';
import { membersOf } from '../account/index.ts';
import { brandById, type NamedBrand } from './brand.loaders.ts';
import { Brand } from './brand.types.ts';

export const brandRelations = relate<NamedBrand>(Brand, { members: membersOf() });

/** The brand of a row that holds its id as `brandId`. */
export const toBrand = (description: string) => toOne(() => Brand, brandById, 'brandId', description);
