import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { textSaved } from '../account/index.ts';
import type { ProductState } from './product-state.ts';

export interface TextChange {
  readonly productId: string;
  /** Unchanged when null, as is the description. */
  readonly title: string | null;
  readonly description: string | null;
}

/** What is in the pool, or before the review, says what was or is being reviewed. */
const EDITABLE: readonly ProductState[] = ['DRAFT', 'SUSPENDED'];

/** Gives a product another title or description, while it is a DRAFT or SUSPENDED; the text is screened again. */
export async function changeProductText(
  tx: Sql,
  { productId, title, description }: TextChange,
  now: Date,
): Promise<void> {
  new Checks()
    .text(title ?? '-', 'title', 1, 200)
    .text(description ?? '', 'description', 0, 10_000)
    .that(title !== null || description !== null, 'title', 'A title or a description is to change.')
    .done();
  const [product] = await tx.rows(sql<{ state: ProductState }>`
    select state from product where id = ${productId} for no key update`);
  if (product === undefined) throw unknown(['input', 'productId'], 'product');
  if (!EDITABLE.includes(product.state)) {
    const message = `The text of a product changes while it is ${EDITABLE.join(' or ')}.`;
    throw wrongState(['input', 'productId'], product.state, message);
  }
  await tx.rows(sql`
    update product set title = coalesce(${title?.trim() ?? null}, title), description = coalesce(${description}, description)
    where id = ${productId}`);
  await textSaved(tx, { type: 'Product', id: productId }, now);
}
