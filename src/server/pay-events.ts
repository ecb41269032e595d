import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionArgs, ExecutionResult, OperationDefinitionNode } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Charges, Purse } from './limits/charge-operations.ts';
import { requestedPrice, valuesOf } from './limits/price.ts';
import { pricePlanOf } from './limits/price-plan.ts';
import type { PreparedSubscription } from './live-operations.ts';
import type { LiveSession } from './live-sessions.ts';

/** What each event of a subscription costs at most, in points: the price of the same selection in a query. */
export function priceOf(
  { schema, document, variableValues }: PreparedSubscription,
  operation: OperationDefinitionNode,
) {
  return requestedPrice(pricePlanOf(schema, document, operation), valuesOf(operation, variableValues));
}

/**
 * The results, each paid for before it is handed on. Who has nothing left is not refused but waits for points: the events
 * stay in the feed meanwhile.
 */
async function* paid(
  results: AsyncIterable<ExecutionResult>,
  charges: Charges,
  purse: Purse | undefined,
  points: number,
  signal: AbortSignal,
): AsyncGenerator<ExecutionResult, void> {
  for await (const result of results) {
    while (purse !== undefined && !signal.aborted) {
      const waitS = await secondsToWait(charges, purse, points);
      if (waitS === 0) break;
      await sleep(waitS * 1000, undefined, { signal }).catch(() => undefined);
    }
    yield result;
  }
}

async function secondsToWait(charges: Charges, purse: Purse, points: number): Promise<number> {
  try {
    await charges.take(purse, points);
    return 0;
  } catch (error) {
    const retryAfter = error instanceof GraphQLError ? error.extensions.retryAfter : undefined;
    if (typeof retryAfter !== 'number') throw error;
    return retryAfter;
  }
}

/** The results of a prepared subscription, paid from the purse of its caller. */
export function paidBy(
  { charges }: { readonly charges: Charges },
  { actor, signal }: LiveSession,
  args: ExecutionArgs,
  results: AsyncIterable<ExecutionResult>,
): AsyncIterable<ExecutionResult> {
  const { points } = args as PreparedSubscription;
  return paid(results, charges, charges.purseOf(actor, undefined), points, signal);
}
