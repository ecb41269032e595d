import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';

/**
 * A plain recomputation of all figures of a brand, in TypeScript, from its order lines and what was frozen and posted on
 * them. It shares nothing with the feature: one loop over lines and maps of sums.
 */

interface Line {
  id: string;
  orderKey: string;
  buyerKey: string;
  productId: string;
  creatorId: string | null;
  currency: string;
  quantity: number;
  paidMinor: bigint;
  backMinor: bigint;
  state: string;
  isPaid: boolean;
  boosted: boolean;
  placedAt: Date;
  day: string;
  exclusive: boolean;
  eventId: string | null;
  sessionId: string | null;
  nodes: Node[];
}

interface Node {
  lineId: string;
  nodeNo: number;
  parentNo: number | null;
  payeeId: string;
  role: string;
  net: bigint;
  accrued: bigint;
}

interface Host {
  creatorId: string;
  since: Date;
  until: Date | null;
}

type Sums = Record<string, bigint>;
export type Figures = Map<string, Sums>;

/** All figures of a brand by a text that says what they are of. */
export interface BrandFigures {
  readonly days: Figures;
  readonly buyers: Figures;
  readonly products: Figures;
  readonly sessions: Figures;
}

const DAY_SUMS = [
  'orders',
  'lines',
  'units',
  'returned_lines',
  'cancelled_lines',
  'gmv_minor',
  'refunded_minor',
  'commission_accrued_minor',
  'commission_minor',
  'fee_accrued_minor',
  'fee_minor',
  'self_broadcast_minor',
  'public_traffic_minor',
  'distribution_minor',
  'private_traffic_minor',
  'channel_exclusive_minor',
] as const;
const PRODUCT_SUMS = [
  'lines',
  'units',
  'returned_lines',
  'gmv_minor',
  'refunded_minor',
  'commission_minor',
  'fee_minor',
  'kept_minor',
] as const;

const sum = (numbers: Iterable<bigint>): bigint => [...numbers].reduce((a, b) => a + b, 0n);
const isSold = ({ isPaid, state }: Line): boolean => isPaid && state !== 'CANCELLED';

/** What the brand pays: the first tree is the commission, those after it service fees. */
function costOf({ nodes }: Line) {
  const rootOf = (node: Node): number =>
    node.parentNo === null ? node.nodeNo : rootOf(nodes.find(({ nodeNo }) => nodeNo === node.parentNo)!);
  const first = nodes.filter((node) => rootOf(node) === 0);
  const others = nodes.filter((node) => rootOf(node) !== 0);
  return {
    accrued: sum(first.map(({ accrued }) => accrued)),
    net: sum(first.map(({ net }) => net)),
    feeAccrued: sum(others.map(({ accrued }) => accrued)),
    fee: sum(others.map(({ net }) => net)),
  };
}

function pathOf(line: Line, hosts: readonly Host[]): string {
  if (line.exclusive) return 'channel_exclusive_minor';
  const isHost = hosts.some(
    ({ creatorId, since, until }) =>
      creatorId === line.creatorId && since <= line.placedAt && (until === null || line.placedAt < until),
  );
  if (isHost) return 'self_broadcast_minor';
  if (line.boosted) return 'public_traffic_minor';
  return line.creatorId === null ? 'private_traffic_minor' : 'distribution_minor';
}

function entry(figures: Figures, key: string, names: readonly string[]): Sums {
  const found = figures.get(key) ?? Object.fromEntries(names.map((name) => [name, 0n]));
  figures.set(key, found);
  return found;
}

/** For whom a line counts, with what each pays or keeps. */
function subjectsOf(line: Line, brandId: string) {
  const payees = new Set(
    line.nodes.filter(({ role }) => role !== 'TECHNICAL_FEE').map(({ payeeId }) => payeeId),
  );
  return [
    { subjectId: brandId, ...costOf(line) },
    ...[...payees].map((subjectId) => {
      const own = line.nodes.filter(({ payeeId, role }) => payeeId === subjectId && role !== 'TECHNICAL_FEE');
      return {
        subjectId,
        accrued: sum(own.map(({ accrued }) => accrued)),
        net: sum(own.map(({ net }) => net)),
        feeAccrued: 0n,
        fee: 0n,
      };
    }),
  ];
}

