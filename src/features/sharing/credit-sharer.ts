import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { Refusal, unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { toDecimal } from '../../kernel/money.ts';
import { type AccountKey, postTransactions, type TransferKind } from '../ledger/index.ts';
import { escrowOf } from '../settlement/index.ts';
import type { SharerRow } from './sharing.loaders.ts';

/** Fixed: each movement is one transaction of the ledger, however often it is tried. */
const MOVEMENTS = '6a1f0b92-3c47-5d8e-a0b5-7e92c4f1d360';

/** What a brand has put aside for those who share. */
export const sharesOf = (brandId: string, currency: string): AccountKey => ({
  partyId: brandId,
  currency,
  kind: 'SHARES',
});

interface Movement {
  readonly name: string;
  readonly brandId: string;
  readonly currency: string;
  readonly kind: Extract<TransferKind, 'SHARE_REWARDED' | 'SHARE_RETURNED' | 'SHARE_CREDITED'>;
  readonly amountMinor: bigint;
}

/** Moves money between the escrow of a brand and what it has put aside for those who share. */
export async function postShareMovements(tx: Sql, movements: readonly Movement[], now: Date): Promise<void> {
  await postTransactions(
    tx,
    movements.map(({ name, brandId, currency, kind, amountMinor }) => {
      const [escrow, shares] = [escrowOf(brandId, currency), sharesOf(brandId, currency)];
      const [from, to] = kind === 'SHARE_REWARDED' ? [escrow, shares] : [shares, escrow];
      return {
        id: v5(name, MOVEMENTS),
        transfers: [{ kind, from, to, amountMinor, brandId, occurredAt: now }],
      };
    }),
    now,
  );
}

/**
 * Enters what a shop has given to a buyer for sharing, at most what was put aside for them: the brand has paid it itself, so that
 * as much comes back to its escrow.
 */
export async function creditSharer(
  tx: Sql,
  { sharerId, amountMinor }: { readonly sharerId: string; readonly amountMinor: bigint },
  now: Date,
): Promise<void> {
  new Checks().that(amountMinor > 0n, 'amountMinor', 'An amount is above 0, in minor units.').done();
  const sharer = await lockSharer(tx, sharerId);
  const { brandId, currency } = sharer;
  const balanceMinor = sharer.rewardedMinor - sharer.creditedMinor;
  if (amountMinor > balanceMinor) {
    const message = `This buyer is still to be given ${toDecimal(balanceMinor, currency)} ${currency}.`;
    const path = ['input', 'amountMinor'];
    throw new Refusal([{ __typename: 'ShareCreditAboveBalance', message, path, balanceMinor, currency }]);
  }
  const id = newId();
  await tx.rows(sql`
    insert into share_credit (id, sharer_id, amount_minor, credited_at) values (${id}, ${sharerId}, ${amountMinor}, ${now})`);
  await tx.rows(
    sql`update sharer set credited_minor = credited_minor + ${amountMinor} where id = ${sharerId}`,
  );
  await postShareMovements(tx, [{ name: id, brandId, currency, kind: 'SHARE_CREDITED', amountMinor }], now);
}

/** Lets a buyer share no more; what their links have brought until then is theirs. */
export async function stopSharer(
  tx: Sql,
  { sharerId, reason }: { readonly sharerId: string; readonly reason: string },
  now: Date,
): Promise<void> {
  new Checks().text(reason, 'reason', 1, 500).done();
  const { stoppedAt } = await lockSharer(tx, sharerId);
  if (stoppedAt !== null) throw wrongState(PATH, 'STOPPED', 'This buyer was stopped before.');
  await tx.rows(
    sql`update sharer set stopped_at = ${now}, stop_reason = ${reason.trim()} where id = ${sharerId}`,
  );
}

const PATH = ['input', 'sharerId'];

type Locked = Pick<SharerRow, 'brandId' | 'currency' | 'rewardedMinor' | 'creditedMinor' | 'stoppedAt'>;

async function lockSharer(tx: Sql, id: string): Promise<Locked> {
  const [sharer] = await tx.rows(sql<Locked>`
    select brand_id as "brandId", currency, rewarded_minor as "rewardedMinor", credited_minor as "creditedMinor",
      stopped_at as "stoppedAt" from sharer where id = ${id} for update`);
  if (sharer === undefined) throw unknown(PATH, 'sharer');
  return sharer;
}
