import { buyBoost, chargeBoosts, postBoostSpend } from '../../src/features/boost/index.ts';
import { type BoostSeed, boosts } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** Exposure that was bought, and what it has cost up to now. */
export async function seedBoosts(seeding: Seeding): Promise<void> {
  await forEachItem(seeding, 'Boosts', boosts, (boost) => runBoost(seeding, boost));
  await postBoostSpend(seeding.within, seeding.now);
}

async function runBoost(seeding: Seeding, boost: BoostSeed): Promise<void> {
  const { key, payer, product, boughtDays, lasts, budgetMinor, bidMinor, shownDaily, priceMinor } = boost;
  const bought = ago(seeding, boughtDays);
  const sides = { id: demoId(key), payerId: demoId(payer), productId: demoId(product) };
  const times = { startsAt: bought, endsAt: ago(seeding, boughtDays - lasts), fromHour: 0, untilHour: 24 };
  await buyBoost(seeding.tx, { ...sides, budgetMinor, bidMinor, currency: 'CNY', ...times }, bought);
  for (let day = 1; day < Math.min(boughtDays, lasts); day++) {
    const shownAt = ago(seeding, boughtDays - day);
    const shown = { eventId: `day ${day}`, exposures: shownDaily, priceMinor, shownAt };
    await chargeBoosts(seeding.tx, [{ boostId: sides.id, ...shown }], shownAt);
  }
}
