import type { Database, Tx } from '../../db/database.ts';
import { type NewAuditEntry, writeAuditEntries } from '../../graphql/audit.ts';
import { postCommission } from '../commission/index.ts';
import {
  type EventAnswer,
  type LineChange,
  type OrderReport,
  type PostLines,
  type ReportedEvent,
  takeReports,
} from '../order/index.ts';
import { clawBack } from './claw-back.ts';
import { lockSettled, queueDue } from './due-lines.ts';
import { moveEventLines } from './event-lines.ts';
import { moveShares } from './share-rewards.ts';
import { tellCredited, tellLines } from './tell-lines.ts';

/** The most events that one call may bring. */
export const MAX_EVENTS = 1000;

/** What one caller reports, and the line of the audit log that tells of it. */
export interface AuditedReport extends OrderReport {
  readonly audited?: NewAuditEntry;
}

/**
 * Takes order events, posts their commission, and what changes on lines that are settled to the ledger, in one
 * transaction: the intake of every order, be it reported by shop systems, replayed from a file or made for the demo.
 * What follows from them is posted as of `postedAt`: a replay of old orders posts when it would have been, whenever it is
 * that it reports them. Each report is answered at its own place.
 */
export function ingestReports(
  database: Database,
  reports: readonly AuditedReport[],
  now: Date,
  postedAt: Date = now,
): Promise<EventAnswer[][]> {
  const post: PostLines = (tx, changes) => postLines(tx, changes, postedAt);
  return database.transaction(async (tx) => {
    const answers = await takeReports(tx, reports, post, now);
    await writeAuditEntries(
      tx,
      reports.flatMap(({ audited }) => audited ?? []),
    );
    return answers;
  });
}

/** Takes the events that one party reports; see ingestReports. */
export async function ingestOrderEvents(
  database: Database,
  reporterId: string,
  events: readonly ReportedEvent[],
  now: Date,
  postedAt: Date = now,
): Promise<EventAnswer[]> {
  return (await ingestReports(database, [{ reporterId, events }], now, postedAt)).flat();
}

/** The same for lines that were credited to somebody after they were placed: their whole life so far is posted now. */
export async function postCredited(tx: Tx, changes: readonly LineChange[], now: Date): Promise<void> {
  await postCommission(tx, changes, now, () => false);
  await queueDue(tx, changes);
  await tellCredited(tx, changes, now);
  await moveEventLines(tx, changes);
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
  await moveEventLines(tx, changes);
  await moveShares(tx, changes);
  await clawBack(tx, steps, now);
}
