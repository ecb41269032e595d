import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { MAX_AMOUNT_MINOR, sumOf } from '../../kernel/money.ts';
import { findAlliance } from '../account/index.ts';
import { type AccountKey, postTransactions } from '../ledger/index.ts';
import type { PurseKind } from '../settlement/index.ts';
import { stateAt } from './event-state.ts';
import { type Board, eventsWhere } from './official-event.loaders.ts';

/** What an event gives on each line, out of which budget; amounts in minor units of its currency. */
export interface NewPurse {
  readonly rateBp: number;
  readonly capMinor: bigint | null;
  readonly budgetMinor: bigint;
}

export interface NewPrize {
  readonly board: Board;
  readonly rank: number;
  readonly amountMinor: bigint;
}

export interface NewOfficialEvent {
  readonly id?: string;
  readonly code: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly registerFrom: Date;
  readonly registerUntil: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** When bonuses and prizes are paid: what comes back before does not count. */
  readonly closesAt: Date;
  /** Of any level; products of all categories when there are none. */
  readonly categoryIds: readonly string[];
  readonly minCommissionBp: number;
  readonly subsidy: NewPurse | null;
  readonly bonus: NewPurse | null;
  readonly prizes: readonly NewPrize[];
}

const LONGEST_MS = 92 * 86_400_000;
const MOST_PRIZES = 200;
const MOST_CATEGORIES = 100;
const LOWEST_RANK = 100;

/** Fixed: each movement of an event is one transaction, however often it is tried. */
const MOVEMENTS = '8f3d2b54-61d2-5a0e-9c1b-2f6f0a4c7d31';
export const movementId = (name: string): string => v5(name, MOVEMENTS);

/** What the alliance has put aside for official events, and where that comes from. */
export async function eventAccounts(
  db: Sql,
  currency: string,
): Promise<Record<'subsidy' | 'cash', AccountKey>> {
  const partyId = (await findAlliance(db))?.id ?? '';
  return {
    subsidy: { partyId, currency, kind: 'SUBSIDY' },
    cash: { partyId, currency, kind: 'CASH' },
  };
}

/** Opens an official event and puts aside all that it may give away. Gives its id. */
export async function openEvent(tx: Sql, event: NewOfficialEvent, now: Date): Promise<string> {
  check(event);
  await checkCategories(tx, event);
  const { id = newId(), currency, prizes } = event;
  await tx.rows(sql`
    insert into official_event (id, code, name, currency, register_from, register_until, starts_at, ends_at, closes_at,
      category_ids, min_commission_bp, opened_at)
    values (${id}, ${event.code}, ${event.name.trim()}, ${currency}, ${event.registerFrom}, ${event.registerUntil},
      ${event.startsAt}, ${event.endsAt}, ${event.closesAt}, ${[...event.categoryIds]}::uuid[], ${event.minCommissionBp}, ${now})`);
  const purses = pursesOf(event);
  await tx.rows(sql`
    insert into event_purse (event_id, kind, rate_bp, cap_minor, budget_minor)
    select ${id}, v.* from unnest(${purses.map(({ kind }) => kind)}::text[], ${purses.map(({ rateBp }) => rateBp)}::int[],
      ${purses.map(({ capMinor }) => capMinor)}::bigint[], ${purses.map(({ budgetMinor }) => budgetMinor)}::bigint[]) v`);
  await tx.rows(sql`
    insert into event_prize (event_id, board, rank, amount_minor)
    select ${id}, v.* from unnest(${prizes.map(({ board }) => board)}::text[], ${prizes.map(({ rank }) => rank)}::int[],
      ${prizes.map(({ amountMinor }) => amountMinor)}::bigint[]) v`);
  const totalMinor = totalOf(event);
  if (totalMinor > 0n) {
    const { subsidy, cash } = await eventAccounts(tx, currency);
    const fund = {
      kind: 'SUBSIDY_FUNDED' as const,
      from: cash,
      to: subsidy,
      amountMinor: totalMinor,
      occurredAt: now,
    };
    await postTransactions(tx, [{ id: movementId(`${id}/funded`), transfers: [fund] }], now);
  }
  return id;
}

const pursesOf = ({ subsidy, bonus }: NewOfficialEvent): (NewPurse & { readonly kind: PurseKind })[] => [
  ...(subsidy === null ? [] : [{ kind: 'SUBSIDY' as const, ...subsidy }]),
  ...(bonus === null ? [] : [{ kind: 'BONUS' as const, ...bonus }]),
];

const totalOf = (event: NewOfficialEvent): bigint =>
  sumOf([
    ...pursesOf(event).map(({ budgetMinor }) => budgetMinor),
    ...event.prizes.map(({ amountMinor }) => amountMinor),
  ]);

const isAmount = (amount: bigint): boolean => amount > 0n && amount <= MAX_AMOUNT_MINOR;

