import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { reconcile } from '../../src/checks/reconcile.ts';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { ensureMonths, listMonths } from '../../src/db/months.ts';
import { attachMonth, detachMonth } from '../../src/db/put-away-months.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import { ownerRuns, testDatabase } from '../kit/database.ts';
import { EARLY, event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';

const DAY_MS = 86_400_000;
const OLD = '2026-07';
const MONTH_TABLES = [
  'order_line',
  'frozen_terms',
  'waterfall_node',
  'commission_step',
  'commission_entry',
  'order_event',
];
/** Long after anything of the old month could still count. */
const NOW = new Date('2027-06-01T00:00:00Z');
const DUE_AT = new Date(PLACED_AT.getTime() + 8 * DAY_MS);

let database: Database;
let world: World;
let product: MadeProduct;
let linkCode: string;

const LIFE = ['PLACED', 'PAID', 'SHIPPED', 'RECEIVED'] as const;

async function lineUpTo(last: (typeof LIFE)[number], orderNo: string): Promise<void> {
  const events = LIFE.slice(0, LIFE.indexOf(last) + 1).map((kind) =>
    event(
      product.brandId,
      kind,
      orderNo,
      kind === 'PLACED' ? { placed: placed(product.code, { linkCode }) } : {},
    ),
  );
  const answers = await world.ingest(product.brandId, events);
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 'APPLIED'));
}

const refund = (orderNo: string, amountMinor: bigint) =>
  world.ingest(
    product.brandId,
    [
      event(product.brandId, 'REFUNDED', orderNo, {
        occurredAt: DUE_AT,
        refund: { amountMinor, quantity: 0 },
      }),
    ],
    DUE_AT,
  );

/** Only the time that ids are made by; nothing waits by it. */
const atRealTime = (time: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) });

/** Two months: the older has lines of every kind; one run settles lines of both. */
beforeAll(async () => {
  atRealTime('2026-07-10T00:00:00Z');
  database = await testDatabase({ poolSize: 4 });
  world = new World(database);
  await database.transaction((tx) =>
    foundAlliance(tx, { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' }, EARLY),
  );
  await ensureMonths(database, new Date('2026-07-01T00:00:00Z'), new Date('2026-08-02T00:00:00Z'));
  product = await world.product();
  await world.plan(product);
  const creatorId = await world.creator();
  await world.contract(await world.agency(), creatorId, 2000);
  linkCode = await world.link(creatorId, product);
  await lineUpTo('RECEIVED', 'settled');
  await lineUpTo('RECEIVED', 'settled, then returned');
  await lineUpTo('SHIPPED', 'on its way');
  await world.ingest(product.brandId, [event(product.brandId, 'PAID', 'never placed')]);
  atRealTime('2026-08-10T00:00:00Z');
  await lineUpTo('RECEIVED', 'of the month after');
  await settleDue(database, { asOf: DUE_AT, now: DUE_AT });
});
afterAll(() => {
  vi.useRealTimers();
  return database.close();
});

/** Everything that reads find, table by table. */
async function everything(): Promise<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const table of [...MONTH_TABLES, 'line_settlement', 'click', 'order_line_key', 'order_event_key']) {
    const [row] = await database.rows(sql<{ rows: unknown }>`
      select jsonb_agg(t order by t::text) as rows from ${sql.table(table)} t`);
    read[table] = row?.rows;
  }
  return read;
}

const linesFound = async () =>
  (await database.rows(sql<{ no: string }>`select order_no as no from order_line order by 1`)).map(
    ({ no }) => no,
  );

async function books(): Promise<{ failures: unknown; differences: unknown; detached: unknown }> {
  const { failures, detached } = await verify(database);
  const { differences } = await reconcile(database, {});
  return { failures, differences, detached };
}

const detach = () => detachMonth(database, OLD, NOW);

describe('a month', () => {
  it('stays while lines of it are open, and what is in the way is told', async () => {
    await expect(detach()).rejects.toThrow(
      /^Month 2026-07 cannot be detached: 1 lines that are neither settled nor closed, such as order on its way, line 1\.$/,
    );
    await world.ingest(
      product.brandId,
      [event(product.brandId, 'RECEIVED', 'on its way', { occurredAt: DUE_AT })],
      DUE_AT,
    );
    await expect(detach()).rejects.toThrow(/1 lines that are neither .* 1 lines that wait for settlement/);
    const asOf = new Date(DUE_AT.getTime() + 8 * DAY_MS);
    await settleDue(database, { asOf, now: asOf });
  });

  it('stays while a payee owes money of it', async () => {
    const spent = sql`update ledger_account set balance_minor = 0 where kind = 'PAYABLE'`;
    const [before] = await database.rows(sql<{ all: string }>`
      select jsonb_object_agg(id, balance_minor)::text as all from ledger_account where kind = 'PAYABLE'`);
    await database.rows(spent);
    await refund('settled, then returned', 5000n);
    await expect(detach()).rejects.toThrow(
      /^[^;]*: \d clawbacks that are still owed, such as clawback [^;]*$/,
    );
    await database.rows(sql`
      update ledger_account set balance_minor = balance_minor + (${before?.all}::jsonb ->> id::text)::bigint
      where kind = 'PAYABLE' and ${before?.all}::jsonb ? id::text`);
    // The next settlement takes it.
    await lineUpTo('RECEIVED', 'that pays it back');
    await lineUpTo('RECEIVED', 'that pays the rest');
    const asOf = new Date(DUE_AT.getTime() + 20 * DAY_MS);
    await settleDue(database, { asOf, now: asOf });
    expect(await books()).toEqual({ failures: [], differences: [], detached: [] });
  });

  it('stays while a case is open', async () => {
    const [line] = await database.rows(
      sql<{ id: string }>`select id from order_line where order_no = 'settled'`,
    );
    const caseId = (line?.id ?? '').replace(/.$/, '0');
    await database.rows(sql`
      insert into after_sales_case (brand_id, id, line_id, kind, reason, opened_by, opened_at)
      values (${product.brandId}, ${caseId}, ${line?.id}, 'RETURN', 'late', ${product.brandId}, ${DUE_AT})`);
    await expect(detach()).rejects.toThrow(/: 1 open after-sales cases, such as case [^;]*$/);
    await database.rows(sql`update after_sales_case set outcome = 'REJECTED', closed_at = ${DUE_AT}`);
  });

  it('stays while a click of it may bring an order', async () => {
    await expect(detachMonth(database, OLD, new Date('2026-08-10T00:00:00Z'))).rejects.toThrow(
      /: \d+ days in which a click of the month may still count/,
    );
  });

  it('that is not there is neither detached nor attached', async () => {
    await expect(detachMonth(database, '2019-01', NOW)).rejects.toThrow(
      'There is no month 2019-01 to detach.',
    );
    await expect(attachMonth(database, OLD)).rejects.toThrow('Month 2026-07 is not detached.');
    await expect(attachMonth(database, '2019-01')).rejects.toThrow('Month 2019-01 is not detached.');
  });
});

