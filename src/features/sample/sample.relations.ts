import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne, toOneOrNone } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Creator, type NamedCreator, toCreator } from '../creator/index.ts';
import { lineById, OrderLine } from '../order/index.ts';
import { Product, type ProductRow, toProduct, toSku } from '../product/index.ts';
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

const product = toProduct('The product.');

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
    brand: toBrand('The brand that is asked.'),
    creator: toCreator('The creator who asks.'),
    sku: toSku('The option of the product.'),
    rule: toOne(() => SampleRule, sampleRuleById, 'ruleId', 'The rule that it was made under.'),
    address: {
      kind: 'one',
      type: () => SampleAddress,
      description: 'Where the sample is sent; null for whom, or when, it is not open.',
      key: ({ id }) => id,
      load: addressOfSample,
      nullable: true,
    },
    liveSession: toOneOrNone(
      () => LiveSession,
      liveSessionById,
      'liveSessionId',
      'The live session that was handed in as content.',
    ),
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
