import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access, rule, withParent } from '../../graphql/access.ts';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import type { PartyBlockRow } from './block.entity.ts';
import { blockById } from './block.loaders.ts';

const bothSides = rule<PartyBlockRow>(
  'the blocker, the blocked and operators',
  (actor, { blockerId, blockedId }) =>
    isMember(actor, blockerId) || isMember(actor, blockedId) || isOperator(actor),
);

@Access(bothSides)
@ObjectType({
  implements: Node,
  description:
    'That a party has blocked another: nothing new begins between them, and what runs ends by its rules.',
})
export class PartyBlock
  extends Node
  implements Pick<PartyBlockRow, 'reason' | 'blockedAt' | 'takesEffectAt' | 'runningUntil'>
{
  @Field(() => String, { description: 'Why, as the blocked reads it too.' })
  reason!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'From when nothing new begins.' })
  blockedAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    description: "From which midnight on the blocker's offers do not reach the blocked any more.",
  })
  takesEffectAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    description: "Until when those who promote already may go on, by the alliance's lock days.",
  })
  runningUntil!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was lifted; null while it holds.',
  })
  liftedAt?: Date | null;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The one has blocked the other already.' })
export class AlreadyBlocked extends UserError {}

@InputType({ description: 'Whom to block.' })
export class PartyBlockInput {
  @Field(() => ID, { description: 'The brand or agency that blocks.' })
  blockerId!: string;

  @Field(() => ID, { description: 'Whom: for a brand a creator or an agency, for an agency a brand.' })
  blockedId!: string;

  @Field(() => String, { description: 'Why, for the blocked to read, 1 to 500 characters.' })
  reason!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A block to lift.' })
export class PartyUnblockInput {
  @Field(() => ID, { description: 'The block.' })
  blockId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(PartyBlock, blockById);
