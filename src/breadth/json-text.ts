import type { Selection } from './plan.ts';

/** How much of what was asked for an answer holds. */
export interface Tally {
  readonly root: Selection;
  /** By the index of a planned field whose values are objects: how many the answer holds, of a list its items. */
  readonly counts: readonly number[];
}

/** A value that is JSON text already. */
export class JsonText {
  constructor(
    readonly text: string,
    /** Undefined where errors have taken something away, so that the text alone tells. */
    readonly tally?: Tally,
  ) {}

  /** The value, for whoever makes JSON of it without knowing that it is. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}
