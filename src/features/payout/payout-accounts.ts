import { v5 } from 'uuid';
import type { AccountKey, AccountKind, LedgerTransaction, Transfer, TransferKind } from '../ledger/index.ts';
import type { PayoutRow } from './payout-rows.ts';
import type { FinalState } from './payout-state.ts';

/** What of a payout decides its postings. */
export type Posted = Pick<
  PayoutRow,
  'id' | 'payeeId' | 'currency' | 'grossMinor' | 'netMinor' | 'withheldMinor'
>;

/** A fixed namespace: the same act on the same payout has the same transaction. */
const PAYOUTS = '0c7b9f86-3f0e-5d0b-9a51-6a4f8a0f6f1d';

/** The transaction of a payout: number 0 is the request, each further one an end of it. */
export const payoutTransactionId = (payoutId: string, no: number): string => v5(`${payoutId}/${no}`, PAYOUTS);

/** Every transaction that a payout has in the ledger, in order. */
export const payoutTransactionIds = ({ id, endings }: Pick<PayoutRow, 'id' | 'endings'>): string[] =>
  Array.from({ length: endings + 1 }, (_, no) => payoutTransactionId(id, no));

type PayeeKey = Pick<Posted, 'payeeId' | 'currency'>;

export const accountOfPayee = ({ payeeId, currency }: PayeeKey, kind: AccountKind): AccountKey => ({
  partyId: payeeId,
  currency,
  kind,
});

/** The accounts that are opened when a payout is asked for: what the payee has, owes, and what is on its way. */
export const requestAccounts = (payee: PayeeKey): AccountKey[] =>
  (['PAYABLE', 'RECEIVABLE', 'PAYOUT_CLEARING'] as const).map((kind) => accountOfPayee(payee, kind));

/** Those that are opened when one ends. */
export const endAccounts = (payee: PayeeKey, allianceId: string): AccountKey[] => [
  ...requestAccounts(payee),
  { partyId: allianceId, currency: payee.currency, kind: 'CASH' },
  { partyId: allianceId, currency: payee.currency, kind: 'WITHHOLDING' },
];

/** The balance goes on its way. */
export const requestPosting = (payout: Posted, occurredAt: Date): LedgerTransaction => ({
  id: payoutTransactionId(payout.id, 0),
  transfers: [takeOut(payout, occurredAt)],
});

const takeOut = (payout: Posted, occurredAt: Date): Transfer => ({
  kind: 'PAYOUT',
  from: accountOfPayee(payout, 'PAYABLE'),
  to: accountOfPayee(payout, 'PAYOUT_CLEARING'),
  amountMinor: payout.grossMinor,
  occurredAt,
});

/** An end of a payout, by its number. A correction first undoes what the end before it had posted. */
export interface PayoutEnding {
  readonly payout: Posted;
  readonly no: number;
  readonly to: FinalState;
  readonly allianceId: string;
  readonly occurredAt: Date;
}

export const endPosting = (ending: PayoutEnding): LedgerTransaction => ({
  id: payoutTransactionId(ending.payout.id, ending.no),
  transfers: ending.to === 'CONFIRMED' ? confirming(ending) : returning(ending),
});

/** The net leaves the alliance, the tax stays with it to be passed on. */
function confirming(ending: PayoutEnding): Transfer[] {
  const again = ending.no > 1 ? [takeOut(ending.payout, ending.occurredAt)] : [];
  return [...again, ...withAlliance(ending, 'out', { net: 'PAYOUT_CONFIRMED', tax: 'WITHHOLDING' })];
}

function returning(ending: PayoutEnding): Transfer[] {
  const { payout, occurredAt } = ending;
  const undo =
    ending.no > 1 ? withAlliance(ending, 'back', { net: 'PAYOUT_REVERSED', tax: 'PAYOUT_REVERSED' }) : [];
  const back: Transfer = {
    kind: 'PAYOUT_RETURNED',
    from: accountOfPayee(payout, 'PAYOUT_CLEARING'),
    to: accountOfPayee(payout, 'PAYABLE'),
    amountMinor: payout.grossMinor,
    occurredAt,
  };
  return [...undo, back];
}

/** Net and tax between what is on its way and the alliance's accounts, in either direction. */
function withAlliance(
  { payout, allianceId, occurredAt }: PayoutEnding,
  direction: 'out' | 'back',
  kinds: { readonly net: TransferKind; readonly tax: TransferKind },
): Transfer[] {
  const clearing = accountOfPayee(payout, 'PAYOUT_CLEARING');
  const move = (kind: TransferKind, other: AccountKind, amountMinor: bigint): Transfer => {
    const alliance = { partyId: allianceId, currency: payout.currency, kind: other };
    const [from, to] = direction === 'out' ? [clearing, alliance] : [alliance, clearing];
    return { kind, from, to, amountMinor, occurredAt };
  };
  return [
    move(kinds.net, 'CASH', payout.netMinor),
    ...(payout.withheldMinor > 0n ? [move(kinds.tax, 'WITHHOLDING', payout.withheldMinor)] : []),
  ];
}
