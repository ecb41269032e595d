import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type Announcement, announce, type EventKind } from '../../db/outbox.ts';
import { toGlobalId } from '../../kernel/ids.ts';
import { type LineChange, stateOf } from '../order/index.ts';

/** Tells what has happened to lines: those who are paid from them, and who else may see them. Two statements for all. */
export function tellLines(tx: Sql, changes: readonly LineChange[], now: Date): Promise<void> {
  return tell(tx, changes, newsOf, now);
}

/** Tells that lines are credited to somebody after all, to the same. */
export const tellCredited = (tx: Sql, changes: readonly LineChange[], now: Date): Promise<void> =>
  tell(
    tx,
    changes,
    ({ line }) => [
      { kind: 'ORDER_LINE_CREDITED', data: { creatorId: toGlobalId('Creator', line.creatorId ?? '') } },
    ],
    now,
  );

async function tell(
  tx: Sql,
  changes: readonly LineChange[],
  toNews: (change: LineChange) => News[],
  now: Date,
): Promise<void> {
  const news = changes.map(toNews);
  const told = changes.filter((_, i) => (news[i]?.length ?? 0) > 0);
  const concerned = await readConcerned(tx, told, now);
  const announcements = changes.flatMap(({ line }, i) =>
    (news[i] ?? []).map(({ kind, data }): Announcement => {
      const { id, brandId, orderNo, lineNo } = line;
      const to = concerned.get(id) ?? [brandId];
      return { kind, subject: { type: 'OrderLine', id, brandId }, to, data: { orderNo, lineNo, ...data } };
    }),
  );
  await announce(tx, announcements, now);
}

interface News {
  readonly kind: EventKind;
  readonly data: Announcement['data'];
}

const MOMENTS = [
  ['ORDER_LINE_PAID', 'paidAt'],
  ['ORDER_LINE_SHIPPED', 'shippedAt'],
  ['ORDER_LINE_RECEIVED', 'receivedAt'],
  ['ORDER_LINE_CANCELLED', 'cancelledAt'],
] as const;

/**
 * What is new about a line, in the order of its life. What was reported again with an earlier time is not, unless the line
 * is in another state by it: called off before shipping after all, or not.
 */
function newsOf({ line, before, placed }: LineChange): News[] {
  const news: News[] = [];
  const isOther = placed === undefined && stateOf(before) !== line.state;
  if (placed !== undefined) {
    const { quantity, placedAt } = line;
    news.push({ kind: 'ORDER_LINE_PLACED', data: { occurredAt: placedAt.toISOString(), quantity } });
  }
  for (const [kind, name] of MOMENTS) {
    const at = line[name];
    const was = before[name];
    if (at !== null && (was === null || (isOther && at < was)))
      news.push({ kind, data: { occurredAt: at.toISOString() } });
  }
  if (
    line.refundReportedMinor !== before.refundReportedMinor ||
    line.refundReportedQuantity !== before.refundReportedQuantity
  ) {
    const { refundedMinor, currency } = line;
    news.push({ kind: 'ORDER_LINE_REFUNDED', data: { refundedMinor: String(refundedMinor), currency } });
  }
  return news;
}

/** By line, those who may see it now: the brand, whoever is credited or paid, and managing agencies let in on the orders. */
async function readConcerned(
  tx: Sql,
  changes: readonly LineChange[],
  now: Date,
): Promise<Map<string, string[]>> {
  const lines = changes.map(({ line }) => line).filter(({ creatorId }) => creatorId !== null);
  if (lines.length === 0) return new Map();
  const rows = await tx.rows(sql<{ lineId: string; to: string[] }>`
    select l.line_id as "lineId", array[l.brand_id, l.creator_id]
      || array(select payee_id from waterfall_node n
        where n.brand_id = l.brand_id and n.line_id = l.line_id and n.role <> 'TECHNICAL_FEE')
      || array(select agency_id from contract_terms c where c.creator_id = l.creator_id and 'ORDERS' = any(c.visibility)
        and tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz) as to
    from unnest(
      ${lines.map(({ brandId }) => brandId)}::uuid[],
      ${lines.map(({ id }) => id)}::uuid[],
      ${lines.map(({ creatorId }) => creatorId)}::uuid[]
    ) l (brand_id, line_id, creator_id)`);
  return new Map(rows.map(({ lineId, to }) => [lineId, to]));
}
