/** What a transfer does, in the words of money.md; in brackets, from which account to which. */
export const TRANSFER_KINDS = {
  DEPOSIT: 'A brand pays money in (CASH to ESCROW).',
  WITHDRAWAL: 'A brand takes money that it had paid in out again (ESCROW to CASH).',
  SETTLEMENT: 'A commission or fee becomes payable (ESCROW to PAYABLE; the technical fee to REVENUE).',
  ENGAGEMENT: 'The price of accepted work becomes payable (ESCROW to PAYABLE).',
  RESERVE_KEPT: 'A part of a settlement is kept back until a date (PAYABLE to RESERVE).',
  RESERVE_RELEASED: 'What was kept back becomes payable (RESERVE to PAYABLE).',
  CLAWBACK: 'A commission is taken back after settlement (RECEIVABLE, or REVENUE, to ESCROW).',
  CLAWBACK_TAKEN: 'What is taken back is taken of the balance (PAYABLE to RECEIVABLE).',
  CLAWBACK_OFFSET: 'What is taken back is taken of coming earnings (PAYABLE to RECEIVABLE).',
  ADJUSTMENT: 'Rounding after a refund gives a payee more than before it (ESCROW to PAYABLE, or to REVENUE).',
  WRITE_OFF: 'The alliance gives up what a payee owes (REVENUE to RECEIVABLE).',
  BOOST_FUNDED: 'The budget of a boost is put aside (ESCROW of a brand, PAYABLE of a creator, to BOOST).',
  BOOST_SPENT: 'What a boost was shown for is spent (BOOST to REVENUE).',
  BOOST_RELEASED: 'What is left of the budget of a boost comes back (BOOST to ESCROW or PAYABLE).',
  SUBSIDY_FUNDED: 'The alliance puts money aside for an official event (CASH to SUBSIDY).',
  SUBSIDY_PAID: 'What an official event gives a brand for an order that is settled (SUBSIDY to ESCROW).',
  SUBSIDY_RETURNED: 'It comes back with what is refunded after settlement (ESCROW to SUBSIDY).',
  BONUS_PAID:
    'What an official event gives a creator on commissions, when it is closed (SUBSIDY to PAYABLE).',
  PRIZE_PAID: 'A prize of an official event (SUBSIDY to PAYABLE of a creator, ESCROW of a brand).',
  SUBSIDY_RELEASED: 'What an official event does not give away comes back (SUBSIDY to CASH).',
  SHARE_REWARDED: 'A brand puts the reward of a buyer who shared a product aside (ESCROW to SHARES).',
  SHARE_RETURNED: 'It comes back with what is refunded after that (SHARES to ESCROW).',
  SHARE_CREDITED:
    'The brand has given a buyer in its shop what was put aside for sharing (SHARES to ESCROW).',
  PAYOUT: 'A payout is asked for (PAYABLE to PAYOUT_CLEARING).',
  PAYOUT_CONFIRMED: 'A payout has arrived (PAYOUT_CLEARING to CASH).',
  WITHHOLDING: 'Tax is withheld from a payout that has arrived (PAYOUT_CLEARING to WITHHOLDING).',
  PAYOUT_RETURNED: 'A payout has failed and comes back (PAYOUT_CLEARING to PAYABLE).',
  PAYOUT_REVERSED:
    'A payout that was confirmed has not arrived after all (CASH, and WITHHOLDING, to PAYOUT_CLEARING).',
} as const satisfies Record<string, string>;
export type TransferKind = keyof typeof TRANSFER_KINDS;
