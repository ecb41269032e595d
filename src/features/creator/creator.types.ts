import { Field, InputType, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { CreatorTier } from './creator.entity.ts';
import { creatorById, type NamedCreator } from './creator.loaders.ts';

const CreatorTierEnum = declareEnum('CreatorTier', 'How large a creator is, worked out from figures.', {
  ORDINARY: 'Most creators.',
  WAIST: 'The middle 腰部.',
  HEAD: 'The few largest 头部.',
});

@Access(signedIn)
@ObjectType({
  implements: Node,
  description: 'A creator 达人: promotes in live sessions and short videos, and owns no stock.',
})
export class Creator
  extends Node
  implements Pick<NamedCreator, 'name' | 'tier' | 'city' | 'about' | 'followers'>
{
  @Field(() => String, { description: 'The name that viewers know.' })
  name!: string;

  @Field(() => CreatorTierEnum, { description: 'How large the creator is.' })
  tier!: CreatorTier;

  @Field(() => String, { description: 'The city that the creator works from.' })
  city!: string;

  @Field(() => String, { description: 'What the creator says about themself.' })
  about!: string;

  @Field(() => BigIntText, { description: 'How many follow the creator.' })
  followers!: bigint;
}

@InputType({ description: 'What to enter as a new creator.' })
export class CreatorRegisterInput {
  @Field(() => String, { description: 'Its name, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { description: 'The city that it works from, 1 to 100 characters.' })
  city!: string;

  @Field(() => String, { description: 'What it says about itself, at most 2,000 characters.' })
  about!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(Creator, creatorById);
