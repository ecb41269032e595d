import { declareEnum } from '../../graphql/declare-enum.ts';
import { ACCOUNT_KINDS } from './account-kind.ts';
import { TRANSFER_KINDS } from './transfer-kind.ts';

export const AccountKindEnum = declareEnum(
  'LedgerAccountKind',
  'What an account of the ledger is for.',
  ACCOUNT_KINDS,
);

export const TransferKindEnum = declareEnum(
  'LedgerTransferKind',
  'What a transfer of the ledger does.',
  TRANSFER_KINDS,
);
