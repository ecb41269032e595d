export { createProduct, MAX_STOCK, type NewProduct, type NewSku } from './create-product.ts';
export { enterCategories, type NewCategory } from './enter-categories.ts';
export { moveProduct, type ProductMove } from './move-product.ts';
export { brandAndOperators, seesProduct } from './product.access.ts';
export { CategoryRow, PRODUCT_SOURCES, ProductRow, type ProductSource, SkuRow } from './product.entity.ts';
export { categoryById, PRODUCT_COLUMNS, productById, skuById } from './product.loaders.ts';
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
  Category,
  Product,
  ProductMoveInput,
  ProductReviewInput,
  ProductSourceEnum,
  Sku,
  SkuUpdateInput,
} from './product.types.ts';
export type { ProductState } from './product-state.ts';
export { queryWords, vocabularyOf, wordsOf } from './search-words.ts';
export { rankCorrections } from './slips.ts';
