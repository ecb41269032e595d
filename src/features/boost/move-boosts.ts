import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Database, Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { findAlliance } from '../account/index.ts';
import { type AccountKey, type LedgerTransaction, openLedger, type Transfer } from '../ledger/index.ts';
import { escrowOf, payeeAccount, revenueOf } from '../settlement/index.ts';
import { type BoostRow, boostsWhere } from './boost.loaders.ts';
import { BOOST_MACHINE, type EndedBecause } from './boost-state.ts';

/** A fixed namespace: a budget is put aside, spent and given back by the same transactions, however often that is tried. */
const MOVEMENTS = '4b0e6a1c-7d35-5c0f-8e27-91c4d2f0b6a8';

type Paid = Pick<BoostRow, 'payerId' | 'payerKind' | 'currency'>;

/** Where the budget of a boost comes from and what is left of it goes back to. */
export const purseOf = ({ payerId, payerKind, currency }: Paid): AccountKey =>
  payerKind === 'BRAND'
    ? escrowOf(payerId, currency)
    : payeeAccount({ payeeId: payerId, currency }, 'PAYABLE');

/** What is put aside for the boosts of a party. */
export const putAside = ({ payerId: partyId, currency }: Paid): AccountKey => ({
  partyId,
  currency,
  kind: 'BOOST',
});

/** The budget as it is put aside. */
export const funding = (boost: Paid & Pick<BoostRow, 'id' | 'budgetMinor'>, at: Date): LedgerTransaction =>
  movement(`${boost.id}/funded`, [
    transfer('BOOST_FUNDED', purseOf(boost), putAside(boost), boost.budgetMinor, at),
  ]);

/**
 * Ends boosts under their locks: what they have spent is the alliance's, the rest of the budget is the payer's again, and the
 * payer is told. It is the last of a database transaction, since it locks accounts.
 */
export async function endBoosts(
  tx: Sql,
  boosts: readonly BoostRow[],
  because: EndedBecause,
  now: Date,
): Promise<void> {
  if (boosts.length === 0) return;
  const stuck = boosts.find(({ state }) => !mayMove(BOOST_MACHINE, state, 'ENDED'));
  if (stuck !== undefined) throw new Error(`The boost ${stuck.id} has ended already.`);
  await tx.rows(sql`
    update boost t set state = 'ENDED', ended_because = ${because}, paused_at = null, posted_minor = spent_minor,
      ended_at = greatest(${now}::timestamptz, created_at)
    where t.id = any(${boosts.map(({ id }) => id)}::uuid[])`);
  const news = boosts.map((boost) => ({
    kind: 'BOOST_ENDED' as const,
    subject: { type: 'Boost', id: boost.id },
    to: [boost.payerId],
    data: {
      because,
      spentMinor: String(boost.spentMinor),
      releasedMinor: String(boost.budgetMinor - boost.spentMinor),
      currency: boost.currency,
    },
  }));
  await announce(tx, news, now);
  await post(tx, boosts, true, now);
}

/** Posts what boosts have spent since that was last done. */
async function post(tx: Sql, boosts: readonly BoostRow[], isLast: boolean, now: Date): Promise<void> {
  const allianceId = (await findAlliance(tx))?.id ?? '';
  const transactions = boosts.map((boost) => {
    const { id, currency, budgetMinor, spentMinor, postedMinor } = boost;
    const rest = isLast ? budgetMinor - spentMinor : 0n;
    const spent = transfer(
      'BOOST_SPENT',
      putAside(boost),
      revenueOf(allianceId, currency),
      spentMinor - postedMinor,
      now,
    );
    const released = transfer('BOOST_RELEASED', putAside(boost), purseOf(boost), rest, now);
    const name = isLast ? `${id}/ended` : `${id}/spent/${spentMinor}`;
    return movement(
      name,
      [spent, released].filter(({ amountMinor }) => amountMinor > 0n),
    );
  });
  const keys = transactions.flatMap(({ transfers }) => transfers.flatMap(({ from, to }) => [from, to]));
  await (await openLedger(tx, keys)).post(transactions, now);
}

const movement = (name: string, transfers: readonly Transfer[]): LedgerTransaction => ({
  id: v5(name, MOVEMENTS),
  transfers,
});

const transfer = (
  kind: Transfer['kind'],
  from: AccountKey,
  to: AccountKey,
  amountMinor: bigint,
  occurredAt: Date,
): Transfer => ({ kind, from, to, amountMinor, occurredAt });

const AT_ONCE = 200;
/** Reports of what was shown in the last minutes come in for so long. */
const GRACE_MS = 3_600_000;

/** Ends the boosts whose time is over, an hour after it. Several processes share the work. */
export async function endOverdueBoosts(database: Database, now: Date): Promise<void> {
  const over = new Date(now.getTime() - GRACE_MS);
  const due = sql`t.state <> 'ENDED' and t.ends_at <= ${over} order by t.id limit ${AT_ONCE} for update skip locked`;
  await inParts(database, async (tx) => {
    const boosts = await tx.rows(boostsWhere(due));
    await endBoosts(tx, boosts, 'TIME_OVER', now);
    return boosts.length;
  });
}

/** Posts to the ledger what boosts have spent since that was last done; what ends is posted as it ends. */
export async function postBoostSpend(database: Database, now: Date): Promise<void> {
  const unposted = sql`t.posted_minor < t.spent_minor order by t.id limit ${AT_ONCE} for update skip locked`;
  await inParts(database, async (tx) => {
    const boosts = await tx.rows(boostsWhere(unposted));
    const ids = boosts.map(({ id }) => id);
    await tx.rows(sql`update boost set posted_minor = spent_minor where id = any(${ids}::uuid[])`);
    await post(tx, boosts, false, now);
    return boosts.length;
  });
}

async function inParts(database: Database, work: (tx: Tx) => Promise<number>): Promise<void> {
  while ((await database.transaction(work)) === AT_ONCE);
}
