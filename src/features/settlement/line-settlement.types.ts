import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { declareEnum } from '../../graphql/declare-enum.ts';
import { MoneyField, SettledMoney } from '../../graphql/money.ts';
import { type PayeeRole, PayeeRoleEnum } from '../commission/index.ts';
import type { SettledShare as ShareRow } from './line-settlement.loaders.ts';
import type { SettlementDelay } from './settlement-delays.ts';

const SettlementDelayEnum = declareEnum<SettlementDelay>(
  'SettlementDelay',
  'Why a line is not settled yet.',
  {
    NOT_ATTRIBUTED: 'It is credited to nobody: there is nothing to settle.',
    CANCELLED: 'It was called off before shipping: there is nothing to settle.',
    NOT_PAID: 'The buyer has not paid.',
    NOT_RECEIVED: 'The buyer has not received the goods.',
    OPEN_CASE: 'An after-sales case is open.',
    HOLDING: 'The holding days after receipt are not over.',
    AWAITING_RUN: 'Nothing any more: the next run settles it.',
  },
);

@Access(withParent)
@ObjectType({
  description: 'What one payee of a line was paid at settlement, and what later refunds have made of it.',
})
export class SettledShare implements Pick<ShareRow, 'nodeNo' | 'role' | 'transactionId'> {
  @Field(() => Int, { description: 'The node of the waterfall.' })
  nodeNo!: number;

  @Field(() => PayeeRoleEnum, { description: 'In which capacity it is paid.' })
  role!: PayeeRole;

  @MoneyField('settledMinor', { type: SettledMoney, description: 'What became payable at settlement.' })
  settled!: unknown;

  @MoneyField('changedMinor', {
    type: SettledMoney,
    description: 'What refunds have changed since: below zero, or by rounding above it.',
  })
  changedSince!: unknown;

  @MoneyField('netMinor', { type: SettledMoney, description: 'What it has now.' })
  net!: unknown;

  @Field(() => ID, {
    description: 'The transaction of the ledger that paid it, together with other lines of the batch.',
  })
  transactionId!: string;
}

@Access(withParent)
@ObjectType({ description: 'Where an order line stands on the settled track 结算.' })
export class LineSettlement {
  @Field(() => Int, {
    nullable: true,
    description: 'Days of 24 hours from receipt until it is due, frozen when it was placed.',
  })
  holdingDays?: number | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it is due; null while that is not known, or where nothing will be settled.',
  })
  expectedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was settled.' })
  settledAt?: Date | null;

  @Field(() => [SettlementDelayEnum], { description: 'What it still waits for; nothing once it is settled.' })
  delayedBy!: readonly SettlementDelay[];

  @Field(() => [SettledShare], {
    description: 'What became payable, for the payees whose nets are open to the caller.',
  })
  shares!: readonly ShareRow[];
}
