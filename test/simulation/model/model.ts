import { Book, type Earned, type ModelClawback } from './book.ts';
import { ModelLine } from './line.ts';
import { Offers } from './offers.ts';
import { Payouts } from './payouts.ts';
import { type Creator, DAY, type Order, type Rules, type Told, type Version, valueAt } from './words.ts';

/** An event of an order, told or still to be. */
export interface HeldEvent {
  readonly orderNo: string;
  readonly event: Told;
}

/** A clawback as the product keeps it: of those that come at once, which is older is its own choice. */
export interface SeenClawback {
  readonly orderNo: string;
  readonly payee: string;
  readonly amount: bigint;
}

/**
 * The alliance written a second time, from money.md and domain.md alone: one brand with its payees, in memory, without a
 * line of the product's code. Every figure that the product must show after a command is here.
 */
export class Model {
  readonly lines = new Map<string, ModelLine>();
  readonly offers = new Offers();
  readonly rules: Version<Rules>[];
  readonly book = new Book();
  readonly payouts = new Payouts(this.book);
  /** What was seen to be frozen on each line; a digest, by order. */
  readonly frozen = new Map<string, string>();
  /** The cases that are open, by the product's ids. */
  openCases: { readonly line: ModelLine; readonly id: string }[] = [];
  /** The product's ids of contracts that were signed here. */
  readonly contractIds = new Map<Creator, string>();
  /** Events that have happened and were not reported yet. */
  held: HeldEvent[] = [];

  constructor(
    rules: Rules,
    public now: number,
  ) {
    this.rules = [{ from: 0, value: rules }];
    // So much of the past may be ordered in: the policy holds since then.
    this.now += 3 * DAY;
  }

  get rulesNow(): Rules {
    return valueAt(this.rules, this.now);
  }

  get placed(): ModelLine[] {
    return [...this.lines.values()].filter(({ isPlaced }) => isPlaced);
  }

  order(order: Order): void {
    this.lines.set(order.orderNo, new ModelLine(order));
  }

  line(orderNo: string): ModelLine {
    const line = this.lines.get(orderNo);
    if (line === undefined) throw new Error(`There is no order ${orderNo}.`);
    return line;
  }

  /** Everything that was told. */
  heard(): HeldEvent[] {
    return [...this.lines].flatMap(([orderNo, { told }]) => told.map((event) => ({ orderNo, event })));
  }

  /** Hears new events that are told together; what changes on settled lines is taken back or paid at once. */
  hear(told: readonly HeldEvent[], seen: readonly SeenClawback[]): void {
    const fresh: ModelClawback[] = [];
    for (const [orderNo, list] of Map.groupBy(told, (held) => held.orderNo)) {
      const line = this.line(orderNo);
      const events = list.map(({ event }) => event);
      const steps = line.settled ? line.stepsOf(events) : [];
      for (const { changes } of steps) {
        for (const [payee, change] of changes) {
          const clawback = this.book.change(orderNo, payee, change);
          if (clawback !== undefined) fresh.push(clawback);
        }
      }
      line.hear(events, this.offers, this.rules);
    }
    this.book.takeBack(inOrderOf(fresh, seen.slice(this.book.clawbacks.length)));
  }

  /** What a run settles: what is due by then and has no open case. */
  due(asOf: number): ModelLine[] {
    return this.placed.filter((line) => line.openCases === 0 && (line.dueAt() ?? Infinity) <= asOf);
  }

  /** Settles lines, those of each batch together; `batchOf` tells which batch the product has settled a line in. */
  settle(asOf: number, batchOf: (line: ModelLine) => string): ModelLine[] {
    const due = this.due(asOf);
    const batches = Map.groupBy(due, batchOf);
    for (const [, lines] of [...batches].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const earned = lines.flatMap((line) =>
        [...line.nets()].map(([payee, net]): Earned => ({ payee, net, ...line.reserve })),
      );
      this.book.settle(earned, this.rulesNow.recoveryBp, this.now);
      for (const line of lines) line.settled = true;
    }
    return due;
  }

  /** When the next lines that wait, or the last of them, may be settled. */
  dueTimes(): number[] {
    return this.placed.flatMap((line) => line.dueAt() ?? []).sort((a, b) => a - b);
  }
}

/** Those clawbacks of one moment in the order in which the product has made them. */
function inOrderOf(fresh: readonly ModelClawback[], seen: readonly SeenClawback[]): ModelClawback[] {
  const left = [...fresh];
  const ordered = seen.flatMap(({ orderNo, payee, amount }) => {
    const place = left.findIndex((c) => c.orderNo === orderNo && c.payee === payee && c.amount === amount);
    return place < 0 ? [] : left.splice(place, 1);
  });
  return [...ordered, ...left];
}
