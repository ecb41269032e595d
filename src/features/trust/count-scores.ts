import { type RawBuilder, sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { type ScoredKind, type ScoreFigures, scoreOf } from './score.ts';
import { trustRulesAt } from './trust-policy.ts';

type Counted = ScoreFigures & { readonly partyId: string; readonly kind: ScoredKind };

/** Scores that are written by one statement. */
const AT_ONCE = 5000;

/**
 * Counts the figures of all brands and creators of the window anew, and works their scores out by the rule; whoever
 * has sold nothing in it any more begins again with a full score. One statement reads all figures.
 */
export async function countScores(database: Database, now: Date): Promise<number> {
  const { scoreWindowDays } = await trustRulesAt(database, now);
  const counted = await readFigures(database, new Date(now.getTime() - scoreWindowDays * 86_400_000), now);
  for (let i = 0; i < counted.length; i += AT_ONCE)
    await writeScores(database, counted.slice(i, i + AT_ONCE), scoreWindowDays, now);
  return counted.length;
}

/**
 * SQL: what scores are counted from, of a window: the lines that were placed in it, and the lines on which a claim was upheld
 * in it, whenever they were placed.
 */
export const judgedLines = (since: Date, now: Date): RawBuilder<unknown> => sql`
  claimed as materialized (
    select distinct brand_id, line_id, product_id, creator_id from trust_claim
    where state = 'UPHELD' and decided_at > ${since} and decided_at <= ${now}),
  line as (
    select l.brand_id, l.product_id, l.creator_id, l.received_at is not null and l.state = 'RECEIVED' as received,
      l.state = 'CANCELLED' as cancelled,
      l.state = 'RECEIVED' and (l.refund_reported_minor > 0 or l.refund_reported_quantity > 0 or l.cancelled_at is not null)
        and not exists (select from trust_claim c
          where c.brand_id = l.brand_id and c.line_id = l.id and c.state = 'UPHELD') as returned
    from order_line l where l.placed_at > ${since} and l.placed_at <= ${now})`;

/** SQL: the figures of such lines, but for the claims. */
export const LINE_FIGURES = sql`count(*)::int as placed, (count(*) filter (where received))::int as received,
  (count(*) filter (where returned))::int as returned, (count(*) filter (where cancelled))::int as cancelled`;

/** SQL: all figures, of those that `f` counts and of claims that `u` counts; none where there are none. */
export const FIGURES_OR_NONE = sql`coalesce(f.placed, 0) as placed, coalesce(f.received, 0) as received,
  coalesce(f.returned, 0) as returned, coalesce(f.cancelled, 0) as cancelled, coalesce(u.upheld, 0) as upheld`;

const readFigures = (db: Sql, since: Date, now: Date): Promise<Counted[]> =>
  db.rows(sql<Counted>`
    with ${judgedLines(since, now)},
    figure as (
      select coalesce(creator_id, brand_id) as party_id, ${LINE_FIGURES}
      from line group by grouping sets ((brand_id), (creator_id)) having coalesce(creator_id, brand_id) is not null),
    upheld as (
      select coalesce(creator_id, brand_id) as party_id, count(*)::int as upheld
      from claimed group by grouping sets ((brand_id), (creator_id)) having coalesce(creator_id, brand_id) is not null)
    select p.id as "partyId", p.kind, ${FIGURES_OR_NONE}
    from (select party_id from figure union select party_id from upheld union select party_id from trust_score) k
    join party p on p.id = k.party_id
    left join figure f on f.party_id = k.party_id left join upheld u on u.party_id = k.party_id
    order by p.id`);

const writeScores = (db: Sql, counted: readonly Counted[], windowDays: number, now: Date): Promise<unknown> =>
  db.rows(sql`
    insert into trust_score (party_id, placed, received, upheld, returned, cancelled, score, window_days, counted_at)
    select v.*, ${windowDays}::int, ${now}::timestamptz from unnest(
      ${counted.map(({ partyId }) => partyId)}::uuid[], ${counted.map(({ placed }) => placed)}::int[],
      ${counted.map(({ received }) => received)}::int[], ${counted.map(({ upheld }) => upheld)}::int[],
      ${counted.map(({ returned }) => returned)}::int[], ${counted.map(({ cancelled }) => cancelled)}::int[],
      ${counted.map((figures) => scoreOf(figures.kind, figures))}::int[]) v
    on conflict (party_id) do update set placed = excluded.placed, received = excluded.received,
      upheld = excluded.upheld, returned = excluded.returned, cancelled = excluded.cancelled, score = excluded.score,
      window_days = excluded.window_days, counted_at = excluded.counted_at`);
