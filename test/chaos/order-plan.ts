import type { OrderEvent } from '../../src/features/order/index.ts';
import type { Dice } from './dice.ts';
import type { Offer } from './stage.ts';

const DAY_MS = 86_400_000;

/** Something that will happen to a line, and be reported when its time has come. */
export interface PlannedEvent {
  readonly eventId: string;
  readonly kind: OrderEvent['kind'];
  readonly orderNo: string;
  readonly atMs: number;
  readonly refundMinor?: bigint;
}

/** An order of one line with its whole life. */
export interface PlannedOrder {
  readonly orderNo: string;
  readonly brandId: string;
  readonly offer: Offer;
  readonly itemTotalMinor: bigint;
  readonly events: readonly PlannedEvent[];
}

/** The lives that orders have, each with its days; of the refunds some come before settlement and some after it. */
const LIVES: readonly (readonly (readonly [OrderEvent['kind'], number])[])[] = [
  [
    ['SHIPPED', 1],
    ['RECEIVED', 3],
  ],
  [
    ['SHIPPED', 1],
    ['RECEIVED', 2],
  ],
  [
    ['SHIPPED', 1],
    ['RECEIVED', 3],
    ['REFUNDED', 5],
  ],
  [
    ['SHIPPED', 1],
    ['RECEIVED', 3],
    ['REFUNDED', 14],
  ],
  [
    ['SHIPPED', 1],
    ['RECEIVED', 3],
    ['REFUNDED', 12],
    ['REFUNDED', 16],
  ],
  [['CANCELLED', 1]],
];

/** Draws an order that is placed at that time. */
export function planOrder(
  dice: Dice,
  orderNo: string,
  brandId: string,
  offer: Offer,
  placedMs: number,
): PlannedOrder {
  const itemTotalMinor = BigInt(dice.between(1_000, 100_000));
  const later = dice.pick(LIVES);
  const refunds = later.filter(([kind]) => kind === 'REFUNDED').length;
  const kinds: (readonly [OrderEvent['kind'], number])[] = [['PLACED', 0], ['PAID', 0.01], ...later];
  const events = kinds.map(([kind, days], i): PlannedEvent => {
    const event = { eventId: `${orderNo}/${i}`, kind, orderNo, atMs: Math.round(placedMs + days * DAY_MS) };
    if (kind !== 'REFUNDED') return event;
    // All of it, or a part that leaves enough for the others.
    const isWhole = refunds === 1 && dice.chance(30);
    return {
      ...event,
      refundMinor: isWhole ? itemTotalMinor : (itemTotalMinor * BigInt(dice.between(1, 49))) / 100n,
    };
  });
  return { orderNo, brandId, offer, itemTotalMinor, events };
}
