import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { type AccountKey, postTransactions, type Transfer } from '../../src/features/ledger/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { World } from '../kit/world.ts';

/** Noon of a day in Shanghai. */
export const noon = (day: string): Date => new Date(`${day}T12:00:00+08:00`);
/** In August, when July is over. */
export const AUGUST = noon('2026-08-03');

export type Movement = Pick<Transfer, 'kind' | 'from' | 'to' | 'amountMinor' | 'brandId'>;

/** Parties with ledger accounts, and money that moves between them at given moments. */
export class StatementWorld extends World {
  allianceId = '';

  static async make(database: Database): Promise<StatementWorld> {
    const world = new StatementWorld(database);
    const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
    world.allianceId = await world.tx((tx) => foundAlliance(tx, options, noon('2026-01-01')));
    return world;
  }

  /** Posts one transaction; gives its id. */
  async post(at: Date, ...movements: readonly Movement[]): Promise<string> {
    const id = newId();
    const transfers = movements.map((movement) => ({ ...movement, occurredAt: at }));
    await this.tx((tx) => postTransactions(tx, [{ id, transfers }], at));
    return id;
  }

  /** A brand pays in. */
  deposit(at: Date, brandId: string, amountMinor: bigint, currency = 'CNY'): Promise<string> {
    const [from, to] = [account(this.allianceId, 'CASH', currency), account(brandId, 'ESCROW', currency)];
    return this.post(at, { kind: 'DEPOSIT', from, to, amountMinor });
  }

  /** A brand owes a payee. */
  settle(at: Date, brandId: string, payeeId: string, amountMinor: bigint, currency = 'CNY'): Promise<string> {
    const [from, to] = [account(brandId, 'ESCROW', currency), account(payeeId, 'PAYABLE', currency)];
    return this.post(at, { kind: 'SETTLEMENT', from, to, amountMinor, brandId });
  }

  /** A payee is paid, with tax withheld. */
  async pay(at: Date, payeeId: string, grossMinor: bigint, taxMinor: bigint): Promise<void> {
    const clearing = account(payeeId, 'PAYOUT_CLEARING');
    await this.post(at, {
      kind: 'PAYOUT',
      from: account(payeeId, 'PAYABLE'),
      to: clearing,
      amountMinor: grossMinor,
    });
    await this.post(
      at,
      {
        kind: 'PAYOUT_CONFIRMED',
        from: clearing,
        to: account(this.allianceId, 'CASH'),
        amountMinor: grossMinor - taxMinor,
      },
      {
        kind: 'WITHHOLDING',
        from: clearing,
        to: account(this.allianceId, 'WITHHOLDING'),
        amountMinor: taxMinor,
      },
    );
  }

  /** The statements of a party, oldest first. */
  statementsOf(partyId: string) {
    return this.database.rows(sql<{
      id: string;
      number: string;
      month: string;
      currency: string;
      opening: bigint;
      closing: bigint;
    }>`
      select id, number, month, currency, opening_minor as opening, closing_minor as closing from statement
      where party_id = ${partyId} order by month, currency`);
  }
}

export const account = (partyId: string, kind: AccountKey['kind'], currency = 'CNY'): AccountKey => ({
  partyId,
  currency,
  kind,
});
