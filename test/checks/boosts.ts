import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { buyBoost, chargeBoosts } from '../../src/features/boost/index.ts';
import { moveEscrow } from '../../src/features/settlement/index.ts';

const NOW = new Date('2011-02-01T00:00:00Z');
const ENDS = new Date('2011-03-01T00:00:00Z');

/** A running boost of a product of the replay, of which something is spent. */
export async function makeBoost(database: Database): Promise<void> {
  const [line] = await database.rows(sql<{ brandId: string; productId: string; currency: string }>`
    select brand_id as "brandId", product_id as "productId", currency from order_line where order_no = '536366'`);
  const { brandId = '', productId = '', currency = '' } = line ?? {};
  const money = { kind: 'DEPOSIT', amountMinor: 1_000_000n, currency, reference: 'for boosts' } as const;
  await database.transaction((tx) => moveEscrow(tx, { ...money, brand: { id: brandId, currency } }, NOW));
  await database.transaction(async (tx) => {
    const wish = { payerId: brandId, productId, budgetMinor: 1_000n, bidMinor: 10n, currency };
    const times = { startsAt: NOW, endsAt: ENDS, fromHour: 0, untilHour: 24 };
    const boostId = await buyBoost(tx, { ...wish, ...times }, NOW);
    const shown = { boostId, eventId: 'shown', exposures: 2_000, priceMinor: 10n, shownAt: NOW };
    await chargeBoosts(tx, [shown], NOW);
  });
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_BOOSTS: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'a boost has spent what nobody charged',
    'update boost set spent_minor = spent_minor + 1',
    ['boosts-spend-what-they-are-charged'],
  ],
  [
    'a boost has a budget that was not put aside',
    'update boost set budget_minor = budget_minor + 1',
    ['boost-budgets-are-put-aside'],
  ],
];
