import 'reflect-metadata';
import type { Database } from '../../src/db/database.ts';
import { analyze } from '../../src/db/rights.ts';
import type { OnProgress } from '../../src/kernel/progress.ts';
import { pence } from './amounts.ts';
import { type LineFigures, lineFigures } from './figures.ts';
import { type Intake, openIntake } from './intake.ts';
import { makeWorld } from './make-world.ts';
import { matchRefunds } from './match-refunds.ts';
import { endOfDay, type Midnights, openMidnights } from './midnights.ts';
import { type Row, readRows, type SkipReason } from './rows.ts';
import { type SettlementFigures, settlementFigures } from './settlement-figures.ts';
import { survey } from './survey.ts';
import { lineEvents, refundEvent } from './to-events.ts';

/** Named wherever the data or figures from it are shown. */
const DATA_SOURCE =
  'Daqing Chen, Online Retail, UCI Machine Learning Repository, 2015, doi 10.24432/C5BW33, CC BY 4.0; ' +
  'brands, creators and agencies are made by the rule of the replay';

/** What a replay counted. Amounts are pence; all but the first counts are read from the database. */
export interface ReplayFigures extends LineFigures, Partial<SettlementFigures> {
  readonly source: string;
  readonly rows: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  readonly matchedRefunds: number;
  readonly unmatchedRefunds: number;
  /** What this run has added. */
  readonly changes: { readonly events: number; readonly lines: number };
  readonly outcome: string;
  readonly seconds: number;
  readonly peakRssMb: number;
}

export interface ReplayOptions {
  /** How many rows of the file, from its beginning; all when left out. */
  readonly rows?: number;
  /** Runs the midnights of the data, too, each settling what is due by then. */
  readonly settle?: boolean;
  readonly onProgress?: OnProgress;
}

/**
 * Sends the orders of the data set "Online Retail" through the intake, by the rule in
 * `../shared/data/online-retail.md`. Every id follows from the file, so that a second run finds everything there.
 * A line is settled by what had been refunded of it until then: rows that only a later run brings come after the
 * settlement of this one, whatever time stands on them.
 */
export async function replayOnlineRetail(
  database: Database,
  file: string,
  { rows, settle = false, onProgress }: ReplayOptions = {},
): Promise<ReplayFigures> {
  const startedAt = performance.now();
  const { allianceId, ...sizes } = await prepareWorld(database, file, { rows, onProgress });
  // With its midnights the replay lives in the time of its data, and so does all that it posts.
  const intake = openIntake(database, allianceId, settle ? endOfDay : () => new Date());
  const midnights = settle ? openMidnights(database, intake, onProgress) : undefined;
  const counts = await sendOrders(readRows(file, rows), { intake, midnights, sizes, onProgress });
  const changes = await intake.flush();
  await midnights?.runOut();
  // Statistics that are true let the sums below, and whatever is asked next, find their way.
  await database.transaction((tx) => analyze(tx, ...FILLED));
  const { rowsOfOrder, ...counted } = counts;
  const figures = await lineFigures(database, allianceId, rowsOfOrder);
  const settled = settle ? await settlementFigures(database, allianceId, rowsOfOrder) : {};
  return {
    source: DATA_SOURCE,
    ...counted,
    ...figures,
    ...settled,
    changes,
    outcome: outcomeOf(changes),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    peakRssMb: Math.ceil(process.resourceUsage().maxRSS / 1024),
  };
}

interface Sizes {
  readonly rows: number;
  readonly attributedLines: number;
}

/** Makes what the orders name. Of what was found in the file only its sizes are kept, so that its memory is free. */
async function prepareWorld(
  database: Database,
  file: string,
  { rows, onProgress }: ReplayOptions,
): Promise<Sizes & { allianceId: string }> {
  const found = await survey(file, rows, onProgress);
  const allianceId = await database.transaction((tx) => makeWorld(tx, found, new Date(), onProgress));
  return { allianceId, rows: found.rows, attributedLines: found.attributedLines };
}

function outcomeOf({ events, lines }: ReplayFigures['changes']): string {
  if (events === 0) return 'Nothing changed: every event of these rows had been taken before.';
  return `${events} events were new; they placed ${lines} lines.`;
}

const PROGRESS_EVERY = 1000;

const FILLED = [
  'order_line',
  'waterfall_node',
  'commission_step',
  'commission_entry',
  'line_settlement',
  'ledger_transfer',
];

interface Sending {
  readonly intake: Intake;
  readonly midnights: Midnights | undefined;
  readonly sizes: Sizes;
  readonly onProgress: OnProgress | undefined;
}

/** Everything is decided in the order of the file: a refund is matched with what the rows before it have left. */
async function sendOrders(rows: AsyncIterable<Row>, { intake, midnights, sizes, onProgress }: Sending) {
  const refunds = matchRefunds(sizes.attributedLines);
  const counts = {
    rows: 0,
    skipped: { NOT_GOODS: 0, NO_PRICE: 0, ADJUSTMENT: 0 },
    matchedRefunds: 0,
    unmatchedRefunds: 0,
    rowsOfOrder: new Map<string, number>(),
  };
  for await (const row of rows) {
    counts.rows += 1;
    await midnights?.reach(row.at);
    if (row.what === 'LINE') {
      const itemTotalMinor = pence(row.quantity, row.price);
      refunds.bought(row, itemTotalMinor);
      counts.rowsOfOrder.set(row.invoiceNo, row.lineNo);
      await intake.send(lineEvents(row, itemTotalMinor), row.at);
    } else if (row.what === 'REFUND') {
      const matched = refunds.match(row);
      if (matched === undefined) counts.unmatchedRefunds += 1;
      else counts.matchedRefunds += 1;
      await intake.send([refundEvent(row, matched)], row.at);
    } else counts.skipped[row.what] += 1;
    if (counts.rows % PROGRESS_EVERY === 0)
      onProgress?.({ step: 'Replaying orders', done: counts.rows, total: sizes.rows });
  }
  return counts;
}
