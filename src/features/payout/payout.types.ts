import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { BasisPointsScalar, BigIntText, Computed, MoneyField, SettledMoney } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { UserError } from '../../graphql/user-errors.ts';
import { operatorsOfMoney, visibleBatch, visibleMethod, visiblePayout } from './payout.access.ts';
import { batchById, methodById, payoutById, type ReadMethod } from './payout.loaders.ts';
import { payoutTransactionIds } from './payout-accounts.ts';
import {
  PayoutAnswerEffectEnum,
  PayoutAnswerSourceEnum,
  PayoutEndEnum,
  PayoutMethodKindEnum,
  PayoutSaidEnum,
  PayoutStateEnum,
} from './payout-enums.ts';
import { maskOf, type PayoutMethodKind } from './payout-method.ts';
import type {
  AnswerSource,
  PayoutAnswerRow,
  PayoutBatchRow,
  PayoutCorrectionRow,
  PayoutRow,
} from './payout-rows.ts';
import type { AnswerEffect, FinalState, PayoutState, Said } from './payout-state.ts';

@Access(visibleMethod)
@ObjectType({
  implements: Node,
  description:
    'An account that a payee is paid to, or that the alliance pays from. Its number is never given in whole.',
})
export class PayoutMethod extends Node implements Pick<ReadMethod, 'holder' | 'country' | 'setAt'> {
  @Field(() => PayoutMethodKindEnum, { description: 'What kind of account it is.' })
  kind!: PayoutMethodKind;

  @Field(() => String, { description: 'Whose account it is, as the bank writes the name.' })
  holder!: string;

  @Field(() => String, { description: 'The country of the account, by ISO 3166.' })
  country!: string;

  @Computed(({ lastFour }: ReadMethod) => maskOf(lastFour))
  @Field(() => String, { description: 'The last four characters of its number.' })
  maskedNumber!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'From when on payouts go there.' })
  setAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when on nothing new goes there; null while it is in use.',
  })
  retiredAt?: Date | null;
}

@Access(withParent)
@ObjectType({ description: 'Something that a bank or the provider has said of a payout.' })
export class PayoutAnswer implements Pick<PayoutAnswerRow, 'no' | 'receivedAt'> {
  @Field(() => Int, { description: 'Its number, from 1, in the order in which answers came.' })
  no!: number;

  @Field(() => PayoutAnswerSourceEnum, { description: 'On which way it came.' })
  source!: AnswerSource;

  @Field(() => PayoutSaidEnum, { description: 'What was said.' })
  said!: Said;

  @Field(() => String, { nullable: true, description: 'The reason as a code, such as AC04.' })
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'The reason in words.' })
  detail?: string | null;

  @Field(() => PayoutAnswerEffectEnum, { description: 'What it has done.' })
  effect!: AnswerEffect;

  @Field(() => GraphQLDateTimeISO, { description: 'When it came.' })
  receivedAt!: Date;
}

@Access(withParent)
@ObjectType({ description: 'That an operator has ended a payout the other way round.' })
export class PayoutCorrection implements Pick<PayoutCorrectionRow, 'toState' | 'reason' | 'correctedAt'> {
  @Field(() => PayoutEndEnum, { description: 'How it ends since then.' })
  toState!: FinalState;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When that was decided.' })
  correctedAt!: Date;
}

@Access(visiblePayout)
@ObjectType({
  implements: Node,
  description:
    'A payout 提现: money of a balance that is on its way to its payee, has arrived, or has come back.',
})
export class Payout extends Node implements Pick<PayoutRow, 'state' | 'requestedAt' | 'contradicted'> {
  @Field(() => PayoutStateEnum, { description: 'Where it is.' })
  state!: PayoutState;

  @MoneyField('grossMinor', { type: SettledMoney, description: 'What has left the balance.' })
  gross!: unknown;

  @Field(() => BasisPointsScalar, { description: 'The tax that is withheld, as a rate of the gross.' })
  withholdingBp!: number;

  @MoneyField('withheldMinor', { type: SettledMoney, description: 'The tax that is withheld, rounded down.' })
  withheld!: unknown;

  @MoneyField('netMinor', { type: SettledMoney, description: 'What the payee receives.' })
  net!: unknown;

  @Field(() => String, {
    nullable: true,
    description:
      'The period of the schedule that it is for, such as "WEEKLY 2026-06-15"; null where it was asked for.',
  })
  period?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it left the balance.' })
  requestedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When the bank or the provider got it.' })
  sentAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it arrived or failed.' })
  endedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it failed, as a code, such as AC04.' })
  failureCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it failed, in words.' })
  failureDetail?: string | null;

  @Field(() => Boolean, {
    description:
      'Whether something was said that contradicts its end, which an operator has not looked at yet.',
  })
  contradicted!: boolean;

  @Computed(payoutTransactionIds)
  @Field(() => [String], {
    description:
      'Its transactions in the ledger: the first takes it out of the balance, each further one ends it.',
  })
  transactionIds!: string[];
}

@Access(visibleBatch)
@ObjectType({
  implements: Node,
  description:
    'A file of payouts for a bank, in ISO 20022 pain.001.001.09. It is kept byte by byte as it was made.',
})
export class PayoutBatch extends Node implements Pick<PayoutBatchRow, 'madeAt'> {
  @Computed(({ payouts }: PayoutBatchRow) => payouts)
  @Field(() => Int, { description: 'How many payouts are in it.' })
  payoutCount!: number;

  @MoneyField('totalMinor', {
    type: SettledMoney,
    description: 'The sum of what is to be paid: the control sum.',
  })
  total!: unknown;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  madeAt!: Date;
}

@Access(operatorsOfMoney)
@ObjectType({ description: 'The text of a file for a bank. It holds whole account numbers.' })
export class PayoutFile {
  @Field(() => String, { description: 'The XML, the same each time.' })
  xml!: string;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The balance does not allow so much.' })
export class PayoutAboveBalance extends UserError {
  @Field(() => BigIntText, {
    description: 'What could be paid out, in minor units: the balance less what is owed.',
  })
  availableMinor!: bigint;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The alliance pays no such small amounts out.' })
export class PayoutBelowMinimum extends UserError {
  @Field(() => BigIntText, { description: 'The least that is paid out, in minor units.' })
  minimumMinor!: bigint;
}

@Access(withParent)
@ObjectType({ implements: UserError, description: 'The payee has set no account to be paid to.' })
export class NoPayoutMethod extends UserError {}

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'The answer of a bank does not fit the file that it answers; none of it was taken.',
})
export class BankAnswerMismatch extends UserError {}

nodeType(PayoutMethod, methodById);
nodeType(Payout, payoutById);
nodeType(PayoutBatch, batchById);
