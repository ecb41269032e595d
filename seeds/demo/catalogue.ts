import {
  createProduct,
  enterCategories,
  moveProduct,
  type NewCategory,
} from '../../src/features/product/index.ts';
import { categories, type ProductSeed, products } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const SUSPENDED_NOTE = '售价与其他渠道不一致，待商家核实后恢复。';
const DELISTED_NOTE = '商家停产，永久下架。';

/** The tree of categories, and all products with their SKUs, each brought to its state by the moves of its life. */
export async function seedCatalogue(seeding: Seeding): Promise<void> {
  await enterCategories(seeding.tx, childrenOf(null));
  await forEachItem(seeding, 'Products', products, async (product) => {
    await enter(seeding, product);
    for (const { to, days, note } of movesOf(product)) {
      // No plan is open yet, so no move touches the pool.
      await moveProduct(seeding.tx, { productId: demoId(product.key), to, note }, ago(seeding, days));
    }
  });
}

const childrenOf = (parent: string | null): NewCategory[] =>
  categories
    .filter((category) => category.parent === parent)
    .map(({ key, slug, nameZh, nameEn }) => ({
      id: demoId(key),
      slug,
      nameZh,
      nameEn,
      children: childrenOf(key),
    }));

function enter(seeding: Seeding, product: ProductSeed): Promise<unknown> {
  const { key, brand, category, title, description, source, sourceUrl, createdDays } = product;
  const skus = product.skus.map((sku) => ({
    id: demoId(sku.key),
    code: sku.code,
    optionName: sku.optionName,
    priceMinor: sku.priceMinor,
    stock: BigInt(sku.stock),
  }));
  return createProduct(
    seeding.tx,
    {
      id: demoId(key),
      brandId: demoId(brand),
      categoryId: demoId(category),
      title,
      description,
      source,
      sourceUrl,
      skus,
    },
    ago(seeding, createdDays),
  );
}

interface Move {
  to: ProductSeed['state'];
  days: number;
  note?: string;
}

/** The moves from DRAFT to the state of the content. */
function movesOf({ state, reviewNote, createdDays, listedDays }: ProductSeed): Move[] {
  const submit: Move = { to: 'IN_REVIEW', days: listedDays ?? createdDays };
  const list: Move = { to: 'LISTED', days: listedDays ?? 0 };
  switch (state) {
    case 'DRAFT':
      return reviewNote === null ? [] : [submit, { to: 'DRAFT', days: 0, note: reviewNote }];
    case 'IN_REVIEW':
      return [submit];
    case 'LISTED':
      return [submit, list];
    case 'SUSPENDED':
      return [submit, list, { to: 'SUSPENDED', days: 0, note: SUSPENDED_NOTE }];
    case 'DELISTED':
      return [submit, list, { to: 'DELISTED', days: 0, note: DELISTED_NOTE }];
  }
}
