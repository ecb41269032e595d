import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne, toOneOrNone } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Creator, type NamedCreator, toCreator } from '../creator/index.ts';
import { toProductOrNone, toSkuOrNone } from '../product/index.ts';
import { LiveSession, type LiveSessionRow, liveSessionById } from '../promotion/index.ts';
import { type BoardRow, LiveSessionBoard } from './board.types.ts';
import {
  cartOfSession,
  flashOfProduct,
  itemsOfBrand,
  type LiveItemRow,
  type LiveOfferRow,
  liveItemById,
  offersOfItem,
  pinnedOfSession,
} from './cart.loaders.ts';
import { LiveItem, LiveOffer } from './cart.types.ts';
import {
  figuresOfSession,
  type LiveProductFiguresRow,
  moneyOfSession,
  productsOfSession,
} from './figures.loaders.ts';
import { LiveFigures, LiveMoney, LiveProductFigures } from './figures.types.ts';
import { LiveFlash } from './flash.types.ts';
import { hostSide } from './live.access.ts';
import {
  type LivePlanRow,
  type LivePlanVersionRow,
  lastVersionOfPlan,
  type MerchandiseRow,
  merchandiseOfVersion,
  planOfSession,
  plansOfCreator,
  sessionsOfCreator,
  versionsOfPlan,
} from './plan.loaders.ts';
import { LivePlan, LivePlanMerchandise, LivePlanVersion } from './plan.types.ts';

const toSession = toOne(() => LiveSession, liveSessionById, 'liveSessionId', 'The live session.');

export const liveCartRelations = [
  ...relate<LiveSessionRow>(LiveSession, {
    cart: {
      kind: 'page',
      type: () => LiveItem,
      description: 'The products in its cart, in their order; as it was at the end once it is over.',
      key: ({ id }) => id,
      load: cartOfSession,
    },
    pinnedItem: {
      kind: 'one',
      type: () => LiveItem,
      description: 'The item that is pinned now, if any.',
      key: ({ id }) => id,
      load: pinnedOfSession,
      nullable: true,
    },
    plan: {
      kind: 'one',
      type: () => LivePlan,
      description: 'The plan that it was begun by, if any; for the creator and operators.',
      key: ({ id }) => id,
      load: planOfSession,
      nullable: true,
      access: hostSide,
    },
    figures: {
      kind: 'one',
      type: () => LiveFigures,
      description: 'What came of it so far; for the creator and operators.',
      key: ({ id }) => id,
      load: figuresOfSession,
      nullable: false,
      access: hostSide,
    },
    money: {
      kind: 'many',
      type: () => LiveMoney,
      description: 'The money that it brought, once for each currency; for the creator and operators.',
      key: ({ id }) => id,
      load: moneyOfSession,
      access: hostSide,
    },
    productFigures: {
      kind: 'many',
      type: () => LiveProductFigures,
      description:
        'What came of each product, at most 200, that with the highest GMV first; for the creator and operators.',
      key: ({ id }) => id,
      load: productsOfSession,
      access: hostSide,
    },
  }),
  ...relate<LiveProductFiguresRow>(LiveProductFigures, {
    product: toProductOrNone('The product; null where the caller cannot see it.'),
  }),
  ...relate<LivePlanRow>(LivePlan, {
    creator: toCreator('The creator.'),
    liveSession: toOneOrNone(
      () => LiveSession,
      liveSessionById,
      'liveSessionId',
      'The session, once it has begun.',
    ),
    current: {
      kind: 'one',
      type: () => LivePlanVersion,
      description: 'What it says now.',
      key: ({ id }) => id,
      load: lastVersionOfPlan,
      nullable: false,
    },
    versions: {
      kind: 'page',
      type: () => LivePlanVersion,
      description: 'All of its versions, newest first.',
      key: ({ id }) => id,
      load: versionsOfPlan,
    },
  }),
  ...relate<LivePlanVersionRow>(LivePlanVersion, {
    merchandise: {
      kind: 'many',
      type: () => LivePlanMerchandise,
      description: 'What is to be sold, at most 200.',
      key: ({ planId, version }) => [planId, String(version)],
      load: merchandiseOfVersion,
    },
  }),
  ...relate<MerchandiseRow>(LivePlanMerchandise, {
    product: toProductOrNone('The product; null where the caller cannot see it.'),
  }),
  ...relate<BoardRow>(LiveSessionBoard, { liveSession: toSession }),
  ...relate<NamedCreator>(Creator, {
    liveSessions: {
      kind: 'page',
      type: () => LiveSession,
      description: 'The live sessions of the creator, newest first.',
      key: ({ id }) => id,
      load: sessionsOfCreator,
    },
    livePlans: {
      kind: 'page',
      type: () => LivePlan,
      description: 'The plans of live sessions, newest first; for the creator and operators.',
      key: ({ id }) => id,
      load: plansOfCreator,
      access: selfAndOperators,
    },
  }),
  ...relate<LiveItemRow>(LiveItem, {
    liveSession: toSession,
    product: toProductOrNone('The product; null where the caller cannot see it.'),
    brand: toBrand('The brand that sells it.'),
    flash: {
      kind: 'one',
      type: () => LiveFlash,
      description: 'What it was listed with, for this session alone; null for products of the pool.',
      key: ({ productId }) => productId,
      load: flashOfProduct,
      nullable: true,
    },
    offers: {
      kind: 'many',
      type: () => LiveOffer,
      description: 'What its SKUs cost in the session; those without an offer cost what they always do.',
      key: ({ id }) => id,
      load: offersOfItem,
    },
  }),
  ...relate<LiveOfferRow>(LiveOffer, {
    item: toOne(() => LiveItem, liveItemById, 'itemId', 'The item in the cart.'),
    sku: toSkuOrNone('The SKU; null where the caller cannot see it.'),
  }),
  ...relate<NamedBrand>(Brand, {
    liveItems: {
      kind: 'page',
      type: () => LiveItem,
      description: 'Its products in the carts of live sessions, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: itemsOfBrand,
      access: selfAndOperators,
    },
  }),
];
