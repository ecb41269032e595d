import { SetUpError } from '../kernel/set-up-error.ts';
import type { Config } from '../server/config.ts';
import { Interrupted, type Interruption, listenForInterruption } from './interrupt.ts';
import { type OpenAlliance, openAlliance } from './open-alliance.ts';

/** An alliance on which parts of a process are being started. */
export interface Opening {
  readonly alliance: OpenAlliance;
  readonly interruption: Interruption;
  /**
   * Says how a part that was started is put away; what was started last is put away first. Who is in a hurry does not
   * wait for it.
   */
  onClose(close: () => Promise<void>): void;
  /** Waits for the work, or throws when the person stops it or the database is lost. */
  orEnd<Result>(work: Promise<Result>): Promise<Result>;
}

/**
 * Opens the alliance, starts parts on it, says the words that these give, and waits until the person stops it all. Throws
 * SetUpError when it cannot start, or when its database is lost.
 */
export async function keepOpen(config: Config, start: (opening: Opening) => Promise<string>): Promise<void> {
  const interruption = listenForInterruption();
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  const alliance = await openAlliance(config, () => lost.reject(databaseLost(config)));
  const closing: (() => Promise<void>)[] = [];
  const { hurry } = interruption;
  const opening: Opening = {
    alliance,
    interruption,
    onClose: (close) => closing.unshift(close),
    orEnd: (work) => interruption.orStop(Promise.race([work, lost.promise])),
  };
  try {
    interruption.signal.throwIfAborted();
    const words = await start(opening);
    interruption.signal.throwIfAborted();
    process.stdout.write(words);
    await interruption.orStop(lost.promise);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stdout.write('\nStopping …\n');
  } finally {
    for (const close of closing) await orHurry(close(), hurry);
    await alliance.close(hurry);
  }
  hurry.throwIfAborted();
  process.stdout.write('Stopped; the data is kept.\n');
}

/** Waits for the work, unless the person will wait no longer. */
function orHurry(work: Promise<void>, hurry: AbortSignal): Promise<void> {
  if (hurry.aborted) {
    work.catch(() => undefined);
    return Promise.resolve();
  }
  const hurried = Promise.withResolvers<void>();
  hurry.addEventListener('abort', () => hurried.resolve(), { once: true });
  return Promise.race([work, hurried.promise]);
}

function databaseLost({ dataFolder }: Config): SetUpError {
  return new SetUpError(
    `The embedded PostgreSQL ended by itself (its log is ${dataFolder}/postgresql.log): start again, the data is kept.`,
  );
}
