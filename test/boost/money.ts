import { postTransactions } from '../../src/features/ledger/index.ts';
import { moveEscrow } from '../../src/features/settlement/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';

/** Pays into the escrow of a brand. */
export async function deposit(world: World, brandId: string, amountMinor: bigint): Promise<void> {
  const brand = { id: brandId, currency: 'CNY' };
  const money = { kind: 'DEPOSIT', brand, amountMinor, currency: 'CNY', reference: newId() } as const;
  await world.tx((tx) => moveEscrow(tx, money, EARLY));
}

/** Gives a creator a balance, out of the escrow of a brand. */
export async function earn(
  world: World,
  brandId: string,
  payeeId: string,
  amountMinor: bigint,
): Promise<void> {
  const account = (partyId: string, kind: 'ESCROW' | 'PAYABLE') => ({ partyId, currency: 'CNY', kind });
  const [from, to] = [account(brandId, 'ESCROW'), account(payeeId, 'PAYABLE')];
  const transfer = { kind: 'ENGAGEMENT' as const, from, to, amountMinor, brandId, occurredAt: EARLY };
  await world.tx((tx) => postTransactions(tx, [{ id: newId(), transfers: [transfer] }], EARLY));
}
