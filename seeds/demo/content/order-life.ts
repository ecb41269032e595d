import type { Random } from '../../random.ts';
import type { DemoOrderEvent, PlacedEvent } from './order-events.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lines of a thousand that come back, by top category: clothes are tried on, pots are kept. */
const RETURNED_PER_MILLE: Readonly<Record<string, number>> = {
  apparel: 190,
  beauty: 70,
  digital: 95,
  sports: 110,
  home: 90,
  kids: 70,
  food: 50,
  drinks: 35,
};

const CANCEL_REASONS = ['拍错规格', '不想要了', '地址填错', '发货太慢'] as const;
const RETURN_REASONS = ['尺码不合适', '与描述不符', '质量问题', '七天无理由', '颜色不喜欢'] as const;
const ALLOWANCE_REASONS = ['坏果包赔', '少件补偿', '轻微瑕疵补偿', '保价退差'] as const;

type Step = (kind: 'PAID' | 'SHIPPED' | 'RECEIVED', at: number) => DemoOrderEvent;

/** All events of one line after PLACED, also those that still lie ahead; the caller drops these. */
export function lifeOf(random: Random, placed: PlacedEvent, top: string): DemoOrderEvent[] {
  const { orderNo, lineNo, brand } = placed;
  const start = placed.occurredAt.getTime();
  const common = (kind: string, at: number) => ({
    eventId: `${orderNo}-${lineNo}-${kind}`,
    orderNo,
    lineNo,
    brand,
    occurredAt: new Date(at),
  });
  const step: Step = (kind, at) => ({ ...common(kind, at), kind });
  const cancelled = (at: number, reason: string): DemoOrderEvent => ({
    ...common('CANCELLED', at),
    kind: 'CANCELLED',
    reason,
  });

  // An order that nobody pays for is closed by the shop after a day.
  if (random.chance(55)) return [cancelled(start + DAY, '超时未付款')];
  const paidAt = start + random.int(10, 1500) * 1000;
  const paid = step('PAID', paidAt);
  if (random.chance(40))
    return [paid, cancelled(paidAt + random.int(20, 300) * MINUTE, random.pick(CANCEL_REASONS))];

  const shippedAt = paidAt + random.int(6, random.chance(60) ? 120 : 48) * HOUR;
  const receivedAt = shippedAt + random.int(36, 140) * HOUR;
  const shipped = step('SHIPPED', shippedAt);
  const refunds = (amounts: Amount[], at: number): DemoOrderEvent[] =>
    amounts.map((amount, index) => ({
      ...common(`REFUNDED-${index + 1}`, at + index * 20 * HOUR),
      kind: 'REFUNDED',
      ...amount,
    }));
  if (!random.chance(RETURNED_PER_MILLE[top]!)) return [paid, shipped, step('RECEIVED', receivedAt)];
  // A sixth is refused at the door and never received; the others come back within a week.
  if (random.chance(170)) {
    return [paid, shipped, ...refunds([wholeOf(random, placed)], shippedAt + random.int(20, 35) * HOUR)];
  }
  const returned = refunds(amountsOf(random, placed), receivedAt + random.int(2, 160) * HOUR);
  return [paid, shipped, step('RECEIVED', receivedAt), ...returned];
}

interface Amount {
  refundMinor: bigint;
  refundQuantity: number;
  reason: string;
}

function wholeOf(random: Random, placed: PlacedEvent): Amount {
  return {
    refundMinor: goodsPaidOf(placed),
    refundQuantity: placed.quantity,
    reason: random.pick(RETURN_REASONS),
  };
}

/** A whole refund, some of the pieces, an allowance that leaves the goods with the buyer, or this and then the rest. */
function amountsOf(random: Random, placed: PlacedEvent): Amount[] {
  const paid = goodsPaidOf(placed);
  const whole = wholeOf(random, placed);
  const kind = random.int(1, 100);
  if (kind <= 55) return [whole];
  if (placed.quantity > 1 && kind <= 75) {
    const quantity = random.int(1, placed.quantity - 1);
    const part = (paid * BigInt(quantity)) / BigInt(placed.quantity);
    return [{ ...whole, refundMinor: part, refundQuantity: quantity }];
  }
  const part = (paid * BigInt(random.int(5, 40))) / 100n;
  const allowance = { refundMinor: part, refundQuantity: 0, reason: random.pick(ALLOWANCE_REASONS) };
  return kind <= 92 ? [allowance] : [allowance, { ...whole, refundMinor: paid - part }];
}

/** What the buyer paid for the goods of a line, in fen. */
export function goodsPaidOf(placed: PlacedEvent): bigint {
  return (
    placed.itemTotalMinor -
    placed.brandDiscountMinor -
    placed.platformDiscountMinor -
    placed.creatorDiscountMinor
  );
}
