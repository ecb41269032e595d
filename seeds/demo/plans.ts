import { createPlan } from '../../src/features/plan/index.ts';
import { plans } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** The plans of all brands, which fill the pool. */
export async function seedPlans(seeding: Seeding): Promise<void> {
  await forEachItem(seeding, 'Plans', plans, (plan) => {
    const { key, kind, brand, product, title, commissionBp, creators, sinceDays } = plan;
    const opensAt = ago(seeding, sinceDays);
    const productId = product === null ? null : demoId(product);
    const offer = { kind, title, commissionBp, creatorIds: creators.map(demoId), opensAt };
    return createPlan(seeding.tx, { id: demoId(key), brandId: demoId(brand), productId, ...offer }, opensAt);
  });
}
