import { relate, toOneOrNone } from '../../graphql/relation.ts';
import { Enrolment, enrolmentById, type ReadEnrolment } from '../campaign/index.ts';
import {
  Creator,
  type Managed,
  type NamedCreator,
  readersOf,
  readersOfRow,
  toCreator,
} from '../creator/index.ts';
import { TermsResolution } from '../plan/index.ts';
import { toProduct } from '../product/index.ts';
import { spreadSide } from './link.access.ts';
import { linksOfCreator, spreadLinksOfEnrolment } from './link.loaders.ts';
import type { LiveSessionRow, PromotionLinkRow, ShowcaseItemRow } from './promotion.entity.ts';
import { showcaseOfCreator, termsNow } from './promotion.loaders.ts';
import { LiveSession, PromotionLink, ShowcaseItem } from './promotion.types.ts';

const creator = toCreator('The creator.');

/** What an item of a showcase and a link have in common: both are a pick of a creator. */
const pick = {
  creator,
  product: toProduct('The product.'),
  enrolment: toOneOrNone(
    () => Enrolment,
    enrolmentById,
    'enrolmentId',
    'The enrolment that it was picked from; null where none, or not open to the caller any more.',
  ),
  terms: {
    kind: 'one',
    type: () => TermsResolution,
    description:
      'Which terms apply to the creator and the product now, and why not the others; a part of the EARNINGS.',
    key: (row: ShowcaseItemRow | PromotionLinkRow) => [
      row.creatorId,
      row.productId,
      row.brandId,
      row.enrolmentId ?? '',
      'creatorPartBp' in row && row.creatorPartBp != null ? String(row.creatorPartBp) : '',
    ],
    load: termsNow,
    nullable: true,
    access: readersOfRow('EARNINGS'),
  },
} as const;

export const promotionRelations = [
  ...relate<Managed<ShowcaseItemRow>>(ShowcaseItem, pick),
  ...relate<Managed<PromotionLinkRow>>(PromotionLink, pick),
  ...relate<ReadEnrolment>(Enrolment, {
    spreadLinks: {
      kind: 'page',
      type: () => PromotionLink,
      description:
        'In a SPREAD campaign, the links that the agency has made, newest first; for it and operators.',
      key: ({ id }) => id,
      load: spreadLinksOfEnrolment,
      access: spreadSide,
    },
  }),
  ...relate<LiveSessionRow>(LiveSession, { creator }),
  ...relate<NamedCreator>(Creator, {
    showcase: {
      kind: 'page',
      type: () => ShowcaseItem,
      description: 'The products that the creator has picked, newest first.',
      key: ({ id }) => id,
      load: showcaseOfCreator,
      access: readersOf('SHOWCASE'),
    },
    promotionLinks: {
      kind: 'page',
      type: () => PromotionLink,
      description: "The creator's promotion links, newest first.",
      key: ({ id }) => id,
      load: linksOfCreator,
      access: readersOf('LINKS'),
    },
  }),
];
