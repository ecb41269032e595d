import type { PartyKind } from '../../graphql/actor.ts';
import type { AccountKind, TransferKind } from '../ledger/index.ts';

/** A statement as it stands in its table, with its month and its party's kind. Amounts are minor units. */
export interface StatementRow {
  readonly id: string;
  /** Such as `GA-2026-07-000123`. */
  readonly number: string;
  readonly partyId: string;
  readonly partyKind: PartyKind;
  /** As it was when the statement was made. */
  readonly partyName: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly month: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly sha256: string;
  readonly madeAt: Date;
}

/** One account of a statement: where its lines lie in the ledger, and what they come to. */
export interface StatementAccountRow {
  readonly statementId: string;
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly currency: string;
  readonly firstPosting: bigint;
  /** One less than the first where nothing was posted. */
  readonly lastPosting: bigint;
  readonly openingMinor: bigint;
  readonly inMinor: bigint;
  readonly outMinor: bigint;
  readonly closingMinor: bigint;
  readonly linesSha256: string;
}

/** What the transfers of one kind come to in one account of a statement. */
export interface StatementTotalRow {
  readonly statementId: string;
  readonly accountKind: AccountKind;
  readonly currency: string;
  readonly kind: TransferKind;
  readonly transfers: bigint;
  readonly inMinor: bigint;
  readonly outMinor: bigint;
}

/** A statement with all of its figures. */
export interface WholeStatement {
  readonly statement: StatementRow;
  /** By kind. */
  readonly accounts: readonly StatementAccountRow[];
  /** By account and kind of transfer. */
  readonly totals: readonly StatementTotalRow[];
}
