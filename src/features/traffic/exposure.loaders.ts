import { sql } from 'kysely';
import { oneByKey } from '../../graphql/loaders.ts';
import { rowById } from '../../graphql/table-loaders.ts';
import type { TierReason } from './exposure-tier.ts';
import { TRAFFIC_POLICY_COLUMNS, type TrafficPolicyRow } from './traffic-policy.ts';

export const trafficPolicyById = rowById<TrafficPolicyRow>({
  name: 'trafficPolicyById',
  table: 'traffic_policy',
  columns: TRAFFIC_POLICY_COLUMNS,
});

/** Where a product stands since its last allotment. */
export interface ExposureRow {
  readonly productId: string;
  readonly tier: number;
  readonly reason: TierReason;
  readonly head: boolean;
  readonly shown: bigint;
  readonly recentShown: bigint;
  readonly recentConversions: bigint;
  readonly rate: bigint;
  readonly commonRate: bigint;
  readonly allotted: bigint;
  readonly owed: bigint | null;
  readonly day: string;
  readonly policyVersion: number;
}

export const exposureOfProduct = oneByKey<ExposureRow>({
  name: 'exposureOfProduct',
  columns: [
    'tier',
    'reason',
    'head',
    'shown',
    'recentShown',
    'recentConversions',
    'rate',
    'commonRate',
    'allotted',
    'owed',
    'day',
    'policyVersion',
  ],
  read: (ids, { sql: db }) =>
    db.rows(sql<ExposureRow>`
      select t.product_id as "productId", t.tier, t.reason, t.head, t.shown, t.recent_shown as "recentShown",
        t.recent_conversions as "recentConversions", t.rate, t.common_rate as "commonRate", t.allotted,
        e.exposure_owed as owed, t.day::text, p.version as "policyVersion"
      from product_exposure t join exposure_allotment a on a.day = t.day join traffic_policy p on p.id = a.policy_id
      left join pool_entry e on e.product_id = t.product_id
      where t.product_id = any(${ids}::uuid[])`),
  keyOf: ({ productId }) => productId,
});
