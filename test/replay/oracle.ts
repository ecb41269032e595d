import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * An independent calculation of what `alliance replay online-retail` must report, by the rule in
 * `../shared/data/online-retail.md`. It imports nothing from `src/`, parses the file itself and divides each
 * line once, from its final base, so that it shares no mistake with the product. With settlement it divides once more
 * at the midnight of each line and at each refund from then on.
 */

/** The figures of a replay; everything ending in `Minor` and all of `byRole` is whole pence. */
export interface OracleFigures {
  /** Data rows read, the heading not counted. */
  rows: number;
  /** Order lines: goods rows that are neither cancellations nor skipped. */
  lines: number;
  skipped: { NOT_GOODS: number; NO_PRICE: number; ADJUSTMENT: number };
  matchedRefunds: number;
  unmatchedRefunds: number;
  unattributedLines: number;
  gmvMinor: number;
  unattributedGmvMinor: number;
  refundedMinor: number;
  /** What all payees together accrued at payment, before any refund. */
  accruedMinor: number;
  /** Nets after refunds. */
  byRole: ByRole;
}

type ByRole = { creator: number; mcn: number; recruiter: number; platform: number };

/** What a replay with `--settle` reports besides. */
export interface SettledFigures extends OracleFigures {
  /** Lines with a creator. */
  settledLines: number;
  clawbackRefunds: number;
  /** What those refunds changed, below zero. */
  clawbackByRole: ByRole;
  balancesByRole: ByRole;
  topCreators: [string, number][];
}

interface Line {
  p: bigint;
  customer: bigint | null;
  priceText: string;
  paid: bigint;
  refunded: bigint;
  quantityLeft: bigint;
  /** The midnight at which it is settled, in milliseconds. */
  settledAt: number;
  /** What was refunded before that, and then by each refund from then on. */
  refundedBefore: bigint;
  clawbacks: bigint[];
}

interface State {
  rows: number;
  skipped: { NOT_GOODS: number; NO_PRICE: number; ADJUSTMENT: number };
  matchedRefunds: number;
  unmatchedRefunds: number;
  lines: Line[];
  /** The lines of one customer and one product, in file order. */
  byBuyerAndProduct: Map<string, Line[]>;
}

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** Works out the figures of the first `rows` rows of a file (`.csv` or gzipped), of all rows by default. */
export function oracle(file: string, options: { rows?: number } = {}): OracleFigures {
  return figuresOf(readFile(file, options));
}

/** The same with what the midnights of the data settle. */
export function settledOracle(file: string, options: { rows?: number } = {}): SettledFigures {
  const state = readFile(file, options);
  return { ...figuresOf(state), ...settlementOf(state) };
}

function readFile(file: string, options: { rows?: number }): State {
  const state: State = {
    rows: 0,
    skipped: { NOT_GOODS: 0, NO_PRICE: 0, ADJUSTMENT: 0 },
    matchedRefunds: 0,
    unmatchedRefunds: 0,
    lines: [],
    byBuyerAndProduct: new Map(),
  };
  const limit = options.rows ?? Number.POSITIVE_INFINITY;
  const records = csvRecords(textOf(file));
  const heading = records.next();
  if (heading.done || heading.value.join(',') !== HEADING) throw new Error(`${file} has another heading`);
  for (const record of records) {
    if (state.rows >= limit) break;
    state.rows += 1;
    takeRow(state, record);
  }
  return state;
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (gzipped ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Splits RFC 4180 text: a quoted field may hold commas, line ends and doubled quotes. */
function* csvRecords(text: string): Generator<string[]> {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let record: string[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`not CSV at character ${at}`);
    record.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    yield record;
    record = [];
  }
}

function takeRow(state: State, record: string[]): void {
  const [invoice, stockCode, , quantityText, timeText, priceText, customerText] = record;
  if (record.length !== 8 || !invoice || !stockCode || !quantityText || !timeText || !priceText) {
    throw new Error(`row ${state.rows} is incomplete`);
  }
  const quantity = BigInt(quantityText);
  const cancellation = invoice.startsWith('C');
  const customer = customerText ? customerOf(customerText) : null;
  const product = stockCode.toUpperCase();
  if (!/^[0-9]{5}/.test(stockCode)) state.skipped.NOT_GOODS += 1;
  else if (!isPositive(priceText)) state.skipped.NO_PRICE += 1;
  else if (quantity <= 0n && !cancellation) state.skipped.ADJUSTMENT += 1;
  else if (cancellation) takeRefund(state, customer, product, -quantity, timeOf(timeText));
  else takeLine(state, customer, product, quantity, priceText, timeOf(timeText));
}

/** Reads '2010-12-01 08:26:00', UTC, as milliseconds. */
function timeOf(text: string): number {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})$/.exec(text);
  if (!match) throw new Error(`InvoiceDate ${text} is no time`);
  const [year, month, day, hours, minutes, seconds] = match.slice(1).map(Number);
  return Date.UTC(year!, month! - 1, day!, hours!, minutes!, seconds!);
}

