import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { CONTRACT_VISIBILITY, type ContractVisibility } from '../creator/index.ts';
import { contractSides } from './contract.access.ts';
import { contractById, type ReadContract, type ReadTerms } from './contract.loaders.ts';
import type { ContractState } from './contract-state.ts';

export const ContractVisibilityEnum = declareEnum<ContractVisibility>(
  'ContractVisibility',
  'A private part of a creator that the creator may let the managing agency see.',
  CONTRACT_VISIBILITY,
);

const ContractStateEnum = declareEnum<ContractState>(
  'CreatorContractState',
  'How a contract stands, by its dates.',
  {
    COMING: 'Agreed to, but not begun.',
    RUNNING: 'In force, open-ended or for the agreed time.',
    ENDING: 'In force until the end that one side has asked for.',
    ENDED: 'Over: the agency sees nothing of the creator any more.',
  },
);

@Access(withParent)
@ObjectType({
  description: 'One version of the terms of a contract: never edited, only followed by the next.',
})
export class ContractTerms implements Pick<ReadTerms, 'version' | 'visibility' | 'validFrom'> {
  @Field(() => Int, { description: 'Its number, from 1.' })
  version!: number;

  @Computed<ReadTerms>(({ shareBp }) => shareBp)
  @Field(() => BasisPointsScalar, {
    description: "What the agency gets of the creator's commission after the technical fee.",
  })
  shareRate!: number;

  @Field(() => [ContractVisibilityEnum], { description: 'What the creator lets the agency see.' })
  visibility!: ReadTerms['visibility'];

  @Field(() => GraphQLDateTimeISO, { description: 'From when these terms hold.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'Until when, without that moment; null while open. Equal to the start where they never held.',
  })
  validTo?: Date | null;
}

@Access(contractSides)
@ObjectType({
  implements: Node,
  description: 'A contract 签约 of a creator with a managing agency (MCN), past ones too.',
})
export class CreatorContract extends Node implements Pick<ReadContract, 'state' | 'startsAt'> {
  @Field(() => ContractStateEnum, { description: 'How it stands.' })
  state!: ContractState;

  @Computed<ReadContract>(({ createdAt }) => createdAt)
  @Field(() => GraphQLDateTimeISO, { description: 'When both sides had agreed.' })
  signedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'From when it is in force.' })
  startsAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it ends or has ended; null while it is open-ended.',
  })
  endsAt?: Date | null;

  @Field(() => ContractTerms, {
    description: 'The terms in force; before it begins the first to come, after its end the last.',
  })
  terms!: ReadTerms;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When its end was asked for, if it was.' })
  endAskedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why its end was asked for, if a reason was given.' })
  endReason?: string | null;
}

nodeType(CreatorContract, contractById);
