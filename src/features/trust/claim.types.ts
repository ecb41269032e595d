import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, MoneyField } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { type ProtectionKind, ProtectionKindEnum } from '../product/index.ts';
import { type ClaimRow, claimById } from './claim.loaders.ts';
import type { ClaimDecider, ClaimPayer, ClaimState } from './claim-state.ts';
import { claimEvidence, visibleClaim } from './trust.access.ts';

const ClaimStateEnum = declareEnum<ClaimState>('TrustClaimState', 'Where a claim stands.', {
  OPEN: 'Waiting for the decision; the line is not settled before it.',
  UPHELD: 'The buyer was right, in whole or in part.',
  DISMISSED: 'The buyer was not right.',
});

const ClaimPayerEnum = declareEnum<ClaimPayer>('TrustClaimPayer', 'Who pays the buyer.', {
  BRAND: 'The brand.',
  ALLIANCE: 'The alliance, from its own money.',
});

const ClaimDeciderEnum = declareEnum<ClaimDecider>('TrustClaimDecider', 'Who decided a claim.', {
  OPERATOR: 'An operator.',
  BRAND: 'The brand, by conceding it.',
});

const ClaimOutcomeEnum = declareEnum<'UPHELD' | 'DISMISSED'>('TrustClaimOutcome', 'How a claim is decided.', {
  UPHELD: 'The buyer is right.',
  DISMISSED: 'The buyer is not right.',
});

@Access(visibleClaim)
@ObjectType({
  implements: Node,
  description:
    'A claim 维权 of a buyer under a protection of an order line. What is upheld for goods moves the commission as a refund ' +
    'would; what is paid beside the goods is between the payer and the buyer.',
})
export class TrustClaim extends Node implements Pick<ClaimRow, 'kind' | 'state' | 'openedAt'> {
  @Field(() => ProtectionKindEnum, { description: 'The protection that is claimed.' })
  kind!: ProtectionKind;

  @Field(() => ClaimStateEnum, { description: 'Where it stands.' })
  state!: ClaimState;

  @MoneyField('amountMinor', { description: 'What is claimed.' })
  amount!: unknown;

  @Access(claimEvidence)
  @Field(() => String, { nullable: true, description: 'What the buyer says; for the brand and operators.' })
  statement?: string | null;

  @Access(claimEvidence)
  @Field(() => [String], {
    nullable: true,
    description: 'Where what the buyer shows is to be found; for the brand and operators.',
  })
  evidenceUrls?: readonly string[] | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was opened.' })
  openedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was decided.' })
  decidedAt?: Date | null;

  @Field(() => ClaimDeciderEnum, { nullable: true, description: 'Who decided it.' })
  decidedBy?: ClaimDecider | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  note?: string | null;

  @Field(() => ClaimPayerEnum, { nullable: true, description: 'Who pays the buyer what was upheld.' })
  payer?: ClaimPayer | null;

  @MoneyField('goodsMinor', {
    nullable: true,
    description: 'What of it was upheld for goods: the refund by which the commission has moved.',
  })
  refundedForGoods?: unknown;

  @MoneyField('compensationMinor', {
    nullable: true,
    description: 'What of it was upheld beside the goods, such as freight or ten times the price.',
  })
  compensation?: unknown;

  @Access(claimEvidence)
  @Field(() => String, {
    nullable: true,
    description:
      'The id of the order event by which the refund was entered; for the brand and operators. A shop system does not ' +
      'report this money again; if it does, under this id, nothing is counted twice.',
  })
  refundEventId?: string | null;
}

@InputType({ description: 'The claim of a buyer, on one order line.' })
export class TrustClaimOpenInput {
  @Field(() => ID, { description: 'The order line.' })
  orderLineId!: string;

  @Field(() => ProtectionKindEnum, { description: 'The protection that is claimed.' })
  kind!: ProtectionKind;

  @Field(() => BigIntText, { description: "What is claimed, in minor units of the line's currency." })
  amountMinor!: bigint;

  @Field(() => String, { description: 'What the buyer says, 1 to 2,000 characters, without personal data.' })
  statement!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Where what the buyer shows is to be found: 10 https addresses at most.',
  })
  evidenceUrls!: string[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'The decision of an operator on a claim.' })
export class TrustClaimDecideInput {
  @Field(() => ID, { description: 'The claim.' })
  claimId!: string;

  @Field(() => ClaimOutcomeEnum, { description: 'How it is decided.' })
  outcome!: 'UPHELD' | 'DISMISSED';

  @Field(() => ClaimPayerEnum, { nullable: true, description: 'Who pays; the brand when left out.' })
  payer?: ClaimPayer | null;

  @Field(() => BigIntText, {
    nullable: true,
    description: 'What of the claim is upheld, in minor units; all of it when left out.',
  })
  upheldMinor?: bigint | null;

  @Field(() => String, { description: 'Why, 1 to 2,000 characters; both sides read it.' })
  note!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A claim that the brand concedes.' })
export class TrustClaimConcedeInput {
  @Field(() => ID, { description: 'The claim.' })
  claimId!: string;

  @Field(() => String, { nullable: true, description: 'What there is to say, at most 2,000 characters.' })
  note?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(TrustClaim, claimById, { withBrand: true });
