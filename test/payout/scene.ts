import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { LEDGER } from '../../src/checks/ledger-invariants.ts';
import { PAYOUTS } from '../../src/checks/payout-invariants.ts';
import { reconcile } from '../../src/checks/reconcile.ts';
import type { Database } from '../../src/db/database.ts';
import { changePolicy } from '../../src/features/account/index.ts';
import { type AccountKind, postTransactions } from '../../src/features/ledger/index.ts';
import { setMethod } from '../../src/features/payout/index.ts';
import type { GivenMethod } from '../../src/features/payout/payout-method.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, type TestAllianceOptions, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { World } from '../kit/world.ts';

/** Noon in Shanghai, a Tuesday. */
export const NOON = '2026-06-16T04:00:00.000Z';
export const IBAN = 'DE89370400440532013000';
export const BANK: GivenMethod = { kind: 'BANK', holder: 'Müller & Söhne', iban: IBAN };
export const PROVIDER: GivenMethod = {
  kind: 'PROVIDER',
  holder: 'Li Lei',
  country: 'CN',
  accountNumber: 'acct-123456',
};

export interface Payee {
  readonly id: string;
  readonly globalId: string;
  readonly caller: Caller;
}

/** An alliance with payees that have something to be paid. */
export class PayoutScene {
  private constructor(
    readonly alliance: TestAlliance,
    readonly world: World,
    readonly clock: TestClock,
    private readonly brandId: string,
  ) {}

  static async make(options: TestAllianceOptions = {}): Promise<PayoutScene> {
    const clock = new TestClock(NOON);
    const alliance = await testAlliance({ clock, ...options });
    const world = new World(alliance.database);
    return new PayoutScene(alliance, world, clock, await world.brand());
  }

  get database(): Database {
    return this.alliance.database;
  }

  close(): Promise<void> {
    return this.alliance.close();
  }

  /** A creator or agency with a balance and an account to be paid to. */
  async payee(
    balanceMinor = 10_000n,
    { kind = 'Creator', method = BANK, currency = 'CNY' }: PayeeOptions = {},
  ): Promise<Payee> {
    const id = kind === 'Creator' ? await this.world.creator() : await this.world.agency();
    if (balanceMinor !== 0n) await this.earn(id, balanceMinor, currency);
    if (method !== null) await this.method(id, method);
    return { id, globalId: toGlobalId(kind, id), caller: await this.alliance.memberOf(id) };
  }

  method(partyId: string, method: GivenMethod): Promise<string> {
    return this.world.tx((tx) => setMethod(tx, { partyId, ...method }, this.clock.now()));
  }

  /** The alliance has an account to pay from. */
  async payFrom(): Promise<void> {
    const own = {
      kind: 'BANK',
      holder: 'Goods Alliance',
      iban: 'NL91ABNA0417164300',
      bic: 'ABNANL2A',
    } as const;
    await this.method(this.alliance.id, own);
  }

  earn(payeeId: string, amountMinor: bigint, currency = 'CNY'): Promise<void> {
    return this.move(payeeId, ['ESCROW', 'PAYABLE'], amountMinor, currency);
  }

  /** The payee owes so much after a clawback. */
  owe(payeeId: string, amountMinor: bigint, currency = 'CNY'): Promise<void> {
    return this.move(payeeId, ['RECEIVABLE', 'ESCROW'], amountMinor, currency);
  }

  private async move(
    payeeId: string,
    [from, to]: readonly [AccountKind, AccountKind],
    amountMinor: bigint,
    currency: string,
  ): Promise<void> {
    const key = (kind: AccountKind) => ({
      partyId: kind === 'ESCROW' ? this.brandId : payeeId,
      currency,
      kind,
    });
    const occurredAt = this.clock.now();
    const kind = from === 'ESCROW' ? ('SETTLEMENT' as const) : ('CLAWBACK' as const);
    const transfer = { kind, from: key(from), to: key(to), amountMinor, brandId: this.brandId, occurredAt };
    await this.world.tx((tx) =>
      postTransactions(tx, [{ id: randomUUID(), transfers: [transfer] }], occurredAt),
    );
  }

  /** Changes the alliance's policy from now on. */
  async policy(changes: object): Promise<void> {
    this.clock.advance(1000);
    await this.world.tx((tx) => changePolicy(tx, changes as never, this.clock.now()));
  }

  /** The balances of a party that are not zero, by kind. */
  async balances(partyId: string, currency = 'CNY'): Promise<Record<string, bigint>> {
    const rows = await this.database.rows(sql<{ kind: string; balance: bigint }>`
      select kind, balance_minor as balance from ledger_account
      where party_id = ${partyId} and currency = ${currency} and balance_minor <> 0 order by kind`);
    return Object.fromEntries(rows.map(({ kind, balance }) => [kind, balance]));
  }

  /** The payouts of a payee as they stand, oldest first. */
  payouts(payeeId: string): Promise<KeptPayout[]> {
    return this.database.rows(sql<KeptPayout>`
      select id, state, gross_minor as gross, net_minor as net, period, contradicted, failure_code as code,
        (select array_agg(source || ' ' || said || ' ' || effect order by no) from payout_answer where payout_id = p.id)
          as answers
      from payout p where payee_id = ${payeeId} order by id`);
  }

  /** What reconciliation finds of payouts. */
  async differences(): Promise<string[]> {
    const { differences } = await reconcile(this.database);
    return differences
      .filter(({ comparison }) => comparison === 'payouts-and-ledger')
      .map(({ subject, leftMinor, rightMinor }) => `${subject}: ${leftMinor}, ${rightMinor}`);
  }

  /** Every invariant on payouts and on the ledger by itself holds. */
  async expectSound(): Promise<void> {
    for (const { name, sql: text } of [...LEDGER, ...PAYOUTS]) {
      // Here balances are posted without the lines that they would be settled of.
      if (name === 'sub-ledger-equals-ledger') continue;
      expect([name, await this.database.rows(sql`select * from (${sql.raw(text)}) broken limit 3`)]).toEqual([
        name,
        [],
      ]);
    }
    expect(await this.differences()).toEqual([]);
  }
}

interface PayeeOptions {
  readonly kind?: 'Creator' | 'Agency';
  readonly method?: GivenMethod | null;
  readonly currency?: string;
}

export interface KeptPayout {
  readonly id: string;
  readonly state: string;
  readonly gross: bigint;
  readonly net: bigint;
  readonly period: string | null;
  readonly contradicted: boolean;
  readonly code: string | null;
  readonly answers: readonly string[] | null;
}
