import type { AccountKey, AccountKind } from '../ledger/index.ts';

interface PayeeKey {
  readonly payeeId: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** An account of a payee. */
export const payeeAccount = ({ payeeId: partyId, currency }: PayeeKey, kind: AccountKind): AccountKey => ({
  partyId,
  currency,
  kind,
});

/**
 * The accounts that are opened wherever a payee is paid or pays back: what it has, and what it owes. Always both, so
 * that nobody earns while what it owes is just being posted beside it.
 */
export const payeeAccounts = (payee: PayeeKey): AccountKey[] => [
  payeeAccount(payee, 'PAYABLE'),
  payeeAccount(payee, 'RECEIVABLE'),
];

/** The account that a brand pays commissions from. */
export const escrowOf = (brandId: string, currency: string): AccountKey => ({
  partyId: brandId,
  currency,
  kind: 'ESCROW',
});

/** The account of the technical fees, less what the alliance has written off. */
export const revenueOf = (allianceId: string, currency: string): AccountKey => ({
  partyId: allianceId,
  currency,
  kind: 'REVENUE',
});