const HOUR = 3_600_000;

/** Received five days after the invoice, due seven days after that, settled at the first midnight that is not earlier. */
function settlementTime(invoiced: number): number {
  const due = invoiced + (5 + 7) * 24 * HOUR;
  const sinceMidnight = due % (24 * HOUR);
  return sinceMidnight === 0 ? due : due - sinceMidnight + 24 * HOUR;
}

/** Reads '17850.0': the file holds the integers as a spreadsheet wrote them. */
function customerOf(text: string): bigint {
  const match = /^([0-9]+)(?:\.0*)?$/.exec(text);
  if (!match) throw new Error(`CustomerID ${text} is no integer`);
  return BigInt(match[1]!);
}

function takeLine(
  state: State,
  customer: bigint | null,
  product: string,
  quantity: bigint,
  price: string,
  at: number,
): void {
  const line: Line = {
    p: BigInt(product.slice(0, 2)),
    customer,
    priceText: price,
    paid: pence(quantity, price),
    refunded: 0n,
    quantityLeft: quantity,
    settledAt: settlementTime(at),
    refundedBefore: 0n,
    clawbacks: [],
  };
  state.lines.push(line);
  if (customer === null) return;
  const key = `${customer} ${product}`;
  const earlier = state.byBuyerAndProduct.get(key);
  if (earlier) earlier.push(line);
  else state.byBuyerAndProduct.set(key, [line]);
}

function takeRefund(
  state: State,
  customer: bigint | null,
  product: string,
  quantity: bigint,
  at: number,
): void {
  // The file has no cancellation of nothing or of less; should one appear, the rule does not say what it is.
  if (quantity <= 0n) throw new Error(`row ${state.rows} cancels ${quantity}`);
  const candidates = customer === null ? undefined : state.byBuyerAndProduct.get(`${customer} ${product}`);
  const line = candidates?.findLast((candidate) => candidate.quantityLeft >= quantity);
  if (!line) {
    state.unmatchedRefunds += 1;
    return;
  }
  state.matchedRefunds += 1;
  const whole = quantity === line.quantityLeft;
  const amount = whole ? line.paid - line.refunded : pence(quantity, line.priceText);
  line.refunded += amount;
  line.quantityLeft -= quantity;
  if (at >= line.settledAt) line.clawbacks.push(amount);
  else line.refundedBefore += amount;
}

/** The digits of a decimal as one integer, and ten to the power of how many of them follow the point. */
function decimal(text: string): { digits: bigint; scale: bigint } {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!match) throw new Error(`UnitPrice ${text} is no decimal`);
  const fraction = match[3] ?? '';
  const size = BigInt(match[2]! + fraction);
  return { digits: match[1] === '-' ? -size : size, scale: 10n ** BigInt(fraction.length) };
}

function isPositive(priceText: string): boolean {
  return decimal(priceText).digits > 0n;
}

/** Quantity × UnitPrice in pence, halves rounded up; both are positive here. */
function pence(quantity: bigint, priceText: string): bigint {
  const { digits, scale } = decimal(priceText);
  return (2n * quantity * digits * 100n + scale) / (2n * scale);
}

interface Shares {
  creator: bigint;
  mcn: bigint;
  recruiter: bigint;
  platform: bigint;
}

