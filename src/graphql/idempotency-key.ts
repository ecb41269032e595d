import { Field } from 'type-graphql';

/** Declares the `idempotencyKey` of an input, by which `mutate` makes the call repeatable. */
export const IdempotencyKey = (): PropertyDecorator =>
  Field(() => String, {
    description:
      'A name of your own for this request, 8 to 100 visible ASCII characters: repeating it gives the first answer again.',
  }) as PropertyDecorator;
