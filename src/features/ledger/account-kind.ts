/** What an account is for (money.md, "Ledger"). A balance is what came in less what went out. */
export const ACCOUNT_KINDS = {
  ESCROW:
    'What a brand has put in for commissions, less what has been settled out of it; below zero where it owes.',
  PAYABLE: 'What a payee has earned and may be paid.',
  RESERVE: 'What is kept back of a payee until a date.',
  RECEIVABLE: 'What a payee owes after a clawback; below zero by as much.',
  REVENUE: "The alliance's technical fees, less what it has written off.",
  SUBSIDY: 'What the alliance gives to official events.',
  BOOST: 'What a brand or a creator has put aside for boosts.',
  SHARES:
    'What a brand has put aside for buyers who shared its products; below zero by what they were given and has come back.',
  PAYOUT_CLEARING: 'What is on its way to a payee.',
  CASH: 'Money in banks; below zero by what has come in from outside.',
  WITHHOLDING: 'Tax withheld from payees, to be passed on.',
} as const satisfies Record<string, string>;
export type AccountKind = keyof typeof ACCOUNT_KINDS;

/** An account by what it is: one party's, in one currency, for one purpose. */
export interface AccountKey {
  readonly partyId: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly kind: AccountKind;
}

/** One text for an account key, for maps. */
export const accountText = ({ partyId, currency, kind }: AccountKey): string =>
  `${partyId}/${currency}/${kind}`;
