import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { LiveBaseRow, LiveBaseState } from './belt.entity.ts';
import { liveBaseById } from './belt.loaders.ts';

const LiveBaseStateEnum = declareEnum('LiveBaseState', 'Whether one can go live in a live base.', {
  OPEN: 'One can.',
  CLOSED: 'It was closed for good.',
});

@Access(signedIn)
@ObjectType({
  implements: Node,
  description:
    'A live base 直播基地 of an industrial belt: rooms in which creators sell what the belt makes.',
})
export class LiveBase
  extends Node
  implements Pick<LiveBaseRow, 'name' | 'city' | 'address' | 'rooms' | 'state' | 'openedAt'>
{
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'The city that it lies in.' })
  city!: string;

  @Field(() => String, { description: 'Where it is. Members of the alliance see it, so that they can come.' })
  address!: string;

  @Field(() => Int, { description: 'How many rooms one can go live in.' })
  rooms!: number;

  @Field(() => LiveBaseStateEnum, { description: 'Whether one can go live in it.' })
  state!: LiveBaseState;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was opened.' })
  openedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was closed, if it was.' })
  closedAt?: Date | null;
}

@InputType({ description: 'A live base to open.' })
export class LiveBaseOpenInput {
  @Field(() => ID, { description: 'The belt, whose agency is certified for BELT_BASE.' })
  beltId!: string;

  @Field(() => String, {
    description: 'Its name, 1 to 100 characters; no other open one of the belt has it.',
  })
  name!: string;

  @Field(() => String, { description: 'The city that it lies in, 1 to 100 characters.' })
  city!: string;

  @Field(() => String, { description: 'Where it is, 1 to 300 characters. Members of the alliance see it.' })
  address!: string;

  @Field(() => Int, { description: 'How many rooms, 1 to 10,000.' })
  rooms!: number;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A live base to close for good.' })
export class LiveBaseCloseInput {
  @Field(() => ID, { description: 'The live base.' })
  liveBaseId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(LiveBase, liveBaseById);
