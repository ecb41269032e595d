import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, MoneyField } from '../../graphql/money.ts';
import type { LiveFiguresRow, LiveProductFiguresRow } from './figures.loaders.ts';

@Access(withParent)
@ObjectType({
  description:
    'What came of a live session so far: its lines that were paid and not called off before shipping.',
})
export class LiveFigures implements Omit<LiveFiguresRow, 'liveSessionId' | 'viewers' | 'watchedSeconds'> {
  @Field(() => BigIntText, { nullable: true, description: 'Viewers, as reported; null before that.' })
  viewers?: bigint | null;

  @Field(() => BigIntText, {
    nullable: true,
    description: 'Seconds that all of them watched it together; null where that is not reported.',
  })
  watchedSeconds?: bigint | null;

  @Field(() => Int, { description: 'Orders.' })
  orders!: number;

  @Field(() => Int, { description: 'Pieces.' })
  units!: number;

  @Field(() => Int, { description: 'Lines that are placed and not paid.' })
  unpaidLines!: number;

  @Field(() => Int, { description: 'Lines that were called off before shipping; they are no returns.' })
  cancelledLines!: number;

  @Field(() => Int, { description: 'Lines of which money was given back.' })
  returnedLines!: number;

  @Field(() => BigIntText, { description: 'Pieces that can be ordered at live prices now.' })
  stockLeft!: bigint;
}

@Access(withParent)
@ObjectType({ description: 'The money of a live session in one currency.' })
export class LiveMoney {
  @MoneyField('gmvMinor', { description: 'What buyers paid for goods.' })
  gmv!: unknown;

  @MoneyField('refundedMinor', { description: 'What they got back of it.' })
  refunded!: unknown;
}

@Access(withParent)
@ObjectType({ description: 'What came of one product in a live session.' })
export class LiveProductFigures
  extends LiveMoney
  implements Pick<LiveProductFiguresRow, 'orders' | 'units' | 'returnedLines'>
{
  @Field(() => Int, { description: 'Orders.' })
  orders!: number;

  @Field(() => Int, { description: 'Pieces.' })
  units!: number;

  @Field(() => Int, { description: 'Lines of which money was given back.' })
  returnedLines!: number;
}

@InputType({ description: 'What the platform of a live session says of its viewers.' })
export class LiveViewersReportInput {
  @Field(() => ID, { description: 'The session.' })
  liveSessionId!: string;

  @Field(() => BigIntText, { description: 'How many viewers it had, 0 or more; a later report replaces it.' })
  viewers!: bigint;

  @Field(() => BigIntText, {
    nullable: true,
    description: 'How many seconds all of them watched it together, 0 or more; unknown when left out.',
  })
  watchedSeconds?: bigint | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}