/** Divides a base by the arrangement of the rule, floored at every step (bigint division of positives floors). */
function divide(base: bigint, p: bigint, customer: bigint): Shares {
  const creatorGross = ((1000n + 100n * (p % 10n)) * base) / 10_000n;
  const creatorFee = (1000n * creatorGross) / 10_000n;
  const underContract = customer % 500n < 300n;
  const mcn = underContract ? (2000n * (creatorGross - creatorFee)) / 10_000n : 0n;
  const recruiterGross = p % 3n === 0n ? (300n * base) / 10_000n : 0n;
  const recruiterFee = (1000n * recruiterGross) / 10_000n;
  return {
    creator: creatorGross - creatorFee - mcn,
    mcn,
    recruiter: recruiterGross - recruiterFee,
    platform: creatorFee + recruiterFee,
  };
}

function figuresOf(state: State): OracleFigures {
  const byRole: Shares = { creator: 0n, mcn: 0n, recruiter: 0n, platform: 0n };
  let [gmv, unattributedGmv, refunded, accrued, unattributedLines] = [0n, 0n, 0n, 0n, 0];
  for (const line of state.lines) {
    gmv += line.paid;
    refunded += line.refunded;
    if (line.customer === null) {
      unattributedLines += 1;
      unattributedGmv += line.paid;
      continue;
    }
    const first = divide(line.paid, line.p, line.customer);
    accrued += first.creator + first.mcn + first.recruiter + first.platform;
    const last = divide(baseLeft(line.paid, line.refunded), line.p, line.customer);
    for (const role of ROLES) byRole[role] += last[role];
  }
  return {
    rows: state.rows,
    lines: state.lines.length,
    skipped: state.skipped,
    matchedRefunds: state.matchedRefunds,
    unmatchedRefunds: state.unmatchedRefunds,
    unattributedLines,
    gmvMinor: exact(gmv),
    unattributedGmvMinor: exact(unattributedGmv),
    refundedMinor: exact(refunded),
    accruedMinor: exact(accrued),
    byRole: exactShares(byRole),
  };
}

const ROLES = ['creator', 'mcn', 'recruiter', 'platform'] as const;

/** The base of a line is all that was paid, and a line of less than half a penny has none to divide. */
function baseLeft(paid: bigint, refunded: bigint): bigint {
  return paid === 0n ? 0n : (paid * (paid - refunded)) / paid;
}

/** Settles each line at its midnight from the base left then; each later refund changes what it makes of the base. */
function settlementOf(state: State): Omit<SettledFigures, keyof OracleFigures> {
  const balances: Shares = { creator: 0n, mcn: 0n, recruiter: 0n, platform: 0n };
  const clawback: Shares = { creator: 0n, mcn: 0n, recruiter: 0n, platform: 0n };
  const byCreator = new Map<bigint, bigint>();
  let [settledLines, clawbackRefunds] = [0, 0];
  for (const { customer, p, paid, refundedBefore, clawbacks } of state.lines) {
    if (customer === null) continue;
    settledLines += 1;
    clawbackRefunds += clawbacks.length;
    const divided = (refunded: bigint) => divide(baseLeft(paid, refunded), p, customer);
    let refunded = refundedBefore;
    const settled = divided(refunded);
    const has = { ...settled };
    for (const amount of clawbacks) {
      const before = divided(refunded);
      refunded += amount;
      const after = divided(refunded);
      for (const role of ROLES) {
        const change = after[role] - before[role];
        clawback[role] += change;
        has[role] += change;
      }
    }
    for (const role of ROLES) balances[role] += has[role];
    const n = customer % 500n;
    byCreator.set(n, (byCreator.get(n) ?? 0n) + has.creator);
  }
  return {
    settledLines,
    clawbackRefunds,
    clawbackByRole: exactShares(clawback),
    balancesByRole: exactShares(balances),
    topCreators: highest(byCreator),
  };
}

/** The five highest balances; equal ones by the creator's number. */
function highest(byCreator: ReadonlyMap<bigint, bigint>): [string, number][] {
  const ranked = [...byCreator].sort(([n, a], [m, b]) => (a === b ? Number(n - m) : Number(b - a)));
  return ranked.slice(0, 5).map(([n, balance]) => [`OR-C${n}`, exact(balance)]);
}

function exactShares({ creator, mcn, recruiter, platform }: Shares): ByRole {
  return {
    creator: exact(creator),
    mcn: exact(mcn),
    recruiter: exact(recruiter),
    platform: exact(platform),
  };
}

function exact(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`${value} does not fit a JSON number`);
  return number;
}