function addDays(figures: BrandFigures, line: Line, brandId: string, hosts: readonly Host[], begins: Begins) {
  for (const eventId of line.eventId === null ? [''] : ['', line.eventId]) {
    for (const { subjectId, accrued, net, feeAccrued, fee } of subjectsOf(line, brandId)) {
      const key = [line.day, subjectId, eventId, line.currency].join(' ');
      const it = entry(figures.days, key, DAY_SUMS);
      if (!isSold(line)) {
        it.cancelled_lines! += 1n;
        continue;
      }
      it.lines! += 1n;
      it.units! += BigInt(line.quantity);
      it.returned_lines! += line.backMinor > 0n ? 1n : 0n;
      it.gmv_minor! += line.paidMinor;
      it.refunded_minor! += line.backMinor;
      it.commission_accrued_minor! += accrued;
      it.commission_minor! += net;
      it.fee_accrued_minor! += feeAccrued;
      it.fee_minor! += fee;
      it[pathOf(line, hosts)]! += line.paidMinor;
      if (!begins(line, subjectId, eventId)) continue;
      it.orders! += 1n;
      entry(figures.buyers, `${key} ${line.buyerKey}`, ['orders']).orders! += 1n;
    }
  }
}

/** Whether the order begins for a party with this line: no other sold line of it comes before, and it was not asked before. */
type Begins = (line: Line, subjectId: string, eventId: string) => boolean;

function beginnings(lines: readonly Line[], brandId: string): Begins {
  const first = new Map<string, string>();
  const keyOf = (line: Line, subjectId: string, eventId: string) =>
    `${subjectId} ${eventId} ${line.orderKey}`;
  for (const line of lines) {
    if (!isSold(line)) continue;
    for (const { subjectId } of subjectsOf(line, brandId)) {
      for (const eventId of ['', line.eventId ?? '']) {
        const key = keyOf(line, subjectId, eventId);
        const known = first.get(key);
        if (known === undefined || line.day < known) first.set(key, line.day);
      }
    }
  }
  const counted = new Set<string>();
  return (line, subjectId, eventId) => {
    const key = keyOf(line, subjectId, eventId);
    if (first.get(key) !== line.day || counted.has(key)) return false;
    counted.add(key);
    return true;
  };
}

function addProducts({ products }: BrandFigures, line: Line): void {
  if (!isSold(line)) return;
  const key = [line.day, line.productId, line.creatorId ?? '', line.currency].join(' ');
  const it = entry(products, key, PRODUCT_SUMS);
  const { net, fee } = costOf(line);
  it.lines! += 1n;
  it.units! += BigInt(line.quantity);
  it.returned_lines! += line.backMinor > 0n ? 1n : 0n;
  it.gmv_minor! += line.paidMinor;
  it.refunded_minor! += line.backMinor;
  it.commission_minor! += net;
  it.fee_minor! += fee;
  it.kept_minor! += sum(line.nodes.filter(({ role }) => role === 'CREATOR').map((node) => node.net));
}

function addSessions({ sessions }: BrandFigures, lines: readonly Line[]): void {
  for (const [key, list] of Map.groupBy(lines, (line) => `${line.sessionId} ${line.currency}`)) {
    const sold = list.filter((line) => line.sessionId !== null && isSold(line));
    if (sold.length === 0) continue;
    sessions.set(key, {
      orders: BigInt(new Set(sold.map(({ orderKey }) => orderKey)).size),
      buyers: BigInt(new Set(sold.map(({ buyerKey }) => buyerKey)).size),
      gmv_minor: sum(sold.map(({ paidMinor }) => paidMinor)),
    });
  }
}

/** What the figures of a brand must be. */
export async function plainFigures(database: Database, brandId: string): Promise<BrandFigures> {
  const { lines, hosts } = await read(database, brandId);
  const figures: BrandFigures = {
    days: new Map(),
    buyers: new Map(),
    products: new Map(),
    sessions: new Map(),
  };
  const begins = beginnings(lines, brandId);
  for (const line of lines) {
    addDays(figures, line, brandId, hosts, begins);
    addProducts(figures, line);
  }
  addSessions(figures, lines);
  return figures;
}

