import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Config } from '../server/config.ts';
import { openLog } from '../server/log.ts';
import type { OpenAlliance } from './open-alliance.ts';
import { parts } from './parts.ts';

/** Starts what a process looks for all the time, in a sandbox too. */
export async function startLoopsOf(
  config: Config,
  { database }: OpenAlliance,
  clock: Clock = systemClock,
): Promise<{ stop(): Promise<void> }> {
  const [{ startLoops, workLoops }, { buildAllianceSchema }] = await Promise.all([
    parts.loops(),
    parts.schema(),
  ]);
  const log = openLog(config);
  return startLoops(
    workLoops({ database, clock, log, schema: buildAllianceSchema(), webhooks: config.webhooks }),
    log,
  );
}
