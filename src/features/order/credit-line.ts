import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { lockOrderLines } from '../../db/locks.ts';
import { inMonthsOf } from '../../db/months.ts';
import type { Attribution, Evidence, Promotion } from './attribute-line.ts';
import { fillFrozenTerms, freezeAs } from './freeze-terms.ts';
import { NOTHING_YET, takeEvents } from './line-life.ts';
import { type LinePlace, readLines, type StockedLine } from './line-store.ts';
import type { LineChange } from './move-lines.ts';
import { lineKeyOf, type OrderEvent } from './order-event.ts';

/** Why a line cannot be credited. */
export type NotCredited = 'NOT_FOUND' | 'CREDITED' | 'NO_OFFER_IN_FORCE';

/**
 * Credits a line that is credited to nobody to a creator after all, by the terms that were in force for the creator when it was
 * placed. The line is under its lock until the transaction ends. Gives the change, with all that has happened to the line so far,
 * for whoever posts its commission; or why nothing was done.
 */
export async function creditLine(
  tx: Tx,
  place: LinePlace,
  creatorId: string,
): Promise<LineChange | NotCredited> {
  await lockOrderLines(tx, [lineKeyOf({ ...place, source: place.sourceId })]);
  const [line] = (await readLines(tx, [place])).lines;
  if (line === undefined) return 'NOT_FOUND';
  if (line.creatorId !== null) return 'CREDITED';
  const attribution = await claimed(tx, line, creatorId);
  const [terms] = await freezeAs(
    tx,
    [{ ...line, linkCode: null, liveSessionId: null, categoryHoldingDays: null }],
    [attribution],
  );
  if (terms === undefined || terms.creatorId === null) return 'NO_OFFER_IN_FORCE';
  const { steps } = takeEvents(NOTHING_YET, line, await readEvents(tx, line));
  const credited: StockedLine = {
    ...line,
    creatorId,
    attribution: 'CLAIM',
    unattributedReason: null,
    steps: steps.length,
    // Whether it counts for an official event is looked up; it has not counted so far.
    inEvent: true,
  };
  await tx.rows(sql`
    update order_line t set creator_id = ${creatorId}, attribution = 'CLAIM', unattributed_reason = null, steps = ${steps.length}
    where t.brand_id = ${line.brandId} and t.id = ${line.id} and ${inMonthsOf(sql`t.id`, [line.id])}`);
  await fillFrozenTerms(tx, { ...line, terms });
  return { line: credited, before: NOTHING_YET, stepsBefore: 0, steps, placed: terms, shareCode: null };
}

/** The claim as an attribution: by what the creator had in the showcase then, beside what did not count before. */
async function claimed(tx: Tx, line: StockedLine, creatorId: string): Promise<Attribution> {
  const { brandId, id, productId, placedAt } = line;
  const [found] = await tx.rows(sql<{ enrolmentId: string | null; evidence: Evidence }>`
    select f.evidence, (select i.enrolment_id from showcase_item i
      where i.creator_id = ${creatorId} and i.product_id = ${productId} and i.picked_at <= ${placedAt}
        and (i.removed_at is null or i.removed_at > ${placedAt})
      order by i.picked_at desc limit 1) as "enrolmentId"
    from frozen_terms f where f.brand_id = ${brandId} and f.line_id = ${id} and ${inMonthsOf(sql`f.line_id`, [id])}`);
  const promotion: Promotion = { creatorId, enrolmentId: found?.enrolmentId ?? null, creatorPartBp: null };
  const { linkCode = null, liveSessionId = null, passedOver = [] } = found?.evidence ?? {};
  const evidence: Evidence = { method: 'CLAIM', creatorId, linkCode, liveSessionId, passedOver };
  return { promotion, reason: null, evidence };
}

type KeptEvent = Omit<OrderEvent, 'source' | 'placed' | 'refund'> & {
  readonly amount: string | null;
  readonly quantity: string | null;
};

/** All events of a line; of what they say only the refunds. */
async function readEvents(tx: Tx, { brandId, id, orderNo, lineNo }: StockedLine): Promise<OrderEvent[]> {
  const rows = await tx.rows(sql<KeptEvent>`
    select e.event_id as "eventId", e.kind, e.occurred_at as "occurredAt", e.content #>> '{refund,amountMinor}' as amount,
      e.content #>> '{refund,quantity}' as quantity
    from order_event e where e.brand_id = ${brandId} and e.line_id = ${id} and ${inMonthsOf(sql`e.line_id`, [id])}`);
  return rows.map(({ amount, quantity, ...event }) => ({
    ...event,
    ...{ source: '', brandId, orderNo, lineNo },
    ...(amount !== null && { refund: { amountMinor: BigInt(amount), quantity: Number(quantity) } }),
  }));
}
