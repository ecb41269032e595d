/** Something that must hold of all data, as a statement that finds what breaks it. */
export interface Invariant {
  /** Named in the failure. */
  readonly name: string;
  /** What holds, for a person. */
  readonly holds: string;
  /** Gives a row with a text `message` for whatever breaks it; the caller adds a limit. */
  readonly sql: string;
}

/** SQL: whether a line lies in a month that is detached, so that nothing can be asked of it. */
export const isDetached = (lineId: string): string =>
  `exists (select from detached_month d where ${lineId} >= d.first_id and ${lineId} < d.end_id)`;
