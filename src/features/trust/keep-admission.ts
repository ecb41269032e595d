import { sql } from 'kysely';
import type { Database, Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { FIGURES_OR_NONE, judgedLines, LINE_FIGURES } from './count-scores.ts';
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
    with ${judgedLines(since, now)},
    figure as (select product_id, ${LINE_FIGURES} from line group by 1),
    upheld as (select product_id, count(*)::int as upheld from claimed group by 1)
    select p.id, p.brand_id as "brandId", p.restricted, ${FIGURES_OR_NONE}
    from product p left join figure f on f.product_id = p.id left join upheld u on u.product_id = p.id
    where p.restricted or f.received > 0 order by p.id`);

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
