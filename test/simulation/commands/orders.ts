import fc from 'fast-check';
import { type ModelPlaced, paidOf } from '../../order/line-model.ts';
import type { HeldEvent, Model } from '../model/model.ts';
import { MINUTE, type Order, part, type Told } from '../model/words.ts';
import { type Act, commandOf, deathArb, pickOf, shuffled } from './command.ts';
import { tell } from './tell.ts';

/** Parts of a whole for the discounts: mostly nothing, now and then all of it, so that goods are free. */
const percent = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 100 }));
const amount = fc.oneof(fc.bigInt(0n, 30n), { weight: 4, arbitrary: fc.bigInt(1000n, 60_000n) });

const placedArb: fc.Arbitrary<ModelPlaced> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 5 }),
    itemTotal: amount,
    parts: fc.tuple(percent, percent, percent),
  })
  .map(({ quantity, itemTotal, parts: [brand, platform, creator] }) => {
    const whole = BigInt(Math.max(brand + platform + creator, 100));
    const of = (share: number) => (itemTotal * BigInt(share)) / whole;
    const [brandDiscount, platformDiscount, creatorDiscount] = [of(brand), of(platform), of(creator)];
    return { quantity, itemTotal, brandDiscount, platformDiscount, creatorDiscount };
  });

type Kind = Exclude<Told['kind'], 'PLACED'>;
const whole: Kind[] = ['PAID', 'SHIPPED', 'RECEIVED'];
const lifeArb = fc.oneof(
  { weight: 4, arbitrary: fc.constant(whole) },
  fc.constantFrom<Kind[]>(
    ['PAID', 'RECEIVED'],
    [...whole, 'RECEIVED'],
    ['RECEIVED', 'RECEIVED', 'PAID', 'PAID'],
    ['PAID', 'SHIPPED'],
    ['RECEIVED'],
    ['PAID', 'CANCELLED'],
    [...whole, 'CANCELLED'],
    [...whole, 'REFUNDED'],
    [...whole, 'REFUNDED', 'REFUNDED'],
  ),
);

/** When in the age of the order something happened, in thousandths, and whether it is reported only later. */
const whenArb = fc.record({ atPermille: fc.nat(1000), isHeld: fc.nat(7).map((n) => n === 0) });

const orderArb = fc.record({
  product: fc.constantFrom<(0 | 1)[]>(0, 1),
  creator: fc.constantFrom('creator0', 'creator0', 'creator1', 'creator1', null),
  placed: placedArb,
  // Some are placed after everything else that has happened.
  ageMinutes: fc.oneof(fc.nat(1), { weight: 2, arbitrary: fc.integer({ min: 2, max: 4300 }) }),
  life: lifeArb,
  when: fc.array(whenArb, { minLength: 6, maxLength: 6 }),
  refundPermille: fc.nat(1300),
});
type OrderData = typeof orderArb extends fc.Arbitrary<infer Data> ? Data : never;

const NOTHING = { amount: 0n, pieces: 0 };

/** What a refund gives back of what was paid; pieces count where nothing was. Something always. */
export function refundOf(placed: ModelPlaced, permille: number): Pick<Told, 'amount' | 'pieces'> {
  const money = part(paidOf(placed), permille * 10);
  return { amount: money, pieces: money === 0n ? 1 : permille % 2 };
}

/** The order with its events, each with whether it is reported later. */
function lifeOf(
  data: OrderData,
  orderNo: string,
  now: number,
): { order: Order; events: (HeldEvent & { isHeld: boolean })[] } {
  const placedAt = now - data.ageMinutes * MINUTE;
  const { product, creator, placed, life, when, refundPermille } = data;
  const kinds: Told['kind'][] = ['PLACED', ...life];
  const events = kinds.map((kind, i) => {
    const { atPermille = 0, isHeld = false } = when[i] ?? {};
    const at =
      kind === 'PLACED' ? placedAt : placedAt + Math.floor((data.ageMinutes * MINUTE * atPermille) / 1000);
    const refund = kind === 'REFUNDED' ? refundOf(placed, refundPermille) : NOTHING;
    return { orderNo, isHeld, event: { id: `${orderNo}/${i}`, kind, at, ...refund } };
  });
  return { order: { orderNo, product, creator, placed, placedAt }, events };
}

