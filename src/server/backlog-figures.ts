import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';
import { HEAD_XID } from '../db/read-changes.ts';
import type { KeptFigures } from './kept-figures.ts';
import type { Metrics } from './metrics.ts';

/** What workers have not got to yet: webhooks and exports. */
export interface Backlog {
  readonly deliveriesDue: number;
  /** Since when the oldest of them is due, or an event waits that has not even become one; by the machine's clock. */
  readonly toSendSince: Date | null;
  readonly disabled: readonly { readonly reason: string; readonly endpoints: number }[];
  readonly exportsWaiting: number;
  readonly exportsRunning: number;
  readonly oldestExportAt: Date | null;
}

/** More than so many are not counted, of deliveries by endpoint. */
const MOST = 10_000;
const MOST_OF_ENDPOINT = 1000;
const REASONS = ['REQUEST', 'GONE', 'FAILING'] as const;

/** Adds to the metrics what waits for a worker. It is the alliance's: each process tells the same. */
export function addBacklogGauges(
  metrics: Metrics,
  kept: KeptFigures<{ readonly backlog: Backlog }>,
  since: {
    readonly byAlliance: (at: Date | null) => number;
    readonly byMachine: (at: Date | null) => number;
  },
): void {
  const gauge = (name: string, help: string, value: (backlog: Backlog) => number) =>
    metrics.gauge(name, help, [], async (shown) => {
      const figures = await kept.get();
      if (figures !== undefined) shown.set(value(figures.backlog));
    });
  gauge(
    'webhook_deliveries_due',
    'Deliveries that are due and in no worker’s hands.',
    (b) => b.deliveriesDue,
  );
  gauge(
    'webhook_oldest_due_seconds',
    'For how long the oldest of them has been due, or an event has waited to become one.',
    ({ toSendSince }) => since.byMachine(toSendSince),
  );
  metrics.gauge(
    'webhook_endpoints_disabled',
    'Endpoints that are switched off, by the reason.',
    ['reason'],
    async (shown) => {
      const figures = await kept.get();
      for (const reason of figures === undefined ? [] : REASONS)
        shown.set(
          { reason },
          figures?.backlog.disabled.find((each) => each.reason === reason)?.endpoints ?? 0,
        );
    },
  );
  metrics.gauge(
    'bulk_exports',
    'Exports that have not come to an end, by state.',
    ['state'],
    async (shown) => {
      const figures = await kept.get();
      if (figures === undefined) return;
      shown.set({ state: 'WAITING' }, figures.backlog.exportsWaiting);
      shown.set({ state: 'RUNNING' }, figures.backlog.exportsRunning);
    },
  );
  gauge(
    'bulk_exports_oldest_waiting_seconds',
    'For how long the oldest export has waited to be begun.',
    ({ oldestExportAt }) => since.byAlliance(oldestExportAt),
  );
}

/** Three statements whose work is bounded by limits and goes along indexes. `now` is the machine's. */
export async function readBacklog(tx: Tx, now: Date): Promise<Backlog> {
  const { deliveriesDue, dueSince, unreadSince } = await readWebhooks(tx, now);
  const sinces = [dueSince, unreadSince].filter((at) => at !== null);
  return {
    deliveriesDue,
    toSendSince: sinces.length === 0 ? null : new Date(Math.min(...sinces.map((at) => at.getTime()))),
    disabled: await countDisabled(tx),
    ...(await readExports(tx)),
  };
}

interface Webhooks {
  readonly deliveriesDue: number;
  readonly dueSince: Date | null;
  readonly unreadSince: Date | null;
}

/**
 * Endpoints that are left alone for a while owe nothing. Without a worker events do not even become deliveries: those are
 * found by the place of their endpoint, and their age goes by the time of the database, which wrote it.
 */
async function readWebhooks(tx: Tx, now: Date): Promise<Webhooks> {
  const [row] = await tx.rows(sql<Webhooks>`
    select coalesce(sum(d.deliveries), 0)::int as "deliveriesDue", min(d.oldest) as "dueSince",
      ${now}::timestamptz - (clock_timestamp() - min(u.oldest)) as "unreadSince"
    from (
      select id, party_id, place_xid, place_id from webhook_endpoint
      where state = 'ENABLED' and coalesce(retry_at, ${now}) <= ${now} order by id limit ${MOST}) e
    cross join lateral (
      select count(*) as deliveries, min(next_attempt_at) as oldest from (
        select next_attempt_at from webhook_delivery
        where endpoint_id = e.id and state = 'PENDING' and next_attempt_at <= ${now}
          and coalesce(leased_until, ${now}) <= ${now}
        order by next_attempt_at limit ${MOST_OF_ENDPOINT}) counted) d
    left join lateral (
      select o.written_at as oldest from outbox_audience a join outbox_event o on o.xid = a.xid and o.id = a.last_id
      where a.party_id = e.party_id and (a.xid, a.last_id) > (e.place_xid, e.place_id) and a.xid < ${HEAD_XID}
      order by a.xid, a.last_id limit 1) u on d.deliveries < ${MOST_OF_ENDPOINT}`);
  return row ?? { deliveriesDue: 0, dueSince: null, unreadSince: null };
}

function countDisabled(tx: Tx): Promise<Backlog['disabled']> {
  return tx.rows(sql<Backlog['disabled'][number]>`
    select reason, count(*)::int as endpoints from (
      select disabled_because as reason from webhook_endpoint where state = 'DISABLED' limit ${MOST}) counted
    group by reason`);
}

type Exports = Pick<Backlog, 'exportsWaiting' | 'exportsRunning' | 'oldestExportAt'>;

async function readExports(tx: Tx): Promise<Exports> {
  const [row] = await tx.rows(sql<Exports>`
    select count(*) filter (where state = 'WAITING')::int as "exportsWaiting",
      count(*) filter (where state = 'RUNNING')::int as "exportsRunning",
      min(created_at) filter (where state = 'WAITING') as "oldestExportAt"
    from (
      select state, created_at from bulk_export where state in ('WAITING', 'RUNNING') order by id limit ${MOST}) counted`);
  return row ?? { exportsWaiting: 0, exportsRunning: 0, oldestExportAt: null };
}
