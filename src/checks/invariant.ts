/** Something that must hold of all data, as a statement that finds what breaks it. */
export interface Invariant {
  /** Named in the failure. */
  readonly name: string;
  /** What holds, for a person. */
  readonly holds: string;
  /** Gives a row with a text `message` for whatever breaks it; the caller adds a limit. */
  readonly sql: string;
}
