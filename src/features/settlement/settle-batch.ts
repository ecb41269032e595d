import { sql } from 'kysely';
import type { Database, Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { newId } from '../../kernel/ids.ts';
import { share, sumOf } from '../../kernel/money.ts';
import { partySubjects } from '../account/index.ts';
import { type SettledLines, tallySettledLines } from '../plan/index.ts';
import { postSettlement } from './post-settlement.ts';

/** The run that a batch belongs to, and where it begins to look for lines. */
export interface BatchPlace {
  readonly run: { readonly id: string; readonly asOf: Date; readonly now: Date; readonly batchLines: number };
  /** Lines of this brand and those after it. */
  readonly fromBrandId: string;
  readonly allianceId: string;
  readonly recoveryBp: number;
}

/** What one brand owes one payee for the lines of a batch. */
export interface BatchShare {
  readonly brandId: string;
  readonly payeeId: string;
  readonly currency: string;
  readonly netMinor: bigint;
  /** The part of it that is kept back, and for how many days. */
  readonly reserveMinor: bigint;
  readonly reserveDays: number;
  readonly lines: number;
}

/**
 * Settles the next lines in one transaction: takes them from those that wait, adds up what each payee gets from each
 * brand, and posts that to the ledger. A fixed number of statements, whatever the number of lines. What other runs and
 * the intake have in hand is passed over.
 */
export function settleBatch(
  database: Database,
  place: BatchPlace,
): Promise<{ lines: number; lastBrandId: string }> {
  return database.transaction(async (tx) => {
    const lines = await takeLines(tx, place);
    const lastBrandId = lines.brandIds.at(-1) ?? place.fromBrandId;
    const count = lines.lineIds.length;
    if (count === 0) return { lines: 0, lastBrandId };
    const batchId = newId();
    await insertBatch(tx, place, batchId, count);
    const shares = await settleLines(tx, place, batchId, lines);
    await settleGrants(tx, lines);
    await tallySettledLines(tx, await countByPlan(tx, lines), place.run.now);
    await tell(tx, place, shares);
    await postSettlement(tx, { ...place, batchId, shares });
    return { lines: count, lastBrandId };
  });
}

interface Lines {
  readonly brandIds: readonly string[];
  readonly lineIds: readonly string[];
}

/** Locks the next lines that are due, by brand and then by their time. */
async function takeLines(tx: Sql, { run, fromBrandId }: BatchPlace): Promise<Lines> {
  const [row] = await tx.rows(sql<{ brandIds: string[] | null; lineIds: string[] | null }>`
    select array_agg(brand_id) as "brandIds", array_agg(line_id) as "lineIds" from (
      select d.brand_id, d.line_id
      from (select id from brand where id >= ${fromBrandId} order by id) b
      cross join lateral (select d.brand_id, d.line_id from line_due d
        where d.brand_id = b.id and d.open_cases = 0 and d.due_at <= ${run.asOf}
        order by d.due_at, d.line_id limit ${run.batchLines} for update skip locked) d
      limit ${run.batchLines}) taken`);
  return { brandIds: row?.brandIds ?? [], lineIds: row?.lineIds ?? [] };
}

const unnested = ({ brandIds, lineIds }: Lines) =>
  sql`unnest(${brandIds}::uuid[], ${lineIds}::uuid[]) k (brand_id, line_id)`;

async function insertBatch(tx: Sql, { run }: BatchPlace, id: string, count: number): Promise<void> {
  await tx.rows(sql`
    insert into settlement_run (id, as_of, started_at) values (${run.id}, ${run.asOf}, ${run.now})
    on conflict (id) do nothing`);
  await tx.rows(sql`
    insert into settlement_batch (id, run_id, settled_at, lines) values (${id}, ${run.id}, ${run.now}, ${count})`);
}

/**
 * Moves the lines from those that wait to those that are settled, and gives what is to be paid for them. This is a
 * statement of its own after the lock: only now is what the intake has done to them to be seen for sure.
 */
async function settleLines(
  tx: Tx,
  { run }: BatchPlace,
  batchId: string,
  lines: Lines,
): Promise<BatchShare[]> {
  const rows = await tx.rows(sql<Omit<BatchShare, 'reserveMinor'> & { reserveBp: number }>`
    with taken as (
      delete from line_due d using ${unnested(lines)} where d.brand_id = k.brand_id and d.line_id = k.line_id
      returning d.brand_id, d.line_id, d.reserve_bp, d.reserve_days),
    line as (
      select t.*, l.currency, l.steps from taken t join order_line l on l.brand_id = t.brand_id and l.id = t.line_id),
    settled as (
      insert into line_settlement (brand_id, line_id, batch_id, steps, settled_at)
      select brand_id, line_id, ${batchId}, steps, ${run.now} from line)
    select n.brand_id as "brandId", n.payee_id as "payeeId", l.currency, sum(n.net_minor)::bigint as "netMinor",
      l.reserve_bp as "reserveBp", l.reserve_days as "reserveDays", count(distinct n.line_id)::int as lines
    from line l join waterfall_node n using (brand_id, line_id)
    group by n.brand_id, n.payee_id, l.currency, l.reserve_bp, l.reserve_days
    having sum(n.net_minor) > 0
    order by n.brand_id, n.payee_id`);
  return rows.map(({ reserveBp, ...row }) => {
    const isKept = row.reserveDays > 0;
    return { ...row, reserveMinor: isKept ? share(row.netMinor, reserveBp) : 0n };
  });
}

/** What official events give for these lines may be posted from now on. Locked in the order in which budgets are given on. */
async function settleGrants(tx: Sql, lines: Lines): Promise<void> {
  await tx.rows(sql`
    update event_grant g set settled = true from (
      select t.brand_id, t.line_id, t.kind from ${unnested(lines)} join event_grant t using (brand_id, line_id)
      order by t.event_id, t.kind, t.no for update of t) s
    where g.brand_id = s.brand_id and g.line_id = s.line_id and g.kind = s.kind`);
}

/** How many of the lines count for a creator under each plan: those of which something is left. */
function countByPlan(tx: Sql, lines: Lines): Promise<SettledLines[]> {
  return tx.rows(sql<SettledLines>`
    select p.plan_id as "planId", l.creator_id as "creatorId", count(*)::int as lines
    from ${unnested(lines)}
    join order_line l on l.brand_id = k.brand_id and l.id = k.line_id
    join frozen_terms f on f.brand_id = k.brand_id and f.line_id = k.line_id
    join plan_terms p on p.id = f.plan_terms_id
    where l.remaining_base_minor > 0
    group by p.plan_id, l.creator_id`);
}

async function tell(tx: Sql, { run, allianceId }: BatchPlace, shares: readonly BatchShare[]): Promise<void> {
  const byPayee = Map.groupBy(
    shares.filter(({ payeeId }) => payeeId !== allianceId),
    ({ payeeId, currency }) => `${payeeId}/${currency}`,
  );
  if (byPayee.size === 0) return;
  const subjectOf = await partySubjects(
    tx,
    shares.map(({ payeeId }) => payeeId),
  );
  const news = [...byPayee.values()].map((list) => ({
    kind: 'COMMISSION_SETTLED' as const,
    subject: subjectOf(list[0]?.payeeId ?? ''),
    to: [list[0]?.payeeId ?? ''],
    data: {
      amountMinor: String(sumOf(list.map(({ netMinor }) => netMinor))),
      currency: list[0]?.currency ?? '',
      lines: list.reduce((sum, { lines }) => sum + lines, 0),
    },
  }));
  await announce(tx, news, run.now);
}
