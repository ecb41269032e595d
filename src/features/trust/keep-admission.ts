import { sql } from 'kysely';
import type { Database, Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { type ScoreFigures, scoreOf } from './score.ts';
import { type TrustPolicyRow, trustRulesAt } from './trust-policy.ts';

/** Brands or products that are moved by one transaction. */
const AT_ONCE = 1000;
const DAY_MS = 86_400_000;

/** A brand or a product whose standing changes, with what it was judged by. */
interface Moved extends ScoreFigures {
  readonly id: string;
  readonly brandId: string;
  readonly restricted: boolean;
}

/**
 * Lets brands and products whose score has fallen below the rules of admission have no new plans (RESTRICTED), and lets those whose
 * score is high enough again, or who have too few lines to be judged by, have them as before. The shop score of a brand, and the same
 * score of the lines of each of its products. What is running goes on. Several processes may do it at once.
 */
export async function keepAdmission(database: Database, now: Date): Promise<void> {
  const rules = await trustRulesAt(database, now);
  const since = new Date(now.getTime() - rules.scoreWindowDays * DAY_MS);
  await move(database, 'brand', await readBrands(database, rules), rules, now);
  await move(database, 'product', await readProducts(database, since, now), rules, now);
}

const isBelow = (rules: TrustPolicyRow, figures: ScoreFigures): boolean =>
  figures.received >= rules.restrictionLines && scoreOf('BRAND', figures) < rules.restrictionScore;

/** Brands that have sold enough to be judged, and those that are restricted. */
const readBrands = (db: Sql, { restrictionLines }: TrustPolicyRow): Promise<Moved[]> =>
  db.rows(sql<Moved>`
    select b.id, b.id as "brandId", b.restricted, coalesce(s.placed, 0) as placed, coalesce(s.received, 0) as received,
      coalesce(s.upheld, 0) as upheld, coalesce(s.returned, 0) as returned, coalesce(s.cancelled, 0) as cancelled
    from brand b left join trust_score s on s.party_id = b.id
    where b.restricted or s.received >= ${restrictionLines} order by b.id`);

/** Products with lines in the window, and those that are restricted. */
const readProducts = (db: Sql, since: Date, now: Date): Promise<Moved[]> =>
  db.rows(sql<Moved>`
    with claimed as materialized (
      select brand_id, line_id, bool_or(decided_at > ${since}) as counts from trust_claim
      where state = 'UPHELD' and decided_at <= ${now} group by 1, 2),
    sold as (
      select l.product_id, count(*) filter (where l.placed_at > ${since})::int as placed,
        (count(*) filter (where l.placed_at > ${since} and l.received_at is not null and l.state = 'RECEIVED'))::int as received,
        (count(*) filter (where l.placed_at > ${since} and l.state = 'RECEIVED' and c.line_id is null
          and (l.refund_reported_minor > 0 or l.refund_reported_quantity > 0 or l.cancelled_at is not null)))::int as returned,
        (count(*) filter (where l.placed_at > ${since} and l.state = 'CANCELLED'))::int as cancelled,
        (count(*) filter (where c.counts))::int as upheld
      from order_line l left join claimed c on c.brand_id = l.brand_id and c.line_id = l.id
      where l.placed_at <= ${now} and (l.placed_at > ${since} or c.counts) group by 1)
    select p.id, p.brand_id as "brandId", p.restricted, coalesce(s.placed, 0) as placed, coalesce(s.received, 0) as received,
      coalesce(s.upheld, 0) as upheld, coalesce(s.returned, 0) as returned, coalesce(s.cancelled, 0) as cancelled
    from product p left join sold s on s.product_id = p.id
    where p.restricted or s.received > 0 order by p.id`);

type Judged = 'brand' | 'product';
const SUBJECTS = { brand: 'Brand', product: 'Product' } as const;
const TOLD = {
  brand: ['BRAND_RESTRICTION_LIFTED', 'BRAND_RESTRICTED'],
  product: ['PRODUCT_RESTRICTION_LIFTED', 'PRODUCT_RESTRICTED'],
} as const;

async function move(
  database: Database,
  what: Judged,
  all: readonly Moved[],
  rules: TrustPolicyRow,
  now: Date,
): Promise<void> {
  const moved = all.filter((it) => isBelow(rules, it) !== it.restricted);
  for (let i = 0; i < moved.length; i += AT_ONCE)
    await database.transaction((tx) => moveSome(tx, what, moved.slice(i, i + AT_ONCE), now));
}

async function moveSome(tx: Tx, what: Judged, some: readonly Moved[], now: Date): Promise<void> {
  // Another process may have moved them meanwhile: each is told once.
  const rows = await tx.rows(sql<{ id: string }>`
    update ${sql.table(what)} t set restricted = not v.restricted
    from unnest(${some.map(({ id }) => id)}::uuid[], ${some.map(({ restricted }) => restricted)}::boolean[]) v (id, restricted)
    where t.id = v.id and t.restricted = v.restricted returning t.id`);
  const written = new Set(rows.map(({ id }) => id));
  const news = some.filter(({ id }) => written.has(id));
  await announce(
    tx,
    news.map(({ id, brandId, restricted, received, upheld, returned, cancelled, placed }) => ({
      kind: TOLD[what][restricted ? 0 : 1],
      subject: { type: SUBJECTS[what], id },
      to: [brandId],
      data: {
        score: scoreOf('BRAND', { placed, received, upheld, returned, cancelled }),
        ...{ received, upheld, returned, cancelled },
      },
    })),
    now,
  );
}
