import { setTimeout as sleep } from 'node:timers/promises';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import type { Api } from './api.ts';
import type { Dice } from './dice.ts';
import type { FastClock } from './fast-clock.ts';
import { type PlannedEvent, type PlannedOrder, planOrder } from './order-plan.ts';
import type { Payee, Shop } from './stage.ts';
import type { Writes } from './writes.ts';

/** What all clients of a run share. */
export interface Load {
  readonly api: Api;
  readonly writes: Writes;
  readonly clock: FastClock;
  /** Aborted when nothing new is to begin; what is under way is answered first. */
  readonly stopping: AbortSignal;
}

const INGEST = `mutation ($input: OrderEventsIngestInput!) {
  orderEventsIngest(input: $input) { ingested { results { eventId status error { message } } } userErrors { __typename } } }`;
const OPEN_ORDERS = 40;
const MOST_IN_CALL = 30;

/** A client of a shop: places orders, reports what happens to them singly and in batches, and repeats some calls. */
export async function runShop(load: Load, shop: Shop, name: string, dice: Dice): Promise<PlannedOrder[]> {
  const orders: PlannedOrder[] = [];
  let open: PlannedEvent[] = [];
  while (!load.stopping.aborted || open.length > 0) {
    const nowMs = load.clock.now().getTime();
    if (open.length < OPEN_ORDERS * 5 && !load.stopping.aborted) {
      const orderNo = `${name}-${orders.length}`;
      const order = planOrder(dice, orderNo, shop.brandId, dice.pick(shop.offers), nowMs);
      orders.push(order);
      open.push(...order.events);
    }
    // In the end everything is reported that is still to happen: it has happened by then.
    const due = open.filter(({ atMs }) => atMs <= nowMs || load.stopping.aborted);
    const sent = dice.shuffled(due).slice(0, dice.chance(50) ? 1 : dice.between(2, MOST_IN_CALL));
    if (sent.length > 0) {
      await report(load, shop, sent, orders);
      if (dice.chance(10)) await report(load, shop, sent, orders);
      const done = new Set(sent);
      open = open.filter((event) => !done.has(event));
    }
    await sleep(dice.between(1, 30));
  }
  return orders;
}

async function report(
  { api, writes }: Load,
  shop: Shop,
  events: readonly PlannedEvent[],
  orders: readonly PlannedOrder[],
): Promise<void> {
  const byNumber = new Map(orders.map((order) => [order.orderNo, order]));
  const input = { source: 'shop', events: events.map((event) => onWire(event, byNumber.get(event.orderNo))) };
  const what = events.length === 1 ? 'intake of one event' : 'intake of a batch';
  const { data, unanswered } = await api.call(what, shop.key, INGEST, { input });
  const { ingested, userErrors } = data.orderEventsIngest;
  if (ingested === null) throw new Error(`The intake refuses a call: ${JSON.stringify(userErrors)}`);
  writes.answeredEvents(ingested.results, unanswered);
}

function onWire({ eventId, kind, orderNo, atMs, refundMinor }: PlannedEvent, order?: PlannedOrder): object {
  const event = { eventId, kind, orderNo, lineNo: 1, occurredAt: new Date(atMs).toISOString() };
  if (kind === 'REFUNDED') return { ...event, refund: { amountMinor: String(refundMinor), quantity: '0' } };
  if (kind !== 'PLACED' || order === undefined) return event;
  const { skuCode, linkCode } = order.offer;
  const itemTotalMinor = String(order.itemTotalMinor);
  return { ...event, placed: { skuCode, linkCode, quantity: '1', buyerRef: orderNo, itemTotalMinor } };
}

const PAYOUT = `mutation ($input: PayoutRequestInput!) {
  payoutRequest(input: $input) { payout { id } userErrors { __typename } } }`;

/** A client of a payee: asks for payouts, of all that there is or of a part, and repeats some requests. */
export async function runPayee({ api, writes, stopping }: Load, payee: Payee, dice: Dice): Promise<void> {
  for (let no = 0; !stopping.aborted; no++) {
    await sleep(dice.between(100, 800));
    const idempotencyKey = `${payee.id}-${no}`;
    const amountMinor = dice.chance(50) ? null : String(dice.between(50, 3_000));
    const input = {
      payeeId: toGlobalId(payee.type, payee.id),
      currencyCode: 'CNY',
      amountMinor,
      idempotencyKey,
    };
    for (let repeats = dice.chance(20) ? 2 : 1; repeats > 0; repeats--) {
      const { data } = await api.call('request of a payout', payee.key, PAYOUT, { input });
      const id = fromGlobalId(data.payoutRequest.payout?.id ?? '')?.id;
      if (id === undefined) break;
      writes.answeredKey(idempotencyKey, 'payout', id);
    }
  }
}

const DEPOSIT = `mutation ($input: EscrowDepositInput!) {
  escrowDeposit(input: $input) { entry { transactionId } userErrors { __typename } } }`;

/** Deposits by brand: what each must have paid in, in minor units. */
export type Deposits = Map<string, bigint>;

/** The operator: posts deposits of the brands, and repeats some. */
export async function runOperator(
  { api, writes, stopping }: Load,
  key: string,
  shops: readonly Shop[],
  dice: Dice,
): Promise<Deposits> {
  const deposits: Deposits = new Map();
  for (let no = 0; !stopping.aborted; no++) {
    await sleep(dice.between(50, 400));
    const { brandId } = dice.pick(shops);
    const idempotencyKey = `deposit-${no}`;
    const amountMinor = dice.between(1_000, 500_000);
    const money = { amountMinor: String(amountMinor), currency: 'CNY' };
    const input = {
      brandId: toGlobalId('Brand', brandId),
      ...money,
      reference: idempotencyKey,
      idempotencyKey,
    };
    for (let repeats = dice.chance(20) ? 2 : 1; repeats > 0; repeats--) {
      const { data } = await api.call('deposit', key, DEPOSIT, { input });
      const { entry, userErrors } = data.escrowDeposit;
      if (entry === null) throw new Error(`A deposit is refused: ${JSON.stringify(userErrors)}`);
      writes.answeredKey(idempotencyKey, 'ledger_transfer', entry.transactionId);
    }
    deposits.set(brandId, (deposits.get(brandId) ?? 0n) + BigInt(amountMinor));
  }
  return deposits;
}
