import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { select, snake } from '../../graphql/loaders.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import type { PaidLine, SampleChange } from './sample-life.ts';
import { LATE_ORDER_DAYS } from './sample-time.ts';

/** What of a request may change after it was made, with the type that PostgreSQL reads its array as. */
const CHANGING = {
  state: 'text',
  approvedAt: 'timestamptz',
  automatic: 'boolean',
  shipDueAt: 'timestamptz',
  shippedAt: 'timestamptz',
  carrier: 'text',
  trackingNumber: 'text',
  arrivalDueAt: 'timestamptz',
  arrivedAt: 'timestamptz',
  contentDueAt: 'timestamptz',
  overdueAt: 'timestamptz',
  fulfilledAt: 'timestamptz',
  fulfilledBy: 'text',
  contentTitle: 'text',
  contentUrl: 'text',
  liveSessionId: 'uuid',
  orderLineId: 'uuid',
  endedAt: 'timestamptz',
  reason: 'text',
  wakeAt: 'timestamptz',
} as const satisfies Partial<Record<keyof SampleRequestRow, string>>;
const CHANGING_NAMES = Object.keys(CHANGING) as (keyof typeof CHANGING)[];

export const REQUEST_COLUMNS = [
  'id',
  'ruleId',
  'brandId',
  'productId',
  'skuId',
  'creatorId',
  'message',
  'place',
  'perCreator',
  'shipDays',
  'contentDays',
  'contentWanted',
  'followers',
  'gmvMinor',
  'currency',
  'completedOrders',
  'overdueSamples',
  'shortOf',
  'askedAt',
  'answerDueAt',
  ...CHANGING_NAMES,
] as const satisfies readonly (keyof SampleRequestRow)[];

/** A request under a lock, with the order that fulfils it, if there is one. */
export interface LockedSample {
  readonly request: SampleRequestRow;
  readonly paid: PaidLine | null;
}

type LockedRow = SampleRequestRow & { readonly paidLineId: string | null; readonly paidAt: Date | null };

/** The first line that fulfils a request: of its creator and product, placed after shipping, by the moment of payment. */
const paidLine = (now: Date) => sql`left join lateral (
    select o.id, o.paid_at from order_line o
    where t.state in ('SHIPPED', 'CONTENT_DUE', 'OVERDUE') and o.creator_id = t.creator_id and o.product_id = t.product_id
      and o.brand_id = t.brand_id and o.placed_at > t.shipped_at and o.paid_at > t.shipped_at and o.paid_at <= ${now}
      and (t.content_due_at is null or o.paid_at < t.content_due_at + make_interval(hours => ${LATE_ORDER_DAYS * 24}::int))
    order by o.paid_at, o.id limit 1) l on true`;

async function lock(tx: Tx, condition: RawBuilder<unknown>, now: Date): Promise<LockedSample[]> {
  const rows = await tx.rows(sql<LockedRow>`
    select ${select('t', REQUEST_COLUMNS)}, l.id as "paidLineId", l.paid_at as "paidAt"
    from sample_request t ${paidLine(now)} where ${condition}`);
  return rows.map(({ paidLineId, paidAt, ...request }) => ({
    request,
    paid: paidLineId === null || paidAt === null ? null : { lineId: paidLineId, paidAt },
  }));
}

/** Locks one request, which must be there. */
export async function lockSample(tx: Tx, id: string, now: Date): Promise<LockedSample> {
  const [found] = await lock(tx, sql`t.id = ${id} for update of t`, now);
  if (found === undefined) throw new Error(`The sample request ${id} is gone.`);
  return found;
}

/** Locks the requests of a creator to a brand that nobody has answered. */
export const lockPending = (
  tx: Tx,
  { brandId, creatorId }: { readonly brandId: string; readonly creatorId: string },
  now: Date,
): Promise<LockedSample[]> =>
  lock(
    tx,
    sql`t.brand_id = ${brandId} and t.creator_id = ${creatorId} and t.state = 'PENDING' order by t.id for update of t`,
    now,
  );

/** Locks up to so many requests that time or an order has something to do to; those that somebody holds are passed over. */
export const lockDueSamples = (tx: Tx, now: Date, limit: number): Promise<LockedSample[]> =>
  lock(
    tx,
    sql`(t.wake_at <= ${now} or (t.state in ('SHIPPED', 'CONTENT_DUE', 'OVERDUE') and l.id is not null))
      order by t.id limit ${limit} for update of t skip locked`,
    now,
  );

/** Writes what has become of requests, gives places of samples that were never sent back to their quotas, and announces it. */
export async function writeSamples(tx: Tx, changes: readonly SampleChange[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  const requests = changes.map(({ request }) => request);
  const arrays = CHANGING_NAMES.map(
    (name) => sql`${requests.map((request) => request[name] ?? null)}::${sql.raw(CHANGING[name])}[]`,
  );
  const names = CHANGING_NAMES.map((name) => sql.id(snake(name)));
  await tx.rows(sql`
    update sample_request t
    set ${sql.join(CHANGING_NAMES.map((name) => sql`${sql.id(snake(name))} = ${sql.ref(`v.${snake(name)}`)}`))}
    from unnest(${requests.map(({ id }) => id)}::uuid[], ${sql.join(arrays)}) v (id, ${sql.join(names)})
    where t.id = v.id`);
  const unsent = requests.filter(
    ({ state, approvedAt }) => approvedAt != null && (state === 'WITHDRAWN' || state === 'NOT_SHIPPED'),
  );
  await givePlacesBack(
    tx,
    unsent.map(({ ruleId }) => ruleId),
  );
  await announce(
    tx,
    changes.flatMap(({ news }) => news),
    now,
  );
}

/** Takes one place of a quota. The database refuses one too many (`no_more_samples_than_the_quota`). */
export async function takePlace(tx: Tx, ruleId: string): Promise<void> {
  await tx.rows(sql`update sample_rule set taken = taken + 1 where id = ${ruleId}`);
}

/** Rules are locked in the order of their ids, so that two processes at once do not wait for each other. */
async function givePlacesBack(tx: Tx, ruleIds: readonly string[]): Promise<void> {
  if (ruleIds.length === 0) return;
  await tx.rows(sql`
    with held as (select id from sample_rule where id = any(${ruleIds}::uuid[]) order by id for update),
      given as (select id, count(*)::int as n from unnest(${ruleIds}::uuid[]) g (id) group by id)
    update sample_rule r set taken = r.taken - given.n from given join held using (id) where r.id = given.id`);
}
