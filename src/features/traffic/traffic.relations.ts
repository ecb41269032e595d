import { relate } from '../../graphql/relation.ts';
import { brandAndOperators, Product, type ProductRow } from '../product/index.ts';
import { exposureOfProduct } from './exposure.loaders.ts';
import { ProductExposure } from './exposure.types.ts';

export const trafficRelations = relate<ProductRow>(Product, {
  exposure: {
    kind: 'one',
    type: () => ProductExposure,
    description:
      'What exposure it was allotted last, and why; null before its first night in the pool. For the brand and operators.',
    key: ({ id }) => id,
    load: exposureOfProduct,
    nullable: true,
    access: brandAndOperators,
  },
});
