/** What a transfer does, in the words of money.md. */
export const TRANSFER_KINDS = {
  DEPOSIT: 'A brand pays money in.',
  SETTLEMENT: 'A commission or fee becomes payable.',
  RESERVE_KEPT: 'A part of a settlement is kept back until a date.',
  RESERVE_RELEASED: 'What was kept back becomes payable.',
  CLAWBACK: 'A commission is taken back after settlement.',
  CLAWBACK_OFFSET: 'What a payee owes is taken of its coming earnings.',
  WRITE_OFF: 'The alliance gives up what a payee owes.',
  WITHHOLDING: 'Tax is withheld from a payout.',
  PAYOUT: 'A payout is sent.',
  PAYOUT_CONFIRMED: 'A payout has arrived.',
  PAYOUT_RETURNED: 'A payout has failed and comes back.',
} as const satisfies Record<string, string>;
export type TransferKind = keyof typeof TRANSFER_KINDS;
