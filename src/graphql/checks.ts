import { isCleanText } from '../kernel/text.ts';
import { invalid, Refusal, type UserErrorValue } from './user-errors.ts';

/** Collects what is wrong with an input, so that the caller is told all of it at once. */
export class Checks {
  private readonly errors: UserErrorValue[] = [];

  /** Notes an error where the condition does not hold. */
  that(holds: boolean, field: string, message: string): this {
    if (!holds) this.errors.push(invalid(['input', ...field.split('.')], message));
    return this;
  }

  /** A text between two lengths, without control characters or broken Unicode. */
  text(value: string, field: string, min: number, max: number): this {
    const length = value.trim().length;
    const message = `${field} has ${min} to ${max} characters and no control characters.`;
    return this.that(length >= min && value.length <= max && isCleanText(value), field, message);
  }

  /** Throws the refusal when anything was wrong. */
  done(): void {
    if (this.errors.length > 0) throw new Refusal(this.errors);
  }
}
