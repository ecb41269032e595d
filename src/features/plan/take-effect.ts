import { wrongState } from '../../graphql/user-errors.ts';
import { isInGuardWindow, nextMidnight } from '../../kernel/local-time.ts';

/** Which way an offer to creators changes. A change that lowers anything for anybody is a cut. */
export type ChangeDirection = 'RAISE' | 'CUT';

/**
 * When a change of an offer takes effect (domain.md, "Plans and terms"; Kuaishou and Douyin do the same): a raise at
 * once, a cut at the next midnight of the alliance's time zone. In the ten minutes before midnight a cut is refused
 * with the state GUARD_WINDOW, since creators could no longer learn of it in time. `path` is that of the refusal.
 */
export function takesEffectAt(
  direction: ChangeDirection,
  now: Date,
  timeZone: string,
  path: readonly string[],
): Date {
  if (direction === 'RAISE') return now;
  if (isInGuardWindow(now, timeZone)) {
    const message = 'From 23:50 to midnight nothing can be lowered or ended. Try again after midnight.';
    throw wrongState(path, 'GUARD_WINDOW', message);
  }
  return nextMidnight(now, timeZone);
}
