import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access, rule, withParent } from '../../graphql/access.ts';
import { isMember, isOperator, isSignedIn } from '../../graphql/actor.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { BasisPointsScalar, Computed } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import type { PlanKind } from './plan.entity.ts';
import { planById, type ReadPlan } from './plan.loaders.ts';
import type { Tier } from './plan-rates.ts';
import type { ReadTerms } from './plan-versions.ts';

export const PlanKindEnum = declareEnum<PlanKind>('PlanKind', 'Whom a plan is for.', {
  OPEN: 'Every creator 普通计划.',
  TARGETED: 'Named creators, beside an OPEN plan 定向计划.',
  SHOP_TARGETED: "Named creators, on all of the brand's products 店铺定向计划.",
  EXCLUSIVE: 'Named creators only, instead of an OPEN plan 专属计划.',
});

const visiblePlan = rule<ReadPlan>(
  'members for OPEN plans; the brand, the creators named and operators for the others',
  (actor, plan) =>
    (plan.kind === 'OPEN' && isSignedIn(actor)) ||
    plan.namesViewer ||
    isMember(actor, plan.brandId) ||
    isOperator(actor),
);

/** What a brand keeps to itself of its plans. */
export const itsBrand = rule<ReadPlan>(
  'the brand and operators',
  (actor, plan) => isMember(actor, plan.brandId) || isOperator(actor),
);

@Access(visiblePlan)
@ObjectType({ implements: Node, description: 'A plan 推广计划: the offer of a brand on a product.' })
export class Plan extends Node implements Pick<ReadPlan, 'kind' | 'title' | 'opensAt'> {
  @Field(() => PlanKindEnum, { description: 'Whom it is for.' })
  kind!: PlanKind;

  @Field(() => String, { description: 'What its brand calls it.' })
  title!: string;

  @Computed<ReadPlan>(({ commissionBp }) => commissionBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The commission in force now; null when the plan is not open.',
  })
  commissionRate?: number | null;

  @Field(() => GraphQLDateTimeISO, { description: 'From when it is open.' })
  opensAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when it is open, if that is fixed.',
  })
  closesAt?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'A rate that a creator gets from a number of settled lines on.' })
export class RateTier implements Pick<Tier, 'afterLines'> {
  @Field(() => Int, { description: 'So many lines of the creator under the plan have been settled.' })
  afterLines!: number;

  @Computed<Tier>(({ commissionBp }) => commissionBp)
  @Field(() => BasisPointsScalar, { description: 'The commission from then on.' })
  commissionRate!: number;
}

@Access(withParent)
@ObjectType({ description: 'One version 条款 of the rates of a plan.' })
export class PlanTerms implements Pick<ReadTerms, 'version' | 'validFrom'> {
  @Field(() => Int, { description: 'Its number, counted from 1.' })
  version!: number;

  @Computed<ReadTerms>(({ commissionBp }) => commissionBp)
  @Field(() => BasisPointsScalar, { description: 'The commission before any tier.' })
  commissionRate!: number;

  @Computed<ReadTerms>(({ boostBp }) => boostBp)
  @Field(() => BasisPointsScalar, {
    nullable: true,
    description: 'The commission for orders won by a boost; null where they are as others.',
  })
  boostCommissionRate?: number | null;

  @Computed<ReadTerms>(({ tierAfter, tierBp }) =>
    tierAfter.map((afterLines, i) => ({ afterLines, commissionBp: tierBp[i] })),
  )
  @Field(() => [RateTier], { description: 'Higher rates after a number of settled lines, rising.' })
  tiers!: RateTier[];

  @Field(() => GraphQLDateTimeISO, { description: 'From when it holds.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when, if that is fixed.' })
  validTo?: Date | null;

  @Computed<ReadTerms>(({ validFrom, validTo }) => validTo?.getTime() === validFrom.getTime())
  @Field(() => Boolean, { description: 'Whether it was taken back before it came into force.' })
  superseded!: boolean;
}

nodeType(Plan, planById);
