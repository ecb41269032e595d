import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Computed } from '../../graphql/money.ts';
import { globalIdOf, Node, nodeType } from '../../graphql/node.ts';
import type { Severity } from './claim-rule.ts';
import { type FindingRow, findingById } from './finding.loaders.ts';
import type { FindingState } from './finding-state.ts';
import { PenaltyInput } from './penalty.types.ts';
import { ClaimHit, SeverityEnum } from './rules.types.ts';
import type { FieldHit } from './screen-text.ts';
import { writerSide } from './screening.access.ts';

export const FindingStateEnum = declareEnum<FindingState>(
  'ClaimFindingState',
  'Where something that was found or reported in a text stands.',
  {
    OPEN: 'Waiting for an operator.',
    UPHELD: 'The text exaggerates.',
    DISMISSED: 'Nothing is wrong with the text.',
    SUPERSEDED: 'The text was replaced before anybody decided.',
  },
);

const OutcomeEnum = declareEnum<'UPHELD' | 'DISMISSED'>('ClaimFindingOutcome', 'How a finding is decided.', {
  UPHELD: 'The text exaggerates.',
  DISMISSED: 'Nothing is wrong with the text.',
});

type Subject = Pick<FindingRow, 'productId' | 'livePlanId' | 'liveSessionId'>;

/** The global id of what a text stands in. */
export const subjectOf = ({ productId, livePlanId, liveSessionId }: Subject): string => {
  if (productId !== null) return globalIdOf('Product', { id: productId });
  if (livePlanId !== null) return globalIdOf('LivePlan', { id: livePlanId });
  return globalIdOf('LiveSession', { id: liveSessionId ?? '' });
};

@Access(writerSide)
@ObjectType({
  implements: Node,
  description:
    'What the screening 匹诺曹 has found in a text, or members have reported of it. It stops nothing, but for a product that it ' +
    'blocks until it is decided.',
})
export class ClaimFinding extends Node implements Pick<FindingRow, 'state' | 'severity' | 'foundAt'> {
  @Computed<FindingRow>(subjectOf)
  @Field(() => ID, {
    description: 'The product, the plan of a live session, or the live session that the text is of.',
  })
  subjectId!: string;

  @Field(() => FindingStateEnum, { description: 'Where it stands.' })
  state!: FindingState;

  @Field(() => SeverityEnum, { description: 'The gravest of its hits; REVIEW where there is none.' })
  severity!: Severity;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version of the rules that has found the hits; null where members alone have reported it.',
  })
  rulesVersion?: number | null;

  @Field(() => [ClaimHit], { description: 'What was found and where, the first 100 places.' })
  hits!: readonly FieldHit[];

  @Field(() => GraphQLDateTimeISO, { description: 'When it was found, or first reported.' })
  foundAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was decided, or its text replaced.',
  })
  decidedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  reason?: string | null;
}
nodeType(ClaimFinding, findingById);

@InputType({ description: 'The decision of an operator on a finding.' })
export class ClaimFindingDecideInput {
  @Field(() => ID, { description: 'The finding.' })
  claimFindingId!: string;

  @Field(() => OutcomeEnum, { description: 'How it is decided.' })
  outcome!: 'UPHELD' | 'DISMISSED';

  @Field(() => String, { description: 'Why, 1 to 500 characters, for whoever wrote the text.' })
  reason!: string;

  @Field(() => PenaltyInput, { nullable: true, description: 'A penalty, which only what is UPHELD carries.' })
  penalty?: PenaltyInput | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}
