import { type RawBuilder, sql } from 'kysely';
import { SetUpError } from '../kernel/set-up-error.ts';
import { type Database, type Sql, sqlState } from './database.ts';
import { asOwner } from './rights.ts';

/** Why a month cannot be detached: how many of a kind are in the way, and one of them. */
export interface Hindrance {
  readonly what: string;
  readonly count: number;
  readonly example: string;
}

const MONTHS_LOCK = 7_246_005;
const LOCK_NOT_AVAILABLE = '55P03';

/** SQL: whether an id lies in the month. */
const within = (id: string, month: string): RawBuilder<boolean> => {
  const start = sql`start_of_month(${month})`;
  return sql`${sql.ref(id)} >= first_id_at(${start}) and ${sql.ref(id)} < first_id_at(${start} + interval '1 month')`;
};

/** SQL: whether nothing more is expected of line `l` with settlement `s`: it is paid out, called off, given back or nobody's. */
const IS_CLOSED = sql`(s.line_id is not null or l.state = 'CANCELLED' or (l.state = 'RECEIVED' and l.creator_id is null)
  or (l.goods_paid_minor > 0 and l.refunded_minor = l.goods_paid_minor))`;

/** What is in the way of detaching a month, as long as its lines are not closed or somebody waits for money of them. */
export async function hindrancesOf(db: Sql, month: string, now: Date): Promise<Hindrance[]> {
  const rows = await db.rows(sql<{ what: string; count: bigint; example: string | null }>`
    select 'lines that are neither settled nor closed' as what, count(*),
      min('order ' || l.order_no || ', line ' || l.line_no) as example
    from order_line l left join line_settlement s on s.brand_id = l.brand_id and s.line_id = l.id
    where ${within('l.id', month)} and not ${IS_CLOSED}
    union all
    select 'lines that wait for settlement', count(*), min('line ' || line_id::text) from line_due
    where ${within('line_id', month)}
    union all
    select 'open after-sales cases', count(*), min('case ' || id::text) from after_sales_case
    where closed_at is null and ${within('line_id', month)}
    union all
    select 'clawbacks that are still owed', count(*), min('clawback ' || id::text) from clawback
    where state = 'WAITING' and ${within('line_id', month)}
    union all
    select 'reserves that are still kept', count(*), min('reserve ' || id::text) from reserve r
    where released_at is null and exists (select from line_settlement s
      where s.batch_id = r.transaction_id and ${within('s.line_id', month)})
    union all
    select 'days in which a click of the month may still count', greatest(0, ceil(extract(epoch from
      start_of_month(${month}) + interval '1 month' + make_interval(hours => 24 * max(attribution_window_days)) - ${now}::timestamptz)
      / 86400))::bigint, 'the attribution window' from alliance_policy`);
  return rows
    .filter(({ count }) => count > 0n)
    .map(({ what, count, example }) => ({ what, count: Number(count), example: example ?? '' }));
}

/**
 * Makes a month of lines, all that hangs on them, and clicks into tables of their own, and keeps the sums by which the
 * books add up without it. All of its tables in one transaction: DETACH CONCURRENTLY allows neither that nor a default
 * partition. While the sums are taken, intake waits.
 */
export async function detachMonth(database: Database, month: string, now: Date): Promise<{ lines: number }> {
  const name = tableMonth(month);
  // Once without a lock, so that what is in the way is told without disturbing anybody.
  await refuse(database, month, name, now);
  return inTurn(database, async (tx) => {
    const tables = await tablesOf(tx, name);
    if (tables.some(({ isAttached }) => isAttached !== true))
      throw new SetUpError(`There is no month ${month} to detach.`);
    await tx.rows(sql`lock table ${sql.join(tables.map(({ part }) => sql.table(part)))} in share mode`);
    await refuse(tx, month, name, now);
    const lines = await keepSums(tx, name, now);
    for (const { table, part } of tables)
      await tx.rows(sql`alter table ${sql.table(table)} detach partition ${sql.table(part)}`);
    return { lines };
  });
}

