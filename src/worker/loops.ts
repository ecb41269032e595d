import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/**
 * Work that comes at any time and is looked for all the time, by real time also in a sandbox. It may be killed at any
 * moment; whoever looks next goes on with it.
 */
export interface Loop {
  /** What is done, for the log: "Exporting in bulk". */
  readonly name: string;
  /** How long it waits after it has found nothing more to do. */
  readonly everyMs: number;
  /** How many of it go on side by side in this process. */
  readonly lanes: number;
  /** Does what there is to do; the signal asks it to stop where nothing is half-done. */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

const AFTER_A_FAULT_MS = 2_000;

/** Starts the loops. What fails is logged and looked for again. */
export function startLoops(loops: readonly Loop[], log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const lanes = loops.flatMap((loop) => Array.from({ length: loop.lanes }, () => goRound(loop, log, signal)));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(lanes);
    },
  };
}

async function goRound({ name, everyMs, run }: Loop, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let waitMs = everyMs;
    try {
      await run(signal);
    } catch (err) {
      waitMs = Math.max(everyMs, AFTER_A_FAULT_MS);
      if (!signal.aborted) log.error({ err }, `${name} failed; it is tried again`);
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
