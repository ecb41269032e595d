import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars';
import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import type { EventKind } from '../../db/outbox.ts';
import type { ChangeRow } from '../../db/read-changes.ts';
import { Access } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { EventKindEnum } from '../../graphql/event-kind.ts';
import { Computed } from '../../graphql/money.ts';
import { globalIdOf, Node, nodeType } from '../../graphql/node.ts';
import { concerned } from './change.access.ts';
import { changeById } from './change.loaders.ts';

@Access(concerned)
@ObjectType({
  implements: Node,
  description:
    'Something that has happened and concerns the caller. It is kept for 90 days and never changes.',
})
export class ChangeEvent extends Node implements Pick<ChangeRow, 'kind' | 'at' | 'subjectId' | 'data'> {
  @Field(() => EventKindEnum, { description: 'What has happened.' })
  kind!: EventKind;

  @Field(() => GraphQLDateTimeISO, {
    description:
      'When it happened, by the clock of the alliance. The order of the feed is that of its cursors, not of this.',
  })
  at!: Date;

  @Computed<ChangeRow>(({ subjectType, subjectId, brandId }) =>
    globalIdOf(subjectType, subjectOf(subjectId, brandId)),
  )
  @Field(() => ID, { description: 'The global id of what it is about.' })
  subjectId!: string;

  @Field(() => GraphQLJSONObject, {
    description:
      'What a reader needs beside the object itself, by the description of the kind. Amounts are whole minor units as text.',
  })
  data!: ChangeRow['data'];
}

const subjectOf = (id: string, brandId: string | null) => ({ id, brandId: brandId ?? undefined });

nodeType(ChangeEvent, changeById);

@ArgsType()
export class ChangesArgs extends PageArgs {
  @Field(() => [EventKindEnum], {
    nullable: true,
    description: 'Events of these kinds alone; all kinds when left out.',
  })
  kinds?: EventKind[] | null;
}
