import { sql } from 'kysely';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, actingOperators, operatorsOnly } from '../../graphql/access.ts';
import { Checks } from '../../graphql/checks.ts';
import { connectionOf, keyset, limitOf, PageArgs, toConnection, toPage } from '../../graphql/connection.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { failure, notFound } from '../../graphql/errors.ts';
import { select } from '../../graphql/loaders.ts';
import { type MutationTx, mutate } from '../../graphql/mutate.ts';
import { readAgain } from '../../graphql/named-row.ts';
import { type Payload, payloadOf, Refusal } from '../../graphql/user-errors.ts';
import { idOfType, NO_ID } from '../../kernel/ids.ts';
import { isCleanText } from '../../kernel/text.ts';
import { changeClaimRules } from './change-rules.ts';
import { checkRules } from './check-rules.ts';
import type { ClaimRule } from './claim-rule.ts';
import { compileRules } from './find-claims.ts';
import { ruleSetById } from './finding.loaders.ts';
import { RULE_SET_COLUMNS, type RuleSetRow, rulesInForce } from './rule-set.ts';
import {
  ClaimHit,
  type ClaimRuleInput,
  ClaimRuleSet,
  ClaimRulesChangeInput,
  ClaimRulesTryArgs,
} from './rules.types.ts';
import { type FieldHit, hitsIn } from './screen-text.ts';

const ChangePayload = payloadOf('claimRulesChange', 'claimRules', () => ClaimRuleSet);
const RuleSetConnection = connectionOf(ClaimRuleSet);
const LONGEST_TEXT = 10_000;

@Resolver()
export class ClaimRulesResolver {
  @Access(operatorsOnly)
  @Query(() => ClaimRuleSet, { description: 'The rules of the screening of claims that are in force now.' })
  async claimRules(@Ctx() { database, clock }: RequestContext): Promise<RuleSetRow> {
    const [row] = await database.rows(sql<RuleSetRow>`
      select ${select('t', RULE_SET_COLUMNS)} from claim_rules t
      where tstzrange(t.valid_from, t.valid_to) @> ${clock.now()}::timestamptz`);
    if (row === undefined) throw new Error('No rules of the screening are in force.');
    return row;
  }

  @Access(operatorsOnly)
  @Query(() => RuleSetConnection, {
    description: 'All versions of the rules of the screening, newest first.',
  })
  async claimRulesHistory(@Args(() => PageArgs) args: PageArgs, @Ctx() { database }: RequestContext) {
    const page = toPage(args, 'claimRulesHistory');
    const { where, order } = keyset([{ sql: sql`t.version`, type: 'int' }], 'desc', page);
    const rows = await database.rows(sql<RuleSetRow>`
      select ${select('t', RULE_SET_COLUMNS)} from claim_rules t where ${where} order by ${order} ${limitOf(page)}`);
    return toConnection(rows, page, ({ version }) => [version]);
  }

  @Access(operatorsOnly)
  @Query(() => [ClaimHit], {
    description: 'What rules find in a text, and where; the first 100 places. Nothing is kept of it.',
  })
  async claimRulesTry(
    @Args(() => ClaimRulesTryArgs) { text, categoryId, rules }: ClaimRulesTryArgs,
    @Ctx() { database, clock }: RequestContext,
  ): Promise<FieldHit[]> {
    if (text.length > LONGEST_TEXT || !isCleanText(text))
      throw failure(
        'BAD_USER_INPUT',
        `A text has at most ${LONGEST_TEXT} characters and no control characters.`,
      );
    const path = categoryId == null ? [] : await pathOf({ database }, categoryId);
    const ready = rules == null ? (await rulesInForce(database, clock.now())).ready : toReady(rules);
    return hitsIn(ready, [{ field: 'text', text }], path);
  }

  @Access(actingOperators)
  @Mutation(() => ChangePayload, {
    description:
      'Puts rules of the screening in force from now, in place of all before. What was found before stays as it is.',
  })
  claimRulesChange(
    @Arg('input', () => ClaimRulesChangeInput) input: ClaimRulesChangeInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<RuleSetRow>> {
    const find = (tx: MutationTx, id: string) => tx.loaders.one(ruleSetById, id);
    const options = { operation: 'claimRulesChange', input, idOf: ({ id }: RuleSetRow) => id, find };
    return mutate(context, options, async (tx) => {
      const now = context.clock.now();
      return readAgain(tx, ruleSetById, await changeClaimRules(tx, input.rules.map(toRule), now), now);
    });
  }
}

async function pathOf({ database }: Pick<RequestContext, 'database'>, globalId: string): Promise<string[]> {
  const id = idOfType(globalId, 'Category') ?? NO_ID;
  const [category] = await database.rows(sql<{ path: string[] }>`select path from category where id = ${id}`);
  if (category === undefined) throw notFound('Category');
  return category.path;
}

/** Rules that are only tried. Throws BAD_USER_INPUT with all that is wrong with them. */
function toReady(inputs: readonly ClaimRuleInput[]) {
  const rules = inputs.map(toRule);
  try {
    checkRules(new Checks(), rules).done();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const faults = error.errors
      .slice(0, 10)
      .map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);
    throw failure('BAD_USER_INPUT', faults.join(' '));
  }
  return compileRules(rules);
}

/** A rule in the one form that is kept, whatever else the input has. */
const toRule = (input: ClaimRuleInput): ClaimRule => ({
  code: input.code,
  severity: input.severity,
  reason: input.reason,
  terms: input.terms,
  near: input.near,
  within: input.within,
  unless: input.unless,
  onlyCategoryIds: toCategories(input.onlyCategoryIds),
  exceptCategoryIds: toCategories(input.exceptCategoryIds),
});

const toCategories = (ids: readonly string[]) => ids.map((id) => idOfType(id, 'Category') ?? NO_ID);
