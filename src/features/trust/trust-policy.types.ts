import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { trustPolicyById } from './trust.loaders.ts';
import type { TrustPolicyRow } from './trust-policy.ts';

/** What the numbers of the rules mean, for the type and for its input alike. */
const MEANS = {
  scoreWindowDays: 'Over how many days scores and the figures of buyers are counted.',
  admissionScore: 'The shop score that a brand needs to become a member.',
  expulsionScore: 'The shop score below which a member is expelled.',
  admissionLines: 'The order lines that must have been received within the window before admission.',
  restrictionScore:
    'The score below which a brand, or a product by its own lines, has no new plans (RESTRICTED).',
  restrictionLines: 'The order lines that must have been received within the window before it is judged so.',
  readmissionDays: 'How many days after an expulsion a brand waits.',
  refundDays: 'How many days after receipt REFUND_WITHOUT_RETURN may be claimed.',
  freightDays: 'How many days after receipt RETURN_FREIGHT may be claimed.',
  fakeDays: 'How many days after receipt TENFOLD_IF_FAKE may be claimed.',
  authenticityDays: 'How many days after receipt AUTHENTICATED may be claimed.',
  freightCapMinor: "The most that the freight of a return is paid by, in minor units of the line's currency.",
  cardOrders: 'The completed order lines within the window that a Trust Card takes.',
  cardDismissed: 'The dismissed claims within the window that a Trust Card bears.',
  cardExtraDays: 'The days that a Trust Card adds to each protection.',
} as const;

const optional = (name: keyof typeof MEANS) => ({
  nullable: true,
  description: `${MEANS[name]} Unchanged when left out.`,
});

@Access(signedIn)
@ObjectType({
  implements: Node,
  description:
    'One version of the rules of Trust Buy 信任购. Lines keep the one that they were placed under.',
})
export class TrustPolicy extends Node implements Pick<TrustPolicyRow, 'version' | 'validFrom'> {
  @Field(() => Int, { description: 'Its number: each change has the next.' })
  version!: number;

  @Field(() => Int, { description: MEANS.scoreWindowDays })
  scoreWindowDays!: number;

  @Field(() => Int, { description: MEANS.admissionScore })
  admissionScore!: number;

  @Field(() => Int, { description: MEANS.expulsionScore })
  expulsionScore!: number;

  @Field(() => Int, { description: MEANS.admissionLines })
  admissionLines!: number;

  @Field(() => Int, { description: MEANS.restrictionScore })
  restrictionScore!: number;

  @Field(() => Int, { description: MEANS.restrictionLines })
  restrictionLines!: number;

  @Field(() => Int, { description: MEANS.readmissionDays })
  readmissionDays!: number;

  @Field(() => Int, { description: MEANS.refundDays })
  refundDays!: number;

  @Field(() => Int, { description: MEANS.freightDays })
  freightDays!: number;

  @Field(() => Int, { description: MEANS.fakeDays })
  fakeDays!: number;

  @Field(() => Int, { description: MEANS.authenticityDays })
  authenticityDays!: number;

  @Field(() => BigIntText, { description: MEANS.freightCapMinor })
  freightCapMinor!: bigint;

  @Field(() => Int, { description: MEANS.cardOrders })
  cardOrders!: number;

  @Field(() => Int, { description: MEANS.cardDismissed })
  cardDismissed!: number;

  @Field(() => Int, { description: MEANS.cardExtraDays })
  cardExtraDays!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on it is in force.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when it was in force.' })
  validTo?: Date | null;
}

@InputType({ description: 'What changes of the rules of Trust Buy.' })
export class TrustPolicyChangeInput {
  @Field(() => Int, optional('scoreWindowDays'))
  scoreWindowDays?: number | null;

  @Field(() => Int, optional('admissionScore'))
  admissionScore?: number | null;

  @Field(() => Int, optional('expulsionScore'))
  expulsionScore?: number | null;

  @Field(() => Int, optional('admissionLines'))
  admissionLines?: number | null;

  @Field(() => Int, optional('restrictionScore'))
  restrictionScore?: number | null;

  @Field(() => Int, optional('restrictionLines'))
  restrictionLines?: number | null;

  @Field(() => Int, optional('readmissionDays'))
  readmissionDays?: number | null;

  @Field(() => Int, optional('refundDays'))
  refundDays?: number | null;

  @Field(() => Int, optional('freightDays'))
  freightDays?: number | null;

  @Field(() => Int, optional('fakeDays'))
  fakeDays?: number | null;

  @Field(() => Int, optional('authenticityDays'))
  authenticityDays?: number | null;

  @Field(() => BigIntText, optional('freightCapMinor'))
  freightCapMinor?: bigint | null;

  @Field(() => Int, optional('cardOrders'))
  cardOrders?: number | null;

  @Field(() => Int, optional('cardDismissed'))
  cardDismissed?: number | null;

  @Field(() => Int, optional('cardExtraDays'))
  cardExtraDays?: number | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The categories, of any level, in which AUTHENTICATED may be promised: jewellery and jade.',
  })
  authenticatedCategoryIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'The categories, of any level, in which WARRANTY_180_DAYS may be promised: second-hand phones.',
  })
  warrantyCategoryIds?: string[] | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(TrustPolicy, trustPolicyById);
