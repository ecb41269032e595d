export { BrandRow, type BrandKind } from './brand.entity.ts';
export { brandById, type NamedBrand } from './brand.loaders.ts';
export { Brand } from './brand.types.ts';
export { registerBrand } from './register-brand.ts';
