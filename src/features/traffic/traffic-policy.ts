import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import type { TrafficRules } from './traffic-rules.ts';

/** A version of the rules of exposure, in force over a half-open interval. */
export interface TrafficPolicyRow extends TrafficRules {
  readonly id: string;
  readonly version: number;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

export const TRAFFIC_RULE_COLUMNS = [
  'tierExposures',
  'climbBp',
  'fallBp',
  'giniLimitBp',
  'nonHeadShareBp',
  'headSales',
] as const satisfies readonly (keyof TrafficRules)[];
export const TRAFFIC_POLICY_COLUMNS = [
  'id',
  'version',
  ...TRAFFIC_RULE_COLUMNS,
  'validFrom',
  'validTo',
] as const;

/** The version in force at a moment. Throws when there is none, which the first version rules out. One statement. */
export async function trafficRulesAt(db: Sql, at: Date): Promise<TrafficPolicyRow> {
  const [found] = await db.rows(sql<TrafficPolicyRow>`
    select ${select('t', TRAFFIC_POLICY_COLUMNS)} from traffic_policy t
    where tstzrange(t.valid_from, t.valid_to) @> ${at}::timestamptz`);
  if (found === undefined) throw new Error(`No rules of exposure are in force at ${at.toISOString()}.`);
  return found;
}
