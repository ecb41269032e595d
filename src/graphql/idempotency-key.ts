import { Field } from 'type-graphql';

/** Declares the `idempotencyKey` of an input, by which `mutate` makes the call repeatable. */
export const IdempotencyKey = (): PropertyDecorator =>
  Field(() => String, {
    description: 'A name of your own for this request: repeating it gives the first answer again.',
  }) as PropertyDecorator;
