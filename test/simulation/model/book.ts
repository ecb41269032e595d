import { DAY, least, type Party, type Payee, part } from './words.ts';

export type Kind =
  | 'ESCROW'
  | 'PAYABLE'
  | 'RESERVE'
  | 'RECEIVABLE'
  | 'REVENUE'
  | 'PAYOUT_CLEARING'
  | 'CASH'
  | 'WITHHOLDING';

/** What a payee has to give back for one step of a line. */
export interface ModelClawback {
  readonly orderNo: string;
  readonly payee: Payee;
  readonly amount: bigint;
  taken: bigint;
  offset: bigint;
  writtenOff: bigint;
  state: 'WAITING' | 'TAKEN' | 'OFFSET' | 'WRITTEN_OFF';
}

export interface ModelReserve {
  readonly payee: Payee;
  readonly amount: bigint;
  readonly releaseAt: number;
  released: boolean;
}

/** What of one line's share a settlement pays a payee. */
export interface Earned {
  readonly payee: Party;
  readonly net: bigint;
  readonly reserveBp: number;
  readonly reserveDays: number;
}

export const owedOf = (c: ModelClawback): bigint => c.amount - c.taken - c.offset - c.writtenOff;

/** The accounts of a history as plain numbers, and what hangs on them (money.md, "Ledger" and "Settlement"). */
export class Book {
  private readonly balances = new Map<string, bigint>();
  /** Oldest first. */
  readonly clawbacks: ModelClawback[] = [];
  readonly reserves: ModelReserve[] = [];

  balance(party: Party, kind: Kind): bigint {
    return this.balances.get(`${party} ${kind}`) ?? 0n;
  }

  /** Every account that something is on. */
  accounts(): Record<string, bigint> {
    const used = [...this.balances].filter(([, balance]) => balance !== 0n);
    return Object.fromEntries(used.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  move(from: [Party, Kind], to: [Party, Kind], amount: bigint): void {
    this.balances.set(from.join(' '), this.balance(...from) - amount);
    this.balances.set(to.join(' '), this.balance(...to) + amount);
  }

  /** Settles the shares of lines that one transaction settles together. */
  settle(earned: readonly Earned[], recoveryBp: number, now: number): void {
    const kept = new Map<string, bigint>();
    const coming = new Map<Payee, bigint>();
    const groups = Map.groupBy(earned, (one) => `${one.payee} ${one.reserveBp} ${one.reserveDays}`);
    for (const group of groups.values()) {
      const { payee, reserveBp, reserveDays } = group[0] as Earned;
      const net = group.reduce((sum, one) => sum + one.net, 0n);
      if (payee === 'alliance') {
        this.move(['brand', 'ESCROW'], [payee, 'REVENUE'], net);
        continue;
      }
      const reserve = reserveDays > 0 ? part(net, reserveBp) : 0n;
      this.move(['brand', 'ESCROW'], [payee as Payee, 'PAYABLE'], net);
      this.move([payee, 'PAYABLE'], [payee, 'RESERVE'], reserve);
      const key = `${payee} ${reserveDays}`;
      kept.set(key, (kept.get(key) ?? 0n) + reserve);
      coming.set(payee as Payee, (coming.get(payee as Payee) ?? 0n) + net - reserve);
    }
    for (const [key, amount] of kept) {
      const [payee, days] = key.split(' ') as [Payee, string];
      const releaseAt = now + Number(days) * DAY;
      if (amount > 0n) this.reserves.push({ payee, amount, releaseAt, released: false });
    }
    for (const [payee, amount] of coming) this.recover(payee, part(amount, recoveryBp), 'offset');
  }

  /** Posts what a step after settlement changes for a payee: a gain is paid, a loss is owed from now on. */
  change(orderNo: string, payee: Party, change: bigint): ModelClawback | undefined {
    if (payee === 'alliance') this.move(['brand', 'ESCROW'], [payee, 'REVENUE'], change);
    else if (change > 0n) this.move(['brand', 'ESCROW'], [payee, 'PAYABLE'], change);
    else {
      this.move([payee, 'RECEIVABLE'], ['brand', 'ESCROW'], -change);
      const rest = { amount: -change, taken: 0n, offset: 0n, writtenOff: 0n, state: 'WAITING' } as const;
      return { orderNo, payee: payee as Payee, ...rest };
    }
    return undefined;
  }

  /** Takes new clawbacks out of what their payees have. */
  takeBack(fresh: readonly ModelClawback[]): void {
    this.clawbacks.push(...fresh);
    for (const [payee, list] of Map.groupBy(fresh, (clawback) => clawback.payee)) {
      const owed = list.reduce((sum, clawback) => sum + owedOf(clawback), 0n);
      this.recover(payee, owed, 'taken', list);
    }
  }

  /** Spends at most so much of what a payee has on what it owes, the oldest first. */
  recover(payee: Payee, amount: bigint, by: 'taken' | 'offset', among = this.clawbacks): void {
    let left = least(amount, this.balance(payee, 'PAYABLE'));
    for (const clawback of among) {
      if (clawback.payee !== payee || left <= 0n) continue;
      const spent = least(owedOf(clawback), left);
      left -= spent;
      clawback[by] += spent;
      this.move([payee, 'PAYABLE'], [payee, 'RECEIVABLE'], spent);
      if (spent > 0n && owedOf(clawback) === 0n) clawback.state = by === 'taken' ? 'TAKEN' : 'OFFSET';
    }
  }

  /** What was kept until now goes back, and first against what its payee owes. */
  release(now: number): number {
    const due = this.reserves.filter(({ released, releaseAt }) => !released && releaseAt <= now);
    for (const reserve of due) {
      const { payee, amount } = reserve;
      reserve.released = true;
      this.move([payee, 'RESERVE'], [payee, 'PAYABLE'], amount);
      this.recover(payee, amount, 'offset');
    }
    return due.length;
  }

  /** The alliance bears what is still owed. */
  writeOff(clawback: ModelClawback): void {
    const owed = owedOf(clawback);
    this.move(['alliance', 'REVENUE'], [clawback.payee, 'RECEIVABLE'], owed);
    clawback.writtenOff = owed;
    clawback.state = 'WRITTEN_OFF';
  }
}
