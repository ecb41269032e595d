import type { Storyteller } from './storyteller.ts';

/** A ready story: what a sandbox can be shown doing, from beginning to end. */
export interface Story {
  /** What it shows, in a sentence. */
  readonly about: string;
  /** How many days of 24 hours the clock of the sandbox goes forward at most, by the rules of a new alliance. */
  readonly days: number;
  /** Tells it: acts through the use cases that everybody acts through, and lets time pass. */
  readonly tell: (teller: Storyteller) => Promise<void>;
}

/** What one payee has, on both tracks, after a step of a story. In minor units. */
export interface StoryFigure {
  /** In which part it is there: "creator", "agency". */
  readonly part: string;
  readonly partyId: string;
  readonly currency: string;
  /** On the estimated track: the nets of the lines that are not settled. */
  readonly estimatedMinor: bigint;
  readonly payableMinor: bigint;
  readonly reservedMinor: bigint;
  /** What it owes after clawbacks, as a positive amount. */
  readonly owedMinor: bigint;
  /** What is on its way to it, in a payout. */
  readonly underWayMinor: bigint;
  /** What was paid out, tax withheld included. */
  readonly paidOutMinor: bigint;
}

/** One step of a story that was run. */
export interface StoryStep {
  readonly at: Date;
  readonly what: string;
  /** The line that it is about, in the state that it has now. */
  readonly brandId: string | null;
  readonly lineId: string | null;
  readonly figures: readonly StoryFigure[];
}
