import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { SetUpError } from '../kernel/set-up-error.ts';

/** One line of a shop's own file of orders; what a column does not say is null and is not compared. */
export interface ShopOrder {
  readonly orderNo: string;
  readonly lineNo: number;
  /** Decimal text in the brand's currency. */
  readonly itemTotal: string | null;
  readonly goodsPaid: string | null;
  readonly refunded: string | null;
  readonly state: string | null;
  /** Where it stands in the file, for messages. */
  readonly place: string;
}

const STATES = new Set(['PLACED', 'PAID', 'SHIPPED', 'RECEIVED', 'CANCELLED']);

/**
 * Reads a shop's file of orders as a stream: CSV with a heading, gzipped or not. The columns are `order_no`, `line_no`
 * (1 where it is left out), and of `item_total`, `goods_paid`, `refunded` and `state` those that there are; others are
 * passed over. Throws a SetUpError that names the row for whatever cannot be read.
 */
export async function* readOrders(file: string): AsyncGenerator<ShopOrder> {
  const parser = parse({ bom: true, columns: (heading: string[]) => checkHeading(file, heading) });
  const isGzip = await startsAsGzip(file);
  const told = () => undefined;
  if (isGzip) pipeline(createReadStream(file), createGunzip(), parser, told);
  else pipeline(createReadStream(file), parser, told);
  let row = 1;
  try {
    for await (const record of parser) {
      row += 1;
      yield toOrder(record as Record<string, string>, `${file}, row ${row}`);
    }
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (!/^(Z_|CSV_)/.test(code)) throw error;
    throw new SetUpError(`${file} cannot be read as CSV, after row ${row}: ${message}.`);
  }
}

async function startsAsGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  return buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function checkHeading(file: string, heading: string[]): string[] {
  const names = heading.map((name) => name.trim().toLowerCase());
  if (names.includes('order_no')) return names;
  throw new SetUpError(
    `${file}: the heading must name order_no, and may name line_no, item_total, goods_paid, refunded, state.`,
  );
}

function toOrder(record: Record<string, string>, place: string): ShopOrder {
  const text = (name: string): string | null => record[name]?.trim() || null;
  const orderNo = text('order_no');
  const lineNo = text('line_no') ?? '1';
  const state = text('state')?.toUpperCase() ?? null;
  if (orderNo === null) throw new SetUpError(`${place} names no order.`);
  if (!/^[1-9]\d{0,6}$/.test(lineNo)) throw new SetUpError(`${place}: "${lineNo}" is no number of a line.`);
  if (state !== null && !STATES.has(state)) {
    throw new SetUpError(`${place}: "${state}" is none of ${[...STATES].join(', ')}.`);
  }
  return {
    orderNo,
    lineNo: Number(lineNo),
    itemTotal: text('item_total'),
    goodsPaid: text('goods_paid'),
    refunded: text('refunded'),
    state,
    place,
  };
}
