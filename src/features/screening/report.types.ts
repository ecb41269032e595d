import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import { FindingStateEnum, subjectOf } from './finding.types.ts';
import type { FindingState } from './finding-state.ts';
import { type ReportRow, reportById } from './report.loaders.ts';
import { reporterSide } from './screening.access.ts';

@Access(reporterSide)
@ObjectType({
  implements: Node,
  description:
    'That a member has reported a text for exaggeration. Whoever wrote the text does not learn who it was.',
})
export class ClaimReport extends Node implements Pick<ReportRow, 'words' | 'reportedAt' | 'state'> {
  @Computed<ReportRow>(subjectOf)
  @Field(() => ID, {
    description: 'The product, the plan of a live session, or the live session that the text is of.',
  })
  subjectId!: string;

  @Field(() => String, { description: 'What is wrong with it, in the words of the reporter.' })
  words!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was reported.' })
  reportedAt!: Date;

  @Field(() => FindingStateEnum, { description: 'What became of it.' })
  state!: FindingState;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was decided, or the text replaced.',
  })
  decidedAt?: Date | null;
}
nodeType(ClaimReport, reportById);

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The member has reported very many texts within 24 hours.',
})
export class TooManyReports extends UserError {
  @Field(() => Int, { description: 'So many may be reported within 24 hours.' })
  most!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on the next one is taken.' })
  retryAt!: Date;
}

@InputType({ description: 'A text that a member reports for exaggeration.' })
export class ClaimReportInput {
  @Field(() => ID, { description: 'The brand, creator or agency that reports.' })
  reporterId!: string;

  @Field(() => ID, { description: 'The product, the plan of a live session, or the live session.' })
  subjectId!: string;

  @Field(() => String, { description: 'What is wrong with it, 1 to 1,000 characters.' })
  words!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}
