import { expect } from 'vitest';
import type { OrderEvent } from '../../../src/features/order/index.ts';
import { ingestOrderEvents } from '../../../src/features/settlement/index.ts';
import { agreeOn } from '../checks.ts';
import type { Death } from '../dying.ts';
import type { World } from '../lane.ts';
import type { HeldEvent, Model } from '../model/model.ts';
import type { Order, Told } from '../model/words.ts';
import { observe } from '../observe.ts';
import { type Real, survive } from './command.ts';

/**
 * Reports events to the product and the model, and compares what becomes of them. What was reported before is known for
 * a repetition; what stands twice in one batch counts once.
 */
export async function tell(
  model: Model,
  real: Real,
  batch: readonly HeldEvent[],
  death: Death | null,
): Promise<void> {
  const { world, tally } = real;
  const known = new Set(model.heard().map(({ event }) => event.id));
  const events = batch.map(({ orderNo, event }) => toOrderEvent(world, model.line(orderNo).order, event));
  const answers = await survive(real, death, (database) =>
    ingestOrderEvents(database, world.brandId, events, new Date(model.now)),
  );
  const fresh: HeldEvent[] = [];
  for (const [i, held] of batch.entries()) {
    const status = answers[i]?.status ?? '';
    const isKnown = known.has(held.event.id);
    // Who comes back after a crash cannot tell what was taken before it.
    const expected = isKnown
      ? ['DUPLICATE']
      : ['APPLIED', 'WAITING', ...(death === null ? [] : ['DUPLICATE'])];
    expect([held.event.id, status, expected]).toEqual([held.event.id, expect.toBeOneOf(expected), expected]);
    if (!isKnown) fresh.push(held);
    known.add(held.event.id);
  }
  const seen = await observe(world);
  const before = model.book.clawbacks.length;
  model.hear(fresh, seen.clawbacks);
  tally.count('clawbacks', model.book.clawbacks.length - before);
  tally.count('events', fresh.length);
  tally.count('repetitions', batch.length - fresh.length);
  agreeOn(model, real, seen);
}

function toOrderEvent(world: World, order: Order, event: Told): OrderEvent {
  const { orderNo, product, creator, placed } = order;
  const { quantity, itemTotal, brandDiscount, platformDiscount, creatorDiscount } = placed;
  const detail = {
    skuCode: world.skuCodes[product] ?? '',
    quantity,
    buyerRef: `buyer of ${orderNo}`,
    currency: null,
    itemTotalMinor: itemTotal,
    brandDiscountMinor: brandDiscount,
    platformDiscountMinor: platformDiscount,
    creatorDiscountMinor: creatorDiscount,
    freightMinor: 800n,
    taxMinor: 13n,
    linkCode: creator === null ? null : world.linkCode(creator, product),
    liveSessionId: null,
    boosted: false,
    shareCode: null,
  };
  const { id: eventId, kind, at, amount, pieces } = event;
  return {
    eventId,
    source: 'shop',
    brandId: world.brandId,
    kind,
    orderNo,
    lineNo: 1,
    occurredAt: new Date(at),
    ...(kind === 'PLACED' ? { placed: detail } : {}),
    ...(kind === 'REFUNDED' ? { refund: { amountMinor: amount, quantity: pieces } } : {}),
  };
}
