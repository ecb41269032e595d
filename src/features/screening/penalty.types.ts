import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { appealableUntil } from './appeal-penalty.ts';
import type { AppealState, PenaltyKind } from './finding-state.ts';
import { type PenaltyRow, penaltyById } from './penalty.loaders.ts';
import { writerSide } from './screening.access.ts';

const KindEnum = declareEnum<PenaltyKind>('ClaimPenaltyKind', 'What an exaggeration costs.', {
  WARNING: 'Nothing but the warning.',
  SUSPENDED:
    'Until a date a brand is out of the pool and gets no new plans; a creator begins no live session and promotes nothing new.',
  EXPELLED: 'The same without end.',
});

const AppealStateEnum = declareEnum<AppealState>('ClaimAppealState', 'Where an appeal stands.', {
  OPEN: 'Waiting for an operator; the penalty holds meanwhile.',
  GRANTED: 'The penalty is lifted.',
  REJECTED: 'The penalty stays.',
});

const AppealOutcomeEnum = declareEnum<'GRANTED' | 'REJECTED'>(
  'ClaimAppealOutcome',
  'How an appeal is decided.',
  {
    GRANTED: 'The penalty is lifted.',
    REJECTED: 'The penalty stays.',
  },
);

@Access(withParent)
@ObjectType({ description: 'An appeal against a penalty of the screening.' })
export class ClaimAppeal {
  @Computed<PenaltyRow>(({ appealState }) => appealState)
  @Field(() => AppealStateEnum, { description: 'Where it stands.' })
  state!: AppealState;

  @Computed<PenaltyRow>(({ appealText }) => appealText)
  @Field(() => String, { description: 'What the party says.' })
  text!: string;

  @Computed<PenaltyRow>(({ appealedAt }) => appealedAt)
  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  appealedAt!: Date;

  @Computed<PenaltyRow>(({ appealNote }) => appealNote)
  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  note?: string | null;

  @Computed<PenaltyRow>(({ appealDecidedAt }) => appealDecidedAt)
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was decided.' })
  decidedAt?: Date | null;
}

@Access(writerSide)
@ObjectType({ implements: Node, description: 'A penalty for an exaggeration that an operator has upheld.' })
export class ClaimPenalty extends Node implements Pick<PenaltyRow, 'kind' | 'givenAt'> {
  @Field(() => KindEnum, { description: 'What it is.' })
  kind!: PenaltyKind;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was given, from when on it holds.' })
  givenAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When a suspension ends.' })
  endsAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was lifted, by an appeal.' })
  liftedAt?: Date | null;

  @Computed<PenaltyRow>(appealableUntil)
  @Field(() => GraphQLDateTimeISO, { description: 'Until when its party may appeal, once: 30 days.' })
  appealableUntil!: Date;

  @Computed<PenaltyRow>((row) => (row.appealState === null ? null : row))
  @Field(() => ClaimAppeal, { nullable: true, description: 'The appeal against it, if any.' })
  appeal?: unknown;
}
nodeType(ClaimPenalty, penaltyById);

@InputType({ description: 'A penalty for what is upheld.' })
export class PenaltyInput {
  @Field(() => KindEnum, { description: 'What it is.' })
  kind!: PenaltyKind;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When a suspension ends, within 366 days; left out for the others.',
  })
  endsAt?: Date | null;
}

@InputType({ description: 'An appeal against a penalty.' })
export class ClaimPenaltyAppealInput {
  @Field(() => ID, { description: 'The penalty.' })
  claimPenaltyId!: string;

  @Field(() => String, { description: 'What there is to say, 1 to 2,000 characters.' })
  text!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'The decision of an operator on an appeal.' })
export class ClaimAppealDecideInput {
  @Field(() => ID, { description: 'The penalty that is appealed against.' })
  claimPenaltyId!: string;

  @Field(() => AppealOutcomeEnum, { description: 'How it is decided.' })
  outcome!: 'GRANTED' | 'REJECTED';

  @Field(() => String, { description: 'Why, 1 to 500 characters, for the party.' })
  note!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}
