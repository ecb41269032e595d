import { SingleBar } from 'cli-progress';
import type { OnProgress } from '../kernel/progress.ts';

/** Where a command speaks: what it was asked for goes to standard output, all else to standard error. */
export interface Terminal {
  /** Whether `--json` was given. */
  readonly json: boolean;
  /** A line about what happens, for a person. */
  note(line: string): void;
  /** The answer: the document with `--json`, the text without. Once per command. */
  answer(document: object, text: string): void;
  /** Shows progress, as a bar on a terminal and as a line every few seconds elsewhere. */
  readonly onProgress: OnProgress;
  /** Takes the bar away. */
  endProgress(): void;
}

const LINE_EVERY_MS = 5_000;

/** The terminal of this process. */
export function openTerminal(json: boolean): Terminal {
  const progress = process.stderr.isTTY ? barProgress() : lineProgress();
  return {
    json,
    note: (line) => {
      progress.end();
      process.stderr.write(`${line}\n`);
    },
    answer: (document, text) => {
      progress.end();
      process.stdout.write(json ? `${toJson(document)}\n` : `${text}\n`);
    },
    onProgress: progress.show,
    endProgress: progress.end,
  };
}

/** JSON of a document that may hold whole numbers of any size; one that JSON readers would round becomes a string. */
export function toJson(document: object): string {
  return JSON.stringify(document, (_key, value) => {
    if (typeof value !== 'bigint') return value;
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  });
}

function barProgress(): { show: OnProgress; end(): void } {
  let bar: SingleBar | undefined;
  let shownStep: string | undefined;
  const end = () => {
    bar?.stop();
    bar = undefined;
    shownStep = undefined;
  };
  const show: OnProgress = ({ step, done, total }) => {
    if (step !== shownStep) {
      end();
      bar = new SingleBar({
        stream: process.stderr,
        format:
          total === undefined
            ? '{step} {value}'
            : '{step} [{bar}] {percentage} %, {value} of {total}, {eta_formatted} left',
        hideCursor: true,
        clearOnComplete: true,
        fps: 5,
      });
      bar.start(total ?? 1, done, { step });
      shownStep = step;
    }
    if (total !== undefined) bar?.setTotal(total);
    bar?.update(done);
  };
  return { show, end };
}

function lineProgress(): { show: OnProgress; end(): void } {
  let lastAt = Date.now();
  return {
    show: ({ step, done, total }) => {
      if (Date.now() - lastAt < LINE_EVERY_MS) return;
      lastAt = Date.now();
      const of = total === undefined ? '' : ` of ${total.toLocaleString('en')}`;
      process.stderr.write(`${step}: ${done.toLocaleString('en')}${of}\n`);
    },
    end: () => undefined,
  };
}
