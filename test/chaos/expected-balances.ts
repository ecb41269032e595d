import type { PlannedOrder } from './order-plan.ts';
import { RATES } from './stage.ts';

const bp = (amountMinor: bigint, rate: number): bigint => (amountMinor * BigInt(rate)) / 10_000n;

/**
 * What each party has earned by orders when everything that was reported has been settled, by its id: written by hand from
 * money.md, without the code of the alliance. The alliance's part is its technical fees.
 */
export function expectedEarnings(orders: readonly PlannedOrder[], allianceId: string): Map<string, bigint> {
  const earned = new Map<string, bigint>();
  const add = (id: string, amountMinor: bigint) => earned.set(id, (earned.get(id) ?? 0n) + amountMinor);
  for (const order of orders) {
    const base = remainingBase(order);
    const { creatorId, mcnId, recruiterId } = order.offer;
    const gross = bp(base, RATES.creator);
    const fee = bp(gross, RATES.technicalFee);
    const mcn = mcnId === undefined ? 0n : bp(gross - fee, RATES.mcn);
    add(creatorId, gross - fee - mcn);
    add(allianceId, fee);
    if (mcnId !== undefined) add(mcnId, mcn);
    if (recruiterId === undefined) continue;
    const service = bp(base, RATES.recruiter);
    const serviceFee = bp(service, RATES.technicalFee);
    add(recruiterId, service - serviceFee);
    add(allianceId, serviceFee);
  }
  return earned;
}

/** What is left to be divided of an order that came to its end: nothing of one that was called off. */
function remainingBase({ itemTotalMinor, events }: PlannedOrder): bigint {
  if (!events.some(({ kind }) => kind === 'RECEIVED')) return 0n;
  const refunded = events.reduce((sum, { refundMinor = 0n }) => sum + refundMinor, 0n);
  return itemTotalMinor - refunded;
}
