import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { EstimatedMoney, MoneyField, SettledMoney } from '../../graphql/money.ts';
import type { StoryRun } from './run-story.ts';
import { STORIES, type StoryName } from './stories.ts';
import type { StoryFigure, StoryStep } from './story.ts';

export const StoryNameEnum = declareEnum<StoryName>(
  'SandboxStoryName',
  'A ready story of a sandbox.',
  Object.fromEntries(Object.entries(STORIES).map(([name, { about }]) => [name, about])) as Record<
    StoryName,
    string
  >,
);

@Access(withParent)
@ObjectType({
  description: 'A ready story, which shows what becomes of an order, with parties and goods of its own.',
})
export class SandboxStory {
  @Field(() => StoryNameEnum, { description: 'Its name, by which it is run.' })
  name!: StoryName;

  @Field(() => String, { description: 'What it shows.' })
  about!: string;

  @Field(() => Int, {
    description:
      'By how many days at most the clock of the sandbox goes forward, by the rules of a new alliance.',
  })
  days!: number;
}

@Access(withParent)
@ObjectType({ description: 'What one payee has after a step of a story, on both tracks.' })
export class SandboxFigure implements Pick<StoryFigure, 'part'> {
  @Field(() => String, { description: 'As what it is paid in the story.' })
  part!: string;

  @MoneyField('estimatedMinor', {
    type: EstimatedMoney,
    description: 'What is estimated of lines that are not settled.',
  })
  estimated!: unknown;

  @MoneyField('payableMinor', { type: SettledMoney, description: 'What it may be paid out.' })
  payable!: unknown;

  @MoneyField('reservedMinor', { type: SettledMoney, description: 'What is kept in reserve.' })
  reserved!: unknown;

  @MoneyField('owedMinor', { type: SettledMoney, description: 'What it owes after clawbacks.' })
  owed!: unknown;

  @MoneyField('underWayMinor', {
    type: SettledMoney,
    description: 'What is in a payout that has no end yet.',
  })
  underWay!: unknown;

  @MoneyField('paidOutMinor', { type: SettledMoney, description: 'What was paid out, with tax withheld.' })
  paidOut!: unknown;
}

@Access(withParent)
@ObjectType({ description: 'One step of a story.' })
export class SandboxStoryStep implements Pick<StoryStep, 'at' | 'what'> {
  @Field(() => GraphQLDateTimeISO, { description: 'When it happened, by the clock of the sandbox.' })
  at!: Date;

  @Field(() => String, { description: 'What happened.' })
  what!: string;

  @Field(() => [SandboxFigure], { description: 'What each payee of the story had then.' })
  figures!: readonly StoryFigure[];
}

@Access(withParent)
@ObjectType({ description: 'A story that was run.' })
export class SandboxStoryRun implements Pick<StoryRun, 'story' | 'beganAt' | 'endedAt'> {
  @Field(() => StoryNameEnum, { description: 'Which story.' })
  story!: StoryName;

  @Field(() => GraphQLDateTimeISO, { description: 'What time it was when it began.' })
  beganAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'What time it was when it was over.' })
  endedAt!: Date;

  @Field(() => [SandboxStoryStep], { description: 'What happened, in its order.' })
  steps!: readonly StoryStep[];
}

@InputType({ description: 'The story to run.' })
export class SandboxStoryRunInput {
  @Field(() => StoryNameEnum, { description: 'Which story.' })
  story!: StoryName;

  @Field(() => ID, {
    nullable: true,
    description: 'A brand of the caller whose goods it is to be about; a brand of its own when left out.',
  })
  brandId?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}
