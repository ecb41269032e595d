/**
 * A failure that the person at the terminal can mend: its message is one finished line that says what is
 * wrong and what to do, so that it is printed as it stands and without a stack.
 */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}
