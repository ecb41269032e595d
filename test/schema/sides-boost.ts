import { buyBoost, chargeBoosts } from '../../src/features/boost/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { deposit } from '../boost/deposit.ts';
import { EARLY, type MadeProduct, type World } from '../kit/world.ts';

const UNTIL = new Date(EARLY.getTime() + 86_400_000);

/** A boost that the brand has bought for a product in the pool, with a charge. */
export async function makeBoost(world: World, { id: productId, brandId }: MadeProduct) {
  await deposit(world, brandId, 1_000_000n);
  const id = await world.tx(async (tx) => {
    const money = { budgetMinor: 1_000n, bidMinor: 10n, currency: 'CNY' };
    const times = { startsAt: EARLY, endsAt: UNTIL, fromHour: 0, untilHour: 24 };
    const made = await buyBoost(tx, { payerId: brandId, productId, ...money, ...times }, EARLY);
    const shown = { boostId: made, eventId: 'shown', exposures: 1_000, priceMinor: 10n, shownAt: EARLY };
    await chargeBoosts(tx, [shown], EARLY);
    return made;
  });
  return { Boost: toGlobalId('Boost', id) };
}
