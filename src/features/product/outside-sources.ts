import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { ProductSource } from './product.entity.ts';

/** SQL: whether an outside shop is closed at a moment (domain.md, "Products and the pool"). */
export const isClosedSource = (source: RawBuilder<unknown>, at: Date) => sql<boolean>`exists (
  select from outside_closing c where c.source = ${source} and tstzrange(c.valid_from, c.valid_to) @> ${at}::timestamptz)`;

/**
 * Refuses to list a product of an outside shop that the operator has closed. A closing that is just being made is waited
 * for, and one that comes later waits for the transaction of the caller and finds what was listed.
 */
export async function refuseClosedSource(
  tx: Sql,
  source: ProductSource,
  now: Date,
  path: readonly string[],
): Promise<void> {
  if (source === 'OWN_SHOP') return;
  await tx.rows(sql`select from alliance for share`);
  const [row] = await tx.rows(
    sql<{ closed: boolean }>`select ${isClosedSource(sql`${source}`, now)} as closed`,
  );
  if (row?.closed !== true) return;
  const message = `The operator has closed the outside shop ${source}: its products are not listed.`;
  throw wrongState(path, 'SOURCE_CLOSED', message);
}
