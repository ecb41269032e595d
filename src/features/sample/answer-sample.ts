import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { refuseBlocked } from '../account/index.ts';
import { moveSample } from './move-sample.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import { approval } from './sample-life.ts';
import { takePlace } from './sample-store.ts';

/** The brand lets the creator have the sample; it takes a place of the quota, which the database holds. */
export function approveSample(tx: Tx, requestId: string, now: Date): Promise<SampleRequestRow> {
  const stamp = async (request: SampleRequestRow) => {
    const path = ['input', 'sampleRequestId'];
    await refuseBlocked(tx, request.brandId, request.creatorId, now, path);
    await takePlace(tx, request.ruleId);
    return approval(request, now, false);
  };
  return moveSample(tx, { requestId, to: 'APPROVED', by: 'BRAND', stamp }, now);
}

/** The brand says no, with a reason that the creator reads. */
export function rejectSample(
  tx: Tx,
  { requestId, reason }: { requestId: string; reason: string },
  now: Date,
): Promise<SampleRequestRow> {
  new Checks().text(reason, 'reason', 1, 500).done();
  const stamp = () => ({ endedAt: now, reason });
  return moveSample(tx, { requestId, to: 'REJECTED', by: 'BRAND', stamp }, now);
}

/** The creator no longer wants it, before it was shipped; a place of the quota goes back. */
export function withdrawSample(tx: Tx, requestId: string, now: Date): Promise<SampleRequestRow> {
  const stamp = () => ({ endedAt: now });
  return moveSample(tx, { requestId, to: 'WITHDRAWN', by: 'CREATOR', stamp }, now);
}
