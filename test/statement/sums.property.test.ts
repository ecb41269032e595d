import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { STATEMENTS } from '../../src/checks/statement-invariants.ts';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { makeStatements } from '../../src/features/statement/index.ts';
import { testDatabase } from '../kit/database.ts';
import { account, noon, StatementWorld } from './statement-world.ts';

const KINDS = ['PAYABLE', 'RESERVE', 'RECEIVABLE', 'ESCROW'] as const;
const CURRENCIES = ['CNY', 'EUR'] as const;
const DAY_MS = 86_400_000;

/** Something posted in a month, or the statements made in the middle of it all. */
const step = fc.record({
  hour: fc.nat({ max: 24 * 118 }),
  from: fc.nat({ max: 11 }),
  to: fc.integer({ min: 1, max: 11 }),
  currency: fc.constantFrom(...CURRENCIES),
  amountMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  makes: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const START = noon('2026-03-02');

/** A world of its own for each history, since a month is closed for all at once. */
async function inWorld(work: (world: StatementWorld) => Promise<void>): Promise<void> {
  const database = await testDatabase();
  try {
    await work(await StatementWorld.make(database));
  } finally {
    await database.close();
  }
}

async function broken({ database }: StatementWorld): Promise<string[]> {
  const found: string[] = [];
  for (const { name, sql: statement } of STATEMENTS) {
    const rows = await database.rows(sql<{ message: string }>`
      select message from (${sql.raw(statement)}) b limit 5`);
    found.push(...rows.map(({ message }) => `${name}: ${message}`));
  }
  return found;
}

const keyOf = (parties: readonly string[], number: number, currency: string) =>
  account(parties[number % 3] ?? '', KINDS[Math.floor(number / 3)] ?? 'PAYABLE', currency);

async function live(world: StatementWorld, steps: readonly Step[]): Promise<void> {
  const { database } = world;
  const parties = [await world.creator(), await world.agency(), await world.brand()];
  const model = new Map<string, bigint>();
  for (const { hour, currency, amountMinor, makes, ...each } of [...steps].sort((a, b) => a.hour - b.hour)) {
    const at = new Date(START.getTime() + hour * 3_600_000);
    const from = keyOf(parties, each.from, currency);
    const to = keyOf(parties, (each.from + each.to) % 12, currency);
    await world.post(at, { kind: 'SETTLEMENT', from, to, amountMinor });
    for (const [{ partyId }, change] of [
      [from, -amountMinor],
      [to, amountMinor],
    ] as const) {
      const id = `${partyId}/${currency}`;
      model.set(id, (model.get(id) ?? 0n) + change);
    }
    if (makes) await makeStatements(database, { now: at, batchParties: 2 });
  }
  await makeStatements(database, { now: new Date(START.getTime() + 130 * DAY_MS), batchParties: 2 });
  for (const [id, balance] of model) {
    const [partyId = '', currency] = id.split('/');
    const own = (await world.statementsOf(partyId)).filter((statement) => statement.currency === currency);
    expect(own.at(-1)?.closing).toBe(balance);
    for (const [i, { opening }] of own.entries()) expect(opening).toBe(own[i - 1]?.closing ?? 0n);
  }
  expect(await broken(world)).toEqual([]);
}

describe('statements', () => {
  it('sum to the ledger to the unit, whatever is posted and whenever they are made', async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) =>
      inWorld((world) => live(world, steps)),
    );
    await fc.assert(property, { numRuns: 25 });
  });

  it('are proved by verify, which finds whatever is not as it was', () =>
    inWorld(async (world) => {
      const { database } = world;
      const [brandId, creatorId] = [await world.brand(), await world.creator()];
      await world.deposit(noon('2026-05-02'), brandId, 1000n);
      await world.settle(noon('2026-05-03'), brandId, creatorId, 100n);
      await world.pay(noon('2026-06-03'), creatorId, 60n, 6n);
      await makeStatements(database, { now: noon('2026-07-02') });
      const only = async (db: Database) =>
        (await verify(db)).failures.filter(({ check }) => /statement|month/.test(check));
      expect(await only(database)).toEqual([]);
      for (const [statement, check] of TAMPERINGS) {
        const tampered = database.transaction(async (tx) => {
          await tx.rows(sql`set local role none`);
          await tx.rows(sql.raw(statement));
          const failures = await only({ ...database, rows: tx.rows });
          expect(
            failures.map((failure) => failure.check),
            statement,
          ).toContain(check);
          throw new Error('undo');
        });
        await expect(tampered).rejects.toThrow('undo');
      }
    }));
});

const ONE = '(select id from statement order by number desc limit 1)';
/** What is changed behind everybody's back, and the check that finds it. */
const TAMPERINGS = [
  [`update statement set opening_minor = opening_minor + 1 where id = ${ONE}`, 'statements-add-up'],
  [`update statement set party_name = 'x' where id = ${ONE}`, 'statements-have-their-hashes'],
  [
    "update ledger_transfer set occurred_at = occurred_at + interval '1 second'",
    'statements-have-their-hashes',
  ],
  [
    `update statement_account set opening_minor = opening_minor + 1, closing_minor = closing_minor + 1
      where statement_id = ${ONE}`,
    'statements-run-on',
  ],
  ['update statement_total set in_minor = in_minor + 1', 'statements-are-of-the-ledger'],
  ['update statement_month set last_number = last_number + 1', 'statements-are-numbered'],
  ['update ledger_account set balance_minor = balance_minor + 1', 'statements-lead-to-balances'],
  ["update ledger_transfer set posted_at = posted_at + interval '200 days'", 'closed-months-stay-closed'],
] as const;
