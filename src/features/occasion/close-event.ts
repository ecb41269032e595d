import { sql } from 'kysely';
import type { Database, Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { sumOf } from '../../kernel/money.ts';
import { postTransactions, type Transfer } from '../ledger/index.ts';
import { escrowOf, payeeAccount, topUpGrants } from '../settlement/index.ts';
import { winnersOf } from './board.loaders.ts';
import { type Board, eventsWhere, type OfficialEventRow, type PrizeRow } from './official-event.loaders.ts';
import { eventAccounts, movementId } from './open-event.ts';
import { dividePrizes } from './prizes.ts';

/** Closes the events whose time has come, each in a transaction of its own. Several processes share the work. */
export async function closeDueEvents(database: Database, now: Date): Promise<void> {
  while (await database.transaction((tx) => closeNext(tx, now)));
}

async function closeNext(tx: Tx, now: Date): Promise<boolean> {
  const due = sql`t.closed_at is null and t.cancelled_at is null and t.closes_at <= ${now}
    order by t.closes_at, t.id limit 1 for no key update skip locked`;
  const [event] = await eventsWhere(tx, now, due);
  if (event === undefined) return false;
  await closeEvent(tx, event, now);
  return true;
}

/** What a party is paid when an event is closed. */
interface Paid {
  readonly partyId: string;
  readonly board: Board;
  readonly amountMinor: bigint;
}

/**
 * Pays the bonuses of what is settled by now and the prizes of the boards as they stand, and gives back what is left of the
 * budgets; subsidies of lines that are not settled yet stay put aside for them. The event is under lock, so that nothing is
 * counted meanwhile; nothing that comes later changes what was paid here.
 */
async function closeEvent(tx: Tx, event: OfficialEventRow, now: Date): Promise<void> {
  const bonuses = await closeBonuses(tx, event.id);
  await topUpGrants(tx, event.id, 'SUBSIDY');
  const { awards, leftMinor } = await award(tx, event);
  const restMinor = leftMinor + (await releaseRest(tx, event.id));
  await tx.rows(sql`update official_event set closed_at = ${now} where id = ${event.id}`);
  await tell(tx, event, [...bonuses, ...awards], now);
  const { subsidy: from, cash } = await eventAccounts(tx, event.currency);
  const { currency } = event;
  const purse = ({ partyId, board }: Paid) =>
    board === 'BRANDS'
      ? escrowOf(partyId, currency)
      : payeeAccount({ payeeId: partyId, currency }, 'PAYABLE');
  const transfers: Transfer[] = [
    ...bonuses.map((it) => ({ kind: 'BONUS_PAID' as const, to: purse(it), amountMinor: it.amountMinor })),
    ...awards.map((it) => ({ kind: 'PRIZE_PAID' as const, to: purse(it), amountMinor: it.amountMinor })),
    { kind: 'SUBSIDY_RELEASED' as const, to: cash, amountMinor: restMinor },
  ]
    .filter(({ amountMinor }) => amountMinor > 0n)
    .map((transfer) => ({ ...transfer, from, occurredAt: now }));
  await postTransactions(tx, [{ id: movementId(`${event.id}/closed`), transfers }], now);
}

/**
 * Takes back the bonuses of lines that are not settled, gives that to others that are, and says who gets how much. That they are
 * posted is not written on each of them: of a closed event all are, and a statement over all its lines would keep it locked.
 */
async function closeBonuses(tx: Sql, eventId: string): Promise<Paid[]> {
  await tx.rows(sql`
    with dropped as (
      update event_grant set due_minor = 0, granted_minor = 0 from (
        select brand_id, line_id, granted_minor as had from event_grant
        where event_id = ${eventId} and kind = 'BONUS' and not settled order by no for update) b
      where event_grant.brand_id = b.brand_id and event_grant.line_id = b.line_id and kind = 'BONUS' and not settled
      returning b.had)
    update event_purse set granted_minor = granted_minor - coalesce((select sum(had) from dropped), 0)
    where event_id = ${eventId} and kind = 'BONUS'`);
  await topUpGrants(tx, eventId, 'BONUS');
  const paid = await tx.rows(sql<Omit<Paid, 'board'>>`
    select l.creator_id as "partyId", sum(g.granted_minor)::bigint as "amountMinor"
    from event_grant g join event_line l using (brand_id, line_id)
    where g.event_id = ${eventId} and g.kind = 'BONUS' and g.granted_minor > 0 group by 1 order by 1`);
  return paid.map((it) => ({ ...it, board: 'CREATORS' }));
}

/** Keeps who has won which prize, and says what of the prizes nobody has won. */
async function award(tx: Sql, { id }: OfficialEventRow): Promise<{ awards: Paid[]; leftMinor: bigint }> {
  const prizes = await tx.rows(sql<Pick<PrizeRow, 'board' | 'rank' | 'amountMinor'>>`
    select board, rank, amount_minor as "amountMinor" from event_prize where event_id = ${id}`);
  const winners = await winnersOf(tx, id);
  const awards = [...Map.groupBy(winners, ({ board }) => board)].flatMap(([board, standings]) => {
    const own = prizes.filter((prize) => prize.board === board);
    const won = dividePrizes(new Map(own.map(({ rank, amountMinor }) => [rank, amountMinor])), standings);
    return standings.flatMap((standing) => {
      const amountMinor = won.get(standing.partyId);
      return amountMinor === undefined ? [] : [{ ...standing, board, amountMinor }];
    });
  });
  await tx.rows(sql`
    insert into event_award (event_id, board, party_id, rank, net_minor, amount_minor)
    select ${id}, v.* from unnest(${awards.map(({ board }) => board)}::text[], ${awards.map(({ partyId }) => partyId)}::uuid[],
      ${awards.map(({ rank }) => rank)}::int[], ${awards.map(({ netMinor }) => netMinor)}::bigint[],
      ${awards.map(({ amountMinor }) => amountMinor)}::bigint[]) v`);
  const total = sumOf(prizes.map(({ amountMinor }) => amountMinor));
  return { awards, leftMinor: total - sumOf(awards.map(({ amountMinor }) => amountMinor)) };
}

/** Gives back what of the budgets is not granted; says how much. */
async function releaseRest(tx: Sql, eventId: string): Promise<bigint> {
  const [rest] = await tx.rows(sql<{ minor: bigint }>`
    with rest as (
      select kind, budget_minor - granted_minor - released_minor as minor from event_purse where event_id = ${eventId}),
    released as (
      update event_purse p set released_minor = p.released_minor + r.minor from rest r
      where p.event_id = ${eventId} and p.kind = r.kind)
    select coalesce(sum(minor), 0)::bigint as minor from rest`);
  return rest?.minor ?? 0n;
}

async function tell(tx: Tx, event: OfficialEventRow, paid: readonly Paid[], now: Date): Promise<void> {
  const byParty = Map.groupBy(paid, ({ partyId }) => partyId);
  const news = [...byParty].map(([partyId, list]) => ({
    kind: 'OFFICIAL_EVENT_PAID' as const,
    subject: { type: 'OfficialEvent', id: event.id },
    to: [partyId],
    data: {
      amountMinor: String(sumOf(list.map(({ amountMinor }) => amountMinor))),
      currency: event.currency,
    },
  }));
  await announce(tx, news, now);
}
