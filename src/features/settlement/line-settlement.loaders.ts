import { sql } from 'kysely';
import { type Key, keyColumns, oneByKey, type ReadScope } from '../../graphql/loaders.ts';
import { type PayeeRole, waterfallOfLine } from '../commission/index.ts';
import { delaysOf, type SettlementDelay, type SettlementFacts } from './settlement-delays.ts';

/** What one payee of a line was paid at settlement, and what later refunds have made of it. */
export interface SettledShare {
  readonly brandId: string;
  readonly lineId: string;
  readonly nodeNo: number;
  readonly role: PayeeRole;
  readonly payeeId: string;
  readonly currency: string;
  /** At settlement. */
  readonly settledMinor: bigint;
  /** By refunds since: below zero, or by rounding above it. */
  readonly changedMinor: bigint;
  /** What it has now. */
  readonly netMinor: bigint;
  /** The transaction of the ledger that paid it. */
  readonly transactionId: string;
}

/** Where a line stands on the settled track. */
export interface LineSettlement {
  readonly brandId: string;
  readonly lineId: string;
  readonly holdingDays: number | null;
  /** When it is due, as far as is known; when it was, once it is settled. */
  readonly expectedAt: Date | null;
  readonly settledAt: Date | null;
  readonly delayedBy: readonly SettlementDelay[];
  /** Those of the payees whose nets are open to the caller; none before settlement. */
  readonly shares: readonly SettledShare[];
}

type FactsRow = SettlementFacts & {
  readonly brandId: string;
  readonly lineId: string;
  readonly holdingDays: number | null;
};

type ShareRow = Pick<
  SettledShare,
  'brandId' | 'lineId' | 'nodeNo' | 'settledMinor' | 'changedMinor' | 'transactionId'
>;

export const settlementOfLine = oneByKey<LineSettlement>({
  name: 'settlementOfLine',
  columns: ['holdingDays', 'expectedAt', 'settledAt', 'delayedBy', 'shares'],
  read: async (keys, scope) => {
    const facts = await readFacts(keys, scope);
    const settled = facts.filter(({ settledAt }) => settledAt !== null);
    const shares = settled.length === 0 ? [] : await readShares(settled, scope);
    const byLine = Map.groupBy(shares, ({ lineId }) => lineId);
    return facts.map((row) => ({
      brandId: row.brandId,
      lineId: row.lineId,
      holdingDays: row.holdingDays,
      expectedAt: row.isAttributed && !row.isCancelled ? row.dueAt : null,
      settledAt: row.settledAt,
      delayedBy: delaysOf(row, scope.now),
      shares: byLine.get(row.lineId) ?? [],
    }));
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});

function readFacts(keys: readonly Key[], { sql: db }: ReadScope): Promise<FactsRow[]> {
  const [brands = [], lines = []] = keyColumns(keys, 2);
  return db.rows(sql<FactsRow>`
    select l.brand_id as "brandId", l.id as "lineId", f.holding_days as "holdingDays",
      l.creator_id is not null as "isAttributed", l.state = 'CANCELLED' as "isCancelled", l.paid_at is not null as "isPaid",
      l.received_at is not null as "isReceived", s.settled_at as "settledAt",
      l.received_at + make_interval(hours => 24 * f.holding_days) as "dueAt",
      (select count(*)::int from after_sales_case c
        where c.brand_id = l.brand_id and c.line_id = l.id and c.closed_at is null) as "openCases"
    from unnest(${brands}::uuid[], ${lines}::uuid[]) k (brand_id, id)
    join order_line l using (brand_id, id)
    left join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
    left join line_settlement s on s.brand_id = l.brand_id and s.line_id = l.id`);
}

/** The settled figures of the nodes whose nets the caller may see. */
async function readShares(lines: readonly FactsRow[], scope: ReadScope): Promise<SettledShare[]> {
  const keys = lines.map(({ brandId, lineId }) => [brandId, lineId]);
  const waterfalls = await waterfallOfLine.read(keys, scope);
  const shown = new Map(
    waterfalls.flatMap(({ lineId, nodes }) => nodes.map((node) => [`${lineId}/${node.nodeNo}`, node])),
  );
  const [brandIds = [], lineIds = []] = keyColumns(keys, 2);
  const rows = await scope.sql.rows(sql<ShareRow>`
    select e.brand_id as "brandId", e.line_id as "lineId", e.node_no as "nodeNo", s.batch_id as "transactionId",
      coalesce(sum(e.net_minor) filter (where e.step_no <= s.steps), 0)::bigint as "settledMinor",
      coalesce(sum(e.net_minor) filter (where e.step_no > s.steps), 0)::bigint as "changedMinor"
    from unnest(${brandIds}::uuid[], ${lineIds}::uuid[]) k (brand_id, line_id)
    join line_settlement s using (brand_id, line_id)
    join commission_entry e using (brand_id, line_id)
    group by e.brand_id, e.line_id, e.node_no, s.batch_id order by e.line_id, e.node_no`);
  return rows.flatMap((row) => {
    const node = shown.get(`${row.lineId}/${row.nodeNo}`);
    if (node === undefined || node.netMinor === null) return [];
    const { role, payeeId, currency } = node;
    return [{ ...row, role, payeeId, currency, netMinor: row.settledMinor + row.changedMinor }];
  });
}
