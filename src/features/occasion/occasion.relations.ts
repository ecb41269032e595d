import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne } from '../../graphql/relation.ts';
import { toParty } from '../account/index.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { OrderLine, type ReadLine, shopSide } from '../order/index.ts';
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
import { creditedSide } from './occasion.access.ts';
import {
  bonusOfLine,
  eventOfLine,
  type OfficialEventRow,
  officialEventById,
  prizesOfEvent,
  pursesOfEvent,
  subsidyOfLine,
} from './official-event.loaders.ts';
import {
  OfficialEvent,
  OfficialEventGrant,
  OfficialEventPrize,
  OfficialEventPurse,
} from './official-event.types.ts';

const toEvent = <Column extends string>(column: Column, description: string) =>
  toOne(() => OfficialEvent, officialEventById, column, description);

const lineKey = ({ brandId, id }: ReadLine) => [brandId, id];

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
      description:
        'A board, who has most first. It goes on after the closing with what comes back or is paid then; what was won stays.',
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
  ...relate<ReadLine>(OrderLine, {
    officialEvent: {
      kind: 'one',
      type: () => OfficialEvent,
      description: 'The official event that it counts for; null where there is none.',
      key: lineKey,
      load: eventOfLine,
      nullable: true,
    },
    officialEventSubsidy: {
      kind: 'one',
      type: () => OfficialEventGrant,
      description: 'What the official event gives the brand on it, if anything; for the brand and operators.',
      key: lineKey,
      load: subsidyOfLine,
      nullable: true,
      access: shopSide,
    },
    officialEventBonus: {
      kind: 'one',
      type: () => OfficialEventGrant,
      description:
        'What the official event gives the creator on it beside the commission, if anything; for the creator and operators.',
      key: lineKey,
      load: bonusOfLine,
      nullable: true,
      access: creditedSide,
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
