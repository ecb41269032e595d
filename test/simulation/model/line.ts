import { baseOf, type ModelDeal, type ModelEvent, paidOf, shares, standsAt } from '../../order/line-model.ts';
import { CATEGORY_DAYS, type Offers } from './offers.ts';
import { DAY, type Order, type Party, type Rules, type Told, type Version, valueAt } from './words.ts';

/** What is frozen on a line when its order was placed. */
interface Terms {
  readonly rules: Rules;
  readonly deal: ModelDeal | null;
  readonly payees: Readonly<Record<string, Party>>;
  readonly holdingDays: number;
}

/** What a payee has in one of its capacities on a line. */
export interface Share {
  readonly role: string;
  readonly payee: Party;
  readonly net: bigint;
}

/** A step after which each payee has another net than before. */
export interface Step {
  /** By payee: below zero for what it has lost. */
  readonly changes: ReadonlyMap<Party, bigint>;
}

const RANK = ['PLACED', 'PAID', 'SHIPPED', 'RECEIVED', 'CANCELLED', 'REFUNDED'];

/** An order line: all that is asked of it follows from the set of events that have been told. */
export class ModelLine {
  readonly told: Told[] = [];
  private terms?: Terms;
  settled = false;
  openCases = 0;

  constructor(readonly order: Order) {}

  get isPlaced(): boolean {
    return this.terms !== undefined;
  }

  get isCredited(): boolean {
    return this.terms?.deal != null;
  }

  get reserve(): Pick<Rules, 'reserveBp' | 'reserveDays'> {
    return this.frozen.rules;
  }

  /** Takes new events; the first that is PLACED freezes the terms. */
  hear(events: readonly Told[], offers: Offers, rules: readonly Version<Rules>[]): void {
    this.told.push(...events);
    if (this.isPlaced || !this.told.some(({ kind }) => kind === 'PLACED')) return;
    const { placedAt, product } = this.order;
    const held = valueAt(rules, placedAt);
    const offer = offers.dealOf(this.order);
    const holdingDays = product === 1 ? CATEGORY_DAYS : held.holdingDays;
    this.terms = { rules: held, deal: offer?.deal ?? null, payees: offer?.payees ?? {}, holdingDays };
  }

  /** How it stands when these are all its events. */
  standing(told: readonly Told[] = this.told) {
    const { placed } = this.order;
    const events = told.filter((event): event is Told & ModelEvent => event.kind !== 'PLACED');
    return standsAt(baseOf(placed, this.frozen.rules), paidOf(placed), placed.quantity, events);
  }

  shares(told: readonly Told[] = this.told): Share[] {
    const { deal, payees, rules } = this.frozen;
    if (deal === null) return [];
    const isPaid = told.some(({ kind }) => kind === 'PAID');
    return shares(this.standing(told).left, isPaid, deal, rules).map(({ role, net }) => ({
      role,
      payee: payees[role] as Party,
      net,
    }));
  }

  /** What each payee has of the line in all its capacities. */
  nets(told: readonly Told[] = this.told): Map<Party, bigint> {
    const nets = new Map<Party, bigint>();
    for (const { payee, net } of this.shares(told)) nets.set(payee, (nets.get(payee) ?? 0n) + net);
    return nets;
  }

  /** From when it may be settled, when no case is open; undefined while it is not received and paid. */
  dueAt(): number | undefined {
    if (this.settled || !this.isCredited || !this.told.some(({ kind }) => kind === 'PAID')) return undefined;
    if (this.standing().state !== 'RECEIVED') return undefined;
    const received = this.told.filter(({ kind }) => kind === 'RECEIVED').map(({ at }) => at);
    return Math.min(...received) + this.frozen.holdingDays * DAY;
  }

  /** What new events, taken one after the other as they happened, change for the payees; before they are heard. */
  stepsOf(events: readonly Told[]): Step[] {
    const inOrder = events.toSorted(
      (a, b) => a.at - b.at || RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || (a.id < b.id ? -1 : 1),
    );
    let before = this.nets();
    return inOrder.map((_, i) => {
      const after = this.nets([...this.told, ...inOrder.slice(0, i + 1)]);
      const changes = [...after].map(([payee, net]): [Party, bigint] => [
        payee,
        net - (before.get(payee) ?? 0n),
      ]);
      before = after;
      return { changes: new Map(changes.filter(([, change]) => change !== 0n)) };
    });
  }

  private get frozen(): Terms {
    if (this.terms === undefined) throw new Error(`${this.order.orderNo} is not placed.`);
    return this.terms;
  }
}
