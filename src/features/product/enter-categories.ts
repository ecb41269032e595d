import type { Tx } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import { CategoryRow } from './product.entity.ts';

export interface NewCategory {
  readonly id?: string;
  readonly slug: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Days from receipt until due; the alliance's default when left out. */
  readonly holdingDays?: number;
  readonly children?: readonly NewCategory[];
}

/** Enters a tree of categories; gives the id of each slug. */
export async function enterCategories(tx: Tx, tree: readonly NewCategory[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const enter = (category: NewCategory, above: readonly string[]): void => {
    const id = category.id ?? newId();
    ids.set(category.slug, id);
    const { slug, nameZh, nameEn } = category;
    const path = [...above, id];
    tx.em.create(CategoryRow, {
      id,
      parentId: above.at(-1) ?? null,
      level: path.length,
      path,
      slug,
      nameZh,
      nameEn,
      holdingDays: category.holdingDays ?? null,
    });
    for (const child of category.children ?? []) enter(child, path);
  };
  for (const top of tree) enter(top, []);
  await tx.em.flush();
  return ids;
}
