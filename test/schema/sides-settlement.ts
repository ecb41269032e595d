import { sql } from 'kysely';
import { openCase, settleDue } from '../../src/features/settlement/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { event, type MadeProduct, placed, type World } from '../kit/world.ts';

const PLACED_AT = new Date('2026-07-20T12:00:00Z');
const SETTLED_AT = new Date('2026-08-20T12:00:00Z');

interface Sold {
  readonly brandId: string;
  readonly creatorId: string;
  readonly product: MadeProduct;
  readonly enrolmentId: string | null;
}

/** A line that was settled and then returned in part, with a case: what its creator owes, and the case. */
export async function makeSettlement(
  world: World,
  { brandId, creatorId, product, enrolmentId }: Sold,
): Promise<Record<string, string>> {
  const linkCode = await world.link(creatorId, product, enrolmentId);
  const at = (kind: Parameters<typeof event>[1], occurredAt: Date, more: object = {}) =>
    event(brandId, kind, 'RETURNED', { occurredAt, ...more });
  await world.ingest(brandId, [
    at('PLACED', PLACED_AT, { placed: placed(product.code, { linkCode }) }),
    at('PAID', PLACED_AT),
    at('RECEIVED', PLACED_AT),
  ]);
  await settleDue(world.database, { asOf: SETTLED_AT, now: SETTLED_AT });
  await world.ingest(brandId, [at('REFUNDED', SETTLED_AT, { refund: { amountMinor: 5000n, quantity: 0 } })]);
  const [row] = await world.database.rows(
    sql<{ lineId: string; sourceId: string; clawbackId: string; runId: string }>`
      select l.id as "lineId", l.source_id as "sourceId", c.id as "clawbackId", b.run_id as "runId"
      from order_line l join line_settlement s on s.line_id = l.id join settlement_batch b on b.id = s.batch_id
      join clawback c on c.brand_id = l.brand_id and c.line_id = l.id and c.payee_id = ${creatorId}
      where l.brand_id = ${brandId} and l.order_no = 'RETURNED'`,
  );
  const { lineId = '', sourceId = '', clawbackId = '', runId = '' } = row ?? {};
  const line = { brandId, id: lineId, sourceId, orderNo: 'RETURNED', lineNo: 1 };
  const wish = { kind: 'RETURN', reason: 'Broken', openedBy: brandId } as const;
  const caseId = await world.tx((tx) => openCase(tx, line, wish, SETTLED_AT));
  return {
    'OrderLine, returned': toGlobalId('OrderLine', lineId, brandId),
    'Clawback, of the creator': toGlobalId('Clawback', clawbackId),
    AfterSalesCase: toGlobalId('AfterSalesCase', caseId, brandId),
    SettlementRun: toGlobalId('SettlementRun', runId),
  };
}
