import { v5 } from 'uuid';
import type { RequestContext } from '../../graphql/context.ts';
import { type MutationOptions, type MutationTx, mutate } from '../../graphql/mutate.ts';
import type { Payload } from '../../graphql/user-errors.ts';
import { type SandboxClock, sandboxOf } from './sandbox-clock.ts';

/** A fixed namespace: the same request of the same caller has the same id. */
const REQUESTS = '0d9a1a0f-4f0e-5d0b-9a58-6f1f6a2f6b15';

type SandboxOptions<Result> = MutationOptions<Result> & {
  readonly input: { readonly idempotencyKey: string };
};

/**
 * Runs a mutation that moves the clock: one at a time, since each takes long and needs connections beside its own.
 * Refused in an alliance that is no sandbox. `id` is that of the request, the same when it is repeated.
 */
export async function inSandbox<Result>(
  context: RequestContext,
  options: SandboxOptions<Result>,
  work: (tx: MutationTx, clock: SandboxClock, id: string) => Promise<Result>,
): Promise<Payload<Result>> {
  const clock = sandboxOf(context.clock);
  if (clock === undefined) {
    const message = 'This alliance is no sandbox: it goes by the time that it is.';
    const error = { __typename: 'StateConflict', message, path: ['input'], state: 'NO_SANDBOX' };
    return { result: null, userErrors: [error] };
  }
  const { apiKeyId, issuer, subject } = context.actor;
  const id = v5(
    JSON.stringify([apiKeyId, issuer, subject, options.operation, options.input.idempotencyKey]),
    REQUESTS,
  );
  return clock.oneByOne(() => mutate(context, options, (tx) => work(tx, clock, id)));
}
