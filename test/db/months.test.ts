import { sql } from 'kysely';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, sqlState } from '../../src/db/database.ts';
import { ensureMonths, keepMonths, listMonths } from '../../src/db/months.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { insertEvents, type StoredEvent } from '../../src/features/order/event-store.ts';
import { insertLines, LINE_COLUMNS, type LineRow } from '../../src/features/order/line-store.ts';
import { select } from '../../src/graphql/loaders.ts';
import { newId } from '../../src/kernel/ids.ts';
import { ownerRuns, testDatabase } from '../kit/database.ts';
import { EARLY, event, placed, World } from '../kit/world.ts';

const DENIED = '42501';
const TABLES = [
  'order_event',
  'order_line',
  'frozen_terms',
  'waterfall_node',
  'commission_step',
  'commission_entry',
  'line_settlement',
  'click',
];
const VERBS = ['insert', 'update', 'delete', 'truncate', 'select'] as const;

let database: Database;
let world: World;
beforeAll(async () => {
  database = await testDatabase({ poolSize: 6 });
  world = new World(database);
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await database.transaction((tx) => foundAlliance(tx, options, EARLY));
});
afterAll(() => database.close());

const idAt = (time: string): string => v7({ msecs: Date.parse(time) });

/** A line of the database, to be entered again under other ids. */
async function anyLine(): Promise<LineRow> {
  const product = await world.product();
  await world.ingest(product.brandId, [
    event(product.brandId, 'PLACED', newId(), { placed: placed(product.code) }),
  ]);
  const [line] = await database.rows(sql<LineRow>`
    select ${select('t', LINE_COLUMNS)} from order_line t where brand_id = ${product.brandId}`);
  return line as LineRow;
}

const enter = (line: LineRow) => database.transaction((tx) => insertLines(tx, [line]));

async function partOf(id: string): Promise<string | undefined> {
  const [row] = await database.rows(sql<{ part: string }>`
    select tableoid::regclass::text as part from order_line where id = ${id}`);
  return row?.part;
}

const stateOf = (attempt: Promise<unknown>) => attempt.then(() => 'done', sqlState);

describe('the bounds of months', () => {
  it('are the first ids of months by UTC, to the millisecond', async () => {
    const moments = ['2025-01-31T23:59:59.999Z', '2025-02-01T00:00:00.000Z', '2024-02-29T12:00:00.001Z'];
    const [row] = await database.rows(sql<{ months: string[] }>`
      select array(select month_of_id(id) from unnest(${moments.map(idAt)}::uuid[]) with ordinality u (id, n)
        order by n) as months`);
    expect(row?.months).toEqual(['2025_01', '2025_02', '2024_02']);
    const [bound] = await database.rows(sql<{ id: string; before: boolean; after: boolean }>`
      select first_id_at('2025-02-01T00:00:00Z') as id, ${idAt(moments[0] as string)} < first_id_at('2025-02-01T00:00:00Z') as before,
        ${idAt(moments[1] as string)} >= first_id_at('2025-02-01T00:00:00Z') as after`);
    expect(bound).toEqual({ id: '0194bece-a000-0000-0000-000000000000', before: true, after: true });
  });

  it('have no month for ids that tell no time', async () => {
    const [row] = await database.rows(sql<{ month: string | null }>`
      select month_of_id(gen_random_uuid()) as month`);
    expect(row?.month).toBeNull();
  });
});

