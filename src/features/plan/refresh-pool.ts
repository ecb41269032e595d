import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { share } from '../../kernel/money.ts';
import { isClosedSource, vocabularyOf, wordsOf } from '../product/index.ts';

/** What a product is found by and sorted by, read from where it is owned. */
interface Listing {
  readonly productId: string;
  readonly texts: string[];
  readonly priceMinor: bigint;
  readonly commissionBp: number;
  readonly freshUntil: Date | null;
}

/**
 * Writes the pool's entries of products anew. A product stands in the pool while it is LISTED, has a SKU, and an
 * OPEN plan is in force, and its outside shop is not closed; the entry says until when it is true. To be called in the
 * transaction of each change.
 */
export async function refreshPool(db: Sql, productIds: readonly string[], now: Date): Promise<void> {
  const listings = await readListings(db, productIds, now);
  const kept = listings.map(({ productId }) => productId);
  const gone = productIds.filter((id) => !kept.includes(id));
  if (gone.length > 0) await db.rows(sql`delete from pool_entry where product_id = any(${gone}::uuid[])`);
  if (listings.length === 0) return;
  const tokens = listings.map(({ texts }) => wordsOf(texts.join(' ')));
  await writeEntries(db, listings, tokens);
  await learnWords(db, listings);
}

/** Brings entries up to date whose time is over, and those of plans that have just opened. Gives how many. */
export async function refreshDuePool(db: Sql, now: Date): Promise<number> {
  const rows = await db.rows(sql<{ productId: string }>`
    select product_id as "productId" from pool_entry where fresh_until <= ${now}
    union
    select p.product_id from plan p join product r on r.id = p.product_id
    where p.kind = 'OPEN' and r.state = 'LISTED' and p.opens_at between ${now}::timestamptz - interval '1 day' and ${now}
      and (p.closes_at is null or p.closes_at > ${now})
      and not exists (select from pool_entry e where e.product_id = p.product_id)`);
  const ids = rows.map(({ productId }) => productId);
  if (ids.length > 0) await refreshPool(db, ids, now);
  return ids.length;
}

/** Counts the sales of the last 30 days anew. */
export async function refreshSales(db: Sql, now: Date): Promise<void> {
  await db.rows(sql`
    update pool_entry e set sales = s.sales
    from (select p.product_id, coalesce(sum(l.quantity) filter (where l.state <> 'CANCELLED'), 0)::bigint as sales
      from pool_entry p
      left join order_line l on l.product_id = p.product_id and l.brand_id = p.brand_id
        and l.placed_at > ${now}::timestamptz - interval '30 days'
      group by p.product_id) s
    where s.product_id = e.product_id and e.sales is distinct from s.sales`);
}

function readListings(db: Sql, productIds: readonly string[], now: Date): Promise<Listing[]> {
  return db.rows(sql<Listing>`
    select p.id as "productId", s.price_minor as "priceMinor", t.commission_bp as "commissionBp",
      array[p.title, b.name, c.name_zh, c.name_en, c2.name_zh, c2.name_en, c1.name_zh, c1.name_en] as texts,
      least(t.valid_to, n.closes_at) as "freshUntil"
    from product p
    join party b on b.id = p.brand_id
    join category c on c.id = p.category_id
    join category c2 on c2.id = c.path[2]
    join category c1 on c1.id = c.path[1]
    join plan n on n.product_id = p.id and n.kind = 'OPEN' and tstzrange(n.opens_at, n.closes_at) @> ${now}::timestamptz
    join plan_terms t on t.plan_id = n.id and tstzrange(t.valid_from, t.valid_to) @> ${now}::timestamptz
    cross join lateral (select min(price_minor) as price_minor from sku where product_id = p.id) s
    where p.id = any(${productIds}::uuid[]) and p.state = 'LISTED' and s.price_minor is not null
      and (p.source = 'OWN_SHOP' or not ${isClosedSource(sql`p.source`, now)})
    order by p.id`);
}

async function writeEntries(
  db: Sql,
  listings: readonly Listing[],
  tokens: readonly string[][],
): Promise<void> {
  await db.rows(sql`
    insert into pool_entry (product_id, brand_id, category_path, belt_id, source, tokens, price_minor, currency,
      commission_bp, commission_minor, listed_at, fresh_until, trust_buy, protections, source_kind)
    select p.id, p.brand_id, c.path, b.belt_id, p.source,
      array_to_tsvector(array(select jsonb_array_elements_text(e.tokens))), e.price, b.currency,
      e.bp, e.commission, p.listed_at, e.fresh_until, v.trust_buy, v.kinds, y.kind
    from unnest(
      ${listings.map(({ productId }) => productId)}::uuid[],
      ${tokens.map((words) => JSON.stringify(words))}::jsonb[],
      ${listings.map(({ priceMinor }) => priceMinor)}::bigint[],
      ${listings.map(({ commissionBp }) => commissionBp)}::int[],
      ${listings.map(({ priceMinor, commissionBp }) => share(priceMinor, commissionBp))}::bigint[],
      ${listings.map(({ freshUntil }) => freshUntil)}::timestamptz[]
    ) e (id, tokens, price, bp, commission, fresh_until)
    join product p on p.id = e.id join brand b on b.id = p.brand_id join category c on c.id = p.category_id
    join product_cover v on v.product_id = p.id
    left join source_story y on y.product_id = p.id and y.state = 'VERIFIED'
    on conflict (product_id) do update set category_path = excluded.category_path, belt_id = excluded.belt_id,
      source = excluded.source, tokens = excluded.tokens, price_minor = excluded.price_minor,
      commission_bp = excluded.commission_bp, commission_minor = excluded.commission_minor,
      listed_at = excluded.listed_at,
      fresh_until = excluded.fresh_until, trust_buy = excluded.trust_buy, protections = excluded.protections,
      source_kind = excluded.source_kind`);
}

/** Remembers the Latin words of the pool, so that a word with a slip finds its likeliest neighbours. */
async function learnWords(db: Sql, listings: readonly Listing[]): Promise<void> {
  const words = [...new Set(listings.flatMap(({ texts }) => vocabularyOf(texts.join(' '))))].sort();
  if (words.length === 0) return;
  await db.rows(sql`
    insert into search_word (word) select unnest(${words}::text[])
    on conflict (word) do update set uses = search_word.uses + 1`);
}
