import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { MoneyField, SettledMoney } from '../../graphql/money.ts';
import { TransferKindEnum } from '../ledger/index.ts';
import type { LedgerEntryRow } from './history.loaders.ts';

@Access(withParent)
@ObjectType({ description: 'A transfer of the ledger 流水, as one of its two accounts sees it.' })
export class LedgerEntry
  implements Pick<LedgerEntryRow, 'transactionId' | 'kind' | 'occurredAt' | 'postedAt'>
{
  @Field(() => ID, { description: 'The transaction that it belongs to; all of one act have the same.' })
  transactionId!: string;

  @Field(() => TransferKindEnum, { description: 'What it does.' })
  kind!: LedgerEntryRow['kind'];

  @MoneyField('amountMinor', {
    type: SettledMoney,
    description: 'What came in to this account; below zero for what went out.',
  })
  amount!: unknown;

  @MoneyField('balanceMinor', { type: SettledMoney, description: 'The balance of this account after it.' })
  balanceAfter!: unknown;

  @Field(() => String, {
    nullable: true,
    description: 'Under which reference money came in from a bank or went out; null for all other kinds.',
  })
  reference?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When what it is for happened.' })
  occurredAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was posted: from then on it is in the balance.' })
  postedAt!: Date;
}

@Access(withParent)
@ObjectType({
  description: "An order line behind an entry of the ledger, with its part of the entry's amount.",
})
export class LedgerEntryLine {
  @MoneyField('amountMinor', {
    type: SettledMoney,
    description: "Its part, with the entry's sign: the parts of all lines come to the entry's amount.",
  })
  amount!: unknown;
}
