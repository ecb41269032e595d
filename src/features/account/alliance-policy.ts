import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import type { PolicyRow } from './account.entity.ts';
import { findAlliance } from './found-alliance.ts';

export const POLICY_COLUMNS = [
  'id',
  'version',
  'preset',
  'platformDiscountInBase',
  'creatorDiscountInBase',
  'technicalFeeBp',
  'holdingDays',
  'rateLockDays',
  'attributionWindowDays',
  'reserveBp',
  'reserveDays',
  'recoveryBp',
  'payoutSchedule',
  'payoutMinimumMinor',
  'withholdingCreatorBp',
  'withholdingAgencyBp',
  'validFrom',
  'validTo',
] as const;

/** All versions of the alliance's policy, oldest first. There are few: one per change of the rules. */
export const policyVersions = (db: Sql): Promise<PolicyRow[]> =>
  db.rows(sql<PolicyRow>`select ${select('t', POLICY_COLUMNS)} from alliance_policy t order by t.valid_from`);

/** The version in force at a moment. Throws when there is none, which founding the alliance rules out. */
export function policyAt(versions: readonly PolicyRow[], at: Date): PolicyRow {
  const found = versions.findLast(
    ({ validFrom, validTo }) => validFrom <= at && (validTo == null || at < validTo),
  );
  if (found === undefined) throw new Error(`No policy of the alliance is in force at ${at.toISOString()}.`);
  return found;
}

/** By what the alliance goes at a moment: its clock on the wall, and its policy. Two statements. */
export interface AllianceRules {
  readonly allianceId: string;
  /** An IANA time zone: its midnights are those at which cuts take effect. */
  readonly timeZone: string;
  readonly policy: PolicyRow;
}

export async function rulesAt(db: Sql, at: Date): Promise<AllianceRules> {
  const alliance = await findAlliance(db);
  if (alliance === undefined) throw new Error('The alliance has not been founded.');
  const policy = policyAt(await policyVersions(db), at);
  return { allianceId: alliance.id, timeZone: alliance.timeZone, policy };
}
