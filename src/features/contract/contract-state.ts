/** How a contract stands; it follows from its dates alone. */
export type ContractState = 'COMING' | 'RUNNING' | 'ENDING' | 'ENDED';

const DAY_MS = 86_400_000;
/** Within this time after one side asks for the end, a contract ends: seven times 24 hours (domain.md, "Agencies"). */
export const NOTICE_MS = 7 * DAY_MS;

export interface ContractDates {
  readonly startsAt: Date;
  /** When it ends or has ended; null while that is open. */
  readonly endsAt: Date | null;
  readonly endAskedAt: Date | null;
}

/** How a contract with these dates stands at a moment. */
export function contractStateAt({ startsAt, endsAt, endAskedAt }: ContractDates, at: Date): ContractState {
  if (endsAt !== null && endsAt <= at) return 'ENDED';
  if (at < startsAt) return 'COMING';
  return endAskedAt === null ? 'RUNNING' : 'ENDING';
}

/** The earliest of some moments, of which those that are null never come. At least one is not null. */
export const earliest = (first: Date, ...others: readonly (Date | null | undefined)[]): Date =>
  others.reduce<Date>((best, each) => (each != null && each < best ? each : best), first);
