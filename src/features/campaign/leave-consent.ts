/** What decides whose consent it takes to end an enrolment. */
export interface Leaving {
  readonly brandId: string;
  readonly agencyId: string;
  /** For a second-level agency's enrolment, the first one's agency. */
  readonly firstAgencyId: string | null;
  /** The agencies that have it in campaigns of theirs. */
  readonly secondAgencyIds: readonly string[];
  readonly committedUntil: Date | null;
}

/**
 * Whose consent it takes when one side wants an enrolment to end. While the brand is bound, that of the other side; when
 * the first agency leaves, also that of the second-level ones, which the brand has no agreement with. A second-level
 * agency leaves by itself.
 */
export function consentsToLeave(leaving: Leaving, askerId: string, now: Date): string[] {
  const { brandId, agencyId, firstAgencyId, secondAgencyIds, committedUntil } = leaving;
  if (firstAgencyId !== null) return askerId === agencyId ? [] : [agencyId];
  const isBound = committedUntil !== null && committedUntil > now;
  if (askerId === brandId) return isBound ? [agencyId, ...secondAgencyIds] : [];
  return isBound ? [brandId, ...secondAgencyIds] : [...secondAgencyIds];
}

/** Who may want it to end: the brand and its agency; below, the two agencies, with neither of whom the brand is bound. */
export const mayLeave = ({ brandId, agencyId, firstAgencyId }: Leaving): string[] =>
  firstAgencyId === null ? [brandId, agencyId] : [agencyId, firstAgencyId];
