import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';

/** What a version of the rules of Trust Buy decides. Days are of 24 hours. */
export interface TrustRules {
  /** Over how many days scores and the figures of buyers are counted. */
  readonly scoreWindowDays: number;
  /** The score that a brand needs to become a member, and the one below which it is expelled. */
  readonly admissionScore: number;
  readonly expulsionScore: number;
  /** The lines that it must have had received within the window. */
  readonly admissionLines: number;
  /** The score below which a brand, or a product, has no new plans, and the received lines from which on it is judged. */
  readonly restrictionScore: number;
  readonly restrictionLines: number;
  /** How long after an expulsion it waits. */
  readonly readmissionDays: number;
  /** How many days after receipt a claim may be opened, by protection; a warranty has its 180 days by its name. */
  readonly refundDays: number;
  readonly freightDays: number;
  readonly fakeDays: number;
  readonly authenticityDays: number;
  /** The most that the freight of one line's return is paid by, in minor units of whatever currency the line has. */
  readonly freightCapMinor: bigint;
  /** Completed lines that a Trust Card takes, dismissed claims that it bears, and the days that it adds to each protection. */
  readonly cardOrders: number;
  readonly cardDismissed: number;
  readonly cardExtraDays: number;
  /** The categories, of any level, in which AUTHENTICATED and WARRANTY_180_DAYS may be promised. */
  readonly authenticatedCategoryIds: readonly string[];
  readonly warrantyCategoryIds: readonly string[];
}

/** A version of the rules, in force over a half-open interval. */
export interface TrustPolicyRow extends TrustRules {
  readonly id: string;
  readonly version: number;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

export const RULE_COLUMNS = [
  'scoreWindowDays',
  'admissionScore',
  'expulsionScore',
  'admissionLines',
  'restrictionScore',
  'restrictionLines',
  'readmissionDays',
  'refundDays',
  'freightDays',
  'fakeDays',
  'authenticityDays',
  'freightCapMinor',
  'cardOrders',
  'cardDismissed',
  'cardExtraDays',
  'authenticatedCategoryIds',
  'warrantyCategoryIds',
] as const satisfies readonly (keyof TrustRules)[];
export const TRUST_POLICY_COLUMNS = ['id', 'version', ...RULE_COLUMNS, 'validFrom', 'validTo'] as const;

/** All versions, oldest first; there are few. */
export const trustPolicies = (db: Sql): Promise<TrustPolicyRow[]> =>
  db.rows(sql<TrustPolicyRow>`
    select ${select('t', TRUST_POLICY_COLUMNS)} from trust_policy t order by t.valid_from`);

/** The version in force at a moment. Throws when there is none, which the first version rules out. */
export function trustPolicyAt(versions: readonly TrustPolicyRow[], at: Date): TrustPolicyRow {
  const found = versions.findLast(
    ({ validFrom, validTo }) => validFrom <= at && (validTo === null || at < validTo),
  );
  if (found === undefined) throw new Error(`No rules of Trust Buy are in force at ${at.toISOString()}.`);
  return found;
}

/** The rules in force at a moment. One statement. */
export const trustRulesAt = async (db: Sql, at: Date): Promise<TrustPolicyRow> =>
  trustPolicyAt(await trustPolicies(db), at);
