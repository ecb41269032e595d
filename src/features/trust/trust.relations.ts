import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Creator, type NamedCreator } from '../creator/index.ts';
import { lineById, OrderLine, type ReadLine, shopSide } from '../order/index.ts';
import { Product, type ProductRow, productById } from '../product/index.ts';
import { type ClaimRow, claimsOfBrand, claimsOfCreator, claimsOfLine } from './claim.loaders.ts';
import { TrustClaim } from './claim.types.ts';
import {
  cardOfLine,
  membershipOfBrand,
  protectionsOfLine,
  scoreOfParty,
  trustOfBrand,
  trustOfProduct,
} from './trust.loaders.ts';
import {
  BrandTrust,
  LineProtection,
  ProductTrust,
  TrustBuyMembership,
  TrustCard,
  TrustScore,
} from './trust.types.ts';

const ofClaims = relate<ClaimRow>(TrustClaim, {
  orderLine: {
    kind: 'one',
    type: () => OrderLine,
    description: 'The order line.',
    key: ({ brandId, lineId }) => [brandId, lineId],
    load: lineById,
    nullable: false,
  },
  product: toOne(() => Product, productById, 'productId', 'What was sold.'),
  brand: toBrand('The brand that sold it.'),
});

const ofLines = relate<ReadLine>(OrderLine, {
  protections: {
    kind: 'many',
    type: () => LineProtection,
    description: 'The protections that it was placed under. They never change.',
    key: ({ brandId, id }) => [brandId, id],
    load: protectionsOfLine,
  },
  trustCard: {
    kind: 'one',
    type: () => TrustCard,
    description: 'The Trust Card of its buyer; for the brand and operators.',
    key: ({ brandId, id }) => [brandId, id],
    load: cardOfLine,
    nullable: false,
    access: shopSide,
  },
  trustClaims: {
    kind: 'page',
    type: () => TrustClaim,
    description: 'The claims on it, newest first; for the brand and operators.',
    key: ({ brandId, id }) => [brandId, id],
    load: claimsOfLine,
    access: shopSide,
  },
});

const ofBrands = relate<NamedBrand>(Brand, {
  trust: {
    kind: 'one',
    type: () => BrandTrust,
    description: 'Whether it is in Trust Buy.',
    key: ({ id }) => id,
    load: trustOfBrand,
    nullable: false,
  },
  trustBuyMembership: {
    kind: 'one',
    type: () => TrustBuyMembership,
    description: 'Its last membership in Trust Buy, or its application; for itself and operators.',
    key: ({ id }) => id,
    load: membershipOfBrand,
    nullable: true,
    access: selfAndOperators,
  },
  shopScore: {
    kind: 'one',
    type: () => TrustScore,
    description: 'Its shop score 店铺分; null before it was first counted.',
    key: ({ id }) => id,
    load: scoreOfParty,
    nullable: true,
  },
  trustClaims: {
    kind: 'page',
    type: () => TrustClaim,
    description: 'The claims on its order lines, newest first; for itself and operators.',
    key: ({ id }) => id,
    load: claimsOfBrand,
    access: selfAndOperators,
  },
});

const ofCreators = relate<NamedCreator>(Creator, {
  trustScore: {
    kind: 'one',
    type: () => TrustScore,
    description: 'The trust score 信任分 of the creator; null before it was first counted.',
    key: ({ id }) => id,
    load: scoreOfParty,
    nullable: true,
  },
  trustClaims: {
    kind: 'page',
    type: () => TrustClaim,
    description: 'The claims on the order lines that the creator is credited with, newest first; for itself.',
    key: ({ id }) => id,
    load: claimsOfCreator,
    access: selfAndOperators,
  },
});

export const trustRelations = [
  ...ofClaims,
  ...ofLines,
  ...ofBrands,
  ...ofCreators,
  ...relate<ProductRow>(Product, {
    trust: {
      kind: 'one',
      type: () => ProductTrust,
      description: 'Whether its brand is in Trust Buy, and the protections that it carries now.',
      key: ({ id }) => id,
      load: trustOfProduct,
      nullable: false,
    },
  }),
];
