import type { Sql } from '../../db/database.ts';

/** A text that others read, by what it stands in. */
export interface SavedText {
  readonly type: 'Product' | 'LivePlan' | 'LiveSession';
  readonly id: string;
}

/** What is done with each text that was written, in the transaction that wrote it. */
export type ScreenText = (tx: Sql, saved: SavedText, now: Date) => Promise<void>;

let screen: ScreenText | undefined;

/** Declares who screens texts. The features that write them do not know it. */
export function screensTexts(by: ScreenText): void {
  screen = by;
}

/** Said by whoever has written a text, after it was written. */
export async function textSaved(tx: Sql, saved: SavedText, now: Date): Promise<void> {
  await screen?.(tx, saved, now);
}
