import { buyBoost, chargeBoosts } from '../../src/features/boost/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { deposit, earn } from '../boost/money.ts';
import { EARLY, type MadeProduct, type World } from '../kit/world.ts';

const UNTIL = new Date(EARLY.getTime() + 86_400_000);

/** A boost that the brand has bought for a product in the pool, with a charge. */
export async function makeBoost(world: World, product: MadeProduct): Promise<string> {
  await deposit(world, product.brandId, 1_000_000n);
  return boostBy(world, product.brandId, product);
}

/** A boost of a brand's, by the fields that name it and who pays. */
export async function boostIds(world: World, brandId: string): Promise<Record<string, string>> {
  const product = await world.product({ brandId });
  await world.plan(product);
  return { boostId: await makeBoost(world, product), payerId: toGlobalId('Brand', brandId) };
}

/** One of the brand, and one of a creator who has the product in the showcase. */
export async function makeBoosts(world: World, sides: { creatorId: string; listed: MadeProduct }) {
  const { creatorId, listed } = sides;
  const ofBrand = await makeBoost(world, listed);
  await earn(world, listed.brandId, creatorId, 1_000n);
  return { 'Boost, of the brand': ofBrand, 'Boost, of the creator': await boostBy(world, creatorId, listed) };
}

async function boostBy(world: World, payerId: string, { id: productId }: MadeProduct): Promise<string> {
  const id = await world.tx(async (tx) => {
    const money = { budgetMinor: 1_000n, bidMinor: 10n, currency: 'CNY' };
    const times = { startsAt: EARLY, endsAt: UNTIL, fromHour: 0, untilHour: 24 };
    const made = await buyBoost(tx, { payerId, productId, ...money, ...times }, EARLY);
    const shown = { boostId: made, eventId: 'shown', exposures: 1_000, priceMinor: 10n, shownAt: EARLY };
    await chargeBoosts(tx, [shown], EARLY);
    return made;
  });
  return toGlobalId('Boost', id);
}
