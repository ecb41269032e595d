import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access, rule } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { BasisPointsScalar } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { CONTRACT_VISIBILITIES, CONTRACT_VISIBILITY, type ContractVisibility } from '../creator/index.ts';
import { type CurrentContract, contractById } from './contract.loaders.ts';

export const ContractVisibilityEnum = Object.fromEntries(
  CONTRACT_VISIBILITIES.map((part) => [part, part]),
) as Record<ContractVisibility, ContractVisibility>;
registerEnumType(ContractVisibilityEnum, {
  name: 'ContractVisibility',
  description: 'A private part of a creator that the creator may let the managing agency see.',
  valuesConfig: Object.fromEntries(
    CONTRACT_VISIBILITIES.map((part) => [part, { description: CONTRACT_VISIBILITY[part] }]),
  ) as never,
});

const contractSides = rule<CurrentContract>(
  'the creator, the agency and operators',
  (actor, { agencyId, creatorId }) =>
    isMember(actor, agencyId) || isMember(actor, creatorId) || isOperator(actor),
);

@Access(contractSides)
@ObjectType({
  implements: Node,
  description: 'A contract 签约 of a creator with a managing agency, as it is in force now.',
})
export class CreatorContract
  extends Node
  implements Pick<CurrentContract, 'shareBp' | 'visibility' | 'validFrom'>
{
  @Field(() => BasisPointsScalar, {
    description: 'What the agency gets of the commission after the technical fee.',
  })
  shareBp!: number;

  @Field(() => [ContractVisibilityEnum], { description: 'What the creator lets the agency see.' })
  visibility!: CurrentContract['visibility'];

  @Field(() => GraphQLDateTimeISO, { description: 'From when these terms hold.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when, if that is fixed.' })
  validTo?: Date | null;
}

nodeType(CreatorContract, contractById);
