export { BRAND_COLUMNS, brandById, type NamedBrand } from './brand.loaders.ts';
export { brandRelations, toBrand } from './brand.relations.ts';
export { BrandResolver } from './brand.resolver.ts';
export { Brand } from './brand.types.ts';
export { registerBrand } from './register-brand.ts';
