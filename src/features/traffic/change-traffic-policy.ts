import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { select, snake } from '../../graphql/loaders.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { TRAFFIC_POLICY_COLUMNS, TRAFFIC_RULE_COLUMNS, type TrafficPolicyRow } from './traffic-policy.ts';
import type { TrafficRules } from './traffic-rules.ts';

const MOST_TIERS = 10;
const MOST_EXPOSURES = 10_000_000;

/**
 * Puts a new version of the rules of exposure in force from now and closes the one before it; what is left out stays. The
 * next day is allotted by it. Refused when nothing would change. Gives the id of the version.
 */
export async function changeTrafficPolicy(
  tx: Sql,
  change: Partial<TrafficRules>,
  now: Date,
): Promise<string> {
  await tx.rows(sql`select from alliance for no key update`);
  const [current] = await tx.rows(sql<TrafficPolicyRow>`
    select ${select('t', TRAFFIC_POLICY_COLUMNS)} from traffic_policy t where t.valid_to is null`);
  if (current === undefined) throw new Error('No rules of exposure are in force.');
  const next: TrafficRules = { ...current, ...change };
  check(next);
  if (TRAFFIC_RULE_COLUMNS.every((name) => String(next[name]) === String(current[name]))) {
    throw new Refusal([invalid(['input'], 'The rules in force have these values already.')]);
  }
  // Of two processes one may be a moment behind: its version begins where the last one did.
  const from = current.validFrom > now ? current.validFrom : now;
  const id = newId();
  await tx.rows(sql`update traffic_policy set valid_to = ${from} where id = ${current.id}`);
  await tx.rows(sql`
    insert into traffic_policy (id, version, valid_from, ${sql.join(TRAFFIC_RULE_COLUMNS.map((name) => sql.id(snake(name))))})
    values (${id}, ${current.version + 1}, ${from}, ${sql.join(TRAFFIC_RULE_COLUMNS.map((name) => sql`${next[name]}`))})`);
  return id;
}

function check(rules: TrafficRules): void {
  const { tierExposures: tiers } = rules;
  const checks = new Checks();
  const rises = tiers.every((amount, tier) => amount > (tiers[tier - 1] ?? 0) && amount <= MOST_EXPOSURES);
  checks.that(
    tiers.length >= 1 && tiers.length <= MOST_TIERS && rises,
    'tierExposures',
    `1 to ${MOST_TIERS} amounts that rise, from 1 to ${MOST_EXPOSURES}.`,
  );
  const whole = (name: keyof TrafficRules, field: string, least: number, most: number) => {
    const value = Number(rules[name]);
    checks.that(value >= least && value <= most, field, `From ${least} to ${most}.`);
  };
  whole('climbBp', 'climb', 10_000, 100_000);
  whole('fallBp', 'fall', 0, 10_000);
  whole('giniLimitBp', 'giniLimit', 0, 10_000);
  whole('nonHeadShareBp', 'nonHeadShare', 0, 10_000);
  whole('headSales', 'headSales', 1, 1_000_000_000);
  checks.done();
}
