import { addToShowcase, createLink } from '../../src/features/promotion/index.ts';
import { showcases } from './content/index.ts';
import { demoId, keyOf, linkCode } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** What each creator shows, and a promotion link for each item, made at the moment of the pick. */
export async function seedPicks(seeding: Seeding): Promise<void> {
  const { tx } = seeding;
  await forEachItem(seeding, 'Showcases', showcases, async (item) => {
    const { creator, product, campaign, pickedDays } = item;
    const at = ago(seeding, pickedDays);
    const enrolmentId = campaign === null ? null : demoId(keyOf.enrolment({ campaign, product }));
    const pick = { creatorId: demoId(creator), productId: demoId(product), enrolmentId };
    await addToShowcase(tx, { id: demoId(keyOf.showcase(item)), ...pick }, at);
    await createLink(tx, { id: demoId(keyOf.link(item)), code: linkCode(item), ...pick }, at);
  });
}
