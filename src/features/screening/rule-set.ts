import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { ClaimRule } from './claim-rule.ts';
import { compileRules, type ReadyRules } from './find-claims.ts';

/** A version of the rules, in force over a half-open interval. */
export interface RuleSetRow {
  readonly id: string;
  readonly version: number;
  readonly rules: readonly ClaimRule[];
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

export const RULE_SET_COLUMNS = ['id', 'version', 'rules', 'validFrom', 'validTo'] as const;

/** The rules of a version, ready to be looked for. */
export interface VersionOfRules {
  readonly id: string;
  readonly version: number;
  readonly ready: ReadyRules;
}

/** What a version says is never edited, so that each process makes the last one that it used ready once. */
let kept: VersionOfRules | undefined;

/** The rules in force at a moment. One statement, and one more where this process uses another version than before. */
export async function rulesInForce(db: Sql, at: Date): Promise<VersionOfRules> {
  const [current] = await db.rows(sql<{ id: string }>`
    select id from claim_rules where tstzrange(valid_from, valid_to) @> ${at}::timestamptz`);
  if (current === undefined)
    throw new Error(`No rules of the screening are in force at ${at.toISOString()}.`);
  if (kept?.id === current.id) return kept;
  const [row] = await db.rows(sql<Pick<RuleSetRow, 'id' | 'version' | 'rules'>>`
    select id, version, rules from claim_rules where id = ${current.id}`);
  if (row === undefined) throw new Error(`The rules ${current.id} are gone.`);
  kept = { id: row.id, version: row.version, ready: compileRules(row.rules) };
  return kept;
}
