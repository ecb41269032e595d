import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { makeStatements } from '../../src/features/statement/index.ts';
import { testDatabase } from '../kit/database.ts';
import { AUGUST, account, noon, StatementWorld } from './statement-world.ts';

let database: Database;
let world: StatementWorld;
let brandId: string;
let creatorId: string;

beforeEach(async () => {
  database = await testDatabase();
  world = await StatementWorld.make(database);
  [brandId, creatorId] = [await world.brand('青瓷坊'), await world.creator('林小满')];
});
afterEach(() => database.close());

const totalsOf = (number: string) =>
  database.rows(sql`
    select a.kind as account, t.kind, t.transfers, t.in_minor as "in", t.out_minor as "out"
    from statement s join statement_account a on a.statement_id = s.id
    join statement_total t on t.statement_id = s.id and t.account_id = a.account_id
    where s.number = ${number} order by 1, 2`);

describe('the statements of a month', () => {
  it('begin where the month before has ended, sum by kind, and give withheld tax a line of its own', async () => {
    await world.deposit(noon('2026-06-02'), brandId, 100_000n);
    await world.settle(noon('2026-06-20'), brandId, creatorId, 1_000n);
    await world.settle(noon('2026-07-04'), brandId, creatorId, 500n);
    await world.pay(noon('2026-07-20'), creatorId, 800n, 80n);
    const made = await makeStatements(database, { now: AUGUST });
    expect(made).toEqual({ statements: 6, months: ['2026-06', '2026-07'] });
    const [june, july] = await world.statementsOf(creatorId);
    expect(june).toMatchObject({ number: 'GA-2026-06-000003', opening: 0n, closing: 1_000n });
    expect(july).toMatchObject({ number: 'GA-2026-07-000003', opening: 1_000n, closing: 700n });
    expect(await totalsOf(july?.number ?? '')).toEqual([
      { account: 'PAYABLE', kind: 'PAYOUT', transfers: 1n, in: 0n, out: 800n },
      { account: 'PAYABLE', kind: 'SETTLEMENT', transfers: 1n, in: 500n, out: 0n },
      { account: 'PAYOUT_CLEARING', kind: 'PAYOUT', transfers: 1n, in: 800n, out: 0n },
      { account: 'PAYOUT_CLEARING', kind: 'PAYOUT_CONFIRMED', transfers: 1n, in: 0n, out: 720n },
      { account: 'PAYOUT_CLEARING', kind: 'WITHHOLDING', transfers: 1n, in: 0n, out: 80n },
    ]);
    expect(await makeStatements(database, { now: AUGUST })).toEqual({ statements: 0, months: [] });
  });

  it('are made for a month with a balance and no posting, and not for one with neither', async () => {
    await world.deposit(noon('2026-04-10'), brandId, 1_000n);
    await world.settle(noon('2026-04-11'), brandId, creatorId, 300n);
    await world.pay(noon('2026-05-01'), creatorId, 300n, 0n + 1n);
    await makeStatements(database, { now: AUGUST });
    const months = async (id: string) => (await world.statementsOf(id)).map(({ month }) => month);
    expect(await months(brandId)).toEqual(['2026-04', '2026-05', '2026-06', '2026-07']);
    expect(await months(creatorId)).toEqual(['2026-04', '2026-05']);
    await world.settle(noon('2026-08-20'), brandId, creatorId, 7n);
    await makeStatements(database, { now: noon('2026-09-01') });
    expect((await world.statementsOf(creatorId)).at(-1)).toMatchObject({ opening: 0n, closing: 7n });
  });

  it('belong to the calendar of the alliance, to the moment', async () => {
    await world.deposit(new Date('2026-06-30T15:59:59.999Z'), brandId, 1n);
    await world.deposit(new Date('2026-06-30T16:00:00.000Z'), brandId, 10n);
    await makeStatements(database, { now: AUGUST });
    expect(await world.statementsOf(brandId)).toMatchObject([
      { month: '2026-06', opening: 0n, closing: 1n },
      { month: '2026-07', opening: 1n, closing: 11n },
    ]);
  });

  it('are made up to a month that is named, and for none that is not over', async () => {
    await world.deposit(noon('2026-05-02'), brandId, 5n);
    expect((await makeStatements(database, { month: '2026-06', now: AUGUST })).months).toEqual([
      '2026-05',
      '2026-06',
    ]);
    await expect(makeStatements(database, { month: '2026-08', now: AUGUST })).rejects.toThrow(/not over/);
    await expect(makeStatements(database, { month: '2026-13', now: AUGUST })).rejects.toThrow(
      /written like 2026-07/,
    );
    const justBefore = new Date('2026-07-31T15:59:59.999Z');
    expect((await makeStatements(database, { now: justBefore })).months).toEqual([]);
    expect((await makeStatements(database, { now: new Date('2026-07-31T16:00:00Z') })).months).toEqual([
      '2026-07',
    ]);
  });

  it('are none where nothing was ever posted', async () => {
    expect(await makeStatements(database, { now: AUGUST })).toEqual({ statements: 0, months: [] });
  });

  it('close the month: what is posted later by a clock that is behind belongs to the next', async () => {
    await world.deposit(noon('2026-07-02'), brandId, 100n);
    await makeStatements(database, { now: AUGUST });
    await world.settle(noon('2026-07-30'), brandId, creatorId, 40n);
    await makeStatements(database, { now: noon('2026-09-02') });
    expect(await world.statementsOf(brandId)).toMatchObject([
      { month: '2026-07', closing: 100n },
      { month: '2026-08', opening: 100n, closing: 60n },
    ]);
    expect(await world.statementsOf(creatorId)).toMatchObject([
      { month: '2026-08', opening: 0n, closing: 40n },
    ]);
  });

  it('keep what the party was called, and cannot be changed in the database', async () => {
    await world.deposit(noon('2026-07-02'), brandId, 100n);
    await makeStatements(database, { now: AUGUST });
    for (const statement of [
      'update statement set closing_minor = 1',
      'delete from statement_total',
      "update statement_account set kind = 'CASH'",
      'delete from statement',
    ]) {
      await expect(database.rows(sql.raw(statement)), statement).rejects.toThrow(/permission denied/);
    }
    await expect(
      database.rows(
        sql`insert into statement_total select statement_id, account_id, kind, 1, 1, 1 from statement_total`,
      ),
    ).rejects.toThrow();
  });
});

