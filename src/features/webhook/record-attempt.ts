import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { newId } from '../../kernel/ids.ts';
import { GIVE_UP_AFTER_MS, waitAfter } from './backoff.ts';
import type { Claim } from './claim-deliveries.ts';
import type { Verdict } from './judge-answer.ts';

/** An attempt that has ended. */
export interface Attempt {
  readonly claim: Claim;
  readonly verdict: Verdict;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** An endpoint is left alone after so many failures in a row. */
const FAILURES_BEFORE_PAUSE = 5;

/**
 * Records an attempt, says when the next one is due, and how its endpoint stands. An endpoint that says that it is gone,
 * or takes nothing for three days, is disabled, and its organisation is told; `announcedAt` is the time of that event.
 */
export async function recordAttempt(tx: Tx, attempt: Attempt, announcedAt: Date): Promise<void> {
  const { claim, verdict, startedAt, endedAt } = attempt;
  const durationMs = endedAt.getTime() - startedAt.getTime();
  await tx.rows(sql`
    insert into webhook_attempt (id, delivery_id, at, duration_ms, status, error)
    values (${newId()}, ${claim.id}, ${startedAt}, ${durationMs}::int, ${verdict.status ?? null}::int,
      ${verdict.error ?? null})`);
  if (verdict.error === undefined) return recordSuccess(tx, attempt);
  const endpoint = await lockEndpoint(tx, attempt);
  const why = endpoint && disableBecause(endpoint, attempt);
  await putOff(tx, attempt, endpoint !== undefined && why === undefined);
  if (endpoint === undefined) return;
  await leaveAlone(tx, endpoint, attempt);
  if (why !== undefined) await disable(tx, endpoint, why, { endedAt, announcedAt });
}

async function recordSuccess(tx: Tx, { claim, endedAt }: Attempt): Promise<void> {
  await tx.rows(sql`
    update webhook_endpoint set failing_since = null, consecutive_failures = 0, retry_at = null, is_proven = true
    where id = ${claim.endpointId}`);
  await tx.rows(sql`
    update webhook_delivery set state = 'DELIVERED', ended_at = ${endedAt}, leased_until = null
    where id = ${claim.id} and state = 'PENDING'`);
}

interface Failing {
  readonly id: string;
  readonly partyId: string;
  readonly failingSince: Date;
  readonly failures: number;
  readonly retryAt: Date | null;
}

async function lockEndpoint(tx: Tx, { claim, startedAt }: Attempt): Promise<Failing | undefined> {
  const [endpoint] = await tx.rows(sql<Failing>`
    select id, party_id as "partyId", coalesce(failing_since, ${startedAt}) as "failingSince",
      consecutive_failures as failures, retry_at as "retryAt"
    from webhook_endpoint where id = ${claim.endpointId} and state = 'ENABLED' for update`);
  return endpoint;
}

function disableBecause({ failingSince }: Failing, { verdict, endedAt }: Attempt) {
  if (verdict.isGone) return 'GONE';
  return endedAt.getTime() - failingSince.getTime() >= GIVE_UP_AFTER_MS ? 'FAILING' : undefined;
}

/** Has a delivery tried again later. It is given up after three days, unless its endpoint takes nothing at all. */
async function putOff(tx: Tx, { claim, verdict, endedAt }: Attempt, mayGiveUp: boolean): Promise<void> {
  const nextAt = new Date(endedAt.getTime() + Math.max(waitAfter(claim.attempts), verdict.waitMs));
  const firstAt = new Date(endedAt.getTime() - GIVE_UP_AFTER_MS);
  await tx.rows(sql`
    update webhook_delivery set leased_until = null, next_attempt_at = ${nextAt},
      state = case when ${mayGiveUp} and first_attempt_at <= ${firstAt} then 'FAILED' else state end,
      ended_at = case when ${mayGiveUp} and first_attempt_at <= ${firstAt} then ${endedAt}::timestamptz end
    where id = ${claim.id} and state = 'PENDING'`);
}

/** Counts a failure of an endpoint, and leaves it alone for a while when there are several, or when it asks for it. */
async function leaveAlone(
  tx: Tx,
  endpoint: Failing,
  { verdict, startedAt, endedAt }: Attempt,
): Promise<void> {
  // What was under way when the endpoint began to be left alone says nothing new.
  const isNews = endpoint.retryAt === null || endpoint.retryAt <= startedAt;
  const failures = endpoint.failures + (isNews ? 1 : 0);
  const isPaused = isNews && failures >= FAILURES_BEFORE_PAUSE;
  const pauseMs = isPaused ? waitAfter(failures - FAILURES_BEFORE_PAUSE + 1) : 0;
  const retryAt = new Date(endedAt.getTime() + Math.max(pauseMs, verdict.waitMs));
  await tx.rows(sql`
    update webhook_endpoint set failing_since = ${endpoint.failingSince}, consecutive_failures = ${failures}::int,
      retry_at = greatest(retry_at, ${retryAt}), is_proven = false
    where id = ${endpoint.id}`);
}

async function disable(
  tx: Tx,
  { id, partyId }: Failing,
  why: 'GONE' | 'FAILING',
  { endedAt, announcedAt }: { readonly endedAt: Date; readonly announcedAt: Date },
): Promise<void> {
  await tx.rows(sql`
    update webhook_endpoint set state = 'DISABLED', disabled_at = ${endedAt}, disabled_because = ${why}
    where id = ${id}`);
  const subject = { type: 'WebhookEndpoint', id };
  await announce(tx, [{ kind: 'WEBHOOK_DISABLED', subject, to: [partyId], data: { why } }], announcedAt);
}
