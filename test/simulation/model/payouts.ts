import type { Book } from './book.ts';
import { least, type Payee, part, type Rules } from './words.ts';

export type Said = 'PENDING' | 'CONFIRMED' | 'FAILED';

export interface ModelPayout {
  readonly payee: Payee;
  readonly gross: bigint;
  readonly withheld: bigint;
  state: 'REQUESTED' | 'SENT' | 'CONFIRMED' | 'FAILED';
  contradicted: boolean;
}

/** Payouts with the postings that they bring (money.md, "Payouts"). */
export class Payouts {
  /** In the order in which they were asked for. */
  readonly all: ModelPayout[] = [];

  constructor(private readonly book: Book) {}

  /** What a payee may be paid: what it has, less what it owes. */
  available(payee: Payee): bigint {
    const payable = this.book.balance(payee, 'PAYABLE');
    const available = least(payable, payable + this.book.balance(payee, 'RECEIVABLE'));
    return available > 0n ? available : 0n;
  }

  /** Whether a payout of so much is made or refused. */
  allows(payee: Payee, amount: bigint, { payoutMinimum }: Rules): boolean {
    return amount > 0n && amount <= this.available(payee) && amount >= payoutMinimum;
  }

  request(payee: Payee, gross: bigint, rules: Rules): void {
    const bp = payee.startsWith('creator') ? rules.withholdingCreatorBp : rules.withholdingAgencyBp;
    this.all.push({ payee, gross, withheld: part(gross, bp), state: 'REQUESTED', contradicted: false });
    this.book.move([payee, 'PAYABLE'], [payee, 'PAYOUT_CLEARING'], gross);
  }

  /** The first final answer ends a payout; another one only marks it when it says the contrary. */
  hear(payout: ModelPayout, said: Said): void {
    const isOver = payout.state === 'CONFIRMED' || payout.state === 'FAILED';
    if (said === 'PENDING') {
      if (!isOver) payout.state = 'SENT';
    } else if (isOver) payout.contradicted ||= payout.state !== said;
    else this.end(payout, said);
  }

  /** An operator ends it the other way round: what its end had posted is undone first. */
  correct(payout: ModelPayout): void {
    const { payee, gross, withheld } = payout;
    payout.contradicted = false;
    if (payout.state === 'CONFIRMED') {
      this.book.move(['alliance', 'CASH'], [payee, 'PAYOUT_CLEARING'], gross - withheld);
      this.book.move(['alliance', 'WITHHOLDING'], [payee, 'PAYOUT_CLEARING'], withheld);
      this.end(payout, 'FAILED');
    } else {
      this.book.move([payee, 'PAYABLE'], [payee, 'PAYOUT_CLEARING'], gross);
      this.end(payout, 'CONFIRMED');
    }
  }

  private end(payout: ModelPayout, state: 'CONFIRMED' | 'FAILED'): void {
    const { payee, gross, withheld } = payout;
    payout.state = state;
    if (state === 'CONFIRMED') {
      this.book.move([payee, 'PAYOUT_CLEARING'], ['alliance', 'CASH'], gross - withheld);
      this.book.move([payee, 'PAYOUT_CLEARING'], ['alliance', 'WITHHOLDING'], withheld);
      return;
    }
    this.book.move([payee, 'PAYOUT_CLEARING'], [payee, 'PAYABLE'], gross);
    this.book.recover(payee, this.book.balance(payee, 'PAYABLE'), 'taken');
  }
}
