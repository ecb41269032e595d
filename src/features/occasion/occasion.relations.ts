import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { OrderLine, type ReadLine } from '../order/index.ts';
import { toProductOrNone } from '../product/index.ts';
import { type StandingRow, standingsOfEvent } from './board.loaders.ts';
import {
  type EventBoardRow,
  OfficialEventBoard,
  OfficialEventStanding,
  StandingsArgs,
} from './board.types.ts';
import { type EventProductRow, eventProductsOfBrand, productsOfEvent } from './event-product.loaders.ts';
import { OfficialEventProduct } from './event-product.types.ts';
import {
  type EventLineRow,
  eventOfLine,
  type OfficialEventRow,
  officialEventById,
  prizesOfEvent,
  pursesOfEvent,
} from './official-event.loaders.ts';
import {
  OfficialEvent,
  OfficialEventPrize,
  OfficialEventPurse,
  OrderLineOfficialEvent,
} from './official-event.types.ts';

const toEvent = <Column extends string>(column: Column, description: string) =>
  toOne(() => OfficialEvent, officialEventById, column, description);

export const occasionRelations = [
  ...relate<OfficialEventRow>(OfficialEvent, {
    purses: {
      kind: 'many',
      type: () => OfficialEventPurse,
      description: 'What is given on orders, and out of which budgets.',
      key: ({ id }) => id,
      load: pursesOfEvent,
    },
    prizes: {
      kind: 'many',
      type: () => OfficialEventPrize,
      description: 'The prizes of the boards, by place.',
      key: ({ id }) => id,
      load: prizesOfEvent,
    },
    products: {
      kind: 'page',
      type: () => OfficialEventProduct,
      description: 'The products that take part, those that were registered last first.',
      key: ({ id }) => id,
      load: productsOfEvent,
    },
    standings: {
      kind: 'page',
      type: () => OfficialEventStanding,
      description: 'A board, who has most first.',
      key: ({ id }) => id,
      load: standingsOfEvent,
      args: () => StandingsArgs,
    },
  }),
  ...relate<EventProductRow>(OfficialEventProduct, {
    officialEvent: toEvent('eventId', 'The event.'),
    product: toProductOrNone('The product; null where the caller cannot see it.'),
    brand: toBrand('The brand.'),
  }),
  ...relate<StandingRow>(OfficialEventStanding, { party: toParty('partyId', 'Who stands there.') }),
  ...relate<EventBoardRow>(OfficialEventBoard, { officialEvent: toEvent('officialEventId', 'The event.') }),
  ...relate<EventLineRow>(OrderLineOfficialEvent, { officialEvent: toEvent('eventId', 'The event.') }),
  ...relate<ReadLine>(OrderLine, {
    officialEvent: {
      kind: 'one',
      type: () => OrderLineOfficialEvent,
      description:
        'The official event that it counts for, and what that gives on it; null where there is none.',
      key: ({ brandId, id }) => [brandId, id],
      load: eventOfLine,
      nullable: true,
    },
  }),
  ...relate<NamedBrand>(Brand, {
    eventProducts: {
      kind: 'page',
      type: () => OfficialEventProduct,
      description: 'What it has registered for official events, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: eventProductsOfBrand,
      access: selfAndOperators,
    },
  }),
];
