import { allotDay, reportExposures } from '../../src/features/traffic/index.ts';
import { createRandom, seedOf } from '../random.ts';
import { products } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, type Seeding } from './seeding.ts';

const DAYS = 6;

/** What shops have shown over the last days, and the exposure that was allotted for yesterday and today. */
export async function seedExposure(seeding: Seeding): Promise<void> {
  const { tx, within, now } = seeding;
  const random = createRandom(seedOf('exposure'));
  const listed = products.filter(({ state }) => state === 'LISTED');
  for (let days = DAYS; days >= 1; days--) {
    const shownAt = ago(seeding, days);
    const shown = listed.map(({ key }) => ({ productId: demoId(key), count: random.int(50, 400), shownAt }));
    await reportExposures(tx, shown);
  }
  await allotDay(within, ago(seeding, 1));
  await allotDay(within, now);
}
