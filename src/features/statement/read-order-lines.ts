import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { PayeeRole } from '../commission/index.ts';
import type { Posting } from './read-postings.ts';

/** Whose lines of which transaction: those of a brand that pay, or take back from, a payee. */
export interface LinesKey {
  readonly transactionId: string;
  readonly brandId: string;
  readonly payeeId: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** What an order line has brought to a payee, or taken back, in one transaction. Amounts are minor units. */
export interface StatementOrderLine extends LinesKey {
  readonly lineId: string;
  readonly orderNo: string;
  readonly lineNo: number;
  readonly productTitle: string;
  readonly placedAt: Date;
  readonly receivedAt: Date | null;
  readonly settledAt: Date;
  /** The commission base that counts: at settlement what is left of it, later what it has changed by. */
  readonly baseMinor: bigint;
  /** One per node of the payee in the line's waterfall. */
  readonly parts: readonly LinePart[];
  /** What the parts come to. */
  readonly netMinor: bigint;
}

/** A node of the payee. */
export interface LinePart {
  readonly role: PayeeRole;
  readonly rateBp: number;
  readonly of: 'BASE' | 'REST';
  /** With what it passes on. */
  readonly grossMinor: bigint;
  readonly netMinor: bigint;
  readonly currency: string;
}

const KINDS: readonly string[] = ['SETTLEMENT', 'ADJUSTMENT', 'CLAWBACK'];

/** Whose order lines stand behind a posting; undefined where it is of another kind. */
export function linesKeyOf(line: Posting): LinesKey | undefined {
  const { kind, transactionId, brandId, currency, accountKind, partyId, counterpartId } = line;
  if (!KINDS.includes(kind) || brandId === null) return undefined;
  return { transactionId, brandId, currency, payeeId: accountKind === 'ESCROW' ? counterpartId : partyId };
}

interface LineRow extends Omit<StatementOrderLine, 'parts' | 'netMinor'> {
  readonly nodes: readonly NodeRow[];
}

interface NodeRow {
  readonly parent: number | null;
  readonly payeeId: string;
  readonly role: PayeeRole;
  readonly rateBp: number;
  readonly of: 'BASE' | 'REST';
  /** As text, since JSON would round it. */
  readonly net: string;
}

/** How many lines are read of each key, in the order of their ids, after which. */
export interface LinesPage {
  readonly first: number;
  readonly afterLineId: string;
}

/** The order lines behind postings, by key and then by line. One statement. */
export async function readOrderLines(
  db: Sql,
  keys: readonly LinesKey[],
  { first, afterLineId }: LinesPage,
): Promise<StatementOrderLine[]> {
  const rows = await db.rows(sql<LineRow>`
    select k.transaction_id as "transactionId", k.brand_id as "brandId", k.payee_id as "payeeId", k.currency,
      s.line_id as "lineId", l.order_no as "orderNo", l.line_no as "lineNo", p.title as "productTitle",
      l.placed_at as "placedAt", l.received_at as "receivedAt", s.settled_at as "settledAt",
      ${baseAt(sql`s.to_step`)} - coalesce(${baseAt(sql`s.from_step - 1`)}, 0) as "baseMinor", n.nodes
    from unnest(${keys.map((key) => key.transactionId)}::uuid[], ${keys.map((key) => key.brandId)}::uuid[],
      ${keys.map((key) => key.payeeId)}::uuid[], ${keys.map((key) => key.currency)}::text[])
      with ordinality k (transaction_id, brand_id, payee_id, currency, n)
    cross join lateral (${settledOrChanged({ first, afterLineId })}) s
    join order_line l on l.brand_id = k.brand_id and l.id = s.line_id
    join product p on p.id = l.product_id
    cross join lateral (
      select jsonb_agg(jsonb_build_object('parent', w.parent_no, 'payeeId', w.payee_id, 'role', w.role, 'rateBp', w.rate_bp,
        'of', w.applies_to, 'net', coalesce(e.net, 0)::text) order by w.node_no) as nodes
      from waterfall_node w cross join lateral (select sum(c.net_minor) as net from commission_entry c
        where c.brand_id = w.brand_id and c.line_id = w.line_id and c.node_no = w.node_no
          and c.step_no between s.from_step and s.to_step) e
      where w.brand_id = k.brand_id and w.line_id = s.line_id) n
    order by k.n, s.line_id`);
  return rows.map(toLine);
}

/** SQL: what was left of a line's commission base after a step; nothing before the first. */
const baseAt = (stepNo: RawBuilder<unknown>) => sql`(select b.remaining_base_minor from commission_step b
  where b.brand_id = k.brand_id and b.line_id = s.line_id and b.step_no = ${stepNo})`;

/** SQL: the lines that a batch settled with all of their steps until then, or the one whose later step was posted. */
const settledOrChanged = ({ first, afterLineId }: LinesPage) => sql`
  select x.* from (
    select t.line_id, 1 as from_step, t.steps as to_step, t.settled_at from line_settlement t
    where t.brand_id = k.brand_id and t.batch_id = k.transaction_id
    union all
    select c.line_id, c.step_no, c.step_no, t.settled_at from commission_step c
    join line_settlement t on t.brand_id = c.brand_id and t.line_id = c.line_id
    where c.brand_id = k.brand_id and c.transaction_id = k.transaction_id) x
  where x.line_id > ${afterLineId}
    and exists (select from waterfall_node w where w.brand_id = k.brand_id and w.line_id = x.line_id and w.payee_id = k.payee_id)
    and exists (select from order_line o where o.brand_id = k.brand_id and o.id = x.line_id and o.currency = k.currency)
  order by x.line_id limit ${first}`;

function toLine({ nodes, ...line }: LineRow): StatementOrderLine {
  const nets = nodes.map(({ net }) => BigInt(net));
  const grosses = grossOf(nodes, nets);
  const parts = nodes.flatMap(({ payeeId, role, rateBp, of }, i): LinePart[] => {
    const figures = { grossMinor: grosses[i] ?? 0n, netMinor: nets[i] ?? 0n };
    return payeeId === line.payeeId ? [{ role, rateBp, of, ...figures, currency: line.currency }] : [];
  });
  return { ...line, parts, netMinor: parts.reduce((sum, { netMinor }) => sum + netMinor, 0n) };
}

/** A node's gross is its net with the gross of those that it pays; a parent stands before its children. Pure. */
export function grossOf(
  nodes: readonly { readonly parent: number | null }[],
  nets: readonly bigint[],
): bigint[] {
  const gross = [...nets];
  for (let i = nodes.length - 1; i >= 0; i--) {
    const parent = nodes[i]?.parent;
    if (parent != null) gross[parent] = (gross[parent] ?? 0n) + (gross[i] ?? 0n);
  }
  return gross;
}

/** So many lines are read of one posting at once. */
const AT_ONCE = 1000;
/** So many postings are asked for their lines at once. */
const KEYS_AT_ONCE = 20;

/** The order lines behind a page of postings, with the posting of each, a page at a time. */
export async function* orderLinesOf(
  db: Sql,
  page: readonly Posting[],
): AsyncGenerator<{ line: Posting; orderLine: StatementOrderLine }[]> {
  const found = page.flatMap((line) => {
    const key = linesKeyOf(line);
    return key === undefined ? [] : [{ line, key }];
  });
  for (let i = 0; i < found.length; i += KEYS_AT_ONCE) {
    const some = found.slice(i, i + KEYS_AT_ONCE);
    const read = await readOrderLines(
      db,
      some.map(({ key }) => key),
      { first: AT_ONCE, afterLineId: NONE_BEFORE },
    );
    const byKey = Map.groupBy(read, textOf);
    for (const { line, key } of some) {
      for (let lines = byKey.get(textOf(key)) ?? []; lines.length > 0; ) {
        yield lines.map((orderLine) => ({ line, orderLine }));
        const last = lines.at(-1);
        if (last === undefined || lines.length < AT_ONCE) break;
        lines = await readOrderLines(db, [key], { first: AT_ONCE, afterLineId: last.lineId });
      }
    }
  }
}

/** Before every id. */
export const NONE_BEFORE = '00000000-0000-0000-0000-000000000000';

const textOf = ({ transactionId, brandId, payeeId, currency }: LinesKey): string =>
  [transactionId, brandId, payeeId, currency].join('/');