describe('a row', () => {
  it('lies in the month in which its id was made, whenever it was placed', async () => {
    const line = await anyLine();
    const now = new Date().toISOString();
    expect(await partOf(line.id)).toBe(`order_line_${now.slice(0, 7).replace('-', '_')}`);
  });

  it('that has no month is caught, and moves when its month is made', async () => {
    const line = await anyLine();
    const old = { ...line, id: idAt('2019-05-31T23:59:59.999Z'), orderNo: newId() };
    const next = { ...line, id: idAt('2019-06-01T00:00:00.000Z'), orderNo: newId() };
    await enter(old);
    await enter(next);
    expect([await partOf(old.id), await partOf(next.id)]).toEqual([
      'order_line_default',
      'order_line_default',
    ]);
    const may = new Date('2019-05-15T00:00:00Z');
    expect(await ensureMonths(database, may, may)).toBe(TABLES.length);
    expect(await ensureMonths(database, may, may)).toBe(0);
    expect([await partOf(old.id), await partOf(next.id)]).toEqual([
      'order_line_2019_05',
      'order_line_default',
    ]);
    await ownerRuns(database, sql`select ensure_months('2019-06-01T00:00:00Z', '2019-06-01T00:00:00Z')`);
    expect(await partOf(next.id)).toBe('order_line_2019_06');
  });

  it('lies with its line, also when it waited for it', async () => {
    const { brandId, code } = await world.product();
    await world.ingest(brandId, [event(brandId, 'PAID', 'waits')]);
    const placeOf = () =>
      database.rows(sql<{ kind: string; part: string }>`
        select e.kind, e.tableoid::regclass::text as part from order_event e where brand_id = ${brandId} order by kind`);
    expect(await placeOf()).toEqual([{ kind: 'PAID', part: 'order_event_default' }]);
    await world.ingest(brandId, [event(brandId, 'PLACED', 'waits', { placed: placed(code) })]);
    const part = `order_event_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
    expect(await placeOf()).toEqual([
      { kind: 'PAID', part },
      { kind: 'PLACED', part },
    ]);
  });
});

describe('upkeep', () => {
  it('makes this month and the next three, also when two workers come at once, and lists them', async () => {
    await Promise.all([keepMonths(database), keepMonths(database)]);
    const now = new Date();
    const wanted = [0, 1, 2, 3].map((n) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + n)).toISOString().slice(0, 7),
    );
    const months = await listMonths(database);
    const attached = months.filter(({ state }) => state === 'ATTACHED').map(({ month }) => month);
    expect(attached.filter((month) => wanted.includes(month ?? ''))).toEqual(wanted);
    expect(months.at(-1)).toMatchObject({ month: null, state: 'DEFAULT' });
  });

  it('makes months while intake runs', async () => {
    const { brandId, code } = await world.product();
    const far = Array.from({ length: 4 }, (_, n) => new Date(Date.UTC(2031, n)));
    const intake = Array.from({ length: 12 }, (_, n) =>
      world.ingest(brandId, [event(brandId, 'PLACED', `while/${n}`, { placed: placed(code) })]),
    );
    const made = await Promise.all([
      ...far.map((month) => ensureMonths(database, month, month)),
      ...intake.map((answers) => answers.then((list) => list.map(({ status }) => status).join())),
    ]);
    expect(made).toEqual([...far.map(() => TABLES.length), ...intake.map(() => 'APPLIED')]);
  });
});

describe('at the boundary of two months', () => {
  it('two intakes of one line keep it once', async () => {
    const line = await anyLine();
    const orderNo = newId();
    const [older, newer] = ['2019-05-31T23:59:59.999Z', '2019-06-01T00:00:00.000Z'].map((time) => ({
      ...line,
      id: idAt(time),
      orderNo,
    }));
    const ends = await Promise.all([older, newer].map((one) => stateOf(enter(one as LineRow))));
    expect(ends.sort()).toEqual(['23505', 'done']);
    const kept = await database.rows(sql`select from order_line where order_no = ${orderNo}`);
    expect(kept).toHaveLength(1);
  });

  it('two intakes of one event keep it once', async () => {
    const brandId = newId();
    const stored: StoredEvent = {
      event: event(brandId, 'PAID', newId()),
      sourceId: newId(),
      contentHash: Buffer.from('00', 'hex'),
    };
    const keep = (lineId: string | null) =>
      database.transaction((tx) => insertEvents(tx, [stored], () => lineId, new Date()));
    const lineIds = [idAt('2019-05-31T23:59:59.999Z'), idAt('2019-06-01T00:00:00.000Z'), null];
    const ends = await Promise.all(lineIds.map((id) => stateOf(keep(id))));
    expect(ends.sort()).toEqual(['40001', '40001', 'done']);
    expect(await database.rows(sql`select from order_event where brand_id = ${brandId}`)).toHaveLength(1);
  });
});

describe('a partition', () => {
  const statementOf = (verb: (typeof VERBS)[number], part: string): string =>
    ({
      insert: `insert into ${part} select * from ${part.replace(/_(default|\d{4}_\d\d)$/, '')}`,
      update: `update ${part} set brand_id = brand_id`,
      delete: `delete from ${part}`,
      truncate: `truncate ${part}`,
      select: `select * from ${part}`,
    })[verb];

  it.each(TABLES)('of %s gives nobody rights but through its table', async (table) => {
    const month = new Date().toISOString().slice(0, 7).replace('-', '_');
    for (const part of [`${table}_default`, `${table}_${month}`]) {
      for (const verb of VERBS)
        expect([verb, await stateOf(database.rows(sql.raw(statementOf(verb, part))))]).toEqual([
          verb,
          DENIED,
        ]);
    }
    expect(await stateOf(database.rows(sql`select from ${sql.table(table)}`))).toBe('done');
  });
});
