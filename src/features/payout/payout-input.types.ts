import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../../graphql/connection.ts';
import { IdempotencyKey } from '../../graphql/idempotency-key.ts';
import { BigIntText, CurrencyCode } from '../../graphql/money.ts';
import { PayoutEndEnum, PayoutMethodKindEnum, PayoutStateEnum } from './payout-enums.ts';
import type { GivenMethod, PayoutMethodKind } from './payout-method.ts';
import type { FinalState, PayoutState } from './payout-state.ts';

@InputType({ description: 'An account to be paid to; it takes the place of the one before.' })
export class PayoutMethodSetInput implements GivenMethod {
  @Field(() => ID, {
    description: 'The creator or agency that is paid, or the alliance for the account that it pays from.',
  })
  partyId!: string;

  @Field(() => PayoutMethodKindEnum, { description: 'What kind of account it is.' })
  kind!: PayoutMethodKind;

  @Field(() => String, {
    description: 'Whose account it is, in Latin letters, as the bank writes the name; accents are dropped.',
  })
  holder!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The country of the account, by ISO 3166; an IBAN says it by itself.',
  })
  country?: string | null;

  @Field(() => String, { nullable: true, description: 'The IBAN of a bank account that has one.' })
  iban?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The number of a bank account without an IBAN, or the name of the provider's account.",
  })
  accountNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'The BIC of the bank.' })
  bic?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The clearing code of the bank, such as a CNAPS code.',
  })
  clearingCode?: string | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'An account to which nothing new is to be paid.' })
export class PayoutMethodRetireInput {
  @Field(() => ID, { description: 'The account.' })
  payoutMethodId!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'A payout that a payee asks for.' })
export class PayoutRequestInput {
  @Field(() => ID, { description: 'The creator or agency whose balance is paid out.' })
  payeeId!: string;

  @Field(() => CurrencyCode, { description: 'The currency of the balance.' })
  currencyCode!: string;

  @Field(() => BigIntText, {
    nullable: true,
    description:
      'How much leaves the balance, in minor units, tax included; all that is available when left out.',
  })
  amountMinor?: bigint | null;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'Which payouts go into a file for the bank.' })
export class PayoutBatchMakeInput {
  @Field(() => CurrencyCode, { description: 'The currency of the file.' })
  currencyCode!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What a bank answers to a file.' })
export class PayoutBatchAnswerInput {
  @Field(() => String, { description: 'The XML of the answer, in ISO 20022 pain.002.001.10.' })
  xml!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'How a payout has really ended.' })
export class PayoutCorrectInput {
  @Field(() => ID, { description: 'The payout.' })
  payoutId!: string;

  @Field(() => PayoutEndEnum, { description: 'How it has ended.' })
  toState!: FinalState;

  @Field(() => String, {
    description: 'Why this is known to be so, 1 to 500 characters; the payee reads it.',
  })
  reason!: string;

  @IdempotencyKey()
  idempotencyKey!: string;
}

@ArgsType()
export class PayoutsArgs extends PageArgs {
  @Field(() => PayoutStateEnum, { nullable: true, description: 'Only payouts in this state.' })
  state?: PayoutState | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only payouts whose end was contradicted (true), or was not (false).',
  })
  contradicted?: boolean | null;
}
