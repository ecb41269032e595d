import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { UserError } from '../../graphql/user-errors.ts';
import type { PlanRule } from './find-conflicts.ts';

const PlanRuleEnum = declareEnum<PlanRule>('PlanRule', 'A rule that two plans can break together.', {
  ONE_OPEN_PLAN: 'A product has one OPEN plan at a time.',
  OPEN_OR_EXCLUSIVE: 'A product has an OPEN plan or EXCLUSIVE ones, never both at a time.',
  ONE_PLAN_PER_CREATOR: 'For one product, a creator is named by one TARGETED or EXCLUSIVE plan at a time.',
  ONE_SHOP_PLAN_PER_CREATOR: 'A creator is named by one SHOP_TARGETED plan of a brand at a time.',
});

@Access(withParent)
@ObjectType({ description: 'A plan of the same brand that stands in the way of another.' })
export class ConflictingPlan {
  @Field(() => PlanRuleEnum, { description: 'The rule that the two would break together.' })
  rule!: PlanRule;

  @Field(() => ID, { description: 'The plan that is there, for `node`.' })
  planId!: string;

  @Field(() => ID, { nullable: true, description: 'The creator whom both would name, for `node`.' })
  creatorId?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'From when both would hold.' })
  from!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when, if that is fixed.' })
  until?: Date | null;
}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'Other plans stand in the way: they cannot hold at the same time.',
})
export class PlanConflict extends UserError {
  @Field(() => PlanRuleEnum, { description: 'The first rule that would be broken.' })
  rule!: PlanRule;

  @Field(() => [ConflictingPlan], { description: 'The plans that stand in the way, the first hundred.' })
  conflicts!: ConflictingPlan[];
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'A TARGETED plan needs an OPEN plan on the product.' })
export class OpenPlanMissing extends UserError {}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The brand or product is RESTRICTED and gets no new plans.',
})
export class RestrictedFromPlans extends UserError {}
