import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access, selfAndOperators, withParent } from '../../graphql/access.ts';
import type { Role } from '../../graphql/actor.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { ToPage } from '../../graphql/relation.ts';
import { UserError } from '../../graphql/user-errors.ts';
import { ofOwnOrganisation } from './account.access.ts';
import { RoleEnum } from './account.types.ts';
import { type Member, memberById, membersOfParty } from './member.loaders.ts';

@Access(ofOwnOrganisation)
@ObjectType({ implements: Node, description: 'A person who may act for an organisation, and how far.' })
export class OrganisationMember
  extends Node
  implements Pick<Member, 'name' | 'role' | 'since' | 'issuer' | 'subject'>
{
  @Field(() => String, { description: 'The name of the person.' })
  name!: string;

  @Field(() => RoleEnum, { description: 'How far the person may act.' })
  role!: Role;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when the person belongs to the organisation.' })
  since!: Date;

  @Field(() => String, { description: "The issuer of the person's access tokens." })
  issuer!: string;

  @Field(() => String, {
    description: "The person's subject in those tokens, as `membershipGrant` takes it.",
  })
  subject!: string;
}

/** The relation `members` of a kind of organisation, declared by the feature that has its type. */
export const membersOf = <Parent extends { id: string }>(): ToPage<Parent> => ({
  kind: 'page',
  type: () => OrganisationMember,
  description: 'Who may act for it, and how far; who joined last comes first.',
  key: ({ id }) => id,
  load: membersOfParty,
  access: selfAndOperators,
});

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The person is the only owner that the organisation has: make another one first.',
})
export class LastOwner extends UserError {}

@InputType({ description: 'A person whose role to take away.' })
export class MembershipRevokeInput {
  @Field(() => ID, {
    description: 'The member, of an organisation that the caller owns; or oneself, to leave.',
  })
  memberId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(OrganisationMember, memberById);
