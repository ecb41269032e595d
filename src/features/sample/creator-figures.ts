import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { isSold } from '../order/index.ts';
import type { SampleRequirement, SampleRuleRow } from './sample.entity.ts';
import { daysAfter } from './sample-time.ts';

/** What a creator is judged by when asking for a sample: frozen on the request and shown to the brand. */
export interface CreatorFigures {
  readonly followers: bigint;
  /** What buyers paid in 30 days for goods credited to the creator, in one currency; cancelled lines left out. */
  readonly gmvMinor: bigint;
  /** How many orders of 30 days their buyers have received. */
  readonly completedOrders: number;
  /** How many samples became overdue in 90 days. */
  readonly overdueSamples: number;
}

const FIGURE_DAYS = 30;
const OVERDUE_DAYS = 90;
/** So many overdue samples in 90 days, and a creator is no longer approved automatically. */
export const MOST_OVERDUE = 3;

/** The figures of a creator at a moment, in a currency. One statement. */
export async function figuresOf(
  db: Sql,
  creatorId: string,
  currency: string,
  now: Date,
): Promise<CreatorFigures> {
  const [figures] = await db.rows(sql<CreatorFigures>`
    select c.followers, l.gmv as "gmvMinor", l.orders as "completedOrders", s.overdue as "overdueSamples"
    from creator c
    cross join lateral (
      select least(coalesce(sum(goods_paid_minor) filter
          (where currency = ${currency} and ${isSold('order_line')}), 0), 9e18)::bigint as gmv,
        (count(distinct (source_id, order_no)) filter (where state = 'RECEIVED'))::int as orders
      from order_line
      where creator_id = c.id and placed_at > ${daysAfter(now, -FIGURE_DAYS)} and placed_at <= ${now}) l
    cross join lateral (
      select count(*)::int as overdue from sample_request
      where creator_id = c.id and (overdue_at > ${daysAfter(now, -OVERDUE_DAYS)}
        or (state = 'CONTENT_DUE' and content_due_at <= ${now}))) s
    where c.id = ${creatorId}`);
  if (figures === undefined) throw new Error(`The creator ${creatorId} is gone.`);
  return figures;
}

/** Which requirements of a rule the figures fall short of. */
export function shortOf(
  { minFollowers, minGmvMinor, minOrders }: SampleRuleRow,
  { followers, gmvMinor, completedOrders }: CreatorFigures,
): SampleRequirement[] {
  const short: SampleRequirement[] = [];
  if (followers < minFollowers) short.push('FOLLOWERS');
  if (gmvMinor < minGmvMinor) short.push('GMV');
  if (completedOrders < minOrders) short.push('COMPLETED_ORDERS');
  return short;
}
