import type { OrderEvent, PlacedDetail } from '../../src/features/order/index.ts';
import type { Json } from '../kit/alliance.ts';

/** All that is told of a day, a week, an event or a period. */
export const FIELDS = `from to eventCode officialEventId gmv { minorUnits } refunded { minorUnits } orders orderLines units returnedLines
  cancelledLines returnRate buyers repeatBuyers repurchaseRate valuePerOrder { minorUnits } valuePerFan { minorUnits }
  accruedCommission { minorUnits } estimatedCommission { minorUnits } accruedServiceFee { minorUnits }
  estimatedServiceFee { minorUnits } effectiveCommissionRate paths { path share gmv { minorUnits } } countedAt
  takenApart { liveSessions viewers watchedSeconds buyers orders gmv { minorUnits }
    factors { name numerator denominator } }`;
/** Monday of the week before to the Sunday after. */
export const RANGE = 'from: "2026-06-08", to: "2026-06-21"';

/** Money as the minor units that it is, and numbers of any size as numbers. */
export function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === 'minorUnits') return Number(value.minorUnits);
  return Object.fromEntries(keys.map((key) => [key, plain(value[key])]));
}

/** An order line as it is to be sold. */
export interface Sale {
  readonly no: string;
  readonly product?: number;
  readonly creator?: number | null;
  readonly hour?: number;
  readonly lineNo?: number;
  readonly detail?: Partial<PlacedDetail>;
  readonly after?: readonly OrderEvent['kind'][];
  readonly refundMinor?: bigint;
}
