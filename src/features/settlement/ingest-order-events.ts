import type { Database, Tx } from '../../db/database.ts';
import { postCommission } from '../commission/index.ts';
import {
  type EventAnswer,
  type LineChange,
  type PostLines,
  type ReportedEvent,
  takeOrderEvents,
} from '../order/index.ts';
import { clawBack } from './claw-back.ts';
import { lockSettled, queueDue } from './due-lines.ts';
import { tellLines } from './tell-lines.ts';

/** The most events that one call may bring. */
export const MAX_EVENTS = 1000;

/**
 * Takes order events, posts their commission, and what changes on lines that are settled to the ledger, in one
 * transaction: the intake of every order, be it reported by a shop system, replayed from a file or made for the demo.
 * `reporterId` is the party whose sources the events name. What follows from them is posted as of `postedAt`: a replay of
 * old orders posts when it would have been, whenever it is that it reports them. `note` is written along with it.
 */
export function ingestOrderEvents(
  database: Database,
  reporterId: string,
  events: readonly ReportedEvent[],
  now: Date,
  postedAt: Date = now,
  note: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<EventAnswer[]> {
  const post: PostLines = (tx, changes) => postLines(tx, changes, postedAt);
  return database.transaction(async (tx) => {
    const answers = await takeOrderEvents(tx, reporterId, events, post, now);
    await note(tx);
    return answers;
  });
}

/** What changed lines bring with them: commission, a place among the lines that wait for settlement, news, clawbacks. */
export async function postLines(tx: Tx, changes: readonly LineChange[], now: Date): Promise<void> {
  const settled = await lockSettled(tx, changes);
  const isSettled = (lineId: string): boolean => settled.has(lineId);
  const steps = await postCommission(tx, changes, now, isSettled);
  await queueDue(
    tx,
    changes.filter(({ line }) => !isSettled(line.id)),
  );
  await tellLines(tx, changes, now);
  await clawBack(tx, steps, now);
}