describe('a month that is detached', () => {
  let before: Record<string, unknown>;
  const THERE = ['of the month after', 'that pays it back', 'that pays the rest'];

  it('is found by no read, and the books add up without it', async () => {
    before = await everything();
    expect(await detach()).toEqual({ lines: 3 });
    expect(await linesFound()).toEqual(THERE);
    expect(await books()).toEqual({ failures: [], differences: [], detached: [{ month: OLD, lines: 3 }] });
    const months = await listMonths(database);
    expect(months.filter(({ state }) => state === 'DETACHED')).toMatchObject([{ month: OLD, lines: 3n }]);
    await expect(detach()).rejects.toThrow('There is no month 2026-07 to detach.');
  });

  it('is not made again', async () => {
    const day = new Date('2026-07-15T00:00:00Z');
    expect(await ensureMonths(database, day, day)).toBe(0);
  });

  it('keeps its events known: a repetition is one, and nothing new is taken', async () => {
    const again = event(product.brandId, 'PLACED', 'settled', { placed: placed(product.code, { linkCode }) });
    const answers = await world.ingest(product.brandId, [
      again,
      { ...again, eventId: 'anew' },
      event(product.brandId, 'REFUNDED', 'settled', { refund: { amountMinor: 1n, quantity: 0 } }),
    ]);
    expect(answers).toMatchObject([
      { status: 'DUPLICATE' },
      { status: 'REJECTED', problem: { code: 'LINE_DETACHED', field: 'orderNo' } },
      { status: 'REJECTED', problem: { code: 'LINE_DETACHED', field: 'orderNo' } },
    ]);
    expect((await books()).failures).toEqual([]);
  });

  it('hides no spoilt figure of what is there', async () => {
    const [amount] = await database.rows(
      sql<{ id: string }>`select transaction_id as id from detached_amount limit 1`,
    );
    await ownerRuns(
      database,
      sql`update detached_amount set amount_minor = amount_minor + 1 where transaction_id = ${amount?.id}`,
    );
    const { failures, differences } = await books();
    expect(failures).not.toEqual([]);
    expect(differences).not.toEqual([]);
    await ownerRuns(
      database,
      sql`update detached_amount set amount_minor = amount_minor - 1 where transaction_id = ${amount?.id}`,
    );
    expect((await books()).failures).toEqual([]);
  });

  it('is written by nobody', async () => {
    await expect(database.rows(sql`delete from order_line_2026_07`)).rejects.toThrow(/permission denied/);
    await expect(database.rows(sql`delete from detached_month`)).rejects.toThrow(/permission denied/);
    await expect(
      database.rows(sql`
      insert into detached_month values ('2030_01', gen_random_uuid(), gen_random_uuid(), 0, now())`),
    ).rejects.toThrow(/permission denied/);
  });

  it('does not come back in part', async () => {
    await ownerRuns(database, sql`alter table commission_step_2026_07 rename to elsewhere`);
    expect((await listMonths(database)).find(({ month }) => month === OLD)?.state).toBe('GONE');
    await expect(attachMonth(database, OLD)).rejects.toThrow(
      'Of month 2026-07 there is no commission_step_2026_07: read them in first.',
    );
    await ownerRuns(database, sql`alter table elsewhere rename to commission_step_2026_07`);
    expect(await linesFound()).toEqual(THERE);
  });

  it('comes back as it was', async () => {
    expect(await attachMonth(database, OLD)).toEqual({ lines: 3 });
    expect(await everything()).toEqual(before);
    expect(await books()).toEqual({ failures: [], differences: [], detached: [] });
    expect(await database.rows(sql`select from detached_amount`)).toEqual([]);
    const answers = await refund('settled', 1000n);
    expect(answers).toMatchObject([{ status: 'APPLIED' }]);
    expect((await books()).failures).toEqual([]);
  });
});
