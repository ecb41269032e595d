import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { ANONYMOUS } from '../../graphql/actor.ts';
import { type Key, LoaderCache, type OneByKey } from '../../graphql/loaders.ts';
import { newId } from '../../kernel/ids.ts';
import { fullHourFrom } from '../../kernel/local-time.ts';
import { rulesAt } from '../account/index.ts';
import type { OrderEvent } from '../order/index.ts';
import { ingestOrderEvents } from '../settlement/index.ts';
import { passTime } from './pass-time.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import type { StoryStep } from './story.ts';
import { readFigures } from './story-figures.ts';
import { StoryWorld } from './story-world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The name of the shop system that reports the orders of stories. */
const SOURCE = 'sandbox-story';

/** An order with one line. */
export interface StoryLine {
  readonly brandId: string;
  readonly id: string;
  readonly orderNo: string;
}

/** What a buyer orders: one piece for so much, by a creator's link. */
export interface StoryOrder {
  readonly skuCode: string;
  readonly linkCode: string;
  readonly priceMinor: bigint;
}

/**
 * Tells a story in a sandbox: makes its parties and goods, reports its orders as a shop system would, lets time pass, and
 * notes each step with what everybody has then. Nothing is written but by the use cases of the features.
 */
export class Storyteller {
  readonly steps: StoryStep[] = [];
  readonly world: StoryWorld;
  /** The parties that are paid in it, by their parts, in the order in which they came. */
  readonly #payees = new Map<string, string>();

  constructor(
    readonly clock: SandboxClock,
    /** The brand whose goods it is about; one of its own when left out. */
    brandId?: string,
  ) {
    this.world = new StoryWorld(this, brandId);
  }

  get now(): Date {
    return this.clock.now();
  }

  /** Does something in one transaction, now. */
  act<Result>(work: (tx: Tx, now: Date) => Promise<Result>): Promise<Result> {
    return this.clock.database.transaction((tx) => work(tx, this.now));
  }

  /** Reads one row that the story has made. */
  async look<Row>(load: OneByKey<Row>, key: Key): Promise<Row> {
    const scope = { sql: this.clock.database, actor: ANONYMOUS, now: this.now };
    const row = await new LoaderCache(scope).one(load, key);
    if (row === undefined) throw new Error(`${load.name} does not find what a story has just made.`);
    return row;
  }

  /** Names a party that is paid in the story. */
  payee(part: string, partyId: string): string {
    this.#payees.set(part, partyId);
    return partyId;
  }

  /** Notes a step, as things stand now. */
  async note(what: string, line?: StoryLine): Promise<void> {
    const figures = await readFigures(this.clock.database, this.#payees, await this.world.currency());
    this.steps.push({
      at: this.now,
      what,
      brandId: line?.brandId ?? null,
      lineId: line?.id ?? null,
      figures,
    });
  }

  /** Lets so many days of 24 hours and minutes pass. */
  async wait({ days = 0, minutes = 0 }: { days?: number; minutes?: number }): Promise<void> {
    await passTime(this.clock, new Date(this.now.getTime() + days * DAY_MS + minutes * MINUTE_MS));
  }

  /** Lets time pass to the first full hour from a moment on, at which jobs run that have their hours. */
  async waitForHour(moment: Date): Promise<void> {
    const { timeZone } = await rulesAt(this.clock.database, this.now);
    await passTime(this.clock, fullHourFrom(moment, timeZone));
  }

  /** Lets time pass until a line is due, and the run of that hour is over; where it was due before, the next run. */
  async waitUntilDue({ brandId, id }: StoryLine): Promise<void> {
    const [row] = await this.clock.database.rows(sql<{ dueAt: Date }>`
      select due_at as "dueAt" from line_due where brand_id = ${brandId} and line_id = ${id}`);
    if (row === undefined) throw new Error('A line that is not received is due at no time.');
    await this.waitForHour(row.dueAt > this.now ? row.dueAt : new Date(this.now.getTime() + 1));
  }

  /** A buyer orders, by the link. */
  async order({ skuCode, linkCode, priceMinor }: StoryOrder): Promise<StoryLine> {
    const brandId = await this.world.brand();
    const orderNo = `story-${newId()}`;
    await this.#report(brandId, orderNo, {
      kind: 'PLACED',
      placed: {
        skuCode,
        quantity: 1,
        buyerRef: 'story-buyer',
        currency: null,
        itemTotalMinor: priceMinor,
        brandDiscountMinor: 0n,
        platformDiscountMinor: 0n,
        creatorDiscountMinor: 0n,
        freightMinor: 0n,
        taxMinor: 0n,
        linkCode,
        liveSessionId: null,
        boosted: false,
        shareCode: null,
      },
    });
    const [row] = await this.clock.database.rows(sql<{ id: string }>`
      select id from order_line where brand_id = ${brandId} and order_no = ${orderNo}`);
    const line = { brandId, id: row?.id ?? '', orderNo };
    await this.note('The buyer has ordered by the link of the creator: the terms are frozen.', line);
    return line;
  }

  /** A minute later the buyer pays. */
  async pay(line: StoryLine): Promise<void> {
    await this.wait({ minutes: 1 });
    await this.#happens(line, 'PAID', 'The buyer has paid: the commission is estimated.');
  }

  /** The parcel leaves the next day, and arrives two days after. */
  async ship(line: StoryLine): Promise<void> {
    await this.wait({ days: 1 });
    await this.#happens(line, 'SHIPPED', 'The parcel is on its way.');
  }

  async receive(line: StoryLine): Promise<void> {
    await this.wait({ days: 2 });
    await this.#happens(line, 'RECEIVED', 'The buyer has received the goods: the holding days begin.');
  }

  /** An order that is paid, shipped and received. */
  async received(order: StoryOrder): Promise<StoryLine> {
    const line = await this.order(order);
    await this.pay(line);
    await this.ship(line);
    await this.receive(line);
    return line;
  }

  async cancel(line: StoryLine): Promise<void> {
    await this.#happens(
      line,
      'CANCELLED',
      'The order was called off before shipping: nothing is left of it.',
    );
  }

  /** The shop gives a part of the price back, while the buyer keeps the goods. */
  async refund(line: StoryLine, amountMinor: bigint, what: string): Promise<void> {
    await this.#report(line.brandId, line.orderNo, {
      kind: 'REFUNDED',
      refund: { amountMinor, quantity: 0 },
    });
    await this.note(what, line);
  }

  async #happens(line: StoryLine, kind: OrderEvent['kind'], what: string): Promise<void> {
    await this.#report(line.brandId, line.orderNo, { kind });
    await this.note(what, line);
  }

  async #report(
    brandId: string,
    orderNo: string,
    more: Pick<OrderEvent, 'kind' | 'placed' | 'refund'>,
  ): Promise<void> {
    const event = {
      eventId: newId(),
      source: SOURCE,
      brandId,
      orderNo,
      lineNo: 1,
      occurredAt: this.now,
      ...more,
    };
    const [answer] = await ingestOrderEvents(this.clock.database, brandId, [event], this.now);
    if (answer?.status === 'APPLIED') return;
    throw new Error(
      `The ${more.kind} event of a story was ${answer?.status}: ${answer?.problem?.message ?? ''}`,
    );
  }
}
