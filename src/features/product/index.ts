export { createProduct, MAX_STOCK } from './create-product.ts';
export { enterCategories, type NewCategory } from './enter-categories.ts';
export { moveProduct, type ProductMove, suspendProducts } from './move-product.ts';
export { isClosedSource } from './outside-sources.ts';
export { brandAndOperators, seesProduct } from './product.access.ts';
export { ProductRow, type ProductSource, SkuRow } from './product.entity.ts';
export { PRODUCT_COLUMNS, productById, skuById } from './product.loaders.ts';
export {
  productRelations,
  toCategory,
  toProduct,
  toProductOrNone,
  toSku,
  toSkuOrNone,
} from './product.relations.ts';
export { ProductResolver } from './product.resolver.ts';
export {
  Product,
  ProductMoveInput,
  ProductReviewInput,
  ProductSourceEnum,
  Sku,
  SkuUpdateInput,
} from './product.types.ts';
export { PROTECTION_KINDS, type ProtectionKind, ProtectionKindEnum } from './protection-kind.ts';
export { queryWords, vocabularyOf, wordsOf } from './search-words.ts';
export { rankCorrections } from './slips.ts';
export { SOURCE_KINDS, type SourceKind, SourceKindEnum } from './source-kind.ts';
