import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { SetUpError } from '../../src/kernel/set-up-error.ts';

/** Why a row is no order line, in the order in which the rule asks. */
export const SKIP_REASONS = ['NOT_GOODS', 'NO_PRICE', 'ADJUSTMENT'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** One row of the data set, read by the rule. */
export interface Row {
  readonly what: 'LINE' | 'REFUND' | SkipReason;
  readonly invoiceNo: string;
  /** The position within the invoice among all its rows of the file, from 1. */
  readonly lineNo: number;
  /** Upper case: the file writes one product both ways. */
  readonly stockCode: string;
  readonly description: string;
  /** Pieces bought, or given back by a REFUND; above 0 for both. */
  readonly quantity: number;
  readonly at: Date;
  /** Pounds as exact decimal text. */
  readonly price: string;
  /** Null where the shop did not know who bought. */
  readonly customer: number | null;
}

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const GOODS = /^\d{5}/;
const WHOLE = /^-?\d+$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const CUSTOMER = /^(\d+)(\.0*)?$/;

/** The first rows of the file (CSV, gzipped or not), as a stream; all of them when `limit` is left out. */
export async function* readRows(file: string, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Row> {
  const rowsOfInvoice = new Map<string, number>();
  let count = -1;
  for await (const record of readRecords(file)) {
    count += 1;
    if (count === 0) checkHeading(file, record);
    else {
      const invoiceNo = record[0] ?? '';
      const lineNo = (rowsOfInvoice.get(invoiceNo) ?? 0) + 1;
      rowsOfInvoice.set(invoiceNo, lineNo);
      yield toRow(record, lineNo, `${file}, row ${count}`);
    }
    if (count >= limit) return;
  }
}

async function* readRecords(file: string): AsyncGenerator<string[]> {
  try {
    yield* await openRecords(file);
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    // What zlib and the parser refuse is the file's fault, not ours.
    if (!/^(Z_|CSV_)/.test(code)) throw error;
    throw new SetUpError(`${file} cannot be read as gzipped CSV: ${message}.`);
  }
}

async function openRecords(file: string): Promise<AsyncIterable<string[]>> {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  const isGzip = buffer[0] === 0x1f && buffer[1] === 0x8b;
  const parser = parse({ bom: true, relax_column_count: true, relax_quotes: true });
  // Whoever reads is told of failures by the parser, which a failing stream before it destroys.
  const told = () => undefined;
  if (isGzip) pipeline(createReadStream(file), createGunzip(), parser, told);
  else pipeline(createReadStream(file), parser, told);
  return parser;
}

function checkHeading(file: string, record: string[]): void {
  if (record.join(',') === HEADING) return;
  throw new SetUpError(`${file} is not the data set "Online Retail": its heading must be ${HEADING}.`);
}

function toRow(record: string[], lineNo: number, place: string): Row {
  const [invoiceNo = '', code = '', description = '', quantityText = '', time = '', price = '', buyer = ''] =
    record;
  const customer = CUSTOMER.exec(buyer)?.[1];
  const isSound =
    record.length === 8 && invoiceNo !== '' && code !== '' && WHOLE.test(quantityText) && TIME.test(time);
  if (!isSound || !DECIMAL.test(price) || (buyer !== '' && customer === undefined)) {
    throw new SetUpError(`${place} is not of the data set "Online Retail": ${record.join(',')}`);
  }
  const quantity = Number(quantityText);
  const isCancellation = invoiceNo.startsWith('C');
  const what = kindOf(code, price, quantity, isCancellation);
  if (what === 'REFUND' && quantity >= 0) throw new SetUpError(`${place} cancels ${quantity} pieces.`);
  return {
    what,
    invoiceNo,
    lineNo,
    stockCode: code.toUpperCase(),
    description: description.trim(),
    quantity: Math.abs(quantity),
    at: new Date(`${time.slice(0, 10)}T${time.slice(11)}Z`),
    price,
    customer: customer === undefined ? null : Number(customer),
  };
}

function kindOf(code: string, price: string, quantity: number, isCancellation: boolean): Row['what'] {
  if (!GOODS.test(code)) return 'NOT_GOODS';
  // Digits alone decide: the text may hold more decimals than any number type keeps.
  if (price.startsWith('-') || !/[1-9]/.test(price)) return 'NO_PRICE';
  if (isCancellation) return 'REFUND';
  return quantity > 0 ? 'LINE' : 'ADJUSTMENT';
}
