export { ACCOUNT_KINDS, type AccountKey, type AccountKind } from './account-kind.ts';
export { AccountKindEnum, TransferKindEnum } from './ledger-enums.ts';
export {
  type LedgerTransaction,
  type OpenLedger,
  openLedger,
  postTransactions,
  type Transfer,
} from './post-transactions.ts';
export { TRANSFER_KINDS, type TransferKind } from './transfer-kind.ts';
