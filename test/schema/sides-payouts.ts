import { sql } from 'kysely';
import { findAlliance } from '../../src/features/account/index.ts';
import { makeBatch, requestPayout, setMethod } from '../../src/features/payout/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { World } from '../kit/world.ts';

const account = (holder: string) =>
  ({
    kind: 'BANK',
    holder,
    country: 'CN',
    accountNumber: '6222020200112233',
    clearingCode: '102100099996',
  }) as const;

/** What a creator has in the ledger, and a payout of a part of it that is with the bank. */
export async function makePayouts(
  world: World,
  { creatorId, agencyId }: { readonly creatorId: string; readonly agencyId: string },
): Promise<Record<string, string>> {
  const now = new Date();
  const allianceId = (await findAlliance(world.database))?.id ?? '';
  const made = await world.tx(async (tx) => {
    await setMethod(tx, { partyId: allianceId, ...account('Alliance') }, now);
    await setMethod(tx, { partyId: agencyId, ...account('Agency') }, now);
    const methodId = await setMethod(tx, { partyId: creatorId, ...account('Creator') }, now);
    const wish = { payeeId: creatorId, currency: 'CNY', amountMinor: 1n };
    const payout = await requestPayout(tx, wish, now);
    return { methodId, payout, batch: await makeBatch(tx, 'CNY', now) };
  });
  const [payable] = await world.database.rows(sql<{ id: string }>`
    select id from ledger_account where party_id = ${creatorId} and kind = 'PAYABLE'`);
  return {
    Alliance: toGlobalId('Alliance', allianceId),
    'LedgerAccount, of the creator': toGlobalId('LedgerAccount', payable?.id ?? ''),
    Payout: toGlobalId('Payout', made.payout.id),
    PayoutBatch: toGlobalId('PayoutBatch', made.batch.id),
    PayoutMethod: toGlobalId('PayoutMethod', made.methodId),
  };
}