async function read(database: Database, brandId: string): Promise<{ lines: Line[]; hosts: Host[] }> {
  const [alliance] = await database.rows(
    sql<{ timeZone: string }>`select time_zone as "timeZone" from alliance`,
  );
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: alliance?.timeZone, dateStyle: 'short' });
  const lines = await database.rows(sql<Omit<Line, 'day' | 'nodes'>>`
    select l.id, l.source_id || '/' || l.order_no as "orderKey", s.reporter_id || ' ' || l.buyer_ref as "buyerKey",
      l.product_id as "productId", l.creator_id as "creatorId", l.currency, l.quantity, l.goods_paid_minor as "paidMinor",
      l.refunded_minor as "backMinor", l.state, l.paid_at is not null as "isPaid", l.boosted, l.placed_at as "placedAt",
      coalesce(p.kind = 'EXCLUSIVE', false) as exclusive, e.event_id as "eventId", v.live_session_id as "sessionId"
    from order_line l join order_source s on s.id = l.source_id
    left join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
    left join plan_terms t on t.id = f.plan_terms_id left join plan p on p.id = t.plan_id
    left join event_line e on e.brand_id = l.brand_id and e.line_id = l.id
    left join live_line v on v.brand_id = l.brand_id and v.line_id = l.id
    where l.brand_id = ${brandId} and l.paid_at is not null order by l.id`);
  const nodes = await database.rows(sql<Node>`
    select n.line_id as "lineId", n.node_no as "nodeNo", n.parent_no as "parentNo", n.payee_id as "payeeId", n.role,
      n.net_minor as net, coalesce((select e.net_minor from commission_entry e join commission_step s using (brand_id, line_id, step_no)
        where e.brand_id = n.brand_id and e.line_id = n.line_id and e.node_no = n.node_no and s.kind = 'ACCRUAL'), 0) as accrued
    from waterfall_node n where n.brand_id = ${brandId}`);
  const hosts = await database.rows(sql<Host>`
    select creator_id as "creatorId", since, until from insight_host where brand_id = ${brandId}`);
  const nodesOf = Map.groupBy(nodes, ({ lineId }) => lineId);
  return {
    hosts,
    lines: lines.map((line) => ({
      ...line,
      day: dayOf.format(line.placedAt),
      nodes: nodesOf.get(line.id) ?? [],
    })),
  };
}

/** What stands in the tables of insight. */
export async function keptFigures(database: Database, brandId: string): Promise<BrandFigures> {
  const keep = async (table: string, keys: readonly string[], names: readonly string[]): Promise<Figures> => {
    const key = sql.join(keys.map((name) => sql`coalesce(${sql.id(name)}::text, '')`));
    const rows = await database.rows(sql<Sums & { what: string }>`
      select concat_ws(' ', ${key}) as what, ${sql.join(names.map((name) => sql`${sql.id(name)}::bigint`))}
      from ${sql.table(table)} where brand_id = ${brandId}`);
    return new Map(rows.map(({ what, ...sums }) => [what, sums as Sums]));
  };
  const day = ['day', 'subject_id', 'event_id', 'currency'];
  return {
    days: await keep('insight_day', day, DAY_SUMS),
    buyers: await keep('insight_buyer', [...day, 'reporter_id', 'buyer_ref'], ['orders']),
    products: await keep('insight_product', ['day', 'product_id', 'creator_id', 'currency'], PRODUCT_SUMS),
    sessions: await keep(
      'insight_session',
      ['live_session_id', 'currency'],
      ['orders', 'buyers', 'gmv_minor'],
    ),
  };
}

/** The figures in an order of their own, for comparison. */
export const inOrder = (figures: BrandFigures): Record<string, [string, Sums][]> =>
  Object.fromEntries(
    Object.entries(figures as unknown as Record<string, Figures>).map(([name, map]) => [
      name,
      [...map].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
