import { relate } from '../../graphql/relation.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import type { BeltRow } from './agency.entity.ts';
import { agencyById, beltById } from './agency.loaders.ts';
import { Agency, IndustrialBelt } from './agency.types.ts';

export const agencyRelations = [
  ...relate<BeltRow>(IndustrialBelt, {
    agency: {
      kind: 'one',
      type: () => Agency,
      description: 'The agency that runs it.',
      key: ({ agencyId }) => agencyId,
      load: agencyById,
      nullable: false,
    },
  }),
  ...relate<NamedBrand>(Brand, {
    belt: {
      kind: 'one',
      type: () => IndustrialBelt,
      description: 'The industrial belt that the brand belongs to, if any.',
      key: ({ beltId }) => beltId ?? null,
      load: beltById,
      nullable: true,
    },
  }),
];
