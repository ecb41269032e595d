import { askedWait } from './backoff.ts';
import type { PostOutcome } from './post-webhook.ts';
import type { AttemptError } from './webhook-state.ts';

/** What an attempt comes to. */
export interface Verdict {
  /** Undefined when it was taken. */
  readonly error: AttemptError | undefined;
  readonly status: number | undefined;
  /** Whether the receiver says that it is gone for good. */
  readonly isGone: boolean;
  /** How long the receiver asks to be left alone. */
  readonly waitMs: number;
}

/** Judges an answer: only a status of 2xx takes a message. */
export function judgeAnswer(outcome: PostOutcome, now: Date): Verdict {
  if ('failure' in outcome) return { error: outcome.failure, status: undefined, isGone: false, waitMs: 0 };
  const { status, retryAfter } = outcome;
  const waitMs = askedWait(retryAfter, now);
  if (status >= 200 && status < 300) return { error: undefined, status, isGone: false, waitMs: 0 };
  const error = status >= 300 && status < 400 ? 'REDIRECT' : 'STATUS';
  return { error, status, isGone: status === 410, waitMs };
}
