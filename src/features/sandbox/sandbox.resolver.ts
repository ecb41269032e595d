import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access, signedIn } from '../../graphql/access.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { type Payload, payloadOf } from '../../graphql/user-errors.ts';
import { nextMidnight } from '../../kernel/local-time.ts';
import { rulesAt } from '../account/index.ts';
import { inSandbox } from './in-sandbox.ts';
import { type ClockMove, findMove, moveClock } from './move-clock.ts';
import { clockMovers } from './sandbox.access.ts';
import { SandboxClockAdvanceInput, SandboxMove, SandboxTime } from './sandbox.types.ts';
import { sandboxOf } from './sandbox-clock.ts';

/** Well below what a request may take (LIMIT_REQUEST_MS, 10 s): the stop that is under way then is still gone through. */
const PATIENCE_MS = 5_000;

const AdvancePayload = payloadOf('sandboxClockAdvance', 'move', () => SandboxMove);

@Resolver()
export class SandboxResolver {
  @Access(signedIn)
  @Query(() => SandboxTime, {
    nullable: true,
    description: 'The virtual clock of the sandbox; null in an alliance that is none.',
  })
  async sandboxClock(@Ctx() { clock, database }: RequestContext) {
    const sandbox = sandboxOf(clock);
    if (sandbox === undefined) return null;
    const now = sandbox.now();
    const { timeZone } = await rulesAt(database, now);
    return { now, startedAt: sandbox.startedAt, nextMidnight: nextMidnight(now, timeZone) };
  }

  @Access(clockMovers)
  @Mutation(() => AdvancePayload, {
    description:
      'Moves the virtual clock of a sandbox forward. On the way everything happens that time makes necessary, each at its ' +
      'moment: timers and reminders, and at the midnights settlement. For operators, and API keys with sandbox:write.',
  })
  sandboxClockAdvance(
    @Arg('input', () => SandboxClockAdvanceInput) input: SandboxClockAdvanceInput,
    @Ctx() context: RequestContext,
  ): Promise<Payload<ClockMove>> {
    const options = {
      operation: 'sandboxClockAdvance',
      input,
      idOf: ({ id }: ClockMove) => id,
      find: findMove,
    };
    return inSandbox(context, options, (tx, clock, id) =>
      moveClock(tx, clock, id, input, { patienceMs: PATIENCE_MS }),
    );
  }
}
