import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { type MadeProduct, World } from '../kit/world.ts';
import { deposit } from './money.ts';

/** Ten in the morning in Shanghai. */
export const START = '2026-06-16T02:00:00.000Z';
export const clock = new TestClock(START);
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const ESCROW = 100_000n;

export let alliance: TestAlliance;
export let world: World;
export let product: MadeProduct;
export let creatorId: string;
export let callers: Record<'brand' | 'creator' | 'operator' | 'stranger', Caller>;

export const later = (ms: number): Date => new Date(Date.parse(START) + ms);

/** Opens an alliance; before each test a product in the pool, whose brand has an escrow, in the showcase of a creator. */
export function openBoosts(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
  });
  afterAll(() => alliance.close());
  beforeEach(async () => {
    clock.set(START);
    product = await world.product();
    await world.plan(product);
    creatorId = await world.creator();
    await world.showcase(creatorId, product);
    await deposit(world, product.brandId, ESCROW);
    callers = {
      brand: await alliance.memberOf(product.brandId),
      creator: await alliance.memberOf(creatorId),
      operator: await alliance.memberOf(alliance.id),
      stranger: await alliance.memberOf(await world.brand()),
    };
  });
}

export const BOOST = `id state budget { minorUnits } spent { minorUnits } rest { minorUnits } bid { amount } exposures
  startsAt endsAt fromHour untilHour endedBecause`;

/** What a boost of a day costs at most 10.00 for a thousand exposures, with 100.00 to spend. */
export const wish = (more: object = {}) => ({
  payerId: toGlobalId('Brand', product.brandId),
  productId: toGlobalId('Product', product.id),
  budgetMinor: '10000',
  bidMinor: '1000',
  currency: 'CNY',
  startsAt: START,
  endsAt: later(DAY_MS).toISOString(),
  ...more,
});
export const byCreator = (more: object = {}) =>
  wish({ payerId: toGlobalId('Creator', creatorId), budgetMinor: '1000', ...more });

export const buy = (caller: Caller, input: object = wish()) => act(caller, 'boostBuy', input, BOOST);
export const move = (caller: Caller, what: 'Pause' | 'Resume' | 'Stop', boostId: string) =>
  act(caller, `boost${what}`, { boostId }, BOOST);

/** A charge of a boost: a thousand exposures at 10.00 just now. */
export const charge = (boostId: string, eventId: string, more: object = {}) => ({
  boostId,
  eventId,
  exposures: 1000,
  priceMinor: '1000',
  shownAt: clock.now().toISOString(),
  ...more,
});

/** Reports charges; gives what became of each. */
export async function report(charges: readonly object[], caller = callers.operator): Promise<string[]> {
  const fields = 'results { boostId eventId outcome charged { minorUnits } }';
  const { result, refused, code } = await act(caller, 'boostChargesReport', { charges }, fields);
  if (result === null) return [code ?? refused.join(' ')];
  const named = ({ boostId, eventId }: Json) => [boostId, eventId];
  expect(result.results.map(named)).toEqual(charges.map(named));
  return result.results.map(({ outcome, charged }: Json) => `${outcome} ${charged?.minorUnits ?? ''}`.trim());
}

/** What a caller sees of a boost; null where there is none for it. */
export async function seen(caller: Caller, id: string, fields = BOOST): Promise<Json> {
  const { data } = await caller.query(`query ($id: ID!) { node(id: $id) { ... on Boost { ${fields} } } }`, {
    id,
  });
  return data.node;
}

/** The balance of an account of a party, in minor units. */
export async function balance(partyId: string, kind: string): Promise<bigint> {
  const [row] = await alliance.database.rows(sql<{ minor: bigint }>`
    select balance_minor as minor from ledger_account where party_id = ${partyId} and kind = ${kind}`);
  return row?.minor ?? 0n;
}

/** What `alliance verify` finds of ledger and boosts. */
export async function problems(): Promise<string[]> {
  const { failures } = await verify(alliance.database);
  return failures.filter(({ check }) => /^(balances|histories|accounts|boost)/.test(check)).map(String);
}
