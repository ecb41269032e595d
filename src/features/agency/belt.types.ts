import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access, rule, signedIn } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { BeltRow } from './belt.entity.ts';
import { beltById, beltJoinById, type ReadBeltJoin } from './belt.loaders.ts';
import type { BeltJoinState } from './belt-join-state.ts';

@Access(signedIn)
@ObjectType({
  implements: Node,
  description: 'An industrial belt 产业带: a regional cluster of brands, run by an agency.',
})
export class IndustrialBelt extends Node implements Pick<BeltRow, 'name' | 'region' | 'about'> {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'Where it lies.' })
  region!: string;

  @Field(() => String, { description: 'What it is known for.' })
  about!: string;
}

const BeltJoinStateEnum = declareEnum('BeltJoinState', 'What became of a request to join a belt.', {
  ASKED: 'Not answered.',
  ACCEPTED: 'The brand was taken in.',
  DECLINED: 'The agency of the belt said no, and why.',
  WITHDRAWN: 'The brand has taken it back.',
});

const joinSides = rule<ReadBeltJoin>(
  'the brand, the agency of the belt and operators',
  (actor, { brandId, agencyId }) =>
    isMember(actor, brandId) || isMember(actor, agencyId) || isOperator(actor),
);

@Access(joinSides)
@ObjectType({ implements: Node, description: 'A request of a brand to join an industrial belt.' })
export class BeltJoin extends Node implements Pick<ReadBeltJoin, 'state' | 'message' | 'askedAt'> {
  @Field(() => BeltJoinStateEnum, { description: 'What became of it.' })
  state!: BeltJoinState;

  @Field(() => String, { description: 'What the brand says to it.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'Why it was declined, if it was.' })
  reason?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  askedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was answered or taken back.' })
  decidedAt?: Date | null;
}

@InputType({ description: 'A belt to found.' })
export class BeltFoundInput {
  @Field(() => ID, { description: 'The agency that runs it, certified for BELT_BASE.' })
  agencyId!: string;

  @Field(() => String, { description: 'Its name, 1 to 100 characters; no other belt has it.' })
  name!: string;

  @Field(() => String, { description: 'Where it lies, 1 to 100 characters.' })
  region!: string;

  @Field(() => String, { description: 'What it is known for, at most 2,000 characters.' })
  about!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What to change of a belt; what is left out stays as it is.' })
export class BeltChangeInput {
  @Field(() => ID, { description: 'The belt.' })
  beltId!: string;

  @Field(() => String, { nullable: true, description: 'Its name, 1 to 100 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Where it lies, 1 to 100 characters.' })
  region?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is known for, at most 2,000 characters.' })
  about?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A belt to ask for a place in it.' })
export class BeltJoinInput {
  @Field(() => ID, { description: 'The brand that asks.' })
  brandId!: string;

  @Field(() => ID, { description: 'The belt.' })
  beltId!: string;

  @Field(() => String, { description: 'A word to the agency of the belt, at most 1,000 characters.' })
  message!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An answer to a request to join a belt.' })
export class BeltJoinAnswerInput {
  @Field(() => ID, { description: 'The request.' })
  joinId!: string;

  @Field(() => Boolean, { description: 'True to take the brand in.' })
  accept!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Why not, 1 to 500 characters; required when declining, and only then.',
  })
  reason?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A request to join a belt to take back.' })
export class BeltJoinWithdrawInput {
  @Field(() => ID, { description: 'The request.' })
  joinId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A brand that leaves its belt.' })
export class BeltLeaveInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(IndustrialBelt, beltById);
nodeType(BeltJoin, beltJoinById);
