import { selfAndOperators } from '../../graphql/access.ts';
import { relate, toOneOrNone } from '../../graphql/relation.ts';
import { toParty, toPartyOrNone } from '../account/index.ts';
import { Agency, type NamedAgency, toAgency } from '../agency/index.ts';
import { Creator, type NamedCreator, toCreator } from '../creator/index.ts';
import { creatorAndManager } from './contract.access.ts';
import type { ContractProposalRow } from './contract.entity.ts';
import {
  contractById,
  contractInForce,
  contractsOfAgency,
  contractsOfCreator,
  creatorsOfAgency,
  type ReadContract,
  versionsOfContract,
} from './contract.loaders.ts';
import { ContractTerms, CreatorContract } from './contract.types.ts';
import { proposalsOfAgency, proposalsOfContract, proposalsOfCreator } from './proposal.loaders.ts';
import { ContractProposal, ProposalPageArgs } from './proposal.types.ts';

const sides = {
  agency: toAgency('The managing agency.'),
  creator: toCreator('The creator.'),
} as const;

/** What the agency and the creator have alike. */
const proposals = {
  kind: 'page',
  type: () => ContractProposal,
  key: ({ id }: { id: string }) => id,
  args: () => ProposalPageArgs,
} as const;

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
    contracts: {
      kind: 'page',
      type: () => CreatorContract,
      description: 'Its contracts with creators, past ones too, newest first.',
      key: ({ id }) => id,
      load: contractsOfAgency,
      access: selfAndOperators,
    },
    contractProposals: {
      ...proposals,
      description: 'Its invitations, and changes proposed by either side, newest first.',
      load: proposalsOfAgency,
      access: selfAndOperators,
    },
  }),
  ...relate<NamedCreator>(Creator, {
    contractInForce: {
      kind: 'one',
      type: () => CreatorContract,
      description: 'The contract with a managing agency that is in force now: one at most.',
      key: ({ id }) => id,
      load: contractInForce,
      nullable: true,
      access: creatorAndManager,
    },
    contracts: {
      kind: 'page',
      type: () => CreatorContract,
      description:
        'The contracts with managing agencies, past ones too, newest first: of those the ones that the caller is a ' +
        'side of.',
      key: ({ id }) => id,
      load: contractsOfCreator,
    },
    contractProposals: {
      ...proposals,
      description: 'Invitations to the creator, and changes proposed by either side, newest first.',
      load: proposalsOfCreator,
      access: selfAndOperators,
    },
  }),
  ...relate<ReadContract>(CreatorContract, {
    ...sides,
    endAskedBy: toPartyOrNone('endAskedBy', 'Who asked for its end; null where nobody has.'),
    versions: {
      kind: 'page',
      type: () => ContractTerms,
      description: 'All versions of its terms, newest first.',
      key: ({ id }) => id,
      load: versionsOfContract,
    },
    proposals: {
      ...proposals,
      description: 'The invitation that it came from and the changes proposed, newest first.',
      load: proposalsOfContract,
    },
  }),
  ...relate<ContractProposalRow>(ContractProposal, {
    ...sides,
    proposedBy: toParty('proposedBy', 'The side that proposes it.'),
    contract: toOneOrNone(
      () => CreatorContract,
      contractById,
      'contractId',
      'The contract that it changes, or that it has led to; null for an invitation not accepted.',
    ),
  }),
];
