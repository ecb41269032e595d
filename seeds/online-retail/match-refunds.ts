import { pence } from './amounts.ts';
import type { Row } from './rows.ts';

/** What a cancellation gives back, and on which line. */
export interface MatchedRefund {
  readonly orderNo: string;
  readonly lineNo: number;
  readonly amountMinor: bigint;
}

/** Finds the line that each cancellation is about; to be told of all lines and refunds in the order of the file. */
export interface RefundMatcher {
  bought(line: Row, itemTotalMinor: bigint): void;
  match(refund: Row): MatchedRefund | undefined;
}

const NONE = -1;

/**
 * The rule of the data set: a refund is of the latest earlier line of the same customer and product that has enough
 * pieces left, all of it from one line; when it takes all pieces that are left, it takes all the money, too.
 * There is room for `size` lines of known customers. What is remembered of them lies in columns of numbers: 400,000
 * objects would take five times the memory, and more again while they wait to be collected.
 */
export function matchRefunds(size: number): RefundMatcher {
  const orders = numbering();
  const prices = numbering();
  const products = numbering();
  const order = new Int32Array(size);
  const lineNo = new Int32Array(size);
  const price = new Int32Array(size);
  const quantityLeft = new Int32Array(size);
  const leftMinor = new BigInt64Array(size);
  /** The line of the same customer and product before this one. */
  const earlier = new Int32Array(size);
  const latest = new Map<number, number>();
  let count = 0;

  // Fewer than 10,000 products and 100,000 customers: small whole numbers, which a Map keeps in the least room.
  const keyOf = ({ customer, stockCode }: Row) => (customer ?? 0) * 10_000 + products.numberOf(stockCode);

  const takeFrom = (line: number, quantity: number): MatchedRefund => {
    const left = leftMinor[line] as bigint;
    const isAll = quantity === quantityLeft[line];
    const amountMinor = isAll ? left : pence(quantity, prices.textOf(price[line] as number));
    quantityLeft[line] = (quantityLeft[line] as number) - quantity;
    leftMinor[line] = left - amountMinor;
    return { orderNo: orders.textOf(order[line] as number), lineNo: lineNo[line] as number, amountMinor };
  };
  return {
    bought(row, itemTotalMinor) {
      if (row.customer === null) return;
      const key = keyOf(row);
      const line = count++;
      order[line] = orders.numberOf(row.invoiceNo);
      lineNo[line] = row.lineNo;
      price[line] = prices.numberOf(row.price);
      quantityLeft[line] = row.quantity;
      leftMinor[line] = itemTotalMinor;
      earlier[line] = latest.get(key) ?? NONE;
      latest.set(key, line);
    },
    match(refund) {
      if (refund.customer === null) return undefined;
      let line = latest.get(keyOf(refund)) ?? NONE;
      while (line !== NONE && (quantityLeft[line] as number) < refund.quantity)
        line = earlier[line] as number;
      return line === NONE ? undefined : takeFrom(line, refund.quantity);
    },
  };
}

/** Numbers texts from 0 as they come, so that each is kept once. */
function numbering() {
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  return {
    numberOf(text: string): number {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      texts.push(text);
      numbers.set(text, texts.length - 1);
      return texts.length - 1;
    },
    textOf: (number: number): string => texts[number] as string,
  };
}
