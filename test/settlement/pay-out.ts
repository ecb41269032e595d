import { postTransactions } from '../../src/features/ledger/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { clock, world } from './scene.ts';

/** Sends so much of what a payee has on its way, as a payout does, without one. */
export async function payOut(partyId: string, amountMinor: bigint): Promise<void> {
  const [from, to] = (['PAYABLE', 'PAYOUT_CLEARING'] as const).map((kind) => ({
    partyId,
    currency: 'CNY',
    kind,
  }));
  const now = clock.now();
  if (from === undefined || to === undefined) throw new Error('Two accounts were expected.');
  const transfer = { kind: 'PAYOUT', from, to, amountMinor, occurredAt: now } as const;
  await world.tx((tx) => postTransactions(tx, [{ id: newId(), transfers: [transfer] }], now));
}
