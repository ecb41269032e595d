import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { trafficPolicyById } from './exposure.loaders.ts';
import type { TrafficPolicyRow } from './traffic-policy.ts';

/** What the values of the rules mean, for the type and for its input alike. */
const MEANS = {
  tierExposures:
    'What a product gets in a day at most by tier, rising; the first is the base exposure of each new one.',
  climb:
    'A product climbs from this part of the conversion rate of all products together on, in basis points.',
  fall: 'A product falls below this part of the conversion rate of all products together, in basis points.',
  giniLimit: "The Gini coefficient that a day's exposures may have, in basis points.",
  nonHeadShare: 'The least part of the exposures that goes to members that are not HEAD.',
  headSales: 'From how many pieces sold in 30 days on a brand counts as HEAD.',
} as const;

const optional = (name: keyof typeof MEANS) => ({
  nullable: true,
  description: `${MEANS[name]} Unchanged when left out.`,
});

@Access(signedIn)
@ObjectType({ implements: Node, description: 'One version of the rules of exposure 普惠.' })
export class TrafficPolicy extends Node implements Pick<TrafficPolicyRow, 'version' | 'validFrom'> {
  @Field(() => Int, { description: 'Its number: each change has the next.' })
  version!: number;

  @Field(() => [Int], { description: MEANS.tierExposures })
  tierExposures!: readonly number[];

  @Computed<TrafficPolicyRow>(({ climbBp }) => climbBp)
  @Field(() => Int, { description: MEANS.climb })
  climb!: number;

  @Computed<TrafficPolicyRow>(({ fallBp }) => fallBp)
  @Field(() => Int, { description: MEANS.fall })
  fall!: number;

  @Computed<TrafficPolicyRow>(({ giniLimitBp }) => giniLimitBp)
  @Field(() => BasisPointsScalar, { description: MEANS.giniLimit })
  giniLimit!: number;

  @Computed<TrafficPolicyRow>(({ nonHeadShareBp }) => nonHeadShareBp)
  @Field(() => BasisPointsScalar, { description: MEANS.nonHeadShare })
  nonHeadShare!: number;

  @Field(() => Int, { description: MEANS.headSales })
  headSales!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on it is in force.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when it was in force.' })
  validTo?: Date | null;
}

@InputType({ description: 'What changes of the rules of exposure.' })
export class TrafficPolicyChangeInput {
  @Field(() => [Int], optional('tierExposures'))
  tierExposures?: number[] | null;

  @Field(() => Int, optional('climb'))
  climb?: number | null;

  @Field(() => Int, optional('fall'))
  fall?: number | null;

  @Field(() => BasisPointsScalar, optional('giniLimit'))
  giniLimit?: number | null;

  @Field(() => BasisPointsScalar, optional('nonHeadShare'))
  nonHeadShare?: number | null;

  @Field(() => Int, optional('headSales'))
  headSales?: number | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

nodeType(TrafficPolicy, trafficPolicyById);
