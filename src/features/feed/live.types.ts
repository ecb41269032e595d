import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import type { ChangeRow, FeedPlace } from '../../db/read-changes.ts';
import { Access, withParent } from '../../graphql/access.ts';
import { EventKindEnum } from '../../graphql/event-kind.ts';
import { ChangeEvent } from './change.types.ts';

@Access(withParent)
@ObjectType({ description: 'An event that has just come into the change feed.' })
export class ChangeAdded {
  @Field(() => String, {
    description:
      'Its place in the feed, to go on from by `changes(after:)` or a new subscription when this one is lost.',
  })
  cursor!: string;

  @Field(() => ChangeEvent, { description: 'The event.' })
  event!: ChangeRow;
}

/** Whose sums have changed, and up to which place of the feed they tell. */
export interface SumsRow {
  readonly place: FeedPlace;
  readonly creatorId: string | null;
  readonly agencyId: string | null;
}

@Access(withParent)
@ObjectType({
  description:
    'That balances or earnings have changed, of a creator or an agency: ask for those that are shown.',
})
export class EarningsChanged {
  @Field(() => String, { description: 'The place in the change feed up to which it tells.' })
  cursor!: string;
}

@ArgsType()
export class ChangeAddedArgs {
  @Field(() => [EventKindEnum], {
    nullable: true,
    description: 'Events of these kinds alone; all kinds when left out.',
  })
  kinds?: ChangeRow['kind'][] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The cursor after which to begin, so that nothing is missed between; from now on when left out.',
  })
  after?: string | null;
}

@ArgsType()
export class EarningsChangedArgs {
  @Field(() => ID, {
    nullable: true,
    description:
      'The creator or agency; when left out, the first creator or else agency that the caller belongs to.',
  })
  organisationId?: string | null;
}
