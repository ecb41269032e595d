import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { Computed, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { engagementReaders, engagementSides } from './engagement.access.ts';
import { engagementById, type ReadEngagement } from './engagement.loaders.ts';
import { type EngagementState, engagementStateOf } from './milestone-state.ts';

const EngagementStateEnum = declareEnum<EngagementState>(
  'EngagementState',
  'Where an engagement as a whole stands; it follows from its milestones.',
  {
    OFFERED: 'The provider has not answered.',
    DECLINED: 'The provider has not taken it.',
    WITHDRAWN: 'The brand has taken the offer back, or a block has ended it.',
    LAPSED: 'Nobody answered in time.',
    RUNNING: 'Some of the work is being done or waits for an answer.',
    DISPUTED: 'An operator is to decide on some of the work.',
    COMPLETED: 'All work has come to its end, and some of it was accepted or decided on.',
    CANCELLED: 'All work was cancelled before it was delivered.',
  },
);

@Access(engagementReaders)
@ObjectType({
  implements: Node,
  description:
    'A content engagement 磁力聚星: tasks that a brand orders from a creator or an agency at a price.',
})
export class Engagement
  extends Node
  implements Pick<ReadEngagement, 'title' | 'reviewDays' | 'changeRounds' | 'offeredAt' | 'lapsesAt'>
{
  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Access(engagementSides)
  @Field(() => String, {
    nullable: true,
    description: 'What is to be done; for the brand, the provider and operators.',
  })
  brief!: string;

  @Computed<ReadEngagement>(({ states }) => engagementStateOf(states))
  @Field(() => EngagementStateEnum, { description: 'Where it stands.' })
  state!: EngagementState;

  @MoneyField('priceMinor', { description: 'What all of its milestones cost together.' })
  price!: unknown;

  @Field(() => Int, {
    description: 'After how many days delivered work that the brand does not answer counts as accepted.',
  })
  reviewDays!: number;

  @Field(() => Int, { description: 'How many times the brand may ask for changes of a milestone.' })
  changeRounds!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was offered.' })
  offeredAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When the offer lapses, or would have lapsed.' })
  lapsesAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the offer was accepted, declined, withdrawn, or lapsed.',
  })
  answeredAt?: Date | null;

  @Access(engagementSides)
  @Field(() => String, {
    nullable: true,
    description: 'Why it was declined or withdrawn, if a reason was given; for both sides and operators.',
  })
  note?: string | null;
}

nodeType(Engagement, engagementById);