describe('makers at once', () => {
  it('make each statement once, with numbers without gaps in the order of the parties', async () => {
    const payees = await Promise.all(Array.from({ length: 25 }, (_, i) => world.creator(`Payee ${i}`)));
    await world.deposit(noon('2026-06-01'), brandId, 1_000_000n);
    for (const payee of payees) await world.settle(noon('2026-06-05'), brandId, payee, 10n);
    const makers = Array.from({ length: 4 }, () =>
      makeStatements(database, { now: AUGUST, batchParties: 3 }),
    );
    // A clock that is behind goes on posting into the month while it is being closed.
    const posters = payees.map((payee) => world.settle(noon('2026-06-29'), brandId, payee, 1n));
    const made = await Promise.all(makers);
    await Promise.all(posters);
    await makeStatements(database, { now: noon('2026-09-02') });
    const statements = await database.rows(sql<{ month: string; number: string; partyId: string }>`
      select month, number, party_id as "partyId" from statement order by number`);
    expect(made.reduce((sum, { statements: count }) => sum + count, 0)).toBe(27 * 2);
    for (const month of ['2026-06', '2026-07', '2026-08']) {
      const own = statements.filter((each) => each.month === month);
      expect(own.map(({ number }) => number)).toEqual(
        Array.from({ length: 27 }, (_, i) => `GA-${month}-${String(i + 1).padStart(6, '0')}`),
      );
      expect(own.map(({ partyId }) => partyId)).toEqual(own.map(({ partyId }) => partyId).sort());
    }
    const closings = await database.rows(sql<{ closing: bigint }>`
      select closing_minor as closing from statement where month = '2026-08' and party_id = any(${payees}::uuid[])`);
    expect(closings.map(({ closing }) => closing)).toEqual(payees.map(() => 11n));
  });

  it('leave nothing half made when one is broken off at any statement', async () => {
    for (let i = 0; i < 7; i++) {
      await world.settle(noon('2026-07-05'), brandId, await world.creator(`Payee ${i}`), 10n);
    }
    for (let breakAt = 1; breakAt < 40; breakAt++) {
      let left = breakAt;
      const failing: Database = {
        ...database,
        rows: (query) => (--left < 0 ? Promise.reject(new Error('cut')) : database.rows(query)),
        transaction: (work) =>
          database.transaction((tx) =>
            work({
              ...tx,
              rows: (query) => (--left < 0 ? Promise.reject(new Error('cut')) : tx.rows(query)),
            }),
          ),
      };
      await makeStatements(failing, { now: AUGUST, batchParties: 2 }).catch((error) => {
        expect(error.message).toBe('cut');
      });
    }
    await makeStatements(database, { now: AUGUST });
    const numbers = await database.rows(
      sql<{ number: string }>`select number from statement where month = '2026-07' order by number`,
    );
    expect(numbers.map(({ number }) => number)).toEqual(
      Array.from({ length: 8 }, (_, i) => `GA-2026-07-00000${i + 1}`),
    );
  });
});

describe('an account that comes to be while a month is closed', () => {
  it('is left to the next statement', async () => {
    await world.settle(noon('2026-07-05'), brandId, creatorId, 10n);
    await makeStatements(database, { now: AUGUST });
    const other = await world.brand();
    const to = account(creatorId, 'RESERVE');
    const late = { kind: 'SETTLEMENT', from: account(other, 'ESCROW'), to, amountMinor: 3n } as const;
    await world.post(noon('2026-07-31'), late);
    await makeStatements(database, { now: noon('2026-09-01') });
    expect(await world.statementsOf(creatorId)).toMatchObject([
      { month: '2026-07', closing: 10n },
      { month: '2026-08', opening: 10n, closing: 13n },
    ]);
  });
});
