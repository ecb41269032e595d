import { rule, selfAndOperators } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { relate } from '../../graphql/relation.ts';
import { Agency, agencyById, type NamedAgency } from '../agency/index.ts';
import { Creator, creatorById, type NamedCreator } from '../creator/index.ts';
import { type CurrentContract, contractsOfCreator, creatorsOfAgency } from './contract.loaders.ts';
import { CreatorContract } from './contract.types.ts';

const ownContracts = rule<NamedCreator>(
  'the creator, the managing agency and operators',
  (actor, { id, managedBy }) => isMember(actor, id) || isMember(actor, managedBy) || isOperator(actor),
);

export const contractRelations = [
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