/** Brings a month back that was detached. Its tables say by a check what they hold, and are not read for it. */
export function attachMonth(database: Database, month: string): Promise<{ lines: number }> {
  const name = tableMonth(month);
  return inTurn(database, async (tx) => {
    const [kept] = await tx.rows(sql<{ lines: bigint }>`
      delete from detached_month where month = ${name} returning lines`);
    if (kept === undefined) throw new SetUpError(`Month ${month} is not detached.`);
    const tables = await tablesOf(tx, name);
    const gone = tables.filter(({ isAttached }) => isAttached === null);
    if (gone.length > 0)
      throw new SetUpError(
        `Of month ${month} there is no ${gone.map(({ part }) => part).join(', ')}: read them in first.`,
      );
    for (const { table, key } of tables)
      await tx.rows(sql`select attach_partition(${table}, ${key}, ${name})`);
    const [found] = await tx.rows(sql<{ lines: bigint }>`
      select count(*) as lines from ${sql.table(`order_line_${name}`)}`);
    if (found?.lines !== undefined && found.lines < kept.lines)
      throw new SetUpError(`Of the ${kept.lines} lines of month ${month} only ${found.lines} are there.`);
    return { lines: Number(kept.lines) };
  });
}

/** As the owner, one after the other, and not for ever: whoever cannot get the tables at once says so. */
async function inTurn<Result>(database: Database, work: (tx: Sql) => Promise<Result>): Promise<Result> {
  try {
    return await database.transaction((tx) =>
      asOwner(tx, async () => {
        await tx.rows(sql`select pg_advisory_xact_lock(${MONTHS_LOCK})`);
        await tx.rows(sql`set local lock_timeout = '10s'`);
        return work(tx);
      }),
    );
  } catch (error) {
    if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
    throw new SetUpError('The tables are busy; nothing was changed. Try again in a quiet moment.');
  }
}

interface MonthTable {
  readonly table: string;
  readonly key: string;
  readonly part: string;
  /** Null where the table is not there. */
  readonly isAttached: boolean | null;
}

const tablesOf = (db: Sql, name: string): Promise<MonthTable[]> =>
  db.rows(sql<MonthTable>`
    select t.name as table, t.key, t.name || '_' || ${name} as part, c.relispartition as "isAttached"
    from monthly_tables() t left join pg_class c on c.oid = to_regclass(t.name || '_' || ${name}) order by t.no`);

async function refuse(db: Sql, month: string, name: string, now: Date): Promise<void> {
  const hindrances = await hindrancesOf(db, name, now);
  if (hindrances.length === 0) return;
  const list = hindrances.map(({ what, count, example }) => `${count} ${what}, such as ${example}`);
  throw new SetUpError(`Month ${month} cannot be detached: ${list.join('; ')}.`);
}

/** Writes down how many lines the month holds, and what they brought to each transaction of the ledger. */
async function keepSums(tx: Sql, name: string, now: Date): Promise<number> {
  const [kept] = await tx.rows(sql<{ lines: bigint }>`
    insert into detached_month (month, first_id, end_id, lines, detached_at)
    select ${name}, first_id_at(start_of_month(${name})), first_id_at(start_of_month(${name}) + interval '1 month'),
      count(*), ${now} from order_line l where ${within('l.id', name)} returning lines`);
  await tx.rows(sql`
    insert into detached_amount (month, transaction_id, brand_id, payee_id, currency, amount_minor)
    select ${name}, p.transaction_id, e.brand_id, e.payee_id, l.currency, sum(e.net_minor)
    from (
      select brand_id, line_id, batch_id as transaction_id, 1 as from_step, steps as to_step from line_settlement t
      where ${within('t.line_id', name)}
      union all
      select brand_id, line_id, transaction_id, step_no, step_no from commission_step t
      where transaction_id is not null and ${within('t.line_id', name)}) p
    join commission_entry e on e.brand_id = p.brand_id and e.line_id = p.line_id and e.step_no between p.from_step and p.to_step
      and ${within('e.line_id', name)}
    join order_line l on l.brand_id = p.brand_id and l.id = p.line_id and ${within('l.id', name)}
    group by 2, 3, 4, 5 having sum(e.net_minor) <> 0`);
  await tx.rows(sql`
    insert into detached_batch (month, batch_id, lines)
    select ${name}, batch_id, count(*) from line_settlement t where ${within('t.line_id', name)} group by 2`);
  return Number(kept?.lines ?? 0);
}

const tableMonth = (month: string): string => month.replace('-', '_');
