import { GraphQLDate } from 'graphql-scalars';
import { ArgsType, Field } from 'type-graphql';
import type { Days } from '../../graphql/asked-days.ts';
import { PageArgs } from '../../graphql/connection.ts';

export const MOST_DAYS = 400;

@ArgsType()
export abstract class DaysArgs extends PageArgs implements Days {
  @Field(() => GraphQLDate, {
    nullable: true,
    description: 'The first day on which the lines were placed; when left out, 29 days before the last one.',
  })
  from?: Date | null;

  @Field(() => GraphQLDate, {
    nullable: true,
    description: `The last day, of at most ${MOST_DAYS}; when left out, 29 days after the first one, or else today.`,
  })
  to?: Date | null;
}
