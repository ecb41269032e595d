import { sql } from 'kysely';
import type { Database, Tx } from '../db/database.ts';
import { type Clock, machineNow } from '../kernel/clock.ts';
import { addBacklogGauges, type Backlog, readBacklog } from './backlog-figures.ts';
import { KeptFigures } from './kept-figures.ts';
import type { Metrics } from './metrics.ts';

/** However often and by however many the metrics are read, the database is asked no more often than this. */
const KEPT_MS = 15_000;
/** More than so many of a kind, or of a brand, are not counted: the figure stays where it is. */
const MOST = 10_000;

interface Settlement {
  readonly due: number;
  readonly oldestDueAt: Date | null;
  readonly lastRunAt: Date | null;
  readonly lastRunEndedAt: Date | null;
  readonly lastEventAt: Date | null;
  /** Events that are committed and cannot be shown yet, because an older transaction still runs. */
  readonly heldEvents: number;
  readonly oldestHeldAt: Date | null;
}

interface OpenPayouts {
  readonly state: string;
  readonly payouts: number;
  readonly oldestAt: Date | null;
}

/** What of the business the metrics show. */
export interface BusinessFigures {
  readonly settlement: Settlement | undefined;
  readonly payouts: readonly OpenPayouts[];
  readonly contradicted: number;
  readonly backlog: Backlog;
}

/**
 * Adds to the metrics how settlement, payouts, the outbox and what waits for workers stand. They are the alliance's: each
 * process tells the same.
 */
export function addBusinessGauges(
  metrics: Metrics,
  database: Database,
  clock: Clock,
): KeptFigures<BusinessFigures> {
  const kept = new KeptFigures(() => readFigures(database, clock), KEPT_MS);
  const since = (at: Date | null | undefined, now = clock.now()): number =>
    at ? Math.max(0, now.getTime() - at.getTime()) / 1000 : 0;
  const settlement = (name: string, help: string, value: (figures: Settlement) => number | undefined) =>
    metrics.gauge(name, help, [], async (gauge) => {
      const figures = (await kept.get())?.settlement;
      const shown = figures && value(figures);
      if (shown === undefined) gauge.remove();
      else gauge.set(shown);
    });
  settlement('settlement_lines_due', 'Order lines that are due and not settled.', ({ due }) => due);
  settlement('settlement_oldest_due_seconds', 'For how long the oldest of them has been due.', (figures) =>
    since(figures.oldestDueAt),
  );
  settlement(
    'settlement_last_run_timestamp_seconds',
    'When a run that settled lines last began.',
    (figures) => seconds(figures.lastRunAt),
  );
  settlement(
    'settlement_last_run_end_timestamp_seconds',
    'When that run ended; absent while it runs.',
    (figures) => seconds(figures.lastRunEndedAt),
  );
  settlement('outbox_last_event_timestamp_seconds', 'When the last event was announced.', (figures) =>
    seconds(figures.lastEventAt),
  );
  settlement(
    'outbox_held_events',
    'Events that no reader of the feed is shown yet, because an older transaction still runs.',
    ({ heldEvents }) => heldEvents,
  );
  settlement('outbox_held_seconds', 'For how long the oldest of them has waited.', ({ oldestHeldAt }) =>
    since(oldestHeldAt),
  );
  addPayoutGauges(metrics, kept, since);
  addBacklogGauges(metrics, kept, { byAlliance: since, byMachine: (at) => since(at, machineNow(clock)) });
  metrics.gauge(
    'figures_age_seconds',
    'How old the figures of settlement, payouts, webhooks and exports are.',
    [],
    async (gauge) => {
      if ((await kept.get()) !== undefined) gauge.set(kept.ageSeconds);
    },
  );
  metrics.gauge(
    'figures_failures',
    'How often they could not be read, by this process.',
    [],
    async (gauge) => {
      await kept.get();
      gauge.set(kept.failures);
    },
  );
  return kept;
}

function addPayoutGauges(
  metrics: Metrics,
  kept: KeptFigures<BusinessFigures>,
  since: (at: Date | null) => number,
): void {
  metrics.gauge(
    'payouts_open',
    'Payouts that have not come to an end, by state.',
    ['state'],
    async (gauge) => {
      for (const { state, payouts } of (await kept.get())?.payouts ?? []) gauge.set({ state }, payouts);
    },
  );
  metrics.gauge(
    'payouts_oldest_open_seconds',
    'For how long the oldest of them has been asked for.',
    ['state'],
    async (gauge) => {
      for (const { state, oldestAt } of (await kept.get())?.payouts ?? [])
        gauge.set({ state }, since(oldestAt));
    },
  );
  metrics.gauge(
    'payouts_contradicted',
    'Payouts of which contradicting things were said, which wait for an operator.',
    [],
    async (gauge) => {
      const figures = await kept.get();
      if (figures !== undefined) gauge.set(figures.contradicted);
    },
  );
}

/** Statements whose work is bounded: by indexes, by limits, and by time. */
async function readFigures(database: Database, clock: Clock): Promise<BusinessFigures> {
  return database.transaction(async (tx) => {
    await tx.rows(sql`set local statement_timeout = '2s'`);
    return {
      settlement: await readSettlement(tx, clock.now()),
      payouts: await readOpenPayouts(tx),
      contradicted: await countContradicted(tx),
      backlog: await readBacklog(tx, machineNow(clock)),
    };
  });
}

async function readSettlement(tx: Tx, now: Date): Promise<Settlement | undefined> {
  const [row] = await tx.rows(sql<Settlement>`
    select due.lines::int as due, due.oldest as "oldestDueAt",
      run.started_at as "lastRunAt", run.ended_at as "lastRunEndedAt", event.at as "lastEventAt",
      held.events::int as "heldEvents", held.oldest as "oldestHeldAt"
    from (
      select coalesce(sum(d.lines), 0) as lines, min(d.oldest) as oldest from brand b cross join lateral (
        select count(*) as lines, min(due_at) as oldest from (
          select due_at from line_due where brand_id = b.id and open_cases = 0 and due_at <= ${now}
          order by due_at limit ${MOST}) counted) d
    ) due
    cross join (
      select count(*) as events, min(at) as oldest from (
        select at from outbox_event where xid >= (
          select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift from outbox_state)
        order by xid, id limit ${MOST}) counted
    ) held
    left join (select started_at, ended_at from settlement_run order by id desc limit 1) run on true
    left join (select at from outbox_event order by xid desc, id desc limit 1) event on true`);
  return row;
}

function readOpenPayouts(tx: Tx): Promise<OpenPayouts[]> {
  return tx.rows(sql<OpenPayouts>`
    select s.state, p.payouts::int, p.oldest as "oldestAt"
    from unnest(array['REQUESTED', 'SENT']) s (state) cross join lateral (
      select count(*) as payouts, min(requested_at) as oldest from (
        select requested_at from payout where state = s.state order by id limit ${MOST}) counted) p`);
}

async function countContradicted(tx: Tx): Promise<number> {
  const [row] = await tx.rows(sql<{ payouts: number }>`
    select count(*)::int as payouts from (select from payout where contradicted limit ${MOST}) counted`);
  return row?.payouts ?? 0;
}

const seconds = (at: Date | null): number | undefined => (at === null ? undefined : at.getTime() / 1000);
