import { rule, selfAndOperators } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { relate } from '../../graphql/relation.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, creatorById, type NamedCreator } from '../creator/index.ts';
import type { BeltRow } from './agency.entity.ts';
import {
  agencyById,
  beltById,
  type CurrentContract,
  contractsOfCreator,
  creatorsOfAgency,
  type NamedAgency,
} from './agency.loaders.ts';
import { Agency, CreatorContract, IndustrialBelt } from './agency.types.ts';

const ownContracts = rule<NamedCreator>(
  'the creator, the managing agency and operators',
  (actor, { id, managedBy }) => isMember(actor, id) || isMember(actor, managedBy) || isOperator(actor),
);

export const agencyRelations = [
  ...relate<NamedAgency>(Agency, {
    creators: {
      kind: 'page',
      type: () => Creator,
      description: 'The creators under contract now, newest contract first.',
      key: ({ id }) => id,
      load: creatorsOfAgency,
      access: selfAndOperators,
    },
  }),
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
  ...relate<NamedCreator>(Creator, {
    contracts: {
      kind: 'many',
      type: () => CreatorContract,
      description: 'The contract with a managing agency that is in force: one at most.',
      key: ({ id }) => id,
      load: contractsOfCreator,
      access: ownContracts,
    },
  }),
  ...relate<CurrentContract>(CreatorContract, {
    agency: {
      kind: 'one',
      type: () => Agency,
      description: 'The managing agency.',
      key: ({ agencyId }) => agencyId,
      load: agencyById,
      nullable: false,
    },
    creator: {
      kind: 'one',
      type: () => Creator,
      description: 'The creator.',
      key: ({ creatorId }) => creatorId,
      load: creatorById,
      nullable: false,
    },
  }),
];
