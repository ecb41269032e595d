import { sql } from 'kysely';
import { isMember, partyIds } from '../../graphql/actor.ts';
import { limitOf } from '../../graphql/connection.ts';
import {
  type Key,
  keyColumns,
  oneByKey,
  pageByKey,
  type ReadScope,
  selectAsked,
} from '../../graphql/loaders.ts';
import { LINE_COLUMNS, newestFirst, type ReadLine } from '../order/index.ts';
import { type Explained, explain, type FrozenRow, type StepRow } from './explain-line.ts';
import { type NodeRow, sumsUp, type VisibleNode, visibleNodes } from './visible-waterfall.ts';

/** The waterfall of a line, as far as the caller may see it. */
export interface WaterfallRow {
  readonly brandId: string;
  readonly lineId: string;
  readonly nodes: readonly VisibleNode[];
  readonly sumsUp: boolean;
}

async function readNodes(keys: readonly Key[], scope: ReadScope): Promise<Map<string, NodeRow[]>> {
  const { sql: db, actor, now } = scope;
  const [brands = [], lines = []] = keyColumns(keys, 2);
  const rows = await db.rows(sql<NodeRow>`
    select n.brand_id as "brandId", n.line_id as "lineId", n.node_no as "nodeNo", n.parent_no as "parentNo",
      n.payee_id as "payeeId", n.role, n.rate_bp as "rateBp", n.applies_to as "of", n.gross_minor as "grossMinor",
      n.net_minor as "netMinor", l.currency, c.id is not null as "isAgreedTo"
    from unnest(${brands}::uuid[], ${lines}::uuid[]) k (brand_id, line_id)
    join waterfall_node n using (brand_id, line_id)
    join order_line l on l.brand_id = n.brand_id and l.id = n.line_id
    left join contract_terms c on n.role = 'CREATOR' and c.creator_id = n.payee_id
      and c.agency_id = any(${partyIds(actor)}::uuid[]) and 'EARNINGS' = any(c.visibility)
      and tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz
    order by n.line_id, n.node_no`);
  return Map.groupBy(rows, ({ lineId }) => lineId);
}

export const waterfallOfLine = oneByKey<WaterfallRow>({
  name: 'waterfallOfLine',
  columns: ['nodes', 'sumsUp'],
  read: async (keys, scope) => {
    const byLine = await readNodes(keys, scope);
    return keys.map(([brandId = '', lineId = '']) => {
      const nodes = byLine.get(lineId) ?? [];
      return { brandId, lineId, nodes: visibleNodes(scope.actor, nodes), sumsUp: sumsUp(nodes) };
    });
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});

export const explanationOfLine = oneByKey<Explained>({
  name: 'explanationOfLine',
  columns: ['evidence', 'winner', 'losers', 'steps'],
  read: async (keys, scope) => {
    const [brands = [], lines = []] = keyColumns(keys, 2);
    const on = sql`unnest(${brands}::uuid[], ${lines}::uuid[]) k (brand_id, line_id)`;
    const nodes = await readNodes(keys, scope);
    const frozen = await scope.sql.rows(sql<FrozenRow>`
      select f.brand_id as "brandId", f.line_id as "lineId", f.policy_id as "policyId", p.version as "policyVersion",
        f.platform_discount_in_base as "platformDiscountInBase", f.creator_discount_in_base as "creatorDiscountInBase",
        f.technical_fee_bp as "technicalFeeBp", f.contract_terms_id as "contractTermsId", f.evidence, f.candidates,
        f.frozen_at as "frozenAt", l.currency, l.base_minor as "baseMinor", l.item_total_minor as "itemTotalMinor",
        l.brand_discount_minor as "brandDiscountMinor", l.platform_discount_minor as "platformDiscountMinor",
        l.creator_discount_minor as "creatorDiscountMinor"
      from ${on} join frozen_terms f using (brand_id, line_id)
      join order_line l on l.brand_id = f.brand_id and l.id = f.line_id
      join alliance_policy p on p.id = f.policy_id`);
    const steps = await scope.sql.rows(sql<StepRow>`
      select s.line_id as "lineId", s.step_no as "stepNo", s.kind, s.event_id as "eventId",
        s.occurred_at as "occurredAt", s.refunded_minor as "refundedMinor",
        s.remaining_base_minor as "remainingBaseMinor",
        array_agg(e.net_minor order by e.node_no) as "entries"
      from ${on} join commission_step s using (brand_id, line_id)
      join commission_entry e on e.brand_id = s.brand_id and e.line_id = s.line_id and e.step_no = s.step_no
      group by s.brand_id, s.line_id, s.step_no order by s.line_id, s.step_no`);
    const stepsOf = Map.groupBy(steps, ({ lineId }) => lineId);
    return frozen.map((row) =>
      explain(scope.actor, row, nodes.get(row.lineId) ?? [], stepsOf.get(row.lineId) ?? []),
    );
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});

/** The lines that an organisation is paid from, newest first, whatever its part in them is. */
export const linesOfPayee = pageByKey<ReadLine & { readonly payeeId: string }>({
  name: 'linesOfPayee',
  columns: [...LINE_COLUMNS, 'openToViewer'],
  read: (keys, page, _filter, scope) => {
    const { where, order } = newestFirst(page, 'n', 'line_id');
    const own = keys.filter((key) => isMember(scope.actor, String(key)));
    return scope.sql.rows(sql<ReadLine & { payeeId: string }>`
      select ${selectAsked('t', LINE_COLUMNS, scope, 'placedAt', 'id')},
        r.payee_id = any(${own}::uuid[]) as "openToViewer", r.payee_id as "payeeId"
      from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select distinct n.payee_id, n.brand_id, n.line_id, n.placed_at from waterfall_node n
        where n.payee_id = k.id and ${where} order by ${order} ${limitOf(page)}) r
      join order_line t on t.brand_id = r.brand_id and t.id = r.line_id
      order by t.placed_at desc, t.id desc`);
  },
  keyOf: (row) => row.payeeId,
  cursorOf: ({ placedAt, id }) => [placedAt, id],
});
