import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { Refusal, unknown } from '../../graphql/user-errors.ts';
import { notAfter } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { MAX_AMOUNT_MINOR, toDecimal } from '../../kernel/money.ts';
import { refuseBlocked, refusePenalised } from '../account/index.ts';
import { openLedger } from '../ledger/index.ts';
import { availableMinor } from '../payout/index.ts';
import { funding, purseOf, putAside } from './move-boosts.ts';

/** Exposure that a brand or a creator wants to buy for a product. Amounts in minor units of the brand's currency. */
interface BoostWish {
  readonly id?: string;
  readonly payerId: string;
  readonly productId: string;
  readonly budgetMinor: bigint;
  /** The most that a thousand exposures may cost. */
  readonly bidMinor: bigint;
  /** ISO 4217: asked for, so that nobody takes one currency for another. */
  readonly currency: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** The hours of the alliance's day in which it is shown: 0 and 24 for all of it; 20 and 2 over midnight. */
  readonly fromHour: number;
  readonly untilHour: number;
}

interface Goods {
  readonly brandId: string;
  readonly currency: string;
  readonly payerKind: 'BRAND' | 'CREATOR';
}

const LONGEST_MS = 90 * 86_400_000;
const PATH = ['input', 'productId'];

/**
 * Buys a boost and puts its budget aside: out of the escrow of a brand, or of what a creator may be paid out. A brand boosts
 * what it sells, a creator what is in its showcase; either only what is in the pool. Gives the id of the boost.
 */
export async function buyBoost(tx: Sql, wish: BoostWish, now: Date): Promise<string> {
  const { id = newId(), payerId, productId, budgetMinor, currency } = wish;
  const { brandId, payerKind, ...goods } = await goodsOf(tx, wish);
  check(wish, goods.currency, now);
  await refusePenalised(tx, payerId, now, ['input', 'payerId']);
  if (payerKind === 'CREATOR') await refuseBlocked(tx, brandId, payerId, now, PATH);
  await tx.rows(sql`
    insert into boost (id, payer_id, payer_kind, product_id, brand_id, currency, budget_minor, bid_minor, starts_at, ends_at,
      from_hour, until_hour, state, created_at)
    values (${id}, ${payerId}, ${payerKind}, ${productId}, ${brandId}, ${currency}, ${budgetMinor}, ${wish.bidMinor},
      ${wish.startsAt}, ${wish.endsAt}, ${wish.fromHour}, ${wish.untilHour}, 'ACTIVE', ${now})`);
  const payer = { payerId, payerKind, currency };
  const owed = { partyId: payerId, currency, kind: 'RECEIVABLE' as const };
  const ledger = await openLedger(tx, [purseOf(payer), putAside(payer), owed]);
  const payableMinor = ledger.balanceMinor(purseOf(payer));
  refuseMoreThan(availableMinor({ payableMinor, receivableMinor: ledger.balanceMinor(owed) }), wish);
  await ledger.post([funding({ id, budgetMinor, ...payer }, now)], now);
  return id;
}

async function goodsOf(tx: Sql, { payerId, productId }: BoostWish): Promise<Goods> {
  const [goods] = await tx.rows(sql<Goods>`
    select e.brand_id as "brandId", b.currency,
      case when e.brand_id = ${payerId}::uuid then 'BRAND' else 'CREATOR' end as "payerKind"
    from pool_entry e join brand b on b.id = e.brand_id
    where e.product_id = ${productId} and (e.brand_id = ${payerId}::uuid or exists (select from showcase_item i
      where i.creator_id = ${payerId}::uuid and i.product_id = e.product_id and i.removed_at is null))`);
  if (goods === undefined) throw unknown(PATH, 'product in the pool that is yours to boost');
  return goods;
}

function check(wish: BoostWish, currency: string, now: Date): void {
  const { budgetMinor, bidMinor, startsAt, endsAt, fromHour, untilHour } = wish;
  const isAmount = (amount: bigint) => amount > 0n && amount <= MAX_AMOUNT_MINOR;
  const lasts = endsAt.getTime() - startsAt.getTime();
  const begins = notAfter(now, startsAt);
  const isHour =
    fromHour >= 0 && fromHour <= 23 && untilHour >= 1 && untilHour <= 24 && fromHour !== untilHour;
  new Checks()
    .that(isAmount(budgetMinor), 'budgetMinor', 'A budget is above 0, in minor units.')
    .that(isAmount(bidMinor), 'bidMinor', 'A bid is above 0, in minor units, for a thousand exposures.')
    .that(wish.currency === currency, 'currency', `The currency of this brand is ${currency}.`)
    .that(begins, 'startsAt', 'A boost does not begin in the past.')
    .that(lasts > 0 && lasts <= LONGEST_MS, 'endsAt', 'A boost ends after it begins, within 90 days.')
    .that(isHour, 'fromHour', 'From an hour 0 to 23 until another, 1 to 24; 0 and 24 for all of the day.')
    .done();
}

function refuseMoreThan(availableMinor: bigint, { budgetMinor, currency }: BoostWish): void {
  if (budgetMinor <= availableMinor) return;
  const message = `The balance allows a budget of ${toDecimal(availableMinor, currency)} ${currency} at most.`;
  const path = ['input', 'budgetMinor'];
  throw new Refusal([{ __typename: 'BoostAboveBalance', message, path, availableMinor, currency }]);
}
