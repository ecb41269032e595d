import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { invalid, Refusal, type UserErrorValue } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { maxOf, toDecimal } from '../../kernel/money.ts';
import { type PolicyRow, rulesAt } from '../account/index.ts';
import { openLedger } from '../ledger/index.ts';
import { keepPostings } from './end-payouts.ts';
import { accountOfPayee, requestAccounts, requestPosting } from './payout-accounts.ts';
import { availableMinor, partsOf } from './payout-amounts.ts';
import type { PayoutRoute, PayoutRow } from './payout-rows.ts';
import { tellOf } from './tell-payouts.ts';

export interface PayoutWish {
  readonly payeeId: string;
  /** ISO 4217. */
  readonly currency: string;
  /** What is to leave the balance, tax included; all that is available when left out. */
  readonly amountMinor?: bigint | null;
  /** The period of the schedule that it is for. */
  readonly period?: string;
}

interface Payee {
  readonly kind: 'CREATOR' | 'AGENCY';
  readonly methodId: string | null;
  readonly route: PayoutRoute | null;
}

/**
 * Takes a payout out of the balance of a payee and puts it on its way. Refused without an account to pay to, below the
 * alliance's minimum, and above what is available, as it stands under the lock of the balance.
 */
export async function requestPayout(tx: Sql, wish: PayoutWish, now: Date): Promise<PayoutRow> {
  const { policy } = await rulesAt(tx, now);
  const payee = await readPayee(tx, wish.payeeId);
  const { methodId, route } = payee;
  if (methodId === null || route === null) throw new Refusal([noMethod()]);
  const ledger = await openLedger(tx, requestAccounts(wish));
  // From here on the balance stands. What is inserted is new, so that nobody is waited for.
  const available = availableMinor({
    payableMinor: ledger.balanceMinor(accountOfPayee(wish, 'PAYABLE')),
    receivableMinor: ledger.balanceMinor(accountOfPayee(wish, 'RECEIVABLE')),
  });
  const grossMinor = checkAmount(wish, available, policy);
  const withholdingBp = payee.kind === 'CREATOR' ? policy.withholdingCreatorBp : policy.withholdingAgencyBp;
  const payout: PayoutRow = {
    ...FRESH,
    id: newId(),
    payeeId: wish.payeeId,
    methodId,
    route,
    currency: wish.currency,
    grossMinor,
    withholdingBp,
    ...partsOf(grossMinor, withholdingBp),
    period: wish.period ?? null,
    requestedAt: now,
  };
  await insertPayout(tx, payout);
  await keepPostings(tx, [payout]);
  await tellOf(tx, [{ payout, state: 'REQUESTED' }], now);
  await ledger.post([requestPosting(payout, now)], now);
  return payout;
}

const FRESH = {
  state: 'REQUESTED',
  batchId: null,
  failureCode: null,
  failureDetail: null,
  contradicted: false,
  endings: 0,
  answers: 0,
  sentAt: null,
  endedAt: null,
} as const;

/** The gross of the payout. Throws the refusal where it cannot be. */
function checkAmount(wish: PayoutWish, available: bigint, policy: PolicyRow): bigint {
  const told = (amountMinor: bigint) => `${toDecimal(amountMinor, wish.currency)} ${wish.currency}`;
  const path = ['input', 'amountMinor'];
  const grossMinor = wish.amountMinor ?? available;
  if (wish.amountMinor != null && wish.amountMinor <= 0n) {
    throw new Refusal([invalid(path, 'A payout is above zero.')]);
  }
  if (grossMinor > available || available === 0n) {
    const message = `The balance allows a payout of ${told(available)} at most.`;
    throw new Refusal([{ __typename: 'PayoutAboveBalance', message, path, availableMinor: available }]);
  }
  const least = maxOf(policy.payoutMinimumMinor, 1n);
  if (grossMinor < least) {
    const message = `A payout is ${told(least)} at least.`;
    throw new Refusal([{ __typename: 'PayoutBelowMinimum', message, path, minimumMinor: least }]);
  }
  return grossMinor;
}

const noMethod = (): UserErrorValue => ({
  __typename: 'NoPayoutMethod',
  message: 'There is no account to pay to: set one with payoutMethodSet first.',
  path: ['input', 'payeeId'],
});

async function readPayee(tx: Sql, payeeId: string): Promise<Payee> {
  const [payee] = await tx.rows(sql<Payee>`
    select p.kind, m.id as "methodId", m.kind as route
    from party p left join payout_method m on m.party_id = p.id and m.retired_at is null
    where p.id = ${payeeId}`);
  if (payee === undefined) throw new Error(`There is no party ${payeeId}.`);
  return payee;
}

async function insertPayout(tx: Sql, payout: PayoutRow): Promise<void> {
  await tx.rows(sql`
    insert into payout (id, payee_id, method_id, route, currency, gross_minor, withholding_bp, withheld_minor, net_minor,
      period, state, requested_at, next_call_at)
    values (${payout.id}, ${payout.payeeId}, ${payout.methodId}, ${payout.route}, ${payout.currency},
      ${payout.grossMinor}, ${payout.withholdingBp}, ${payout.withheldMinor}, ${payout.netMinor}, ${payout.period},
      ${payout.state}, ${payout.requestedAt}, ${payout.requestedAt})`);
}
