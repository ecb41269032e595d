import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { moveSample } from './move-sample.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import { arrival } from './sample-life.ts';
import { ARRIVAL_DAYS, daysAfter } from './sample-time.ts';

export interface Shipment {
  readonly requestId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** The brand has handed the parcel to a carrier. */
export function shipSample(
  tx: Tx,
  { requestId, carrier, trackingNumber }: Shipment,
  now: Date,
): Promise<SampleRequestRow> {
  new Checks().text(carrier, 'carrier', 1, 60).text(trackingNumber, 'trackingNumber', 1, 60).done();
  const arrivalDueAt = daysAfter(now, ARRIVAL_DAYS);
  const stamp = () => ({ shippedAt: now, carrier, trackingNumber, arrivalDueAt });
  return moveSample(tx, { requestId, to: 'SHIPPED', by: 'BRAND', stamp }, now);
}

/** The creator has the parcel: from now on the days for content run. */
export function receiveSample(tx: Tx, requestId: string, now: Date): Promise<SampleRequestRow> {
  const stamp = (request: SampleRequestRow) => arrival(request, now);
  return moveSample(tx, { requestId, to: 'CONTENT_DUE', by: 'CREATOR', stamp }, now);
}
