import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { Access, withParent } from '../../graphql/access.ts';
import { PageArgs } from '../../graphql/connection.ts';
import { BasisPointsScalar, BigIntText, Computed, MoneyField, SettledMoney } from '../../graphql/money.ts';
import { Node, nodeType } from '../../graphql/node.ts';
import { PayeeRoleEnum } from '../commission/index.ts';
import { type AccountKind, AccountKindEnum, type TransferKind, TransferKindEnum } from '../ledger/index.ts';
import type { LinePart, StatementOrderLine as OrderLineRow } from './read-order-lines.ts';
import type { Posting } from './read-postings.ts';
import { ownStatement } from './statement.access.ts';
import { statementById } from './statement.loaders.ts';
import type { StatementAccountRow, StatementRow, StatementTotalRow } from './statement-rows.ts';

/** A money field of a statement. */
const Settled = (column: string, description: string) =>
  MoneyField(column, { type: SettledMoney, description });

@Access(ownStatement)
@ObjectType({
  implements: Node,
  description:
    'A statement 对账单 of a party for one currency and calendar month: numbered, never changed, and followed down to its lines.',
})
export class Statement
  extends Node
  implements Pick<StatementRow, 'number' | 'month' | 'currency' | 'partyName' | 'sha256' | 'madeAt'>
{
  @Field(() => String, {
    description: 'Its number, such as GA-2026-07-000123; those of a month have no gaps.',
  })
  number!: string;

  @Field(() => String, { description: "The month, such as 2026-07, by the alliance's time zone." })
  month!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'The first moment of the month.' })
  startsAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'The first moment that no longer belongs to the month.' })
  endsAt!: Date;

  @Field(() => String, { description: 'The currency: there is a statement for each.' })
  currency!: string;

  @Field(() => String, { description: 'What the party was called when it was made.' })
  partyName!: string;

  @Settled(
    'openingMinor',
    'The balance of all accounts at the beginning: where the statement before has ended.',
  )
  openingBalance!: unknown;

  @Settled('closingMinor', 'The balance of all accounts at the end.')
  closingBalance!: unknown;

  @Field(() => String, {
    description:
      'SHA-256 of the canonical JSON (RFC 8785) of `statement` in the JSON file, by which anybody can check a copy.',
  })
  sha256!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  madeAt!: Date;
}

@Access(withParent)
@ObjectType({ description: 'One account of the ledger in a statement: opening + in − out = closing.' })
export class StatementAccount
  implements Pick<StatementAccountRow, 'kind' | 'firstPosting' | 'lastPosting' | 'linesSha256'>
{
  @Field(() => AccountKindEnum, { description: 'What the account is for.' })
  kind!: AccountKind;

  @Field(() => BigIntText, { description: 'The number of its first posting in the month.' })
  firstPosting!: bigint;

  @Field(() => BigIntText, {
    description: 'The number of its last posting; one less than the first where there is none.',
  })
  lastPosting!: bigint;

  @Settled('openingMinor', 'The balance at the beginning.')
  openingBalance!: unknown;

  @Settled('inMinor', 'What has come in.')
  in!: unknown;

  @Settled('outMinor', 'What has gone out.')
  out!: unknown;

  @Settled('closingMinor', 'The balance at the end.')
  closingBalance!: unknown;

  @Field(() => String, { description: 'SHA-256 of its lines in their order.' })
  linesSha256!: string;
}

@Access(withParent)
@ObjectType({ description: 'What the transfers of one kind come to in one account of a statement.' })
export class StatementTotal implements Pick<StatementTotalRow, 'kind' | 'transfers'> {
  @Computed<StatementTotalRow>(({ accountKind }) => accountKind)
  @Field(() => AccountKindEnum, { description: 'What the account is for.' })
  account!: AccountKind;

  @Field(() => TransferKindEnum, { description: 'What the transfers do.' })
  kind!: TransferKind;

  @Field(() => BigIntText, { description: 'How many there are.' })
  transfers!: bigint;

  @Settled('inMinor', 'What has come in by them.')
  in!: unknown;

  @Settled('outMinor', 'What has gone out by them.')
  out!: unknown;
}

@Access(withParent)
@ObjectType({ description: 'A line of a statement: a transfer of the ledger, as the account has it.' })
export class StatementLine implements Pick<Posting, 'posting' | 'kind' | 'occurredAt' | 'postedAt'> {
  @Computed<Posting>(({ accountKind }) => accountKind)
  @Field(() => AccountKindEnum, { description: 'What the account is for.' })
  account!: AccountKind;

  @Field(() => BigIntText, { description: 'Its number in the history of the account.' })
  posting!: bigint;

  @Field(() => TransferKindEnum, { description: 'What the transfer does.' })
  kind!: TransferKind;

  @Settled('changeMinor', 'What it changes; below zero for what goes out.')
  change!: unknown;

  @Settled('balanceMinor', 'The balance of the account after it.')
  balance!: unknown;

  @Field(() => AccountKindEnum, { description: 'What the account on the other side is for.' })
  counterpartAccount!: AccountKind;

  @Field(() => GraphQLDateTimeISO, { description: 'When it happened.' })
  occurredAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was posted: by this it belongs to the month.' })
  postedAt!: Date;
}

@Access(withParent)
@ObjectType({ description: 'What a payee has by one of its places in the division of an order line.' })
export class StatementLinePart implements Pick<LinePart, 'role'> {
  @Field(() => PayeeRoleEnum, { description: 'In which capacity it is paid.' })
  role!: LinePart['role'];

  @Computed<LinePart>(({ rateBp }) => rateBp)
  @Field(() => BasisPointsScalar, { description: 'The rate.' })
  rate!: number;

  @Settled('grossMinor', 'What it is paid, with what it passes on.')
  gross!: unknown;

  @Settled('netMinor', 'What it keeps.')
  net!: unknown;
}

@Access(withParent)
@ObjectType({
  description: 'An order line behind a line of a statement: what it has brought, or taken back.',
})
export class StatementOrderLine
  implements Pick<OrderLineRow, 'orderNo' | 'lineNo' | 'productTitle' | 'placedAt' | 'settledAt'>
{
  @Field(() => String, { description: "The shop's number of the order." })
  orderNo!: string;

  @Field(() => Int, { description: 'The number of the line in the order, from 1.' })
  lineNo!: number;

  @Field(() => String, { description: 'The title of the product.' })
  productTitle!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When the order was placed.' })
  placedAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When the buyer received it.' })
  receivedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When the line was settled.' })
  settledAt!: Date;

  @Settled('baseMinor', 'The commission base at settlement; of a clawback, what it has changed by.')
  commissionBase!: unknown;

  @Field(() => [StatementLinePart], { description: 'The places of the payee in the division of the line.' })
  parts!: readonly LinePart[];

  @Settled('netMinor', 'What the payee keeps of it; below zero for what is taken back.')
  net!: unknown;
}

@ArgsType()
export class StatementsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only those of this month, such as 2026-07.' })
  month?: string | null;
}

nodeType(Statement, statementById);
