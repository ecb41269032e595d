/** How single writes that arrive together share a commit. */
export interface GroupCommit {
  /** So long the first of a group waits for others, in milliseconds. */
  readonly waitMs: number;
  /** Told of each group that was committed. */
  readonly told?: (group: CommittedGroup) => void;
}

/** Writes that were committed together. */
export interface CommittedGroup {
  readonly calls: number;
  /** What it took, from the first statement to the commit. */
  readonly ms: number;
}
