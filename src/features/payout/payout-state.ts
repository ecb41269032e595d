import { mayMove, type Transitions } from '../../kernel/transitions.ts';

export type PayoutState = 'REQUESTED' | 'SENT' | 'CONFIRMED' | 'FAILED';
export type FinalState = 'CONFIRMED' | 'FAILED';

/** The life of a payout as answers move it (money.md, "Payouts"): what is final, no answer moves. */
export const PAYOUT_STATES: Transitions<PayoutState> = {
  REQUESTED: ['SENT'],
  SENT: ['CONFIRMED', 'FAILED'],
  CONFIRMED: [],
  FAILED: [],
};

/** What an operator may make of a payout that an answer has ended wrongly. */
export const CORRECTIONS: Transitions<PayoutState> = {
  REQUESTED: [],
  SENT: [],
  CONFIRMED: ['FAILED'],
  FAILED: ['CONFIRMED'],
};

/** What a bank or a provider says of a payout. */
export type Said = 'PENDING' | FinalState;

/** What became of an answer: it moved the payout, said what was known, came too late, or says the contrary of the end. */
export type AnswerEffect = 'APPLIED' | 'REPEATED' | 'STALE' | 'CONTRADICTS';

export const isFinal = (state: PayoutState | Said): state is FinalState =>
  state === 'CONFIRMED' || state === 'FAILED';

/** The states that an answer leads a payout through, in order; none where it moves nothing. */
export function pathOf(state: PayoutState, said: Said): { effect: AnswerEffect; path: PayoutState[] } {
  if (isFinal(state)) {
    if (!isFinal(said)) return { effect: 'STALE', path: [] };
    return { effect: said === state ? 'REPEATED' : 'CONTRADICTS', path: [] };
  }
  // Whoever answers has it: it was sent, also where the process ended before it could say so.
  const steps: PayoutState[] = isFinal(said) ? ['SENT', said] : ['SENT'];
  const path = steps.filter((step) => step !== state);
  if (path.length === 0) return { effect: 'REPEATED', path };
  let at: PayoutState = state;
  for (const step of path) {
    if (!mayMove(PAYOUT_STATES, at, step)) throw new Error(`A payout does not go from ${at} to ${step}.`);
    at = step;
  }
  return { effect: 'APPLIED', path };
}
