import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { lineById, OrderLine, type ReadLine, shopSide } from '../order/index.ts';
import { toProductOrNone } from '../product/index.ts';
import {
  creditsOfSharer,
  linksOfSharer,
  rewardsOfSharer,
  type ShareLinkRow,
  type ShareRewardRow,
  type SharerRow,
  type SharingTermsRow,
  shareLinkById,
  shareRewardOfLine,
  sharerById,
  sharersOfBrand,
  sharingTermsOfBrand,
} from './sharing.loaders.ts';
import { ShareCredit, ShareLink, ShareReward, Sharer, SharingTerms } from './sharing.types.ts';

export const sharingRelations = [
  ...relate<NamedBrand>(Brand, {
    sharingTerms: {
      kind: 'page',
      type: () => SharingTerms,
      description: 'What it gives to buyers who share, and gave, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: sharingTermsOfBrand,
      access: selfAndOperators,
    },
    sharers: {
      kind: 'page',
      type: () => Sharer,
      description: 'The buyers who share its products, newest first; for itself and operators.',
      key: ({ id }) => id,
      load: sharersOfBrand,
      access: selfAndOperators,
    },
  }),
  ...relate<SharingTermsRow>(SharingTerms, { brand: toBrand('The brand.') }),
  ...relate<SharerRow>(Sharer, {
    brand: toBrand('The brand whose products they share.'),
    links: {
      kind: 'page',
      type: () => ShareLink,
      description: 'Their links, newest first.',
      key: ({ id }) => id,
      load: linksOfSharer,
    },
    rewards: {
      kind: 'page',
      type: () => ShareReward,
      description: 'What the orders by their links bring, those that were placed last first.',
      key: ({ id }) => id,
      load: rewardsOfSharer,
    },
    credits: {
      kind: 'page',
      type: () => ShareCredit,
      description: 'What the shop has given them, last first.',
      key: ({ id }) => id,
      load: creditsOfSharer,
    },
  }),
  ...relate<ShareLinkRow>(ShareLink, {
    sharer: toOne(() => Sharer, sharerById, 'sharerId', 'Who shares.'),
    product: toProductOrNone('The product; null where the caller cannot see it.'),
  }),
  ...relate<ShareRewardRow>(ShareReward, {
    shareLink: {
      kind: 'one',
      type: () => ShareLink,
      description: 'The link; null where there is none with the code of the order.',
      key: ({ shareLinkId }) => shareLinkId,
      load: shareLinkById,
      nullable: true,
    },
    orderLine: {
      kind: 'one',
      type: () => OrderLine,
      description: 'The order line.',
      key: ({ brandId, lineId }) => [brandId, lineId],
      load: lineById,
      nullable: true,
    },
  }),
  ...relate<ReadLine>(OrderLine, {
    shareReward: {
      kind: 'one',
      type: () => ShareReward,
      description:
        'What it brings to the buyer by whose link it came; null where it came by none. For the brand and operators.',
      key: ({ brandId, id }) => [brandId, id],
      load: shareRewardOfLine,
      nullable: true,
      access: shopSide,
    },
  }),
];
