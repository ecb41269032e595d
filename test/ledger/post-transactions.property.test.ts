import fc from 'fast-check';
import { sql } from 'kysely';
import { v5 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import {
  type AccountKey,
  type LedgerTransaction,
  postTransactions,
} from '../../src/features/ledger/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { testDatabase } from '../kit/database.ts';
import { World } from '../kit/world.ts';

let database: Database;
let parties: string[];

const NOW = new Date('2026-06-16T12:00:00Z');
const CURRENCIES = ['CNY', 'EUR'] as const;
const KINDS = ['PAYABLE', 'RECEIVABLE', 'ESCROW'] as const;

beforeAll(async () => {
  database = await testDatabase();
  const world = new World(database);
  parties = [await world.creator(), await world.agency(), await world.brand()];
});
afterAll(() => database.close());

/** A transfer by the numbers of its accounts; the accounts of one currency are the pairs of party and kind. */
const transfer = fc.record({
  from: fc.nat({ max: 8 }),
  step: fc.integer({ min: 1, max: 8 }),
  currency: fc.constantFrom(...CURRENCIES),
  amountMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
});
/** Batches of transactions; a transaction is named by a small number, so that many are repeated. */
const batches = fc.array(
  fc.array(fc.tuple(fc.nat({ max: 30 }), fc.array(transfer, { minLength: 1, maxLength: 3 })), {
    maxLength: 5,
  }),
  { minLength: 1, maxLength: 8 },
);
type Shape = typeof transfer extends fc.Arbitrary<infer T> ? T : never;

const accountOf = (number: number, currency: string): AccountKey => ({
  partyId: parties[number % 3] ?? '',
  currency,
  kind: KINDS[Math.floor(number / 3)] ?? 'PAYABLE',
});

const toTransaction = (id: string, shapes: readonly Shape[]): LedgerTransaction => ({
  id,
  transfers: shapes.map(({ from, step, currency, amountMinor }) => ({
    kind: 'SETTLEMENT',
    from: accountOf(from, currency),
    to: accountOf((from + step) % 9, currency),
    amountMinor,
    occurredAt: NOW,
  })),
});

interface Kept {
  readonly transactionId: string;
  readonly account: string;
  readonly posting: bigint;
  readonly changeMinor: bigint;
  readonly balanceMinor: bigint;
}

/** The history of every account, oldest first. */
const histories = () =>
  database.rows(sql<Kept>`
    select h.* from (
      select transaction_id as "transactionId", from_account_id as account, from_posting as posting,
        -amount_minor as "changeMinor", from_balance_minor as "balanceMinor" from ledger_transfer
      union all
      select transaction_id, to_account_id, to_posting, amount_minor, to_balance_minor from ledger_transfer) h
    order by h.account, h.posting`);

async function expectSound(): Promise<void> {
  const byAccount = Map.groupBy(await histories(), ({ account }) => account);
  for (const history of byAccount.values()) {
    let balance = 0n;
    for (const [i, { posting, changeMinor, balanceMinor }] of history.entries()) {
      balance += changeMinor;
      expect([posting, balanceMinor]).toEqual([BigInt(i + 1), balance]);
    }
  }
  const accounts = await database.rows(
    sql<{ id: string; balance: bigint; postings: bigint }>`
      select id, balance_minor as balance, postings from ledger_account`,
  );
  for (const { id, balance, postings } of accounts) {
    const last = byAccount.get(id)?.at(-1);
    expect([balance, postings]).toEqual([last?.balanceMinor ?? 0n, last?.posting ?? 0n]);
  }
  const sums = await database.rows(sql<{ sum: string }>`
    select sum(balance_minor)::text as sum from ledger_account group by currency`);
  for (const { sum } of sums) expect(sum).toBe('0');
}

describe('the ledger', () => {
  it('keeps every balance the sum of its transfers, each act once, whatever is posted at once and again', async () => {
    let run = 0;
    const property = fc.asyncProperty(batches, async (rounds) => {
      run += 1;
      const idOf = (number: number) => v5(`${run}/${number}`, v5.URL);
      const first = new Map<string, readonly Shape[]>();
      const lists = rounds.map((round) =>
        round.map(([number, shapes]) => {
          const id = idOf(number);
          // An act that is done again is the same act.
          if (!first.has(id)) first.set(id, shapes);
          return toTransaction(id, first.get(id) ?? []);
        }),
      );
      const posted = await Promise.all(
        lists.map((list) => database.transaction((tx) => postTransactions(tx, list, NOW))),
      );
      expect(posted.flat().sort()).toEqual([...first.keys()].sort());
      const [counted] = await database.rows(sql<{ count: bigint; sum: string }>`
        select count(*), coalesce(sum(amount_minor), 0)::text as sum from ledger_transfer
        where transaction_id = any(${[...first.keys()]}::uuid[])`);
      const amounts = [...first.values()].flat().map(({ amountMinor }) => amountMinor);
      expect([counted?.count, counted?.sum]).toEqual([
        BigInt(amounts.length),
        String(amounts.reduce((sum, amount) => sum + amount, 0n)),
      ]);
    });
    await fc.assert(property, { numRuns: 40 });
    await expectSound();
  });

  it('takes nothing that converts a currency, moves nothing, or moves an account to itself', async () => {
    const from = accountOf(0, 'CNY');
    const post = (to: AccountKey, amountMinor: bigint) => {
      const one = { kind: 'SETTLEMENT', from, to, amountMinor, occurredAt: NOW } as const;
      return database.transaction((tx) => postTransactions(tx, [{ id: newId(), transfers: [one] }], NOW));
    };
    const before = await histories();
    await expect(post(accountOf(1, 'EUR'), 1n)).rejects.toThrow(/never converts/);
    await expect(post(accountOf(1, 'CNY'), 0n)).rejects.toThrow(/amount_minor/);
    await expect(post(accountOf(1, 'CNY'), -5n)).rejects.toThrow(/amount_minor/);
    await expect(post(from, 5n)).rejects.toThrow(/violates check/);
    expect(await histories()).toEqual(before);
    await expectSound();
  });
});
