import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, operatorsOnly, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { Computed } from '../../graphql/money.ts';
import { globalIdOf, Node, nodeType } from '../../graphql/node.ts';
import type { ClaimRule as ClaimRuleValue, Severity } from './claim-rule.ts';
import { ruleSetById } from './finding.loaders.ts';
import type { RuleSetRow } from './rule-set.ts';
import type { FieldHit } from './screen-text.ts';

export const SeverityEnum = declareEnum<Severity>(
  'ClaimSeverity',
  'How a hit of the screening is dealt with.',
  {
    BLOCK: 'A product is not listed before an operator has decided on it.',
    REVIEW: 'An operator decides on it; until then all goes on.',
  },
);

/** What the parts of a rule mean, for the type and for its input alike. */
const MEANS = {
  code: 'Unique in its version, such as FIRST_RANK: capitals, figures and underscores, at most 50.',
  reason: 'What is wrong with it, for whoever wrote the text; 1 to 300 characters.',
  terms:
    'One of these makes a hit; 1 to 50. (a|b) stands for one of several, # for a figure and ~ for up to eight characters; ' +
    'spaces, case, width, look-alikes and traditional characters do not matter.',
  near: 'Where there are any, a hit counts only together with one of these; at most 50.',
  within: 'At most so many characters from it, 1 to 100; 0 where there is nothing near.',
  unless: 'A hit that lies inside of one of these is none; at most 50.',
  onlyCategoryIds: 'The categories, of any level, that it holds in; in all when there are none.',
  exceptCategoryIds: 'The categories, of any level, that it does not hold in.',
} as const;

const toCategoryIds = (ids: readonly string[]) => ids.map((id) => globalIdOf('Category', { id }));

@Access(withParent)
@ObjectType({ description: 'A rule of the screening of claims.' })
export class ClaimRule implements Omit<ClaimRuleValue, 'onlyCategoryIds' | 'exceptCategoryIds'> {
  @Field(() => String, { description: MEANS.code })
  code!: string;

  @Field(() => SeverityEnum, { description: 'How its hits are dealt with.' })
  severity!: Severity;

  @Field(() => String, { description: MEANS.reason })
  reason!: string;

  @Field(() => [String], { description: MEANS.terms })
  terms!: readonly string[];

  @Field(() => [String], { description: MEANS.near })
  near!: readonly string[];

  @Field(() => Int, { description: MEANS.within })
  within!: number;

  @Field(() => [String], { description: MEANS.unless })
  unless!: readonly string[];

  @Computed<ClaimRuleValue>(({ onlyCategoryIds }) => toCategoryIds(onlyCategoryIds))
  @Field(() => [ID], { description: MEANS.onlyCategoryIds })
  onlyCategoryIds!: readonly string[];

  @Computed<ClaimRuleValue>(({ exceptCategoryIds }) => toCategoryIds(exceptCategoryIds))
  @Field(() => [ID], { description: MEANS.exceptCategoryIds })
  exceptCategoryIds!: readonly string[];
}

@Access(operatorsOnly)
@ObjectType({
  implements: Node,
  description: 'A version of the rules by which titles, descriptions and live scripts are screened 匹诺曹.',
})
export class ClaimRuleSet extends Node implements Pick<RuleSetRow, 'version' | 'rules' | 'validFrom'> {
  @Field(() => Int, { description: 'Its number: each change has the next.' })
  version!: number;

  @Field(() => [ClaimRule], { description: 'All rules of the version, at most 100.' })
  rules!: readonly ClaimRuleValue[];

  @Field(() => GraphQLDateTimeISO, { description: 'From when on it is in force.' })
  validFrom!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Until when it was in force.' })
  validTo?: Date | null;
}
nodeType(ClaimRuleSet, ruleSetById);

@Access(withParent)
@ObjectType({ description: 'A place in a text that a rule of the screening has found.' })
export class ClaimHit implements FieldHit {
  @Field(() => String, {
    description:
      'The part of the text: `title`, `description`, `gifts.0` for the first gift, `highlights.0`.',
  })
  field!: string;

  @Field(() => String, { description: 'The code of the rule.' })
  code!: string;

  @Field(() => SeverityEnum, { description: 'How it is dealt with.' })
  severity!: Severity;

  @Field(() => String, { description: 'What is wrong with it.' })
  reason!: string;

  @Field(() => Int, { description: 'Where it begins in that part, in UTF-16 units from 0.' })
  from!: number;

  @Field(() => Int, { description: 'Where it ends, in UTF-16 units; the first one behind it.' })
  to!: number;

  @Field(() => String, {
    description: 'What was found, as it was written; at most its first 200 characters.',
  })
  text!: string;
}

@InputType({ description: 'A rule of the screening of claims.' })
export class ClaimRuleInput implements ClaimRuleValue {
  @Field(() => String, { description: MEANS.code })
  code!: string;

  @Field(() => SeverityEnum, { defaultValue: 'REVIEW', description: 'How its hits are dealt with.' })
  severity!: Severity;

  @Field(() => String, { description: MEANS.reason })
  reason!: string;

  @Field(() => [String], { description: MEANS.terms })
  terms!: string[];

  @Field(() => [String], { defaultValue: [], description: MEANS.near })
  near!: string[];

  @Field(() => Int, { defaultValue: 0, description: MEANS.within })
  within!: number;

  @Field(() => [String], { defaultValue: [], description: MEANS.unless })
  unless!: string[];

  @Field(() => [ID], { defaultValue: [], description: MEANS.onlyCategoryIds })
  onlyCategoryIds!: string[];

  @Field(() => [ID], { defaultValue: [], description: MEANS.exceptCategoryIds })
  exceptCategoryIds!: string[];
}

@InputType({ description: 'The rules that take the place of those in force.' })
export class ClaimRulesChangeInput {
  @Field(() => [ClaimRuleInput], { description: 'All rules from now on, at most 100.' })
  rules!: ClaimRuleInput[];

  @IdempotencyKey()
  idempotencyKey!: string;
}

@ArgsType()
export class ClaimRulesTryArgs {
  @Field(() => String, { description: 'The text to look through, at most 10,000 characters.' })
  text!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The category of the product that it would be of; of none when left out.',
  })
  categoryId?: string | null;

  @Field(() => [ClaimRuleInput], {
    nullable: true,
    description: 'Rules to try before they are put in force; those in force when left out.',
  })
  rules?: ClaimRuleInput[] | null;
}
