const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** How long to wait after each failure, as Standard Webhooks proposes it; then every six hours. */
const WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
] as const;
const JITTER = 0.2;

/** How long something is tried before it is given up. */
export const GIVE_UP_AFTER_MS = 3 * DAY_MS;
const LONGEST_RETRY_AFTER_MS = DAY_MS;

/** The wait after so many failures, from 1 on, up to a fifth longer or shorter by chance, so that not all come back at once. */
export function waitAfter(failures: number, random: () => number = Math.random): number {
  const wait = WAITS_MS[Math.min(failures, WAITS_MS.length) - 1] ?? WAITS_MS[0];
  return Math.round(wait * (1 + JITTER * (2 * random() - 1)));
}

/** How long a `Retry-After` of RFC 9110 asks to wait, at most a day; 0 for none, and for what is none. */
export function askedWait(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  const wait = /^\d{1,9}$/.test(retryAfter)
    ? Number(retryAfter) * SECOND_MS
    : Date.parse(retryAfter) - now.getTime();
  return Number.isNaN(wait) ? 0 : Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER_MS);
}
