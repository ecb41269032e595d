import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { MoneyField } from '../../graphql/money.ts';
import type { StandingRow } from './board.loaders.ts';
import type { Board } from './official-event.loaders.ts';
import { BoardEnum } from './official-event.types.ts';

@Access(withParent)
@ObjectType({ description: 'Where a party stands on a board of an official event.' })
export class OfficialEventStanding implements Pick<StandingRow, 'rank'> {
  @Field(() => Int, { description: 'How many have more, and one: the same amount has the same rank.' })
  rank!: number;

  @MoneyField('netMinor', { description: 'What buyers paid for the goods, less what came back.' })
  amount!: object;

  @MoneyField('prizeMinor', {
    nullable: true,
    description: 'What it has won, as the board stood when the event was closed; null before.',
  })
  prize?: object | null;
}

@ArgsType()
export class StandingsArgs extends PageArgs {
  @Field(() => BoardEnum, { defaultValue: 'CREATORS', description: 'Which board.' })
  board!: Board;
}

/** How an event stood at a moment. */
export interface EventBoardRow {
  readonly officialEventId: string;
  readonly at: Date;
}

@Access(withParent)
@ObjectType({ description: 'How an official event stands: ask for the boards that are shown.' })
export class OfficialEventBoard implements Pick<EventBoardRow, 'at'> {
  @Field(() => GraphQLDateTimeISO, { description: 'When it stood so.' })
  at!: Date;
}

@ArgsType()
export class OfficialEventBoardArgs {
  @Field(() => ID, { description: 'The event.' })
  officialEventId!: string;
}
