import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import { contractSides } from './contract.access.ts';
import type { ContractProposalRow } from './contract.entity.ts';
import { ContractVisibilityEnum } from './contract.types.ts';
import { proposalById } from './proposal.loaders.ts';
import type { ProposalKind, ProposalState } from './proposal-state.ts';

const ProposalKindEnum = declareEnum<ProposalKind>(
  'ContractProposalKind',
  'What a proposal would bring about.',
  {
    INVITATION: 'A new contract; agencies invite.',
    CHANGE: 'Other terms for a running contract; either side proposes.',
  },
);

const ProposalStateEnum = declareEnum<ProposalState>(
  'ContractProposalState',
  'What has become of a proposal.',
  {
    PROPOSED: 'The other side may answer.',
    ACCEPTED: 'Agreed to.',
    DECLINED: 'Refused by the other side.',
    WITHDRAWN: 'Taken back by the side that proposed it.',
    LAPSED: 'Not answered in time, or the contract is ending.',
  },
);

@Access(contractSides)
@ObjectType({
  implements: Node,
  description: 'An invitation to a contract or a change of one, which the other side accepts or declines.',
})
export class ContractProposal
  extends Node
  implements
    Pick<ContractProposalRow, 'kind' | 'state' | 'visibility' | 'message' | 'proposedAt' | 'lapsesAt'>
{
  @Field(() => ProposalKindEnum, { description: 'What it would bring about.' })
  kind!: ProposalKind;

  @Field(() => ProposalStateEnum, { description: 'What has become of it.' })
  state!: ProposalState;

  @Computed<ContractProposalRow>(({ shareBp }) => shareBp)
  @Field(() => BasisPointsScalar, {
    description: "What the agency would get of the creator's commission after the technical fee.",
  })
  shareRate!: number;

  @Field(() => [ContractVisibilityEnum], { description: 'What the agency would see of the creator.' })
  visibility!: ContractProposalRow['visibility'];

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when; null for the moment of acceptance. A change holds from acceptance.',
  })
  startsAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when; null for open-ended.' })
  endsAt?: Date | null;

  @Field(() => String, { description: 'What the proposing side says to it.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'Why it was declined, if a reason was given.' })
  declineReason?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was proposed.' })
  proposedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'From this moment on it can be answered no more.' })
  lapsesAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was answered, taken back or lapsed.',
  })
  decidedAt?: Date | null;
}

@ArgsType()
export class ProposalPageArgs extends PageArgs {
  @Field(() => ProposalStateEnum, { nullable: true, description: 'Only those in this state; all without.' })
  state?: ProposalState | null;
}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'A proposal of this kind is open already: it is to be answered or withdrawn first.',
})
export class ProposalOpen extends UserError {}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The creator has a managing agency at that time; a creator has one at a time.',
})
export class AlreadyManaged extends UserError {}

nodeType(ContractProposal, proposalById);
