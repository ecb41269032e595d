import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import { share, sumOf } from '../../kernel/money.ts';
import { type AccountKey, openLedger, type Transfer } from '../ledger/index.ts';
import { escrowOf, payeeAccount, payeeAccounts, revenueOf } from './payee-accounts.ts';
import { type RecoveryWish, recover } from './recover.ts';
import type { BatchPlace, BatchShare } from './settle-batch.ts';

/** A batch with what it pays. */
export interface BatchPosting extends BatchPlace {
  readonly batchId: string;
  readonly shares: readonly BatchShare[];
}

const DAY_MS = 86_400_000;

/**
 * Posts a batch to the ledger as one transaction: from each brand's escrow to each payee, the technical fee to the
 * alliance, and what is kept back from the payee to its reserve. Then a part of what a payee has earned goes against
 * what it owes, by the recovery policy.
 */
export async function postSettlement(tx: Sql, posting: BatchPosting): Promise<void> {
  const { batchId, run, shares } = posting;
  if (shares.length === 0) return;
  await insertReserves(tx, posting);
  const ledger = await openLedger(tx, accountsOf(posting));
  await ledger.post([{ id: batchId, transfers: transfersOf(posting) }], run.now);
  await recover(tx, ledger, wishesOf(posting), run.now);
}

const isFee = ({ allianceId }: BatchPlace, { payeeId }: BatchShare): boolean => payeeId === allianceId;

function accountsOf(posting: BatchPosting): AccountKey[] {
  return posting.shares.flatMap((one) => [
    escrowOf(one.brandId, one.currency),
    ...(isFee(posting, one) ? [revenueOf(posting.allianceId, one.currency)] : payeeAccounts(one)),
    ...(one.reserveMinor > 0n && !isFee(posting, one) ? [payeeAccount(one, 'RESERVE')] : []),
  ]);
}

function transfersOf(posting: BatchPosting): Transfer[] {
  const byPair = Map.groupBy(posting.shares, ({ brandId, payeeId, currency }) =>
    [brandId, payeeId, currency].join('/'),
  );
  return [...byPair.values()].flatMap((shares) => transfersOfPair(posting, shares));
}

/**
 * What one brand pays one payee is one amount, also where parts of it are kept back by different terms: so the lines
 * behind it are those of the batch, the brand and the payee.
 */
function transfersOfPair(posting: BatchPosting, shares: readonly BatchShare[]): Transfer[] {
  const [first] = shares;
  if (first === undefined) return [];
  const { brandId, currency } = first;
  const common = { brandId, occurredAt: posting.run.asOf };
  const isToAlliance = isFee(posting, first);
  const to = isToAlliance ? revenueOf(posting.allianceId, currency) : payeeAccount(first, 'PAYABLE');
  const paid: Transfer = {
    ...common,
    kind: 'SETTLEMENT',
    from: escrowOf(brandId, currency),
    to,
    amountMinor: sumOf(shares.map(({ netMinor }) => netMinor)),
  };
  const kept = shares.filter(({ reserveMinor }) => reserveMinor > 0n && !isToAlliance);
  const reserve = payeeAccount(first, 'RESERVE');
  return [
    paid,
    ...kept.map(
      ({ reserveMinor: amountMinor }): Transfer => ({
        ...common,
        kind: 'RESERVE_KEPT',
        from: to,
        to: reserve,
        amountMinor,
      }),
    ),
  ];
}

/** Of what each payee has earned, the part that goes against what it owes. */
function wishesOf(posting: BatchPosting): RecoveryWish[] {
  const payees = Map.groupBy(
    posting.shares.filter((one) => !isFee(posting, one)),
    ({ payeeId, currency }) => `${payeeId}/${currency}`,
  );
  return [...payees.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    const earnedMinor = sumOf(list.map(({ netMinor, reserveMinor }) => netMinor - reserveMinor));
    const amountMinor = share(earnedMinor, posting.recoveryBp);
    return [{ payeeId: first.payeeId, currency: first.currency, amountMinor, kind: 'OFFSET' as const }];
  });
}

/** One row per payee and date, since a batch keeps of several brands together. */
async function insertReserves(tx: Sql, posting: BatchPosting): Promise<void> {
  const kept = Map.groupBy(
    posting.shares.filter((one) => one.reserveMinor > 0n && !isFee(posting, one)),
    ({ payeeId, currency, reserveDays }) => `${payeeId}/${currency}/${reserveDays}`,
  );
  const rows = [...kept.values()].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : [{ ...first, reserveMinor: sumOf([first, ...rest].map((r) => r.reserveMinor)) }],
  );
  if (rows.length === 0) return;
  const { now } = posting.run;
  await tx.rows(sql`
    insert into reserve (id, payee_id, currency, amount_minor, release_at, kept_at, transaction_id)
    select v.*, ${now}, ${posting.batchId} from unnest(
      ${rows.map(() => newId())}::uuid[], ${rows.map(({ payeeId }) => payeeId)}::uuid[],
      ${rows.map(({ currency }) => currency)}::text[], ${rows.map(({ reserveMinor }) => reserveMinor)}::bigint[],
      ${rows.map(({ reserveDays }) => new Date(now.getTime() + reserveDays * DAY_MS))}::timestamptz[]) v`);
}