const placeAct: Act<{ orders: OrderData[]; by: number; twice: boolean; death: Parameters<typeof tell>[3] }> =
  {
    name: 'orders',
    async run(model, real, { orders, by, twice, death }) {
      const lives = orders.map((data, i) => lifeOf(data, numberOf(model, i), model.now));
      for (const { order } of lives) model.order(order);
      const events = lives.flatMap((life) => life.events);
      model.held.push(...events.filter(({ isHeld }) => isHeld));
      const now = events.filter(({ isHeld }) => !isHeld);
      await tell(model, real, shuffled(twice ? [...now, ...now] : now, by), death);
    },
  };

const numberOf = (model: Model, i: number): string => `O${String(model.lines.size + i + 1).padStart(3, '0')}`;

/** Orders of the last three days, with most of what has happened to them. */
export const placeCommand = commandOf(
  placeAct,
  fc.record({
    orders: fc.array(orderArb, { minLength: 1, maxLength: 4 }),
    by: fc.nat(1000),
    twice: fc.nat(5).map((n) => n === 0),
    death: deathArb,
  }),
);

/** What was held back is reported, all of it or a part, beside repetitions of what is known. */
export const tellHeldCommand = commandOf(
  {
    name: 'late reports',
    may: ({ held }) => held.length > 0,
    async run(model, real, { by, count, repeat, death }) {
      const all = shuffled(model.held, by);
      const told = all.slice(0, count);
      model.held = all.slice(count);
      const known = shuffled(model.heard(), by).slice(0, repeat);
      await tell(model, real, shuffled([...told, ...known], by + 1), death);
    },
  },
  fc.record({ by: fc.nat(1000), count: fc.integer({ min: 1, max: 12 }), repeat: fc.nat(3), death: deathArb }),
);

/** Refunds of any lines, in parts, of all, of more than all; now and then a late cancellation. */
export const refundCommand = commandOf(
  {
    name: 'refunds',
    may: (model) => model.placed.length > 0,
    async run(model, real, { refunds, death }) {
      const events = refunds.map(({ line, tiny, permille, minutesAgo, cancels }, i): HeldEvent => {
        const { order } = refundable(model, line);
        const refund = cancels
          ? NOTHING
          : tiny !== null
            ? { amount: tiny, pieces: 0 }
            : refundOf(order.placed, permille);
        const id = `${order.orderNo}/${model.now}/${i}`;
        const kind = cancels ? 'CANCELLED' : 'REFUNDED';
        return {
          orderNo: order.orderNo,
          event: { id, kind, at: model.now - minutesAgo * MINUTE, ...refund },
        };
      });
      await tell(model, real, events, death);
    },
  },
  fc.record({
    refunds: fc.array(
      fc.record({
        line: fc.nat(1000),
        // A few minor units lose one payee a unit and not another, and may give a third one more.
        tiny: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, fc.bigInt(1n, 30n)),
        permille: fc.oneof(fc.nat(999), fc.constant(1000), fc.integer({ min: 1001, max: 2000 })),
        // Now and then it was before the goods were sent.
        minutesAgo: fc.oneof({ weight: 3, arbitrary: fc.nat(300) }, fc.nat(4300)),
        cancels: fc.nat(9).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    death: deathArb,
  }),
);

/** A line to refund, rather one that is settled. */
function refundable(model: Model, pick: number) {
  const settled = model.placed.filter((line) => line.settled);
  return pickOf(settled.length > 0 && pick % 4 > 0 ? settled : model.placed, pick >> 2);
}
