import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import { type Clock, machineNow } from '../../kernel/clock.ts';
import type { WebhookSettings } from '../../kernel/webhook-settings.ts';
import { areDeliveriesWaiting, type Claim, claimDeliveries, type Room } from './claim-deliveries.ts';
import { fanOut } from './fan-out.ts';
import type { Resolve } from './guard-address.ts';
import { judgeAnswer } from './judge-answer.ts';
import { postWebhook } from './post-webhook.ts';
import { readMessage, readSecrets } from './read-message.ts';
import { recordAttempt } from './record-attempt.ts';
import { signedHeaders } from './sign-message.ts';

export interface DeliverOptions {
  readonly settings: WebhookSettings;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** How long a receiver may take; ten seconds when left out. */
  readonly timeoutMs?: number;
  /** Finds the addresses of names in place of the system. */
  readonly resolve?: Resolve;
  /** Told about a failure of ours; the delivery is sent again. */
  readonly onFault?: (error: unknown) => void;
}

/** Deliveries under way in one process, to endpoints that go well, and to all others. */
const AT_ONCE = 64;
const LOOK_EVERY_MS = 250;
/** At most, until workers that met at one endpoint look again. */
const LOOK_AGAIN_MS = 50;

/**
 * Sends what is due, until nothing is due and nothing is under way. It may be killed at any moment: what was under way is
 * sent again by whoever looks next. When it is told to stop, it waits for the answers that are still to come.
 */
export async function deliverDue(database: Database, options: DeliverOptions): Promise<void> {
  const underWay = new Map<Promise<void>, Claim>();
  for (;;) {
    const isStopping = options.signal?.aborted ?? false;
    const claims = isStopping ? [] : await nextClaims(database, options, roomBeside([...underWay.values()]));
    for (const claim of claims) {
      const delivery = deliver(database, claim, options)
        .catch((error: unknown) => options.onFault?.(error))
        .finally(() => underWay.delete(delivery));
      underWay.set(delivery, claim);
    }
    if (underWay.size === 0) {
      if (isStopping || !(await areDeliveriesWaiting(database, machineNow(options.clock)))) return;
      await sleep(Math.random() * LOOK_AGAIN_MS);
    } else if (claims.length === 0) await Promise.race([...underWay.keys(), sleep(LOOK_EVERY_MS)]);
  }
}

function roomBeside(underWay: readonly Claim[]): Room {
  const proven = underWay.filter(({ isProven }) => isProven).length;
  return { proven: AT_ONCE - proven, unproven: AT_ONCE - (underWay.length - proven) };
}

async function nextClaims(
  database: Database,
  { clock }: DeliverOptions,
  room: Room,
): Promise<readonly Claim[]> {
  const now = machineNow(clock);
  await fanOut(database, now);
  return claimDeliveries(database, room, now);
}

async function deliver(database: Database, claim: Claim, options: DeliverOptions): Promise<void> {
  const { settings, clock, timeoutMs, resolve } = options;
  const startedAt = machineNow(clock);
  const message = await readMessage(database, claim);
  const secrets = await readSecrets(database, claim.endpointId, settings.secretKey, startedAt);
  const headers = signedHeaders(message, secrets, startedAt);
  const { allowInside } = settings;
  const post = { url: claim.url, headers, body: message.body };
  const outcome = await postWebhook(post, { allowInside, timeoutMs, resolve });
  const endedAt = machineNow(clock);
  const verdict = judgeAnswer(outcome, endedAt);
  await database.transaction((tx) => recordAttempt(tx, { claim, verdict, startedAt, endedAt }, clock.now()));
}
