import { selfAndOperators } from '../../graphql/access.ts';
import { relate, type ToPage } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Creator, type NamedCreator, toCreator } from '../creator/index.ts';
import { lineById, OrderLine, type ReadLine, shopSide } from '../order/index.ts';
import {
  type AttributionClaimRow,
  attributionClaimsOfBrand,
  attributionClaimsOfCreator,
  attributionClaimsOfLine,
} from './claim.loaders.ts';
import { AttributionClaim } from './claim.types.ts';

const claims = (description: string, load: ToPage<{ readonly id: string }>['load']) =>
  ({
    kind: 'page',
    type: () => AttributionClaim,
    description,
    key: ({ id }: { readonly id: string }) => id,
    load,
    access: selfAndOperators,
  }) as const;

export const attributionRelations = [
  ...relate<NamedBrand>(Brand, {
    attributionClaims: claims(
      'The claims of creators on its order lines that are credited to nobody, newest first; for itself and operators.',
      attributionClaimsOfBrand,
    ),
  }),
  ...relate<NamedCreator>(Creator, {
    attributionClaims: claims(
      'What it has claimed of order lines that are credited to nobody, newest first; for itself and operators.',
      attributionClaimsOfCreator,
    ),
  }),
  ...relate<AttributionClaimRow>(AttributionClaim, {
    brand: toBrand('The brand that sold it.'),
    creator: toCreator('The creator who claims it.'),
    orderLine: {
      kind: 'one',
      type: () => OrderLine,
      description:
        'The order line; null where it is not open to the caller, as to a creator before it is upheld.',
      key: ({ brandId, lineId }) => [brandId, lineId],
      load: lineById,
      nullable: true,
    },
  }),
  ...relate<ReadLine>(OrderLine, {
    attributionClaims: {
      kind: 'page',
      type: () => AttributionClaim,
      description: 'The claims of creators on it, newest first; for the brand and operators.',
      key: ({ brandId, id }) => [brandId, id],
      load: attributionClaimsOfLine,
      access: shopSide,
    },
  }),
];
