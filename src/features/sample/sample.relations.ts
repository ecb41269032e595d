import { selfAndOperators } from '../../graphql/access.ts';
import { relate } from '../../graphql/relation.ts';
import { Brand, brandById, type NamedBrand } from '../brand/index.ts';
import { Creator, creatorById, type NamedCreator } from '../creator/index.ts';
import { lineById, OrderLine } from '../order/index.ts';
import { Product, type ProductRow, productById, Sku, skuById } from '../product/index.ts';
import { LiveSession, liveSessionById } from '../promotion/index.ts';
import { sampleReaders } from './sample.access.ts';
import {
  addressOfSample,
  type ReadSample,
  type ReadSampleRule,
  sampleRuleById,
  sampleRuleOfProduct,
  samplesOfBrand,
  samplesOfCreator,
} from './sample.loaders.ts';
import { SampleAddress, SampleRequest, SampleRequestArgs, SampleRule } from './sample.types.ts';

const product = {
  kind: 'one',
  type: () => Product,
  description: 'The product.',
  key: ({ productId }: { productId: string }) => productId,
  load: productById,
  nullable: false,
} as const;

export const sampleRelations = [
  ...relate<ProductRow>(Product, {
    sampleRule: {
      kind: 'one',
      type: () => SampleRule,
      description: 'Under what the brand gives samples of it; null where it gives none.',
      key: ({ id }) => id,
      load: sampleRuleOfProduct,
      nullable: true,
    },
  }),
  ...relate<ReadSampleRule>(SampleRule, { product }),
  ...relate<NamedBrand>(Brand, {
    sampleRequests: {
      kind: 'page',
      type: () => SampleRequest,
      description: 'Requests for samples of its products, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: samplesOfBrand,
      args: () => SampleRequestArgs,
      access: selfAndOperators,
    },
  }),
  ...relate<NamedCreator>(Creator, {
    sampleRequests: {
      kind: 'page',
      type: () => SampleRequest,
      description: "The creator's requests for samples, newest first.",
      key: ({ id }) => id,
      load: samplesOfCreator,
      args: () => SampleRequestArgs,
      access: sampleReaders,
    },
  }),
  ...relate<ReadSample>(SampleRequest, {
    product,
    brand: {
      kind: 'one',
      type: () => Brand,
      description: 'The brand that is asked.',
      key: ({ brandId }) => brandId,
      load: brandById,
      nullable: false,
    },
    creator: {
      kind: 'one',
      type: () => Creator,
      description: 'The creator who asks.',
      key: ({ creatorId }) => creatorId,
      load: creatorById,
      nullable: false,
    },
    sku: {
      kind: 'one',
      type: () => Sku,
      description: 'The option of the product.',
      key: ({ skuId }) => skuId,
      load: skuById,
      nullable: false,
    },
    rule: {
      kind: 'one',
      type: () => SampleRule,
      description: 'The rule that it was made under.',
      key: ({ ruleId }) => ruleId,
      load: sampleRuleById,
      nullable: false,
    },
    address: {
      kind: 'one',
      type: () => SampleAddress,
      description: 'Where the sample is sent; null for whom, or when, it is not open.',
      key: ({ id }) => id,
      load: addressOfSample,
      nullable: true,
    },
    liveSession: {
      kind: 'one',
      type: () => LiveSession,
      description: 'The live session that was handed in as content.',
      key: ({ liveSessionId }) => liveSessionId ?? null,
      load: liveSessionById,
      nullable: true,
    },
    orderLine: {
      kind: 'one',
      type: () => OrderLine,
      description: 'The order line that fulfilled it; null where none, or not open to the caller.',
      key: ({ brandId, orderLineId }) => (orderLineId == null ? null : [brandId, orderLineId]),
      load: lineById,
      nullable: true,
    },
  }),
];
