import { relate } from '../../graphql/relation.ts';
import { Brand, brandById, type NamedBrand } from '../brand/index.ts';
import { Creator, creatorById, type NamedCreator, readersOf } from '../creator/index.ts';
import { Product, productById, Sku, skuById } from '../product/index.ts';
import { ownOrders } from './order.access.ts';
import {
  linesOfBrand,
  linesOfCreator,
  type ReadLine,
  unattributedLinesOfBrand,
  waitingEventsOfBrand,
} from './order.loaders.ts';
import { OrderLine } from './order.types.ts';
import { WaitingOrderEvent } from './order-event.types.ts';

export const orderRelations = [
  ...relate<ReadLine>(OrderLine, {
    brand: {
      kind: 'one',
      type: () => Brand,
      description: 'The brand that sold it.',
      key: ({ brandId }) => brandId,
      load: brandById,
      nullable: false,
    },
    product: {
      kind: 'one',
      type: () => Product,
      description: 'The product; null where it is not open to the caller.',
      key: ({ productId }) => productId,
      load: productById,
      nullable: true,
    },
    sku: {
      kind: 'one',
      type: () => Sku,
      description: 'The option that was bought; null where it is not open to the caller.',
      key: ({ skuId }) => skuId,
      load: skuById,
      nullable: true,
    },
    creator: {
      kind: 'one',
      type: () => Creator,
      description: 'The creator that it is credited to; null where nobody.',
      key: ({ creatorId }) => creatorId,
      load: creatorById,
      nullable: true,
    },
  }),
  ...relate<NamedBrand>(Brand, {
    orderLines: {
      kind: 'page',
      type: () => OrderLine,
      description: 'Its order lines, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: linesOfBrand,
      access: ownOrders,
    },
    unattributedOrderLines: {
      kind: 'page',
      type: () => OrderLine,
      description: 'The inbox of lines that are credited to nobody, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: unattributedLinesOfBrand,
      access: ownOrders,
    },
    waitingOrderEvents: {
      kind: 'page',
      type: () => WaitingOrderEvent,
      description: 'Events whose line was not placed, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: waitingEventsOfBrand,
      access: ownOrders,
    },
  }),
  ...relate<NamedCreator>(Creator, {
    orderLines: {
      kind: 'page',
      type: () => OrderLine,
      description: 'The order lines credited to the creator, newest first.',
      key: ({ id }) => id,
      load: linesOfCreator,
      access: readersOf('ORDERS'),
    },
  }),
];
