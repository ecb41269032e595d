import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { Refusal } from '../../graphql/user-errors.ts';
import { MAX_AMOUNT_MINOR } from '../../kernel/money.ts';
import { findAlliance } from '../account/index.ts';
import { type AccountKey, openLedger } from '../ledger/index.ts';
import { escrowOf } from './payee-accounts.ts';

/** Money that a brand pays in, or takes out again. */
export interface EscrowMovement {
  readonly kind: 'DEPOSIT' | 'WITHDRAWAL';
  readonly brand: { readonly id: string; readonly currency: string };
  /** In minor units of the brand's currency. */
  readonly amountMinor: bigint;
  /** ISO 4217: asked for, so that nobody takes one currency for another. */
  readonly currency: string;
  /** By what the bank knows it. */
  readonly reference: string;
}

/** A fixed namespace: the same reference of a brand has the same transaction. */
const MOVEMENTS = '7c1f0c6e-58a7-5f5b-9d0e-3b7d2c1a6e45';

/**
 * Posts what a brand has paid in or taken out; gives the id of the transaction. What is taken out is never more than what
 * is there, and a reference moves money once: the database refuses it the second time.
 */
export async function moveEscrow(tx: Tx, movement: EscrowMovement, now: Date): Promise<string> {
  const reference = movement.reference.trim();
  check(movement);
  const { kind, brand, amountMinor, currency } = movement;
  const id = v5(`${brand.id}/${kind}/${reference}`, MOVEMENTS);
  await tx.rows(sql`
    insert into escrow_movement (id, brand_id, kind, currency, amount_minor, reference, made_at)
    values (${id}, ${brand.id}, ${kind}, ${currency}, ${amountMinor}, ${reference}, ${now})`);
  const news = kind === 'DEPOSIT' ? 'ESCROW_DEPOSITED' : 'ESCROW_WITHDRAWN';
  const data = { amountMinor: String(amountMinor), currency };
  await announce(tx, [{ kind: news, subject: { type: 'Brand', id: brand.id }, to: [brand.id], data }], now);

  const partyId = (await findAlliance(tx))?.id ?? '';
  const cash: AccountKey = { partyId, currency, kind: 'CASH' };
  const escrow = escrowOf(brand.id, currency);
  const ledger = await openLedger(tx, [cash, escrow]);
  if (kind === 'WITHDRAWAL') refuseMoreThan(ledger.balanceMinor(escrow), movement);
  const [from, to] = kind === 'DEPOSIT' ? [cash, escrow] : [escrow, cash];
  const transfer = { kind, from, to, amountMinor, brandId: brand.id, occurredAt: now };
  await ledger.post([{ id, transfers: [transfer] }], now);
  return id;
}

function check({ brand, amountMinor, currency, reference }: EscrowMovement): void {
  const isPossible = amountMinor > 0n && amountMinor <= MAX_AMOUNT_MINOR;
  new Checks()
    .that(isPossible, 'amountMinor', `amountMinor is from 1 to ${MAX_AMOUNT_MINOR}.`)
    .that(currency === brand.currency, 'currency', `The currency of this brand is ${brand.currency}.`)
    .text(reference, 'reference', 1, 100)
    .done();
}

function refuseMoreThan(availableMinor: bigint, { amountMinor, currency }: EscrowMovement): void {
  if (amountMinor <= availableMinor) return;
  const message = 'There is not so much in the escrow of this brand.';
  const path = ['input', 'amountMinor'];
  throw new Refusal([{ __typename: 'EscrowTooLow', message, path, availableMinor, currency }]);
}
