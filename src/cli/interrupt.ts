import type { OnProgress } from '../kernel/progress.ts';

/** Says that the person asked us to stop. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`Stopped by ${signal}.`);
    this.exitCode = EXIT_CODES[signal] ?? 1;
  }
}

/** The wish to stop, of this process. */
export interface Interruption {
  /** Aborted with an Interrupted by the first signal; the further ones only confirm it. */
  readonly signal: AbortSignal;
  /** Waits for the work, or throws Interrupted without waiting any longer. */
  orStop<Result>(work: Promise<Result>): Promise<Result>;
  /** Throws into the work at its next step forward, so that its transaction is rolled back at once. */
  breakAt(onProgress: OnProgress): OnProgress;
}

const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const PATIENCE_MS = 45_000;

let listening: Interruption | undefined;

/**
 * Takes over Ctrl-C, SIGTERM and the closing of the terminal for the rest of this process, so that what is under way is
 * put away in order. An impatient second Ctrl-C changes nothing, because PostgreSQL stops within a second; only if
 * something hangs, the process ends by itself after a while.
 */
export function listenForInterruption(): Interruption {
  listening ??= listen();
  return listening;
}

function listen(): Interruption {
  const controller = new AbortController();
  for (const name of Object.keys(EXIT_CODES) as NodeJS.Signals[]) {
    process.on(name, () => {
      if (controller.signal.aborted) return;
      const interrupted = new Interrupted(name);
      setTimeout(() => process.exit(interrupted.exitCode), PATIENCE_MS).unref();
      controller.abort(interrupted);
    });
  }
  const stopped = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
  });
  stopped.catch(() => undefined);
  const { signal } = controller;
  return {
    signal,
    orStop: (work) => Promise.race([work, stopped]),
    breakAt: (onProgress) => (progress) => {
      signal.throwIfAborted();
      onProgress(progress);
    },
  };
}
