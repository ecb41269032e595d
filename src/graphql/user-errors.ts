import { type ClassType, createUnionType, Field, InterfaceType, ObjectType } from 'type-graphql';
import { Access, withParent } from './access.ts';

@InterfaceType({ description: 'Something that the caller can mend: what is wrong, and where in the input.' })
export abstract class UserError {
  @Field(() => String, { description: 'What is wrong, and what to do about it.' })
  message!: string;

  @Field(() => [String], { description: 'Where in the input, such as ["input", "title"].' })
  path!: string[];
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'A value of the input is not one that is taken.' })
export class InvalidInput extends UserError {}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'What the input names does not exist, or is not open to the caller.',
})
export class NotFoundError extends UserError {}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The object is in a state in which this cannot be done.' })
export class StateConflict extends UserError {
  @Field(() => String, { description: 'The state that the object is in.' })
  state!: string;
}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The idempotency key was used before for another content; nothing was done this time.',
})
export class IdempotencyKeyReused extends UserError {}

/** A user error as a value: the name of its type, and its fields. */
export interface UserErrorValue {
  readonly __typename: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly [field: string]: unknown;
}

/** Thrown inside a use case to refuse a write: whatever the transaction has done is undone. */
export class Refusal extends Error {
  constructor(readonly errors: readonly UserErrorValue[]) {
    super(errors.map(({ message }) => message).join(' '));
  }
}

export const invalid = (path: readonly string[], message: string): UserErrorValue => ({
  __typename: 'InvalidInput',
  message,
  path,
});

export const unknown = (path: readonly string[], what: string): Refusal =>
  new Refusal([
    { __typename: 'NotFoundError', message: `No ${what} was found under this id that is open to you.`, path },
  ]);

export const wrongState = (path: readonly string[], state: string, message: string): Refusal =>
  new Refusal([{ __typename: 'StateConflict', message, path, state }]);

/** What a mutation answers: the result, or why there is none. */
export interface Payload<Result> {
  readonly result: Result | null;
  readonly userErrors: readonly UserErrorValue[];
}

const COMMON: readonly ClassType[] = [InvalidInput, NotFoundError, StateConflict, IdempotencyKeyReused];

/**
 * The payload type of a mutation: the nullable result under its own name, and the union of the errors that this
 * mutation can give. The resolver's `Payload` fits it as it is.
 */
export function payloadOf(
  mutation: string,
  resultName: string,
  result: () => ClassType,
  own: ClassType[] = [],
) {
  const title = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const errors = createUnionType({
    name: `${title}Error`,
    description: `What can be wrong with a call of ${mutation}.`,
    types: () => [...COMMON, ...own] as const,
  });

  @Access(withParent)
  @ObjectType(`${title}Payload`, { description: `The answer of ${mutation}.` })
  class MutationPayload {
    @Field(() => [errors], {
      description: 'What is wrong with the input. When there is any, nothing was changed.',
    })
    userErrors!: UserErrorValue[];
  }
  const target = MutationPayload.prototype;
  Field(() => result(), {
    nullable: true,
    description: 'The result, or null when there are errors.',
    name: resultName,
  })(target, 'result');
  return MutationPayload as ClassType;
}
