import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, CurrencyCode, MoneyField, SettledMoney } from '../../graphql/money.ts';
import { UserError } from '../../graphql/user-errors.ts';

@InputType({ description: 'Money of a brand that has come in at the bank.' })
export class EscrowDepositInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @Field(() => BigIntText, { description: 'How much, in minor units; above 0.' })
  amountMinor!: bigint;

  @Field(() => CurrencyCode, { description: "The currency of the amount: it must be the brand's." })
  currency!: string;

  @Field(() => String, {
    description: 'By what the bank knows it, 1 to 100 characters; the same is taken once for each brand.',
  })
  reference!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Money of a brand that goes back to it.' })
export class EscrowWithdrawInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @Field(() => BigIntText, { description: 'How much, in minor units; above 0 and no more than there is.' })
  amountMinor!: bigint;

  @Field(() => CurrencyCode, { description: "The currency of the amount: it must be the brand's." })
  currency!: string;

  @Field(() => String, {
    description: 'By what the bank knows it, 1 to 100 characters; the same is taken once for each brand.',
  })
  reference!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'There is not so much in the escrow of the brand.' })
export class EscrowTooLow extends UserError {
  @MoneyField('availableMinor', {
    type: SettledMoney,
    description: 'What is there; below zero where it owes.',
  })
  available!: unknown;
}
