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
  /** Aborted with an Interrupted by the first signal. */
  readonly signal: AbortSignal;
  /** Aborted by a second one: the person will wait no longer, and what is under way is cut off. */
  readonly hurry: AbortSignal;
  /** Has the process end by itself so long after the first signal, if something hangs. */
  limitTo(patienceMs: number): void;
  /** Waits for the work, or throws Interrupted without waiting any longer. */
  orStop<Result>(work: Promise<Result>): Promise<Result>;
  /** Throws into the work at its next step forward, so that its transaction is rolled back at once. */
  breakAt(onProgress: OnProgress): OnProgress;
}

const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const PATIENCE_MS = 45_000;
/** npm hands on the Ctrl-C that its child has got from the terminal, too: what comes so soon is the same one. */
const SAME_SIGNAL_MS = 500;

let listening: Interruption | undefined;

/**
 * Takes over Ctrl-C, SIGTERM and the closing of the terminal for the rest of this process, so that what is under way is
 * put away in order. A second one, half a second later or more, ends all waiting for requests and jobs; the embedded
 * PostgreSQL is stopped all the same, which takes a moment. If something hangs, the process ends by itself after a while.
 */
export function listenForInterruption(): Interruption {
  listening ??= listen();
  return listening;
}

function listen(): Interruption {
  const controller = new AbortController();
  const hurry = new AbortController();
  let patienceMs = PATIENCE_MS;
  let firstAt = 0;
  for (const name of Object.keys(EXIT_CODES) as NodeJS.Signals[]) {
    process.on(name, () => {
      const interrupted = new Interrupted(name);
      if (controller.signal.aborted) {
        if (performance.now() - firstAt >= SAME_SIGNAL_MS) hurry.abort(interrupted);
        return;
      }
      firstAt = performance.now();
      setTimeout(() => process.exit(interrupted.exitCode), patienceMs).unref();
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
    hurry: hurry.signal,
    limitTo: (limitMs) => {
      patienceMs = limitMs;
    },
    orStop: (work) => Promise.race([work, stopped]),
    breakAt: (onProgress) => (progress) => {
      signal.throwIfAborted();
      onProgress(progress);
    },
  };
}
