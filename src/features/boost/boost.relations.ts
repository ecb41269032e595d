import { selfAndOperators } from '../../graphql/access.ts';
import { relate, type ToPage, toOneOrNone } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Creator, creatorById, type NamedCreator } from '../creator/index.ts';
import { toProductOrNone } from '../product/index.ts';
import { type BoostRow, boostsOfPayer, chargesOfBoost, figuresOfBoost } from './boost.loaders.ts';
import { Boost, BoostCharge, BoostFigures } from './boost.types.ts';

const bought: ToPage<{ readonly id: string }> = {
  kind: 'page',
  type: () => Boost,
  description: 'The boosts that it has bought, newest first; for itself and operators.',
  key: ({ id }) => id,
  load: boostsOfPayer,
  access: selfAndOperators,
};

export const boostRelations = [
  ...relate<NamedBrand>(Brand, { boosts: bought }),
  ...relate<NamedCreator>(Creator, { boosts: bought }),
  ...relate<BoostRow>(Boost, {
    product: toProductOrNone('The product; null where the caller cannot see it.'),
    brand: toBrand('The brand that sells it.'),
    creator: {
      ...toOneOrNone(
        () => Creator,
        creatorById,
        'payerId',
        'The creator who pays; null where the brand does.',
      ),
      key: ({ payerKind, payerId }: BoostRow) => (payerKind === 'CREATOR' ? payerId : null),
    },
    figures: {
      kind: 'one',
      type: () => BoostFigures,
      description: 'What it has brought so far.',
      key: ({ id }) => id,
      load: figuresOfBoost,
      nullable: false,
    },
    charges: {
      kind: 'page',
      type: () => BoostCharge,
      description: 'What was shown of it and what that has cost; what was shown last first.',
      key: ({ id }) => id,
      load: chargesOfBoost,
    },
  }),
];
