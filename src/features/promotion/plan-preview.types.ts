import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { BigIntText, Computed, MoneyField } from '../../graphql/money.ts';
import { PlanDraftInput, PlanEditInput, TermsResolution, type TermsResolutionValue } from '../plan/index.ts';
import type { PlanPreviewValue, PreviewedCost, PreviewedTerms } from './preview-plan.ts';

@InputType({
  description: 'A step with a plan to look at before it is taken: one of opening, changing, ending.',
})
export class PreviewPlanInput {
  @Field(() => PlanDraftInput, { nullable: true, description: 'A plan to open.' })
  create?: PlanDraftInput | null;

  @Field(() => PlanEditInput, { nullable: true, description: 'What of a plan is to be different.' })
  change?: PlanEditInput | null;

  @Field(() => ID, { nullable: true, description: 'A plan to end.' })
  closePlanId?: string | null;
}

@Access(withParent)
@ObjectType({ description: 'Which terms apply to a creator and a product now, and which would apply.' })
export class PlanPreviewCreator implements Pick<PreviewedTerms, 'termsNow' | 'termsThen'> {
  @Field(() => TermsResolution, { description: 'What applies now, and why not the others.' })
  termsNow!: TermsResolutionValue;

  @Field(() => TermsResolution, {
    description: 'What would apply from `takesEffectAt` on, and why not the others.',
  })
  termsThen!: TermsResolutionValue;

  @Computed<PreviewedTerms>(({ termsThen: { winner } }) => winner?.lockedUntil)
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when the creator would keep an older, higher rate; null where none is kept.',
  })
  keepsUntil?: Date | null;
}

@Access(withParent)
@ObjectType({
  description: 'Commission on the last 30 days of attributed orders: as it was, and as it would be.',
})
export class PlanPreviewCost implements Pick<PreviewedCost, 'lines' | 'isComplete'> {
  @Field(() => BigIntText, {
    description: 'The order lines of the creators concerned that were not cancelled.',
  })
  lines!: bigint;

  @MoneyField('baseMinor', { description: 'Their commission base, less what was refunded.' })
  base!: unknown;

  @MoneyField('actualMinor', { description: "The creators' commission at the rates frozen on them." })
  actualCommission!: unknown;

  @MoneyField('underPlanMinor', { description: "The creators' commission at the rates that would apply." })
  commissionUnderPlan!: unknown;

  @Field(() => Boolean, {
    description: 'Whether all lines are in it; else those of the creators who sold most.',
  })
  isComplete!: boolean;
}

@Access(withParent)
@ObjectType({ description: 'What a step with a plan would do. Nothing of it has been done.' })
export class PlanPreview implements Pick<PlanPreviewValue, 'takesEffectAt'> {
  @Field(() => GraphQLDateTimeISO, { description: 'From when all of it would hold.' })
  takesEffectAt!: Date;

  @Computed<PlanPreviewValue>(({ pairCount }) => pairCount)
  @Field(() => Int, {
    description: 'How many it concerns: creators, for SHOP_TARGETED with each product shown.',
  })
  creatorCount!: number;

  @Field(() => [PlanPreviewCreator], { description: 'The first hundred of them.' })
  creators!: PlanPreviewCreator[];

  @Field(() => PlanPreviewCost, { description: 'What it would have cost lately.' })
  cost!: PreviewedCost;
}
