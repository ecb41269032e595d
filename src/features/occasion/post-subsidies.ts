import { sql } from 'kysely';
import type { Database, Tx } from '../../db/database.ts';
import { postTransactions } from '../ledger/index.ts';
import { escrowOf } from '../settlement/index.ts';
import { eventAccounts, movementId } from './open-event.ts';

const AT_ONCE = 200;

interface ToPost {
  readonly brandId: string;
  readonly lineId: string;
  readonly currency: string;
  /** What is to be paid; below zero what comes back. */
  readonly deltaMinor: bigint;
  /** Which posting of the line it is, from 1. */
  readonly posting: number;
}

/**
 * Posts the subsidies of lines that are settled to the escrows of their brands, and takes back what was refunded since; then
 * gives back what has come back to events that are closed. Several processes share the work.
 */
export async function postSubsidies(database: Database, now: Date): Promise<void> {
  while ((await database.transaction((tx) => postSome(tx, now))) === AT_ONCE);
  while ((await database.transaction((tx) => releaseSome(tx, now))) === AT_ONCE);
}

async function postSome(tx: Tx, now: Date): Promise<number> {
  const due = await tx.rows(sql<ToPost>`
    with due as (
      select brand_id, line_id, kind, granted_minor - posted_minor as delta from event_grant
      where settled and kind = 'SUBSIDY' and posted_minor <> granted_minor
      order by no limit ${AT_ONCE} for update skip locked)
    update event_grant g set posted_minor = g.granted_minor, postings = g.postings + 1
    from due d, official_event e
    where g.brand_id = d.brand_id and g.line_id = d.line_id and g.kind = d.kind and e.id = g.event_id
    returning g.brand_id as "brandId", g.line_id as "lineId", e.currency, d.delta as "deltaMinor", g.postings as posting`);
  const accounts = await accountsOf(tx, due);
  await postTransactions(
    tx,
    due.map(({ brandId, lineId, currency, deltaMinor, posting }) => {
      const { subsidy } = accounts(currency);
      const escrow = escrowOf(brandId, currency);
      const isPaid = deltaMinor > 0n;
      return {
        id: movementId(`${brandId}/${lineId}/${posting}`),
        transfers: [
          {
            kind: isPaid ? 'SUBSIDY_PAID' : 'SUBSIDY_RETURNED',
            from: isPaid ? subsidy : escrow,
            to: isPaid ? escrow : subsidy,
            amountMinor: isPaid ? deltaMinor : -deltaMinor,
            brandId,
            occurredAt: now,
          },
        ],
      };
    }),
    now,
  );
  return due.length;
}

/** What brands give back to an event that is closed is nobody's any more: it goes back to where it came from. */
async function releaseSome(tx: Tx, now: Date): Promise<number> {
  const left = await tx.rows(sql<{
    eventId: string;
    currency: string;
    restMinor: bigint;
    releasedMinor: bigint;
  }>`
    with rest as (
      select p.event_id, p.kind, e.currency, p.budget_minor - p.granted_minor - p.released_minor as minor
      from official_event e join event_purse p on p.event_id = e.id
      where e.closed_at is not null and p.budget_minor > p.granted_minor + p.released_minor
      order by e.id limit ${AT_ONCE} for update of p skip locked)
    update event_purse p set released_minor = p.released_minor + r.minor from rest r
    where p.event_id = r.event_id and p.kind = r.kind
    returning p.event_id as "eventId", r.currency, r.minor as "restMinor", p.released_minor as "releasedMinor"`);
  const accounts = await accountsOf(tx, left);
  await postTransactions(
    tx,
    left.map(({ eventId, currency, restMinor, releasedMinor }) => ({
      id: movementId(`${eventId}/released/${releasedMinor}`),
      transfers: [
        {
          kind: 'SUBSIDY_RELEASED',
          from: accounts(currency).subsidy,
          to: accounts(currency).cash,
          amountMinor: restMinor,
          occurredAt: now,
        },
      ],
    })),
    now,
  );
  return left.length;
}

type Accounts = Awaited<ReturnType<typeof eventAccounts>>;

async function accountsOf(
  tx: Tx,
  rows: readonly { readonly currency: string }[],
): Promise<(currency: string) => Accounts> {
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  const found = new Map<string, Accounts>();
  for (const currency of currencies) found.set(currency, await eventAccounts(tx, currency));
  return (currency) => found.get(currency) as Accounts;
}
