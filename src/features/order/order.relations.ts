import { relate } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Creator, type NamedCreator, readersOf, toCreatorOrNone } from '../creator/index.ts';
import { toProductOrNone, toSkuOrNone } from '../product/index.ts';
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
    brand: toBrand('The brand that sold it.'),
    product: toProductOrNone('The product; null where it is not open to the caller.'),
    sku: toSkuOrNone('The option that was bought; null where it is not open to the caller.'),
    creator: toCreatorOrNone('The creator that it is credited to; null where nobody.'),
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
