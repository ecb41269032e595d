import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Computed } from '../../graphql/money.ts';
import type { ClockMove } from './move-clock.ts';

@Access(withParent)
@ObjectType({
  description:
    'The virtual clock of a sandbox 沙箱. It stands still until it is moved, and never goes back; everything goes by it.',
})
export class SandboxTime {
  @Field(() => GraphQLDateTimeISO, { description: 'What time it is in the sandbox.' })
  now!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When the sandbox began.' })
  startedAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    description: "The next midnight of the alliance's time zone, at which settlement runs.",
  })
  nextMidnight!: Date;
}

@Access(withParent)
@ObjectType({ description: 'A move of the clock of a sandbox.' })
export class SandboxMove implements Pick<ClockMove, 'fromAt' | 'toAt'> {
  @Field(() => GraphQLDateTimeISO, { description: 'What time it was.' })
  fromAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'The moment that was asked for.' })
  toAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    description: 'How far the clock has come: all that was due by then is done.',
  })
  reachedAt!: Date;

  @Computed<ClockMove>(({ toAt, reachedAt }) => reachedAt?.getTime() === toAt.getTime())
  @Field(() => Boolean, {
    description:
      'Whether it came to the end. A very long way takes several calls: ask again, under a new key, for the same moment.',
  })
  isComplete!: boolean;
}

@InputType({ description: 'A length of time. A day has 24 hours, whatever the clocks on the wall do.' })
export class SandboxLengthInput {
  @Field(() => Int, { nullable: true, description: 'Days of 24 hours.' })
  days?: number | null;

  @Field(() => Int, { nullable: true, description: 'Hours.' })
  hours?: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  minutes?: number | null;
}

@InputType({ description: 'How far the clock of a sandbox is to move: to a moment, or by a length.' })
export class SandboxClockAdvanceInput {
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'The moment, later than it is in the sandbox, by at most 400 days.',
  })
  to?: Date | null;

  @Field(() => SandboxLengthInput, { nullable: true, description: 'The length, at most 400 days.' })
  by?: SandboxLengthInput | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}
