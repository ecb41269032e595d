import { moveEscrow } from '../../src/features/settlement/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';

/** Pays into the escrow of a brand. */
export async function deposit(to: World, brandId: string, amountMinor: bigint): Promise<void> {
  const brand = { id: brandId, currency: 'CNY' };
  const money = { kind: 'DEPOSIT', brand, amountMinor, currency: 'CNY', reference: newId() } as const;
  await to.tx((tx) => moveEscrow(tx, money, EARLY));
}
