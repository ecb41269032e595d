import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { claimSides } from './claim.access.ts';
import {
  type AttributionClaimDecider,
  type AttributionClaimRow,
  type AttributionClaimState,
  attributionClaimById,
} from './claim.loaders.ts';

const StateEnum = declareEnum<AttributionClaimState>('AttributionClaimState', 'Where a claim on a line is.', {
  OPEN: 'It waits for the brand or an operator.',
  UPHELD: 'The line is credited to the creator.',
  DISMISSED: 'The line is not credited to the creator.',
});

const OutcomeEnum = declareEnum<'UPHELD' | 'DISMISSED'>(
  'AttributionClaimOutcome',
  'How a claim is decided.',
  {
    UPHELD: 'The line is credited to the creator.',
    DISMISSED: 'It is not.',
  },
);

const DeciderEnum = declareEnum<AttributionClaimDecider>(
  'AttributionClaimDecider',
  'Who has decided a claim.',
  {
    BRAND: 'The brand has conceded it.',
    OPERATOR: 'An operator.',
    ANOTHER_CLAIM: 'Nobody: another claim on the line was upheld.',
  },
);

@Access(claimSides)
@ObjectType({
  implements: Node,
  description:
    'The claim of a creator on an order line that is credited to nobody. Where it is upheld, the line is credited by the terms that ' +
    'were in force when it was placed.',
})
export class AttributionClaim
  extends Node
  implements Pick<AttributionClaimRow, 'orderNo' | 'lineNo' | 'statement' | 'openedAt'>
{
  @Field(() => String, { description: "The shop's number of the order, as the creator has it." })
  orderNo!: string;

  @Field(() => Int, { description: 'The number of the line in the order.' })
  lineNo!: number;

  @Field(() => String, { description: 'Why the order is said to be due to the creator.' })
  statement!: string;

  @Field(() => [String], { description: 'Where proofs of it are to be found.' })
  evidenceUrls!: readonly string[];

  @Field(() => StateEnum, { description: 'Where it is.' })
  state!: AttributionClaimState;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  openedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was decided.' })
  decidedAt?: Date | null;

  @Field(() => DeciderEnum, { nullable: true, description: 'Who has decided it.' })
  decidedBy?: AttributionClaimDecider | null;

  @Field(() => String, { nullable: true, description: 'What was said to it.' })
  note?: string | null;
}
nodeType(AttributionClaim, attributionClaimById);

@InputType({ description: 'A claim on an order line that is credited to nobody.' })
export class AttributionClaimOpenInput {
  @Field(() => ID, { description: 'The creator who claims it.' })
  creatorId!: string;

  @Field(() => ID, { description: 'The brand that sold it.' })
  brandId!: string;

  @Field(() => String, { description: "The shop's number of the order, as the buyer has it." })
  orderNo!: string;

  @Field(() => Int, { defaultValue: 1, description: 'The number of the line in the order, from 1.' })
  lineNo!: number;

  @Field(() => String, { description: 'Why, 1 to 2,000 characters, without personal data of the buyer.' })
  statement!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Where proofs are to be found: 10 https addresses at most.',
  })
  evidenceUrls!: string[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'The decision of an operator on a claim.' })
export class AttributionClaimDecideInput {
  @Field(() => ID, { description: 'The claim.' })
  attributionClaimId!: string;

  @Field(() => OutcomeEnum, { description: 'How it is decided.' })
  outcome!: 'UPHELD' | 'DISMISSED';

  @Field(() => String, { description: 'Why, 1 to 2,000 characters; both sides read it.' })
  note!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A claim that the brand concedes.' })
export class AttributionClaimConcedeInput {
  @Field(() => ID, { description: 'The claim.' })
  attributionClaimId!: string;

  @Field(() => String, { nullable: true, description: 'What there is to say, at most 2,000 characters.' })
  note?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}
