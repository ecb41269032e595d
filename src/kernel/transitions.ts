/** A state machine as data: from each state, the states that may follow it. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Whether the machine allows the move. Staying in a state is not a move. */
export function mayMove<State extends string>(machine: Transitions<State>, from: State, to: State): boolean {
  return machine[from].includes(to);
}
