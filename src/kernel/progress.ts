/** How far a long piece of work has come. */
export interface Progress {
  /** What is being done, for a person: "Replaying orders". */
  step: string;
  done: number;
  /** Left out where it is not known beforehand. */
  total?: number;
}

/** Told about each step forward; it may be called often, the receiver draws as seldom as it likes. */
export type OnProgress = (progress: Progress) => void;
