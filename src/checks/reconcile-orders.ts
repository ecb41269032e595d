import { sql } from 'kysely';
import type { Database, Tx } from '../db/database.ts';
import { fromDecimal } from '../kernel/money.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { SetUpError } from '../kernel/set-up-error.ts';
import type { Compared, Difference } from './reconcile.ts';
import { readOrders, type ShopOrder } from './shop-orders.ts';

/** A shop system's own file of orders, and whose it is. */
export interface OrdersFile {
  /** CSV, gzipped or not; `docs/reconcile.md` tells its columns. */
  readonly file: string;
  readonly brandId: string;
  /** The source that the shop reports under; every source of the brand when left out. */
  readonly source?: string;
}

const AT_ONCE = 2000;
const NAME = 'orders-and-shop';

/** Compares a brand's lines with the shop's own file of them, in bounded memory. */
export function compareOrders(
  database: Database,
  orders: OrdersFile,
  most: number,
  onProgress?: OnProgress,
): Promise<{ compared: Compared; found: Difference[] }> {
  return database.transaction(async (tx) => {
    const currency = await currencyOf(tx, orders.brandId);
    await tx.rows(sql`
      create temporary table shop_order (order_no text not null, line_no int not null, item_total bigint,
        goods_paid bigint, refunded bigint, state text) on commit drop`);
    let read = 0;
    for await (const some of chunks(readOrders(orders.file), AT_ONCE)) {
      await insertOrders(tx, some, currency);
      read += some.length;
      onProgress?.({ step: 'Reading the orders of the shop', done: read });
    }
    await refuseTwice(tx, orders.file);
    await tx.rows(sql`analyze shop_order`);
    const both = differencesOf(orders);
    const [counted] = await tx.rows(sql<{ things: bigint; different: bigint }>`
      select count(distinct (order_no, line_no)) as things,
        count(distinct (order_no, line_no)) filter (where cause is not null) as different from (${both}) c`);
    const { things = 0n, different = 0n } = counted ?? {};
    const found = await tx.rows(sql<Difference>`
      select ${NAME}::text as comparison, 'order ' || order_no || ', line ' || line_no || ': ' || what as subject,
        ${currency}::text as currency, lhs as "leftMinor", rhs as "rightMinor", cause as "likelyCause"
      from (${both}) c where cause is not null order by order_no, line_no, what limit ${most}`);
    const sides = { left: 'the order lines here', right: 'the orders of the shop' };
    return {
      compared: { name: NAME, ...sides, things: Number(things), different: Number(different) },
      found,
    };
  });
}

async function currencyOf(tx: Tx, brandId: string): Promise<string> {
  const [brand] = await tx.rows(sql<{ currency: string }>`select currency from brand where id = ${brandId}`);
  if (brand === undefined)
    throw new SetUpError('There is no brand with this id: give --brand the id that the API shows.');
  return brand.currency;
}

async function insertOrders(tx: Tx, orders: readonly ShopOrder[], currency: string): Promise<void> {
  const minor = (order: ShopOrder, name: 'itemTotal' | 'goodsPaid' | 'refunded') => {
    const text = order[name];
    const amount = text === null ? null : fromDecimal(text, currency);
    if (amount !== undefined) return amount;
    throw new SetUpError(`${order.place}: "${text}" is no amount in ${currency}.`);
  };
  await tx.rows(sql`
    insert into shop_order (order_no, line_no, item_total, goods_paid, refunded, state)
    select * from unnest(${orders.map(({ orderNo }) => orderNo)}::text[], ${orders.map(({ lineNo }) => lineNo)}::int[],
      ${orders.map((order) => minor(order, 'itemTotal'))}::bigint[],
      ${orders.map((order) => minor(order, 'goodsPaid'))}::bigint[],
      ${orders.map((order) => minor(order, 'refunded'))}::bigint[],
      ${orders.map(({ state }) => state)}::text[])`);
}

async function refuseTwice(tx: Tx, file: string): Promise<void> {
  const [twice] = await tx.rows(sql<{ orderNo: string; lineNo: number }>`
    select order_no as "orderNo", line_no as "lineNo" from shop_order group by 1, 2 having count(*) > 1 limit 1`);
  if (twice === undefined) return;
  throw new SetUpError(`${file}: order ${twice.orderNo}, line ${twice.lineNo} stands there more than once.`);
}

/** A row for each figure of each line that either side has; `cause` is null where the two agree. */
const differencesOf = ({ brandId, source }: OrdersFile) => sql`
  with here as (
    select l.* from order_line l join order_source o on o.id = l.source_id
    where l.brand_id = ${brandId} and (${source ?? null}::text is null or o.name = ${source ?? null})),
  waiting as (
    select distinct e.order_no, e.line_no from order_event e where e.brand_id = ${brandId} and e.waiting)
  select p.order_no_ as order_no, p.line_no_ as line_no, f.what, f.lhs, f.rhs, f.cause
  from (select h.id, h.item_total_minor, h.goods_paid_minor, h.refunded_minor, h.state as here_state, s.*,
      coalesce(h.order_no, s.order_no) as order_no_, coalesce(h.line_no, s.line_no) as line_no_, w.order_no as waits
    from here h
    full join shop_order s on s.order_no = h.order_no and s.line_no = h.line_no
    left join waiting w on w.order_no = s.order_no and w.line_no = s.line_no) p
  cross join lateral (values
    ('the line', case when p.id is not null then 1 end, case when p.order_no is not null then 1 end,
      case when p.id is null and p.waits is not null
          then 'Other events of the line have come; its PLACED event has not, or was refused.'
        when p.id is null then 'The line was never reported, or under another source.'
        when p.order_no is null then 'The file leaves the line out: its period may be shorter, or the shop has removed it.' end),
    ('item total', p.item_total_minor, p.item_total, case when p.item_total <> p.item_total_minor
      then 'The shop has changed the line after placing it; what it was placed with does not change here.' end),
    ('goods paid', p.goods_paid_minor, p.goods_paid, case when p.goods_paid <> p.goods_paid_minor
      then 'The discounts that were reported are not those of the shop.' end),
    ('refunded', p.refunded_minor, p.refunded, case when p.refunded > p.refunded_minor
        then 'A refund was not reported, or more was given back than was paid for the goods.'
      when p.refunded < p.refunded_minor
        then 'A refund was reported twice under two ids, or the file is older than the refund.' end),
    ('state ' || coalesce(p.here_state, '-') || ' here, ' || coalesce(p.state, '-') || ' there', null, null,
      case when p.state <> p.here_state then 'An event that changes the state was not reported, or the file is older.' end)
  ) f (what, lhs, rhs, cause)`;

async function* chunks<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let chunk: Item[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
