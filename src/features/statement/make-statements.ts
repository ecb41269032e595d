import { sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { lockAccounts } from '../../db/locks.ts';
import { NO_ID } from '../../kernel/ids.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import { SetUpError } from '../../kernel/set-up-error.ts';
import { findAlliance } from '../account/index.ts';
import { draftStatements, keysOf, type StatementKey } from './draft-statements.ts';
import { keepStatements } from './keep-statements.ts';
import { isMonth, type Month, monthAt } from './statement-month.ts';

export interface MakeStatementsOptions {
  /** The last month to make, such as `2026-07`; every month that is over by `now` when left out. */
  readonly month?: string;
  readonly now: Date;
  readonly onProgress?: OnProgress;
  /** How many parties are done at once. */
  readonly batchParties?: number;
  /** Asks to stop between two batches; the next call goes on. */
  readonly signal?: AbortSignal;
}

export interface MadeStatements {
  /** How many this call has made. */
  readonly statements: number;
  /** The months that are complete now and were not before. */
  readonly months: readonly string[];
}

const BATCH_PARTIES = 200;

/**
 * Makes the statements of every month that is over, the oldest month first, since each begins where the one before it
 * has ended. Several processes may do it at once: each statement is made once. Killed at any moment, what was made
 * stands with its number, and the next call goes on. Throws a SetUpError for a month that is none or is not over.
 */
export async function makeStatements(
  database: Database,
  options: MakeStatementsOptions,
): Promise<MadeStatements> {
  const { month: last, now, signal } = options;
  const alliance = await findAlliance(database);
  if (alliance === undefined) return { statements: 0, months: [] };
  refuseUnfinished(last, now, alliance.timeZone);
  const months: string[] = [];
  for (let statements = 0; ; ) {
    const month = await nextMonth(database, alliance.timeZone);
    const isDue = month !== undefined && month.endsAt <= now && (last === undefined || month.month <= last);
    if (!isDue) return { statements, months };
    statements += await makeMonth(database, month, options);
    if (signal?.aborted) return { statements, months };
    await completeMonth(database, month, now);
    months.push(month.month);
  }
}

function refuseUnfinished(month: string | undefined, now: Date, timeZone: string): void {
  if (month === undefined) return;
  if (!isMonth(month)) throw new SetUpError(`A month is written like 2026-07, not "${month}".`);
  if (month >= monthAt(now, timeZone).month) {
    throw new SetUpError(`${month} is not over: a statement is made when nothing more can be posted in it.`);
  }
}

/** The first month that is not complete; none before anything was posted. */
async function nextMonth(db: Sql, timeZone: string): Promise<Month | undefined> {
  const [complete] = await db.rows(sql<{ endsAt: Date }>`
    select ends_at as "endsAt" from statement_month where completed_at is not null order by month desc limit 1`);
  if (complete !== undefined) return monthAt(complete.endsAt, timeZone);
  const firstOf = (side: 'from' | 'to') => sql`(
    select f.posted_at from ledger_transfer f where ${sql.ref(`f.${side}_account_id`)} = a.id
    order by f.posted_at limit 1)`;
  const [first] = await db.rows(sql<{ at: Date | null }>`
    select min(least(${firstOf('from')}, ${firstOf('to')})) as at from ledger_account a where a.postings > 0`);
  return first?.at == null ? undefined : monthAt(first.at, timeZone);
}

/** Makes what is left of a month, a batch of parties at a time; gives how many this call has made. */
async function makeMonth(
  database: Database,
  month: Month,
  { now, onProgress, batchParties = BATCH_PARTIES, signal }: MakeStatementsOptions,
): Promise<number> {
  let after: StatementKey = { partyId: NO_ID, currency: '' };
  for (let made = 0; ; ) {
    const keys = signal?.aborted ? [] : await findParties(database, month, after, batchParties);
    const last = keys.at(-1);
    if (last === undefined) return made;
    await closeAccounts(database, keys, month);
    const drafts = await draftStatements(database, keys, month);
    made += await database.transaction((tx) => keepStatements(tx, month, drafts, now));
    after = last;
    onProgress?.({ step: `Making statements of ${month.month}`, done: made });
  }
}

/** The next parties that have something posted in the month, or a balance from before it, and no statement of it yet. */
function findParties(db: Sql, month: Month, after: StatementKey, count: number): Promise<StatementKey[]> {
  const isNextInMonth = (side: 'from' | 'to') => sql`exists (
    select from ledger_transfer f where ${sql.ref(`f.${side}_account_id`)} = a.id
      and ${sql.ref(`f.${side}_posting`)} = coalesce(c.last_posting, 0) + 1 and f.posted_at < ${month.endsAt})`;
  return db.rows(sql<StatementKey>`
    select k.party_id as "partyId", k.currency
    from (select distinct party_id, currency from ledger_account
      where (party_id, currency) > (${after.partyId}::uuid, ${after.currency}) and postings > 0) k
    left join lateral (select s.id, s.month from statement s
      where s.party_id = k.party_id and s.currency = k.currency order by s.month desc limit 1) s on true
    where (s.month is null or s.month < ${month.month}) and exists (
      select from ledger_account a left join statement_account c on c.statement_id = s.id and c.account_id = a.id
      where a.party_id = k.party_id and a.currency = k.currency
        and (coalesce(c.closing_minor, 0) <> 0 or ${isNextInMonth('from')} or ${isNextInMonth('to')}))
    order by k.party_id, k.currency limit ${count}`);
}

/**
 * Closes the month for all accounts of the parties: whatever is posted from now on is posted after its end, since no
 * account is posted to before the time of its last posting. A short lock; nothing else is done under it.
 */
function closeAccounts(database: Database, keys: readonly StatementKey[], { endsAt }: Month): Promise<void> {
  return database.transaction(async (tx) => {
    const open = await tx.rows(sql<{ id: string }>`
      select a.id from ${keysOf(keys)} join ledger_account a using (party_id, currency)
      where a.last_posted_at is null or a.last_posted_at < ${endsAt}`);
    if (open.length === 0) return;
    const locked = await lockAccounts(
      tx,
      open.map(({ id }) => id),
    );
    await tx.rows(sql`
      update ledger_account set last_posted_at = ${endsAt}
      where id = any(${locked.map(({ id }) => id)}::uuid[]) and (last_posted_at is null or last_posted_at < ${endsAt})`);
  });
}

async function completeMonth(db: Sql, { month, startsAt, endsAt }: Month, now: Date): Promise<void> {
  await db.rows(sql`
    insert into statement_month (month, starts_at, ends_at, completed_at) values (${month}, ${startsAt}, ${endsAt}, ${now})
    on conflict (month) do update set completed_at = excluded.completed_at where statement_month.completed_at is null`);
}
