import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { snake } from '../../graphql/loaders.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { MAX_AMOUNT_MINOR } from '../../kernel/money.ts';
import { RULE_COLUMNS, type TrustRules, trustPolicies } from './trust-policy.ts';

const MOST_CATEGORIES = 50;

/**
 * Puts a new version of the rules of Trust Buy in force from now and closes the one before it; what is left out stays.
 * Lines keep the rules that they were placed under. Refused when nothing would change. Gives the id of the version.
 */
export async function changeTrustPolicy(tx: Sql, change: Partial<TrustRules>, now: Date): Promise<string> {
  await tx.rows(sql`select from alliance for no key update`);
  const current = (await trustPolicies(tx)).at(-1);
  if (current === undefined) throw new Error('No rules of Trust Buy are in force.');
  const next: TrustRules = { ...current, ...change };
  check(next);
  if (RULE_COLUMNS.every((name) => String(next[name]) === String(current[name]))) {
    throw new Refusal([invalid(['input'], 'The rules in force have these values already.')]);
  }
  await requireCategories(tx, next);
  // Of two processes one may be a moment behind: its version begins where the last one did.
  const from = current.validFrom > now ? current.validFrom : now;
  const id = newId();
  await tx.rows(sql`update trust_policy set valid_to = ${from} where id = ${current.id}`);
  await tx.rows(sql`
    insert into trust_policy (id, version, valid_from, ${sql.join(RULE_COLUMNS.map((name) => sql.id(snake(name))))})
    values (${id}, ${current.version + 1}, ${from}, ${sql.join(RULE_COLUMNS.map((name) => sql`${next[name]}`))})`);
  return id;
}

function check(rules: TrustRules): void {
  const checks = new Checks();
  const whole = (name: keyof TrustRules, least: number, most: number) => {
    const value = Number(rules[name]);
    checks.that(value >= least && value <= most, name, `From ${least} to ${most}.`);
  };
  for (const name of [
    'scoreWindowDays',
    'refundDays',
    'freightDays',
    'fakeDays',
    'authenticityDays',
  ] as const)
    whole(name, 1, 365);
  for (const name of ['readmissionDays', 'cardExtraDays'] as const) whole(name, 0, 365);
  whole('admissionScore', 0, 100);
  whole('admissionLines', 0, 1_000_000);
  whole('restrictionScore', 0, 100);
  whole('restrictionLines', 1, 1_000_000);
  whole('cardOrders', 1, 1_000_000);
  whole('cardDismissed', 0, 1_000_000);
  checks
    .that(
      rules.expulsionScore >= 0 && rules.expulsionScore <= rules.admissionScore,
      'expulsionScore',
      'From 0 to the score of admission: who was just admitted is not expelled.',
    )
    .that(
      rules.freightCapMinor >= 1n && rules.freightCapMinor <= MAX_AMOUNT_MINOR,
      'freightCapMinor',
      `From 1 to ${MAX_AMOUNT_MINOR}.`,
    );
  for (const name of ['authenticatedCategoryIds', 'warrantyCategoryIds'] as const) {
    checks.that(
      rules[name].length <= MOST_CATEGORIES && new Set(rules[name]).size === rules[name].length,
      name,
      `At most ${MOST_CATEGORIES} categories, each once.`,
    );
  }
  checks.done();
}

async function requireCategories(tx: Sql, rules: TrustRules): Promise<void> {
  const names = ['authenticatedCategoryIds', 'warrantyCategoryIds'] as const;
  const rows = await tx.rows(sql<{ id: string }>`
    select id from category where id = any(${names.flatMap((name) => rules[name])}::uuid[])`);
  const known = new Set(rows.map(({ id }) => id));
  const wrong = names.filter((name) => rules[name].some((id) => !known.has(id)));
  if (wrong.length === 0) return;
  throw new Refusal(
    wrong.map((name) => ({
      __typename: 'NotFoundError',
      message: 'No category was found under one of these ids.',
      path: ['input', name],
    })),
  );
}