function check(event: NewOfficialEvent): void {
  const { registerFrom, registerUntil, startsAt, endsAt, closesAt, minCommissionBp, prizes } = event;
  const checks = new Checks()
    .that(
      /^[A-Z0-9][A-Z0-9-]{1,31}$/.test(event.code),
      'code',
      'A code has 2 to 32 capitals, figures and hyphens, such as 616-2026.',
    )
    .text(event.name, 'name', 1, 100)
    .that(registerFrom < registerUntil, 'registerUntil', 'Registration ends after it begins.')
    .that(registerUntil <= startsAt, 'startsAt', 'An event starts when registration is over, or later.')
    .that(startsAt < endsAt, 'endsAt', 'An event ends after it starts.')
    .that(
      endsAt.getTime() - startsAt.getTime() <= LONGEST_MS,
      'endsAt',
      'An event lasts for at most 92 days.',
    )
    .that(endsAt <= closesAt, 'closesAt', 'An event is closed when it has ended, or later.')
    .that(minCommissionBp >= 0 && minCommissionBp <= 9000, 'minCommission', 'From 0 to 90 %.')
    .that(
      event.categoryIds.length <= MOST_CATEGORIES,
      'categoryIds',
      `At most ${MOST_CATEGORIES} categories.`,
    )
    .that(prizes.length <= MOST_PRIZES, 'prizes', `At most ${MOST_PRIZES} prizes.`)
    .that(
      new Set(prizes.map(({ board, rank }) => `${board}/${rank}`)).size === prizes.length,
      'prizes',
      'A place of a board has one prize.',
    )
    .that(
      totalOf(event) <= MAX_AMOUNT_MINOR,
      'prizes',
      'All together is more than any amount that is taken.',
    );
  for (const [i, { rank, amountMinor }] of prizes.slice(0, MOST_PRIZES).entries())
    checks
      .that(rank >= 1 && rank <= LOWEST_RANK, `prizes.${i}.rank`, `A place from 1 to ${LOWEST_RANK}.`)
      .that(isAmount(amountMinor), `prizes.${i}.amountMinor`, 'A prize is above 0, in minor units.');
  for (const { kind, rateBp, capMinor, budgetMinor } of pursesOf(event)) {
    const field = kind.toLowerCase();
    checks
      .that(rateBp >= 1 && rateBp <= 9000, `${field}.rate`, 'A rate is above 0 and at most 90 %.')
      .that(
        capMinor === null || isAmount(capMinor),
        `${field}.capMinor`,
        'A limit is above 0, in minor units.',
      )
      .that(isAmount(budgetMinor), `${field}.budgetMinor`, 'A budget is above 0, in minor units.');
  }
  checks.done();
}

async function checkCategories(tx: Sql, { categoryIds }: NewOfficialEvent): Promise<void> {
  const known = await tx.rows(sql`select from category where id = any(${[...categoryIds]}::uuid[])`);
  const areAll = known.length === new Set(categoryIds).size;
  new Checks().that(areAll, 'categoryIds', 'Each is a category, once.').done();
}

/** Cancels an event that has not started: its products are free again, and what was put aside comes back. */
export async function cancelEvent(tx: Tx, id: string, now: Date): Promise<void> {
  const path = ['input', 'officialEventId'];
  const [event] = await eventsWhere(tx, now, sql`t.id = ${id} for no key update`);
  if (event === undefined) throw new Error(`The official event ${id} is gone.`);
  if (event.state === 'CANCELLED' || stateAt(event, now) === 'CLOSED' || now >= event.startsAt)
    throw wrongState(path, event.state, 'Only an event that has not started is cancelled.');
  await tx.rows(sql`update official_event set cancelled_at = ${now} where id = ${id}`);
  const brands = await tx.rows(sql<{ id: string }>`
    with freed as (update event_product set state = 'CANCELLED'
      where event_id = ${id} and state in ('REGISTERED', 'APPROVED') returning brand_id)
    select distinct brand_id as id from freed order by 1`);
  const [rest] = await tx.rows(sql<{ minor: bigint }>`
    with released as (update event_purse set released_minor = budget_minor where event_id = ${id} returning budget_minor)
    select (coalesce((select sum(budget_minor) from released), 0)
      + coalesce((select sum(amount_minor) from event_prize where event_id = ${id}), 0))::bigint as minor`);
  const to = brands.map((brand) => brand.id);
  const subject = { type: 'OfficialEvent', id };
  await announce(tx, [{ kind: 'OFFICIAL_EVENT_CANCELLED', subject, to }], now);
  const amountMinor = rest?.minor ?? 0n;
  if (amountMinor === 0n) return;
  const { subsidy: from, cash } = await eventAccounts(tx, event.currency);
  const release = { kind: 'SUBSIDY_RELEASED' as const, from, to: cash, amountMinor, occurredAt: now };
  await postTransactions(tx, [{ id: movementId(`${id}/cancelled`), transfers: [release] }], now);
}
