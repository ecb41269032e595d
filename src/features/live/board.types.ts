import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';

/** How a session stood at a moment. */
export interface BoardRow {
  readonly liveSessionId: string;
  readonly at: Date;
}

@Access(withParent)
@ObjectType({ description: 'How a live session stands: ask for the figures that are shown.' })
export class LiveSessionBoard implements Pick<BoardRow, 'at'> {
  @Field(() => GraphQLDateTimeISO, { description: 'When it stood so.' })
  at!: Date;
}

@ArgsType()
export class LiveSessionBoardArgs {
  @Field(() => ID, { description: 'The session.' })
  liveSessionId!: string;
}
