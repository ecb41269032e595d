import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { PROTECTION_KINDS, type ProtectionKind } from '../product/index.ts';
import { markProduct } from './mark-pool.ts';
import { type TrustRules, trustRulesAt } from './trust-policy.ts';

interface Protected {
  readonly brandId: string;
  readonly productId: string;
  /** All that it carries from now on; none at all with an empty list. */
  readonly kinds: readonly ProtectionKind[];
}

/** The categories of the two protections of an industry; the others may be promised of everything. */
const CATEGORIES: Partial<Record<ProtectionKind, 'authenticatedCategoryIds' | 'warrantyCategoryIds'>> = {
  AUTHENTICATED: 'authenticatedCategoryIds',
  WARRANTY_180_DAYS: 'warrantyCategoryIds',
};

/**
 * Puts a new version of what a product carries in force from now. For brands in Trust Buy; what was ordered before keeps
 * the version of its moment. Refused where the category does not fit, and when nothing would change.
 */
export async function setProtections(tx: Sql, { brandId, productId, kinds }: Protected, now: Date) {
  const wanted = PROTECTION_KINDS.filter((kind) => kinds.includes(kind));
  new Checks().that(wanted.length === kinds.length, 'protections', 'Each protection at most once.').done();
  await requireMember(tx, brandId);
  // One row is the product's whatever happens; who waits for it reads the versions as they are after that.
  const [product] = await tx.rows(sql<{ path: string[] }>`
    select c.path from product p join category c on c.id = p.category_id where p.id = ${productId} for no key update of p`);
  requireCategory(wanted, product?.path ?? [], await trustRulesAt(tx, now));
  const [last] = await tx.rows(sql<{ id: string; version: number; kinds: string[]; validFrom: Date }>`
    select id, version, kinds, valid_from as "validFrom" from product_protection
    where product_id = ${productId} and valid_to is null`);
  if (String(last?.kinds ?? []) === String(wanted))
    throw new Refusal([invalid(['input', 'protections'], 'The product carries these already.')]);
  const from = last !== undefined && last.validFrom > now ? last.validFrom : now;
  await tx.rows(sql`update product_protection set valid_to = ${from} where id = ${last?.id ?? null}`);
  await tx.rows(sql`
    insert into product_protection (id, product_id, brand_id, version, kinds, valid_from)
    values (${newId()}, ${productId}, ${brandId}, ${(last?.version ?? 0) + 1}, ${wanted}::text[], ${from})`);
  await markProduct(tx, productId);
  const subject = { type: 'Product', id: productId };
  await announce(tx, [{ kind: 'PROTECTIONS_CHANGED', subject, to: [brandId] }], now);
}

/** The membership cannot end before this is committed. */
async function requireMember(tx: Sql, brandId: string): Promise<void> {
  const [membership] = await tx.rows(sql<{ state: string }>`
    select state from trust_membership
    where brand_id = ${brandId} and state in ('APPLIED', 'MEMBER') for share`);
  if (membership?.state === 'MEMBER') return;
  const message = 'Only products of brands in Trust Buy carry protections.';
  throw wrongState(['input', 'productId'], membership?.state ?? 'NONE', message);
}

function requireCategory(kinds: readonly ProtectionKind[], path: readonly string[], rules: TrustRules): void {
  const errors = kinds.flatMap((kind) => {
    const name = CATEGORIES[kind];
    if (name === undefined || rules[name].some((id) => path.includes(id))) return [];
    return [invalid(['input', 'protections'], `${kind} cannot be promised in the category of this product.`)];
  });
  if (errors.length > 0) throw new Refusal(errors);
}
