import type { CertificationWindowRow } from './certification.entity.ts';

export type Requirement = 'STAFF' | 'FINISHED_CASES' | 'FOUNDED_BEFORE' | 'OFFICE';

/** A requirement of a window that an agency does not meet: what is asked for and what it has. */
export interface UnmetRequirement {
  readonly requirement: Requirement;
  readonly asked: string;
  readonly given: string;
}

/** What an agency says of itself. */
export interface Claims {
  readonly staff: number;
  readonly finishedCases: number;
  /** A date such as 2015-01-01. */
  readonly foundedOn: string;
  readonly officeAddress: string | null;
}

type Asked = Pick<CertificationWindowRow, 'minStaff' | 'minFinishedCases' | 'foundedBefore' | 'officeNeeded'>;

/**
 * The requirements that are not met, all of them (domain.md, "Agencies"; Kuaishou asks its 服务商 for 20 staff, 10 finished
 * cases, a date of founding and an office in the same way).
 */
export function unmetRequirements(asked: Asked, claims: Claims): UnmetRequirement[] {
  const unmet: UnmetRequirement[] = [];
  const note = (requirement: Requirement, want: unknown, given: unknown) =>
    unmet.push({ requirement, asked: String(want), given: String(given) });
  if (claims.staff < asked.minStaff) note('STAFF', asked.minStaff, claims.staff);
  if (claims.finishedCases < asked.minFinishedCases) {
    note('FINISHED_CASES', asked.minFinishedCases, claims.finishedCases);
  }
  // Dates of one form compare as texts.
  if (asked.foundedBefore != null && claims.foundedOn >= asked.foundedBefore) {
    note('FOUNDED_BEFORE', asked.foundedBefore, claims.foundedOn);
  }
  if (asked.officeNeeded && claims.officeAddress === null) note('OFFICE', 'an office', 'none');
  return unmet;
}
